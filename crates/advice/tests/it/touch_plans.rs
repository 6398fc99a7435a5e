//! Touch plans: when, by which way and why, and when not; each rule with what looks like it and is not.

use inroad_advice::dealings::Direction::{Inbound, Outbound};
use inroad_advice::rhythm::country::Country;
use inroad_advice::touch_plan::reach::{AwayKind, Reach};
use inroad_advice::touch_plan::{Alone, Matter, TouchState};
use inroad_model::{Advice, Channel, DealId, Entry, EntryNumber, Moment, Subject, Useful};
use jiff::civil::{Date, Weekday, date};
use jiff::tz::Offset;

use crate::touch_case::{Case, at, check, noon, told, words};

#[test]
fn no_plan_has_a_last_touch_and_gaps_grow() {
    let mut case = Case::new();
    check(&case, 2, "due", Some((3, 2)));
    // Nobody wrote: it waits, and is due on each working day.
    check(&case, 5, "due", Some((3, 5)));
    check(&case, 7, "planned", Some((3, 9)));
    case = case.wrote(&[2]);
    check(&case, 3, "planned", Some((3, 5)));
    case = case.wrote(&[5]);
    check(&case, 5, "planned", Some((3, 12)));
    case = case.wrote(&[12]);
    let plan = check(&case, 12, "planned", Some((3, 24)));
    assert_eq!(plan.unanswered, 3);
    // Two letters of one day are one touch.
    case.letters.push((at("2026-03-12T17:00:00+01:00"), Outbound));
    check(&case, 13, "planned", Some((3, 24)));
    for n in 0..200 {
        let day = date(2027, 1, 4).checked_add(jiff::Span::new().days(30 * n)).unwrap();
        let sent = Offset::UTC.to_timestamp(day.at(9, 0, 0, 0)).unwrap();
        case.letters.push((Moment::utc(sent), Outbound));
    }
    let last = case.letters.last().unwrap().0;
    let plan = case.plan(last);
    assert_eq!(plan.next.unwrap().gap, Some(21), "about a month, and then again");
}

#[test]
fn a_slow_habit_stretches_the_gap_and_says_so() {
    let mut case = Case::new().wrote(&[2]);
    case.usual_days = Some((3.0, 14.0));
    let plan = check(&case, 3, "planned", Some((3, 16)));
    assert!(told(&plan).contains("nine of ten of their answers took up to"), "{}", told(&plan));
    case.usual_days = Some((0.1, 0.5));
    check(&case, 3, "planned", Some((3, 5)));
}

#[test]
fn an_answer_ends_it_and_says_so() {
    let case = Case::new().wrote(&[2]);
    let answered = case.heard(4);
    let plan = check(&answered, 5, "answered", None);
    assert!(told(&plan).contains("They wrote on 4 March"), "{}", told(&plan));
    // The day before, nobody knew.
    check(&answered, 3, "planned", Some((3, 5)));
    // What they wrote before it was begun is no answer to it.
    let before = Case::new();
    let mut before = Case { letters: vec![(at("2026-02-20T12:00:00+01:00"), Inbound)], ..before };
    let plan = check(&before, 2, "due", Some((3, 2)));
    assert!(told(&plan).contains("may want an answer first"), "{}", told(&plan));
    // A machine's letters are not among the letters; a note on a call is an answer, if they spoke.
    before = before.noted(3, Channel::Call, "Left a message on her voicemail");
    check(&before, 4, "planned", Some((3, 6)));
    let spoke = before.noted(4, Channel::Call, "She asks for the drawings");
    check(&spoke, 5, "answered", None);
    // A thought is neither.
    let mut thought = Case::new();
    let text = words("No answer so far");
    thought.write(noon(3), Entry::Note { day: date(2026, 3, 3), by: None, text });
    check(&thought, 4, "due", Some((3, 4)));
}

#[test]
fn an_answer_that_asks_to_come_back_pauses_it_until_that_day() {
    let on = date(2026, 3, 18);
    let case =
        Case::new().wrote(&[2]).heard(4).away(AwayKind::ComeBack, 4, date(2026, 3, 4), Some(on));
    let plan = check(&case, 5, "paused", Some((3, 18)));
    assert!(told(&plan).contains("asked on 4 March"), "{}", told(&plan));
    let plan = check(&case, 18, "due", Some((3, 18)));
    assert!(told(&plan).contains("say that they asked"), "{}", told(&plan));
    // And what they write after that is an answer.
    check(&case.heard(19), 20, "answered", None);
}

#[test]
fn who_is_away_is_left_in_peace_until_after_the_return() {
    let out = |until| Case::new().wrote(&[2]).away(AwayKind::Out, 2, date(2026, 3, 3), until);
    // Back on Friday the 13th: the second working day after it.
    let case = out(Some(date(2026, 3, 13)));
    let plan = check(&case, 4, "paused", Some((3, 17)));
    assert!(told(&plan).contains("away until 13 March"), "{}", told(&plan));
    assert!(told(&plan).contains("welcome them back"), "{}", told(&plan));
    // A touch after the return took it up already.
    let after = case.wrote(&[17]);
    let plan = check(&after, 18, "planned", Some((3, 24)));
    assert!(!told(&plan).contains("welcome"), "{}", told(&plan));
    // Nobody said until when: looked at again after two weeks.
    let plan = check(&out(None), 4, "paused", Some((3, 17)));
    assert!(told(&plan).contains("nobody said until when"), "{}", told(&plan));
    // An absence of last year moves nothing, and one that was told later was not known.
    let old =
        Case::new().wrote(&[2]).away(AwayKind::Out, 2, date(2025, 8, 1), Some(date(2025, 8, 20)));
    check(&old, 3, "planned", Some((3, 5)));
    let later =
        Case::new().wrote(&[2]).away(AwayKind::Out, 20, date(2026, 3, 3), Some(date(2026, 3, 13)));
    check(&later, 3, "planned", Some((3, 5)));
}

#[test]
fn a_private_reason_is_respected_and_never_said() {
    let case = Case::new().wrote(&[2]).away(
        AwayKind::Private,
        3,
        date(2026, 3, 3),
        Some(date(2026, 3, 20)),
    );
    let mut case = Case { phone: Some("+49 30 5550100".to_owned()), ..case };
    let plan = check(&case, 9, "paused", Some((3, 23)));
    let said = told(&plan);
    assert!(said.contains("something private"), "{said}");
    assert!(said.contains("do not speak of why"), "{said}");
    assert_eq!(plan.next.unwrap().by, Channel::Mail, "a call cannot wait");
    // Somebody else said it: nobody is welcomed back from what they did not tell.
    case =
        Case::new().wrote(&[2]).away(AwayKind::Out, 2, date(2026, 3, 3), Some(date(2026, 3, 13)));
    case.reach.away[0].by_themselves = false;
    assert!(!told(&case.plan(noon(17))).contains("welcome"));
}

#[test]
fn days_off_are_those_of_their_country() {
    let mut case = Case::new().wrote(&[31]);
    case.letters[0].0 = at("2026-03-31T12:00:00+02:00");
    // Three working days after Tuesday the 31st is Friday 3 April, which is Good Friday in Germany.
    check(&case, 32, "planned", Some((4, 3)));
    case.reach.country = Some(Country { code: "de", sure: 1.0 });
    let plan = check(&case, 32, "planned", Some((4, 7)));
    assert!(told(&plan).contains("3 working days"), "{}", told(&plan));
    // A touch that was put off to a holiday goes on from it, and says which.
    let until = date(2026, 5, 1);
    let of = EntryNumber::new(1).unwrap();
    case.write(at("2026-04-01T09:00:00+02:00"), Entry::TouchPutOff { of, until, because: None });
    let plan = check(&case, 32, "paused", Some((5, 4)));
    assert!(told(&plan).contains("1 May 2026 is a day off there"), "{}", told(&plan));
    // Where Friday and Saturday are the weekend.
    let mut gulf = Case::new().wrote(&[2]);
    gulf.reach.country = Some(Country { code: "sa", sure: 1.0 });
    let plan = check(&gulf, 3, "planned", Some((3, 5)));
    assert_ne!(plan.next.unwrap().day.weekday(), Weekday::Friday);
}

#[test]
fn the_hour_is_theirs() {
    let mut case = Case::new();
    case.reach.offset = Some(Offset::constant(-5));
    let hours = case.plan(noon(2)).next.unwrap().hours;
    assert_eq!(hours.in_words(), "between 9 and 11 their time (15 to 17 yours)");
    case.reach.hour = Some(7);
    assert!(case.plan(noon(2)).next.unwrap().hours.in_words().starts_with("between 8 and 10"));
    // By telephone both have to be awake: in Tokyo it is 16 when it is 8 here.
    case.reach = Reach { offset: Some(Offset::constant(9)), ..Reach::default() };
    case.bounces_since = Some(date(2026, 2, 1));
    case.phone = Some("+81 3 5550 1000".to_owned());
    let plan = case.plan(noon(2));
    let next = plan.next.unwrap();
    assert_eq!(next.by, Channel::Call);
    assert_eq!(next.hours.in_words(), "between 16 and 18 their time (8 to 10 yours)");
    // Late in the evening here it is tomorrow there.
    let late = case.plan(at("2026-03-02T23:00:00+01:00"));
    assert_eq!(late.next.unwrap().day, date(2026, 3, 3));
    // Nothing is known of their clock.
    let unknown = Case::new().plan(noon(2)).next.unwrap().hours.in_words();
    assert!(unknown.contains("not known"), "{unknown}");
}

#[test]
fn the_review_of_the_deal_is_heard() {
    let with = |advice, until| Case { deal: Some((advice, until)), ..Case::new().wrote(&[2]) };
    let until = Some(date(2026, 3, 18));
    let plan = check(&with(Advice::Wait, until), 4, "paused", Some((3, 18)));
    assert!(told(&plan).contains("Warehouse says to wait until 18 March"), "{}", told(&plan));
    check(&with(Advice::Wait, until), 18, "due", Some((3, 18)));
    check(&with(Advice::Wait, None), 4, "paused", None);
    check(&with(Advice::Pursue, None), 4, "planned", Some((3, 5)));
    let plan = check(&with(Advice::Stop, None), 4, "ended", None);
    assert!(told(&plan).contains("Warehouse says to stop"), "{}", told(&plan));
    // What was let go is touched as rarely as can be, and with a way out.
    let plan = check(&with(Advice::LetGo, None), 4, "planned", Some((3, 31)));
    assert!(plan.next.unwrap().way_out.is_some());
}

#[test]
fn whoever_is_left_alone_has_no_next_touch_for_good() {
    let mut case = Case::new().wrote(&[2]);
    case.alone = Some(Alone { on: Some(date(2026, 3, 3)), by_user: false });
    let plan = check(&case, 4, "ended", None);
    assert!(matches!(plan.state, TouchState::Ended { for_good: true, .. }));
    assert!(told(&plan).contains("They asked on 3 March"), "{}", told(&plan));
    case.alone = Some(Alone { on: Some(date(2026, 3, 3)), by_user: true });
    assert!(told(&check(&case, 4, "ended", None)).contains("You said on 3 March"));
    // An answer does not hide it.
    check(&case.heard(3), 4, "ended", None);
    let mut left = Case::new();
    left.left = Some((date(2026, 3, 3), Some("Omar Haddad".to_owned())));
    assert!(told(&check(&left, 4, "ended", None)).contains("Omar Haddad follows"));
    let mut bounced = Case::new();
    bounced.bounces_since = Some(date(2026, 3, 3));
    check(&bounced, 4, "paused", None);
}

#[test]
fn the_user_has_the_last_word() {
    let of = EntryNumber::new(1).unwrap();
    let mut case = Case::new().wrote(&[2]);
    let (day, because) = (date(2026, 3, 5), words("They are at a fair"));
    let skipped = case.write(noon(5), Entry::TouchSkipped { of, day, because });
    let plan = check(&case, 5, "planned", Some((3, 10)));
    assert!(told(&plan).contains("which you left out"), "{}", told(&plan));
    case.entries.retain(|kept| kept.number != skipped);
    let until = date(2026, 3, 14);
    case.write(noon(5), Entry::TouchPutOff { of, until, because: None });
    // The 14th is a Saturday.
    check(&case, 5, "paused", Some((3, 16)));
    check(&case, 16, "due", Some((3, 16)));
    case.write(noon(16), Entry::TouchesEnded { of, because: words("They bought elsewhere") });
    let plan = check(&case, 16, "ended", None);
    assert!(told(&plan).contains("They bought elsewhere"));
    // On the day before it had not ended.
    check(&case, 15, "planned", Some((3, 16)));
}

/// The number of a plan for that day, approved for the touch plan.
fn approve(case: &mut Case, told: i8, day: Date, by: Channel) -> EntryNumber {
    let of = EntryNumber::new(1).unwrap();
    let what = words("Send the drawings");
    let plan = case.write(noon(told), Entry::Plan { day, by, with: None, what });
    let useful = Some(Useful::Research);
    let matter = Some(words("The crane study"));
    case.write(noon(told), Entry::TouchApproved { of, plan, useful, matter });
    plan
}

#[test]
fn what_was_approved_stays_until_it_is_made_or_cannot() {
    let mut case = Case::new().wrote(&[2]);
    let plan = approve(&mut case, 3, date(2026, 3, 9), Channel::Mail);
    let seen = check(&case, 4, "planned", Some((3, 9)));
    assert!(seen.to_approve().is_none(), "it was approved");
    assert_eq!(seen.next.unwrap().useful, Useful::Research);
    check(&case, 9, "due", Some((3, 9)));
    // Not made on its day: it is due since.
    check(&case, 10, "due", Some((3, 10)));
    // A letter that the mailbox shows is that touch, and the plan is no longer open.
    let seen = check(&case.wrote(&[10]), 11, "planned", Some((3, 17)));
    assert_eq!(seen.settled, [plan]);

    let mut case = Case::new().wrote(&[2]);
    let plan = approve(&mut case, 3, date(2026, 3, 9), Channel::Call);
    // Said to be done, in any page: made on the day on which that was said.
    case.write(noon(9), Entry::Done { plan });
    let seen = check(&case, 10, "planned", Some((3, 16)));
    assert_eq!(seen.unanswered, 2);

    let mut case = Case::new().wrote(&[2]);
    let plan = approve(&mut case, 3, date(2026, 3, 9), Channel::Mail);
    case = case.away(AwayKind::Out, 5, date(2026, 3, 6), Some(date(2026, 3, 13)));
    let seen = check(&case, 6, "paused", Some((3, 17)));
    assert!(seen.next.as_ref().unwrap().is_moved && seen.to_approve().is_some());
    assert!(told(&seen).contains("that day does not hold any more"), "{}", told(&seen));
    assert_eq!(seen.settled, [plan]);
    // A plan with somebody from before the touch plan is none of its touches.
    let mut before = Case::new().wrote(&[2]);
    let what = words("x");
    let early = at("2026-03-01T09:00:00+01:00");
    let (day, by) = (date(2026, 3, 30), Channel::Call);
    before.write(early, Entry::Plan { day, by, with: None, what });
    check(&before, 3, "planned", Some((3, 5)));
}

#[test]
fn the_way_follows_what_was_tried() {
    let phone = || Some("+49 30 5550100".to_owned());
    let by = |case: &Case| {
        let next = case.plan(noon(20)).next.unwrap();
        assert!(!next.why_channel.is_empty());
        next.by
    };
    assert_eq!(by(&Case::new()), Channel::Mail);
    assert_eq!(by(&Case { phone: phone(), ..Case::new() }), Channel::Mail);
    assert_eq!(by(&Case { phone: phone(), ..Case::new().wrote(&[2]) }), Channel::Call);
    assert_eq!(by(&Case::new().wrote(&[2, 9])), Channel::Mail, "no number is known");
    let called = Case::new().wrote(&[2]).noted(6, Channel::Call, "Voicemail");
    let called = Case { phone: phone(), ..called };
    assert_eq!(by(&called), Channel::Mail, "a mail takes up the message that was left");
    assert!(told(&called.plan(noon(20))).contains("tried to call on 6 March"));
    let spoke_before = {
        let mut case = Case { phone: phone(), ..Case::new() };
        let text = words("She told of the new hall");
        let early = at("2026-02-10T12:00:00+01:00");
        let by = Some(Channel::Call);
        case.write(early, Entry::Note { day: date(2026, 2, 10), by, text });
        case
    };
    assert_eq!(by(&spoke_before), Channel::Call, "they spoke by telephone last");
    let mut met = Case { phone: phone(), ..Case::new().wrote(&[2, 5, 12, 18]) };
    met.reach.met_at = Some(at("2026-01-15T10:00:00+01:00"));
    assert_eq!(by(&met), Channel::Meeting);
}

#[test]
fn each_touch_brings_something_and_not_twice_the_same() {
    let matter = |kind, text: &str| Matter {
        kind,
        text: text.to_owned(),
        source: "their form".to_owned(),
        is_assumed: false,
    };
    let mut case = Case::new();
    let none = case.plan(noon(2)).next.unwrap();
    assert!(none.matters.is_empty() && !none.look_for.is_empty());
    case.matters = vec![
        matter(Useful::Article, "Cranes of the north"),
        matter(Useful::Observation, "A second hall is being built"),
    ];
    let first = case.plan(noon(2)).next.unwrap();
    assert_eq!((first.useful, first.matters.len()), (Useful::Observation, 1));
    let of = EntryNumber::new(1).unwrap();
    let brought = |useful, text: &str, day| Entry::Touched {
        of,
        day,
        by: Channel::Mail,
        useful: Some(useful),
        matter: Some(words(text)),
        is_answered: false,
    };
    let entry = brought(Useful::Observation, "A second hall is being built", date(2026, 3, 2));
    case.write(noon(2), entry);
    let second = case.plan(noon(3)).next.unwrap();
    assert_eq!(second.useful, Useful::Article);
    assert_eq!(second.matters[0].text, "Cranes of the north");
    assert!(second.way_out.is_none());
    case.write(noon(9), brought(Useful::Article, "Cranes of the north", date(2026, 3, 9)));
    let third = case.plan(noon(10)).next.unwrap();
    assert!(third.matters.is_empty(), "both were brought: {third:#?}");
    assert!(third.way_out.is_some(), "each third message shows a way out");
}

#[test]
fn a_touch_of_a_deal_is_noticed_where_its_note_names_them() {
    let deal = DealId::new("d1").unwrap();
    let mut case = Case::new();
    let begun = Entry::KeepInTouch { deal: Some(deal.clone()), firm: None, because: None };
    case.entries[0].entry = begun;
    let note = |case: &mut Case, text: &str| {
        let (day, by) = (date(2026, 3, 3), Some(Channel::Call));
        case.write(noon(3), Entry::Note { day, by, text: words(text) });
        case.entries.last_mut().unwrap().about = Subject::Deal(deal.clone());
    };
    note(&mut case, "Spoke with Omar about the hall");
    check(&case, 4, "due", Some((3, 4)));
    note(&mut case, "Spoke with Jana about the hall");
    check(&case, 4, "answered", None);
}
