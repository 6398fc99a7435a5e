//! One story for each state, beside one that looks like it.

use inroad_model::{
    Advice, Attendee, CalendarEvent, FactKind, Mailbox, Participation, Stage, State,
};
use jiff::civil::date;

use crate::story::{JANA, OMAR, Story, email, morning};

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
    let curt = |story: Story, day| story.letter(day, JANA, "ada@brandt-advice.example", "Noted.");
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
fn an_opt_out_closes_for_good() {
    let story = Story::habit(3, 1.0).they(31.0).states(FactKind::OptedOut, |_| {});
    check(&story, 32.0, State::Closed, Advice::Stop);
    check(&story.they(40.0), 41.0, State::Closed, Advice::Stop);
}

#[test]
fn a_colleagues_opt_out_does_not_speak_for_the_contact() {
    let story = Story::habit(3, 1.0)
        .letter(25.0, OMAR, "ada@brandt-advice.example", "Please leave me off these mails.")
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

#[test]
fn a_meeting_ahead_keeps_a_silence_warm() {
    let mut story = Story::habit(5, 1.0).we(60.0);
    let jana = Mailbox { name: None, address: email(JANA) };
    story.events.push(CalendarEvent {
        uid: "1".to_owned(),
        summary: "Board".to_owned(),
        description: None,
        location: None,
        start: Some(morning(95.0)),
        end: None,
        organizer: None,
        attendees: vec![Attendee { mailbox: jana, participation: Participation::Accepted }],
        cancelled: false,
        recurrence: None,
        created: None,
    });
    check(&story, 90.0, State::Warm, Advice::Pursue);
    if let Some(event) = story.events.first_mut() {
        event.created = Some(morning(91.0));
    }
    check(&story, 90.0, State::Dark, Advice::Pursue);
    if let Some(event) = story.events.first_mut() {
        event.created = Some(morning(89.0));
        event.cancelled = true;
    }
    check(&story, 90.0, State::Dark, Advice::Pursue);
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
