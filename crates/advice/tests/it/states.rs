//! One story for each state, beside one that looks like it.

use inroad_advice::dealings::Stated;
use inroad_model::{
    Advice, Attendee, CalendarEvent, Fact, FactKind, Mailbox, Note, Participation, Seat, Source,
    Stage, State,
};
use jiff::civil::date;

use crate::story::{JANA, ME, OMAR, Story, email, morning};

fn check(story: &Story, day: f64, state: State, advice: Advice) {
    let got = story.review(day);
    let why: Vec<&str> = got.reasons.iter().map(|reason| reason.says.as_str()).collect();
    assert_eq!((got.state, got.advice), (state, advice), "day {day}: {why:?}");
}

#[test]
fn the_same_silence_means_less_in_who_is_always_slow() {
    let quick = Story::habit(5, 1.0).we(60.0);
    let slow = Story::habit(5, 14.0).we(80.0);
    check(&quick, 62.0, State::Warm, Advice::Pursue);
    check(&quick, 90.0, State::Dark, Advice::Pursue);
    check(&slow, 94.0, State::Warm, Advice::Pursue);
}

#[test]
fn an_automatic_reply_is_no_sign_of_life() {
    let story = Story::habit(5, 1.0).we(60.0).they(60.0).automatic();
    check(&story, 90.0, State::Dark, Advice::Pursue);
}

#[test]
fn slower_than_the_own_habit_is_cooling() {
    let story = Story::habit(5, 0.5).we(60.0).they(68.0).we(70.0).they(79.0);
    check(&story, 80.0, State::Cooling, Advice::Pursue);
}

#[test]
fn who_turns_curt_is_cold_and_who_always_was_is_not() {
    let curt = |story: Story, day| story.letter(day, JANA, ME, "Noted.");
    let turned = curt(curt(Story::habit(5, 1.0).we(60.0), 61.0).we(62.0), 63.0);
    check(&turned, 64.0, State::Cold, Advice::Pursue);
    let always = (0..6).fold(Story::new(), |story, n| {
        let day = f64::from(n) * 10.0;
        curt(story.we(day), day + 1.0)
    });
    check(&always, 52.0, State::Warm, Advice::Pursue);
}

#[test]
fn a_known_absence_pauses_until_they_are_back_and_had_time_to_catch_up() {
    let story = Story::habit(5, 2.0)
        .we(60.0)
        .they(60.0)
        .automatic()
        .states(FactKind::OutOfOffice, |fact| fact.until = Some(date(2026, 4, 3)));
    check(&story, 80.0, State::Paused, Advice::Wait);
    let back = story.review(80.0);
    assert_eq!(back.until, Some(date(2026, 4, 3)));
    check(&story, 94.0, State::Warm, Advice::Pursue);
    check(&story, 130.0, State::Dark, Advice::Pursue);
}

#[test]
fn a_day_to_come_back_is_a_pause_until_that_day() {
    let story = Story::habit(3, 1.0)
        .they(30.0)
        .states(FactKind::ComeBack, |fact| fact.on = Some(date(2026, 6, 1)));
    check(&story, 40.0, State::Paused, Advice::Wait);
    assert_ne!(story.review(150.0).state, State::Paused);
}

#[test]
fn a_merger_is_a_reason_until_they_write_again() {
    let story = Story::habit(3, 1.0).they(30.0).states(FactKind::Acquired, |f| f.email = None);
    check(&story, 60.0, State::Paused, Advice::Wait);
    check(&story.clone().we(40.0), 60.0, State::Paused, Advice::Wait);
    check(&story.clone().we(40.0), 140.0, State::Dark, Advice::Pursue);
    check(&story.they(50.0), 60.0, State::Warm, Advice::Pursue);
}

#[test]
fn an_opt_out_closes_for_good() {
    let story = Story::habit(3, 1.0).they(31.0).states(FactKind::OptedOut, |_| {});
    check(&story, 32.0, State::Closed, Advice::Stop);
    check(&story.they(40.0), 41.0, State::Closed, Advice::Stop);
}

#[test]
fn a_colleagues_opt_out_does_not_speak_for_the_contact() {
    let story = Story::habit(3, 1.0)
        .letter(25.0, OMAR, ME, "Please leave me off these mails.")
        .states(FactKind::OptedOut, |_| {})
        .we(31.0);
    check(&story, 32.0, State::Warm, Advice::Pursue);
}

#[test]
fn who_left_is_a_pause_with_a_successor_to_meet() {
    let story = Story::habit(3, 1.0)
        .we(31.0)
        .they(31.0)
        .automatic()
        .states(FactKind::LeftCompany, |fact| fact.to = Some(email(OMAR)));
    let got = story.review(35.0);
    assert_eq!(got.state, State::Paused);
    assert_eq!(got.next_step.unwrap().to, Some(email(OMAR)));
}

/// A meeting with Jana on a day.
pub(crate) fn meeting(day: f64) -> CalendarEvent {
    let jana = Mailbox { name: None, address: email(JANA) };
    CalendarEvent {
        uid: "1".to_owned(),
        summary: "Board".to_owned(),
        description: None,
        location: None,
        start: Some(morning(day)),
        end: None,
        organizer: None,
        attendees: vec![Attendee { mailbox: jana, participation: Participation::Accepted }],
        cancelled: false,
        recurrence: None,
        created: None,
        changed: None,
        sequence: 0,
        called_off: None,
        moves: Vec::new(),
    }
}

/// The same story with its meetings entered on a day.
fn with_created(mut story: Story, day: f64) -> Story {
    for event in &mut story.events {
        event.created = Some(morning(day));
    }
    story
}

#[test]
fn a_successor_may_be_named_beside_the_farewell() {
    let story = Story::habit(3, 1.0)
        .we(31.0)
        .they(31.1)
        .automatic()
        .states(FactKind::LeftCompany, |fact| fact.to_name = Some("Omar Haddad".to_owned()))
        .states(FactKind::Referred, |fact| fact.to = Some(email(OMAR)));
    let step = story.review(35.0).next_step.unwrap();
    assert_eq!(step.to, Some(email(OMAR)));
    assert!(step.text.contains("Omar Haddad"), "{}", step.text);
}

#[test]
fn a_meeting_ahead_keeps_a_silence_warm() {
    let with = |change: fn(&mut CalendarEvent)| {
        let mut story = Story::habit(5, 1.0).we(60.0);
        let mut event = meeting(95.0);
        change(&mut event);
        story.events.push(event);
        story
    };
    check(&with(|_| {}), 90.0, State::Warm, Advice::Pursue);
    check(&with(|event| event.cancelled = true), 90.0, State::Dark, Advice::Pursue);
    let called_off = with(|event| {
        (event.cancelled, event.called_off) = (true, Some(morning(88.0)));
    });
    check(&called_off, 87.0, State::Warm, Advice::Pursue);
    check(&called_off, 90.0, State::Dark, Advice::Pursue);
    let entered = |day| with_created(with(|_| {}), day);
    check(&entered(89.0), 90.0, State::Warm, Advice::Pursue);
    check(&entered(91.0), 90.0, State::Dark, Advice::Pursue);
    let declined = with(|event| {
        for attendee in &mut event.attendees {
            attendee.participation = Participation::Declined;
        }
    });
    check(&declined, 90.0, State::Dark, Advice::Pursue);
    let called = with(|event| {
        event.organizer = event.attendees.pop().map(|attendee| attendee.mailbox);
    });
    check(&called, 90.0, State::Warm, Advice::Pursue);
    let weekly = with(|event| {
        event.start = Some(morning(40.0));
        event.recurrence = Some("FREQ=WEEKLY".to_owned());
    });
    check(&weekly, 90.0, State::Warm, Advice::Pursue);
}

#[test]
fn who_was_met_since_is_not_silent() {
    let mut story = Story::habit(5, 1.0).we(60.0);
    story.events.push(meeting(85.0));
    check(&story, 90.0, State::Warm, Advice::Pursue);
    check(&story, 130.0, State::Cooling, Advice::Pursue);
    check(&story.we(92.0), 125.0, State::Dark, Advice::Pursue);
}

#[test]
fn a_copy_asks_for_no_answer() {
    let mut story = Story::habit(5, 1.0).letter(60.0, ME, "tom@brandt-advice.example", "Tom?");
    let jana = Mailbox { name: None, address: email(JANA) };
    story.touches.last_mut().unwrap().message.cc = vec![jana];
    check(&story, 65.0, State::Warm, Advice::Pursue);
}

#[test]
fn an_absence_of_one_of_two_pauses_nothing() {
    let away = |story: Story, who| {
        story
            .letter(60.1, who, ME, "I am away.")
            .automatic()
            .states(FactKind::OutOfOffice, |fact| fact.until = Some(date(2026, 4, 20)))
    };
    let mut to_both = Story::habit(5, 1.0).we(60.0);
    let omar = Mailbox { name: None, address: email(OMAR) };
    to_both.touches.last_mut().unwrap().message.to.push(omar);
    check(&away(to_both.clone(), OMAR), 90.0, State::Dark, Advice::Pursue);
    check(&away(away(to_both, OMAR), JANA), 90.0, State::Paused, Advice::Wait);
}

#[test]
fn who_leads_and_is_ill_pauses_a_deal_whoever_says_so() {
    let says = |story: Story| {
        story.letter(60.0, OMAR, ME, "Jana is in hospital.").states(FactKind::Ill, |fact| {
            fact.email = Some(email(JANA));
        })
    };
    let story = says(Story::habit(5, 1.0));
    check(&story, 65.0, State::Paused, Advice::Wait);
    let wished = story.clone().letter(61.0, ME, OMAR, "My best wishes.");
    check(&wished, 75.0, State::Paused, Advice::Wait);
    check(&story.they(70.0), 75.0, State::Warm, Advice::Pursue);
}

#[test]
fn who_writes_from_a_holiday_is_there() {
    let story = Story::habit(5, 1.0)
        .we(60.0)
        .they(60.1)
        .automatic()
        .states(FactKind::OutOfOffice, |fact| fact.until = Some(date(2026, 4, 20)))
        .they(64.0);
    check(&story, 65.0, State::Warm, Advice::Pursue);
    check(&story.we(66.0), 80.0, State::Paused, Advice::Wait);
}

#[test]
fn a_named_day_starts_the_clock_anew() {
    let story = Story::habit(5, 1.0)
        .they(50.0)
        .states(FactKind::ComeBack, |fact| fact.on = Some(date(2026, 6, 1)))
        .we(51.0);
    check(&story, 100.0, State::Paused, Advice::Wait);
    // 2 June is day 148.
    check(&story, 148.0, State::Warm, Advice::Pursue);
}

#[test]
fn the_second_illness_counts_as_the_first_did() {
    let ill = |story: Story, day| story.they(day).states(FactKind::Ill, |_| {});
    let story = ill(ill(Story::habit(3, 1.0), 30.0).they(60.0), 100.0).we(101.0);
    check(&story, 120.0, State::Paused, Advice::Wait);
    let wish = story.review(120.0).next_step.unwrap();
    assert_eq!(wish.to, Some(email(JANA)));
}

#[test]
fn what_an_address_book_forbids_is_forbidden() {
    let mut story = Story::habit(3, 1.0).we(31.0);
    let fact = Fact::new(FactKind::OptedOut, Some(email(JANA)), Source::Contact(email(JANA)), "");
    story.opted_out.push(Stated { fact, at: morning(-1000.0) });
    check(&story, 32.0, State::Closed, Advice::Stop);
    assert_eq!(story.review(32.0).next_step, None);
}

#[test]
fn a_successor_who_opted_out_elsewhere_is_not_named() {
    let other = email("omar@other.example");
    let mut story = Story::habit(3, 1.0).we(31.0).they(31.1).automatic().states(
        FactKind::LeftCompany,
        |fact| {
            fact.to = Some(email("omar@other.example"));
            fact.to_name = Some("Omar Haddad".to_owned());
        },
    );
    let named = |story: &Story| story.review(40.0).next_step.unwrap();
    assert_eq!(named(&story).to, Some(other.clone()));
    let fact = Fact::new(FactKind::OptedOut, Some(other.clone()), Source::Contact(other), "");
    story.opted_out.push(Stated { fact, at: morning(0.0) });
    let step = named(&story);
    assert!(step.to.is_none() && !step.text.contains("Omar"), "{step:?}");
}

#[test]
fn reminders_without_an_answer_come_to_an_end() {
    let story = Story::habit(4, 1.0).we(60.0).we(70.0).we(80.0).we(90.0);
    check(&story, 110.0, State::Dark, Advice::LetGo);
}

#[test]
fn what_is_won_or_lost_is_closed() {
    let mut story = Story::habit(3, 1.0);
    story.deal.stage = Some(Stage::Lost);
    check(&story, 30.0, State::Closed, Advice::LetGo);
    story.deal.stage = Some(Stage::Won);
    check(&story, 30.0, State::Closed, Advice::Pursue);
}

#[test]
fn an_answer_that_we_owe_lets_it_cool() {
    check(&Story::habit(4, 1.0), 45.0, State::Warm, Advice::Pursue);
    check(&Story::habit(4, 1.0), 65.0, State::Cooling, Advice::Pursue);
}

#[test]
fn what_an_outsider_or_a_machine_says_of_somebody_of_the_deal_is_read() {
    let told =
        |story: Story| story.letter(61.0, "kim@agency.example", JANA, "Omar has left the company.");
    let left = |review: inroad_advice::DealReview| {
        review.facts.iter().any(|f| f.kind == FactKind::LeftCompany && f.email == Some(email(OMAR)))
    };
    let story = Story::habit(3, 1.0).letter(50.0, OMAR, ME, "A short question from me as well.");
    assert!(!left(story.review(62.0)));
    assert!(left(told(story.clone()).review(62.0)));
    let away = "Omar is on leave until 31 March 2026.";
    let machine = story.letter(61.0, JANA, ME, away).automatic().review(62.0);
    assert!(machine.facts.iter().any(|f| {
        f.kind == FactKind::OutOfOffice && f.email == Some(email(OMAR)) && f.until.is_some()
    }));
}

#[test]
fn who_is_pointed_to_belongs_to_the_deal_by_name() {
    let vera = "vera@lindner.example";
    let story = Story::habit(3, 1.0)
        .they(50.0)
        .states(FactKind::Referred, |fact| {
            fact.to = Some(email("vera@lindner.example"));
            fact.to_name = Some("Vera Kamp".to_owned());
        })
        .letter(60.0, JANA, ME, "Vera is on leave until 31 March 2026.");
    let review = story.review(62.0);
    assert!(review.people.iter().any(|person| person.email == email(vera)));
    assert!(
        review
            .facts
            .iter()
            .any(|fact| { fact.kind == FactKind::OutOfOffice && fact.email == Some(email(vera)) })
    );
}

#[test]
fn a_title_in_a_note_is_news_only_where_it_corrects() {
    let titles = |typed: Option<&str>| {
        let mut story = Story::habit(3, 1.0);
        story.deal.notes.push(Note {
            date: date(2026, 1, 20),
            text: "Jana (head of sales) liked it.".to_owned(),
        });
        story.deal.people.push(Seat {
            email: email(JANA),
            name: Some("Jana Roth".to_owned()),
            title: typed.map(ToOwned::to_owned),
            roles: Vec::new(),
        });
        let facts = story.review(30.0).facts;
        facts.iter().filter(|fact| fact.kind == FactKind::Title).count()
    };
    assert_eq!(titles(None), 0);
    assert_eq!(titles(Some("Head of Sales")), 0);
    assert_eq!(titles(Some("Buyer")), 1);
}
