//! Signs in who wrote when to whom: each story shows one, its neighbours do not.

use inroad_advice::DealReview;
use inroad_advice::correspondence::Correspondence;
use inroad_advice::review::{Shared, review_some};
use inroad_advice::texts_wanted::texts_wanted;
use inroad_model::{
    CalendarEvent, FactKind, Invitation, InvitationMethod, Move, Role, Seat, Touch,
};

use crate::states::meeting;
use crate::story::{JANA, ME, OMAR, Story, email, morning};

const TEXT: &str = "Thank you for this. We read it on Monday and shall come back to it.";

/// Checks whether a sign is there, and what it says.
#[track_caller]
fn check(story: &Story, day: f64, sign: &str, expected: Option<&str>) {
    let review = story.review(day);
    assert_eq!(review.signs.contains_key(sign), expected.is_some(), "{sign}: {:?}", review.signs);
    if let Some(expected) = expected {
        let says: Vec<&str> = review.reasons.iter().map(|reason| reason.says.as_str()).collect();
        assert!(says.iter().any(|says| says.contains(expected)), "{says:#?}");
    }
}

/// Letters of ours and Jana's, with Omar in copy of all up to a day.
fn copied_until(last_day: u32, copies: &[&str]) -> Story {
    (0..6).fold(Story::new(), |story, n| {
        let copies = if n * 10 <= last_day { copies } else { &[] };
        let day = f64::from(n) * 10.0;
        story.letter(day, ME, JANA, TEXT).copying(copies).letter(day + 1.0, JANA, ME, TEXT)
    })
}

/// The same with Jana copying him, too, up to a day.
fn by_jana(mut story: Story, last_day: f64) -> Story {
    let last = morning(last_day);
    for touch in &mut story.touches {
        let message = &mut touch.message;
        if message.from.as_ref().unwrap().address == email(JANA) && message.date < Some(last) {
            message.cc = vec![inroad_model::Mailbox { name: None, address: email(OMAR) }];
        }
    }
    story
}

#[test]
fn whoever_is_left_out_of_copy_is_told() {
    let says = "jana@lindner.example copied omar@lindner.example 3 times, last on 26 January 2026, \
                and leaves them out since 5 February 2026";
    let dropped = by_jana(copied_until(30, &[OMAR]), 25.0);
    check(&dropped, 60.0, "left_out_of_copy", Some(says));
    // Left out once, copied too seldom, or left out by us first.
    check(&by_jana(copied_until(60, &[OMAR]), 45.0), 60.0, "left_out_of_copy", None);
    check(&by_jana(copied_until(60, &[OMAR]), 15.0), 60.0, "left_out_of_copy", None);
    check(&by_jana(copied_until(20, &[OMAR]), 25.0), 60.0, "left_out_of_copy", None);
    // He left, or writes himself.
    let left = dropped.clone().letter(52.0, JANA, ME, TEXT).states(FactKind::LeftCompany, |fact| {
        fact.email = Some(email(OMAR));
    });
    check(&left, 60.0, "left_out_of_copy", None);
    check(&dropped.letter(52.0, OMAR, ME, TEXT), 60.0, "left_out_of_copy", None);
}

#[test]
fn a_boss_who_is_brought_in_is_told() {
    let says = "jana@lindner.example put omar@lindner.example (Managing Director) in copy for the \
                first time on 5 February 2026";
    let base = |title: &str| {
        Story::habit(3, 1.0)
            .signs_as(JANA, "Head of Sales")
            .we(30.0)
            .letter(31.0, JANA, ME, TEXT)
            .copying(&[OMAR])
            .signs_as(OMAR, title)
    };
    check(&base("Managing Director"), 40.0, "boss_in_copy", Some(says));
    check(&base("Managing Director"), 160.0, "boss_in_copy", None);
    check(&base("Assistant to the Managing Director"), 40.0, "boss_in_copy", None);
    check(&base("Head of Pricing"), 40.0, "boss_in_copy", None);
    let mut typed = Story::habit(3, 1.0).we(30.0).letter(31.0, JANA, ME, TEXT).copying(&[OMAR]);
    check(&typed, 40.0, "boss_in_copy", None);
    let seat = |roles| Seat { email: email(OMAR), name: None, title: None, roles };
    typed.deal.people = vec![seat(vec![Role::DecisionMaker])];
    check(&typed, 40.0, "boss_in_copy", Some("put omar@lindner.example in copy"));
    // Whom we brought in ourselves.
    let ours = Story::habit(3, 1.0)
        .we(30.0)
        .copying(&[OMAR])
        .letter(31.0, JANA, ME, TEXT)
        .copying(&[OMAR]);
    check(&ours.signs_as(OMAR, "CEO"), 40.0, "boss_in_copy", None);
}

/// The deal's own talk, and another one that goes on.
fn two_talks(last_of_this: f64) -> Story {
    let asks = "Could you tell me what the board thinks of it?";
    Story::habit(2, 1.0)
        .letter(20.0, ME, JANA, asks)
        .about("Training dates")
        .letter(21.0, JANA, ME, TEXT)
        .about("Re: Training dates")
        .letter(last_of_this, ME, JANA, asks)
        .letter(33.0, ME, JANA, TEXT)
        .about("Re: Training dates")
        .letter(34.0, JANA, ME, TEXT)
        .about("AW: Training dates")
}

#[test]
fn a_prompt_answer_elsewhere_is_told() {
    let says = "jana@lindner.example answered our letter \"Training dates\" of 7 February 2026 \
                within a day, but not \"Pricing\" of 4 February 2026";
    check(&two_talks(30.0), 40.0, "answers_elsewhere", Some(says));
    check(&two_talks(30.0), 36.0, "answers_elsewhere", None);
    check(&two_talks(35.0), 44.0, "answers_elsewhere", None);
    check(&two_talks(30.0).they(36.0), 44.0, "answers_elsewhere", None);
    // The longer talk is the one that counts.
    let longer = [22.0, 24.0, 26.0].iter().fold(two_talks(30.0), |story, day| {
        story.letter(*day, JANA, ME, TEXT).about("Training dates")
    });
    check(&longer, 40.0, "answers_elsewhere", None);
    // Of the deal that the answers are about, nothing is left open.
    let mut other = two_talks(30.0);
    other.beside = vec![other.deal.clone()];
    other.deal.id = inroad_model::DealId::new("training").unwrap();
    other.deal.name = "Training dates".to_owned();
    check(&other, 44.0, "answers_elsewhere", None);
}

#[test]
fn what_was_typed_of_the_fee_and_the_account_is_a_sign() {
    let all = ["fee_below_usual", "fee_far_below_usual", "fee_above_usual", "fee_far_above_usual"];
    for (fee, expected) in [
        (17_000.0, &all[..2]),
        (20_000.0, &all[..1]),
        (40_000.0, &[]),
        (60_000.0, &all[2..3]),
        (61_000.0, &all[2..]),
    ] {
        let mut story = Story::habit(2, 1.0);
        story.deal.fee_quoted = Some(fee);
        let has = |story: &Story, sign: &str| story.review(15.0).signs.contains_key(sign);
        assert!(!all.iter().any(|sign| has(&story, sign)), "no range");
        story.deal.usual_fee_range = Some((30_000.0, 50_000.0));
        for sign in all {
            assert_eq!(has(&story, sign), expected.contains(&sign), "{fee} {sign}");
        }
        assert!(!has(&story, "ongoing_account"));
        story.deal.ongoing_account = true;
        assert!(has(&story, "ongoing_account"));
    }
}

#[test]
fn letters_that_grow_short_and_ask_no_more_are_signs() {
    let long = "Thank you for all of this, we went through it together on Monday and liked it. When \
                could we talk about the second part, and who would be there from your side?";
    let story = |last: &str| {
        (0..7).fold(Story::new(), |story, n| {
            let day = f64::from(n) * 10.0;
            let text = if n < 4 { long } else { last };
            story.we(day).letter(day + 1.0, JANA, ME, text)
        })
    };
    for (last, shorter, stopped) in [
        (long, false, false),
        ("When could we talk about the second part of it all?", true, false),
        ("Thank you, we have it and shall look at it.", true, true),
    ] {
        let signs = story(last).review(62.0).signs;
        assert_eq!(signs.contains_key("shorter"), shorter, "{last}: {signs:?}");
        assert_eq!(signs.contains_key("questions_stopped"), stopped, "{last}: {signs:?}");
    }
}

/// A mail of ours or theirs about a meeting on a day.
fn invites(story: Story, day: f64, method: InvitationMethod, of: f64, sequence: u32) -> Story {
    let mut story = story.letter(day, ME, JANA, "");
    let event = CalendarEvent { sequence, ..meeting(of) };
    story.touches.last_mut().unwrap().message.invitation = Some(Invitation { method, event });
    story
}

#[test]
fn meetings_that_are_moved_again_and_again_are_told() {
    use InvitationMethod::{Cancel, Request};
    let once = invites(Story::habit(3, 1.0), 30.0, Request, 40.0, 0);
    let once = invites(once, 31.0, Request, 40.0, 1);
    let once = invites(once, 32.0, Request, 45.0, 2);
    check(&once, 50.0, "meetings_moved", None);
    let twice = invites(once.clone(), 44.0, Cancel, 45.0, 3);
    let says = "Meetings were moved or called off twice in the last 60 days: \"Board\" of 14 February \
                2026 moved on 6 February 2026 and \"Board\" of 19 February 2026 called off on 18 \
                February 2026";
    check(&twice, 50.0, "meetings_moved", Some(says));
    check(&twice, 43.0, "meetings_moved", None);
    check(&twice, 100.0, "meetings_moved", None);
    // What the calendar tells of the same move counts once, and of another one anew.
    let mut seen = once;
    let from = |day: f64, at: f64| Move { from: morning(day), at: morning(at) };
    seen.events = vec![CalendarEvent { moves: vec![from(40.0, 33.0)], ..meeting(45.0) }];
    check(&seen, 50.0, "meetings_moved", None);
    let moves = vec![from(40.0, 33.0), from(45.0, 42.0)];
    seen.events = vec![CalendarEvent { moves, ..meeting(55.0) }];
    check(&seen, 50.0, "meetings_moved", Some("and \"Board\" of 19 February 2026 moved on"));
    // A calendar that was written after a mail, and one that was written before.
    seen.events =
        vec![CalendarEvent { sequence: 3, changed: Some(morning(44.0)), ..meeting(55.0) }];
    check(&seen, 50.0, "meetings_moved", Some("twice"));
    seen.events = vec![CalendarEvent { sequence: 1, ..meeting(55.0) }];
    check(&seen, 50.0, "meetings_moved", None);
}

/// A review from a data file of before it was counted of whom a letter speaks: only the words that
/// it asks for are there.
fn reviewed_uncounted(story: &Story, day: f64) -> Vec<DealReview> {
    let mut kept = story.clone();
    for touch in &mut kept.touches {
        touch.new_text = None;
        touch.gist.as_mut().unwrap().voice = None;
    }
    kept.ask(day, |input| {
        let letters = Correspondence::until(input.touches, input.seller, input.as_of);
        let wanted = texts_wanted(input, &letters, input.deals);
        let text = |touch: &Touch| (touch.message.id.clone(), touch.message.text.clone());
        let texts = input.touches.iter().filter(|touch| wanted.contains(&touch.message.id));
        let texts = texts.map(text).collect();
        review_some(input, &Shared::new(input), &letters.with_texts(texts), input.deals)
    })
}

#[test]
fn letters_that_speak_of_ourselves_are_told() {
    let pitch = "We are the leading firm of our kind. Our award-winning team has proven that we and \
                 our method are unique, and we have written of our work in our new report for you. We \
                 are in the market with our own tools, and it is our people that make the difference.";
    let asks = "What would you want to have in your hands by the end of the year, and who in your \
                firm is to be told of it? I should like to learn from you what the board wants, what \
                your people say of the plan and what is in the way of it. Is that fine for you?";
    let story = |letters: &[&str]| {
        letters.iter().zip(0_u32..).fold(Story::new(), |story, (text, n)| {
            let day = f64::from(n) * 10.0;
            story.letter(day, ME, JANA, text).letter(day + 1.0, JANA, ME, TEXT)
        })
    };
    let told =
        "Our first 3 letters speak of us: 45 words of ourselves, 3 of them or questions to them";
    for (letters, first, last) in [
        (vec![pitch; 3], Some(told), None),
        (vec![pitch; 2], None, None),
        (vec![asks; 7], None, None),
        (vec![pitch, pitch, pitch, asks, asks, asks], Some(told), None),
        (vec![asks, asks, asks, pitch, pitch, pitch], None, Some("Our last 3 letters speak of us")),
        (vec![asks, pitch, asks, asks, pitch, asks], None, None),
    ] {
        let story = story(&letters);
        check(&story, 65.0, "pitched_first", first);
        check(&story, 65.0, "still_pitching", last);
        assert_eq!(story.without_gists().review(65.0), story.review(65.0));
        assert_eq!(reviewed_uncounted(&story, 65.0), story.review_all(65.0).deals);
    }
}
