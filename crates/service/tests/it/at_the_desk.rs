//! What the user does at the desk: changes, notes, plans; their undo; and what pages show of it.

use inroad_advice::agenda::Agenda;
use inroad_advice::plays;
use inroad_model::{Advice, Channel, DealId, Entry, Moment, Remark, Stage, State, Subject};
use inroad_service::{DealField, Desk as Mornings, Error, Happened, Inroad, Playbook};

use crate::desk::{Desk, day};
use crate::letters::{JANA, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
             "value": 48000, "currency": "EUR",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]}]}"#;

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    let letters: Vec<_> = (0..4)
        .flat_map(|n| {
            [
                letter(ME, JANA, 1 + 2 * n, "How does the proposal look to you by now?"),
                letter(JANA, ME, 2 + 2 * n, "It looks fine, we talk about it on Friday."),
            ]
        })
        .collect();
    desk.take_letters(&letters).await;
    desk
}

fn d1() -> DealId {
    DealId::new("d1").unwrap()
}

fn words(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

async fn stage(inroad: &Inroad) -> Option<Stage> {
    inroad.stored_deal(&d1()).await.unwrap().deal.stage
}

#[tokio::test]
async fn a_change_is_undone_once_and_not_over_a_later_one() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let to = |stage| DealField::Stage(Some(stage));
    let first = inroad.change_deal(&d1(), to(Stage::Negotiation), None, day(20)).await.unwrap();
    assert_eq!(stage(inroad).await, Some(Stage::Negotiation));
    assert_eq!(inroad.deed(first.deed).await.unwrap().says, "Warehouse: now at Negotiation");
    inroad.undo(first.deed, day(20)).await.unwrap();
    assert_eq!(stage(inroad).await, Some(Stage::Proposal));
    let again = inroad.undo(first.deed, day(20)).await;
    assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
    let second = inroad.change_deal(&d1(), to(Stage::Won), None, day(21)).await.unwrap();
    inroad.change_deal(&d1(), to(Stage::Lost), None, day(22)).await.unwrap();
    let over = inroad.undo(second.deed, day(23)).await;
    assert!(matches!(over, Err(Error::Conflict { .. })), "{over:?}");
    assert_eq!(stage(inroad).await, Some(Stage::Lost));
}

#[tokio::test]
async fn what_another_window_changed_is_not_overwritten() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let seen = inroad.stored_deal(&d1()).await.unwrap().version();
    let value = |value| DealField::Value(Some(value), Some("EUR".to_owned()));
    inroad.change_deal(&d1(), value(50_000.0), Some(&seen), day(20)).await.unwrap();
    let late = inroad.change_deal(&d1(), value(60_000.0), Some(&seen), day(20)).await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    assert_eq!(inroad.stored_deal(&d1()).await.unwrap().deal.value, Some(50_000.0));
    for wrong in
        [DealField::Name("  ".into()), value(f64::NAN), DealField::UsualFees(Some((9.0, 1.0)))]
    {
        let refused = inroad.change_deal(&d1(), wrong, None, day(20)).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn a_note_is_evidence_from_its_day_on_until_it_is_taken_back() {
    let desk = desk().await;
    let text = words(TOO_DEAR);
    let entry = Entry::Note { day: day(12).date(), by: Some(Channel::Call), text };
    let about = Subject::Deal(d1());
    let done = desk.inroad.write_down(about, entry, day(12)).await.unwrap();
    assert!(is_too_dear(&desk, day(13)).await);
    assert!(!is_too_dear(&desk, day(11)).await, "known a day early");
    desk.inroad.strike(done.what, day(14)).await.unwrap();
    assert!(!is_too_dear(&desk, day(15)).await);
    assert!(is_too_dear(&desk, day(13)).await, "a past day forgot what it knew");
}

const TOO_DEAR: &str =
    "She says our price is far above their budget, it is too expensive for them.";

/// Whether it was plainly said by then.
async fn is_too_dear(desk: &Desk, at: Moment) -> bool {
    let signs = desk.inroad.review_deal("d1", at).await.unwrap().deals.remove(0).signs;
    signs.get("too_dear").is_some_and(|strength| *strength > 0.5)
}

#[tokio::test]
async fn a_deal_laid_aside_rests_until_they_write() {
    let desk = desk().await;
    let entry = Entry::Snooze { until: day(30).date(), because: words("They are at the fair") };
    desk.inroad.write_down(Subject::Deal(d1()), entry, day(14)).await.unwrap();
    let rests = async |at| {
        let review = desk.inroad.review(at).await.unwrap();
        let entries = desk.inroad.entries(at).await.unwrap();
        let agenda = Agenda::of(&review, &entries);
        agenda.resting.iter().any(|rest| rest.laid_aside.is_some())
    };
    assert!(rests(day(15)).await);
    assert!(!rests(day(13)).await);
    desk.take_letters(&[letter(JANA, ME, 16, "We are back, when can we talk?")]).await;
    assert!(!rests(day(17)).await);
    let past = Entry::Snooze { until: day(14).date(), because: words("x") };
    let refused = desk.inroad.write_down(Subject::Deal(d1()), past, day(14)).await;
    assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_plan_is_due_on_its_day_until_it_is_done() {
    let desk = desk().await;
    let plan = Entry::Plan {
        day: day(20).date(),
        by: Channel::Call,
        with: None,
        what: words("Call Jana"),
    };
    let planned = desk.inroad.write_down(Subject::Deal(d1()), plan, day(14)).await.unwrap();
    let due = async |at| {
        let review = desk.inroad.review(at).await.unwrap();
        let entries = desk.inroad.entries(at).await.unwrap();
        Agenda::of(&review, &entries).due.len()
    };
    assert_eq!((due(day(19)).await, due(day(20)).await, due(day(25)).await), (0, 1, 1));
    let done = Entry::Done { plan: planned.what };
    let done = desk.inroad.write_down(Subject::Deal(d1()), done, day(21)).await.unwrap();
    assert_eq!(due(day(21)).await, 0);
    desk.inroad.undo(done.deed, day(22)).await.unwrap();
    assert_eq!(due(day(22)).await, 1);
}

#[tokio::test]
async fn the_timeline_holds_what_happened_up_to_a_day() {
    let desk = desk().await;
    let entry = Entry::Note { day: day(5).date(), by: None, text: words("Met her at the café") };
    desk.inroad.write_down(Subject::Deal(d1()), entry, day(9)).await.unwrap();
    let deal = desk.inroad.stored_deal(&d1()).await.unwrap().deal;
    let all = desk.inroad.timeline(&deal, day(20), "", 0, 100).await.unwrap();
    assert_eq!(all.count, 9, "eight letters and the note");
    assert!(all.happenings.is_sorted_by(|a, b| a.at >= b.at));
    let part = desk.inroad.timeline(&deal, day(20), "", 2, 3).await.unwrap();
    assert_eq!((part.happenings.len(), &part.happenings[0]), (3, &all.happenings[2]));
    let found = desk.inroad.timeline(&deal, day(20), "CAFE met", 0, 100).await.unwrap();
    assert!(
        matches!(found.happenings.as_slice(), [one] if matches!(one.what, Happened::Entry { .. }))
    );
    let early = desk.inroad.timeline(&deal, day(3), "", 0, 100).await.unwrap();
    assert_eq!(early.count, 3);
}

#[tokio::test]
async fn the_desk_shows_at_once_what_the_user_did_and_what_others_wrote() {
    let desk = desk().await;
    let mornings = Mornings::new(desk.inroad.clone(), Some(day(20)));
    let seen = mornings.morning().await.unwrap();
    assert_eq!(seen.review.deals[0].stage, Some(Stage::Proposal));
    let again = mornings.morning().await.unwrap();
    assert_eq!(seen.review, again.review);
    let to = DealField::Stage(Some(Stage::Won));
    desk.inroad.change_deal(&d1(), to, None, day(20)).await.unwrap();
    mornings.changed(Some(&d1())).await;
    let seen = mornings.morning().await.unwrap();
    assert_eq!(
        (seen.review.deals[0].stage, seen.review.deals[0].state),
        (Some(Stage::Won), State::Closed)
    );
    // Nobody told the desk of this one: it looks for itself.
    desk.take_letters(&[letter(JANA, ME, 19, "By the way, a word on the side.")]).await;
    let mut waited = 0;
    while mornings.morning().await.unwrap().review.deals[0].heard_at.map(Moment::date)
        != Some(day(19).date())
    {
        waited += 1;
        assert!(waited < 100, "the letter was not seen");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// What one deal shows after a change is what a review of all shows.
#[tokio::test]
async fn one_deal_reviewed_anew_is_as_in_the_whole() {
    let desk = desk().await;
    let mornings = Mornings::new(desk.inroad.clone(), Some(day(20)));
    mornings.morning().await.unwrap();
    desk.inroad.overrule("d1", Advice::Wait, "They asked me to", day(20)).await.unwrap();
    mornings.changed(Some(&d1())).await;
    let seen = mornings.morning().await.unwrap();
    let whole = desk.inroad.review(day(20)).await.unwrap();
    assert_eq!(seen.review.deals, whole.deals);
}

#[tokio::test]
async fn plays_name_the_people() {
    let desk = desk().await;
    let text = words("She says that it is far too dear for them, and asks for a discount.");
    let entry = Entry::Note { day: day(12).date(), by: Some(Channel::Call), text };
    desk.inroad.write_down(Subject::Deal(d1()), entry, day(12)).await.unwrap();
    let deal = desk.inroad.review_deal("d1", day(28)).await.unwrap().deals.remove(0);
    let offered = plays::offered(&deal, Playbook::shipped(), false);
    for play in &offered {
        assert!(play.steps.iter().all(|step| !step.contains('{')), "{play:?}");
        assert!(play.key.split_once('/').is_some_and(|(_, number)| number.parse::<u32>().is_ok()));
    }
}

#[tokio::test]
async fn views_are_kept_and_forgotten() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let kept = inroad.keep_deal_view(" Cold  ones ", "/deals?state=cold", day(1)).await.unwrap();
    assert_eq!(inroad.deal_views().await.unwrap()[0].name, "Cold ones");
    inroad.undo(kept, day(1)).await.unwrap();
    assert!(inroad.deal_views().await.unwrap().is_empty());
    for (name, address) in [("", "/deals?x"), ("x", "//evil.example"), ("x", "/people")] {
        assert!(inroad.keep_deal_view(name, address, day(1)).await.is_err(), "{address}");
    }
}

#[tokio::test]
async fn a_scenario_is_tried_kept_and_taken_back() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let ours = inroad.scenario_file("price_too_high").unwrap();
    assert!(ours.is_shipped && !ours.is_own);
    let renamed = ours.text.replace("The fee is too dear for them", "Too dear");
    let trial = inroad.try_scenario("price_too_high", &renamed, "d1", day(20)).await.unwrap();
    let name = |deal: &inroad_advice::DealReview| {
        let causes = deal.causes.iter();
        causes.filter(|c| c.cause.as_str() == "price_too_high").map(|c| c.name.clone()).next()
    };
    assert_eq!(name(&trial.after), name(&trial.before).map(|_| "Too dear".to_owned()));
    assert!(!inroad.scenario_file("price_too_high").unwrap().is_own, "a trial keeps nothing");
    let kept = inroad.keep_scenario("price_too_high", &renamed, day(20)).await.unwrap();
    assert_eq!(inroad.scenario_file("price_too_high").unwrap().text, renamed);
    inroad.undo(kept, day(20)).await.unwrap();
    assert_eq!(inroad.scenario_file("price_too_high").unwrap(), ours);
    let broken = inroad.keep_scenario("price_too_high", "cause = 3", day(20)).await;
    assert!(broken.unwrap_err().to_string().contains("price_too_high.toml"));
    for name in ["../x", "A", ""] {
        assert!(inroad.scenario_file(name).is_err(), "{name}");
    }
}

#[tokio::test]
async fn windows_hear_at_once_of_what_is_done_in_another() {
    let desk = desk().await;
    let mornings = Mornings::new(desk.inroad.clone(), Some(day(20)));
    mornings.morning().await.unwrap();
    let mut heard = mornings.changes();
    let to = |stage| DealField::Stage(Some(stage));
    desk.inroad.change_deal(&d1(), to(Stage::Negotiation), None, day(20)).await.unwrap();
    assert!(!heard.has_changed().unwrap());
    mornings.changed(Some(&d1())).await;
    assert!(heard.has_changed().unwrap());
    heard.mark_unchanged();
    desk.inroad.change_deal(&d1(), to(Stage::Won), None, day(20)).await.unwrap();
    mornings.changed(None).await;
    mornings.morning().await.unwrap();
    assert!(heard.has_changed().unwrap());
}

/// Undone in the middle, a change would take what came after it along.
#[tokio::test]
async fn of_two_deeds_on_one_thing_the_later_is_undone_first() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let first = inroad.keep_deal_view("A", "/deals?state=cold", day(1)).await.unwrap();
    let second = inroad.keep_deal_view("B", "/deals?state=warm", day(2)).await.unwrap();
    let refused = inroad.undo(first, day(3)).await.unwrap_err();
    assert!(refused.to_string().contains("'B' is kept"), "{refused}");
    assert_eq!(inroad.deal_views().await.unwrap().len(), 2);
    inroad.undo(second, day(3)).await.unwrap();
    inroad.undo(first, day(3)).await.unwrap();
    assert!(inroad.deal_views().await.unwrap().is_empty());
    let wait = inroad.overrule("d1", Advice::Wait, "x", day(20)).await.unwrap();
    let stop = inroad.overrule("d1", Advice::LetGo, "y", day(21)).await.unwrap();
    assert!(inroad.undo(wait.deed, day(22)).await.is_err());
    inroad.undo(stop.deed, day(22)).await.unwrap();
    let deal = inroad.review_deal("d1", day(23)).await.unwrap().deals.remove(0);
    assert_eq!(deal.advice, Advice::Wait);
}

/// What is brought back counts again from then on; the days between stay as they were.
#[tokio::test]
async fn what_is_brought_back_did_not_count_in_between() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let tag = Entry::Tag { tag: "fair".to_owned() };
    let done = inroad.write_down(Subject::Deal(d1()), tag, day(10)).await.unwrap();
    let text = words(TOO_DEAR);
    let note = Entry::Note { day: day(10).date(), by: None, text };
    let note = inroad.write_down(Subject::Deal(d1()), note, day(10)).await.unwrap();
    for (struck, back) in [(12, 14), (16, 18)] {
        for number in [done.what, note.what] {
            let taken = inroad.strike(number, day(struck)).await.unwrap();
            inroad.undo(taken.deed, day(back)).await.unwrap();
        }
    }
    for (on, counts) in [(9, false), (11, true), (13, false), (15, true), (17, false), (19, true)] {
        let entries = inroad.entries(day(on)).await.unwrap();
        assert_eq!(
            entries.iter().filter(|kept| kept.number == done.what).count() == 1,
            counts,
            "{on}"
        );
        assert_eq!(is_too_dear(&desk, day(on)).await, counts, "the note on {on}");
    }
    inroad.undo(done.deed, day(20)).await.unwrap();
    let entries = inroad.entries(day(21)).await.unwrap();
    assert_eq!(entries.len(), 1, "the tag is taken back for good");
}

#[tokio::test]
async fn a_private_subject_is_not_told_outside_of_its_letter() {
    let desk = desk().await;
    let ill = letter(JANA, ME, 12, "I will be back in May.")
        .called("ill@t.example", "I am in hospital with cancer");
    desk.take_letters(&[ill]).await;
    let deal = desk.inroad.stored_deal(&d1()).await.unwrap().deal;
    let all = desk.inroad.timeline(&deal, day(20), "", 0, 100).await.unwrap();
    assert!(!format!("{all:?}").contains("cancer"), "{all:?}");
    let found = desk.inroad.timeline(&deal, day(20), "cancer", 0, 100).await.unwrap();
    assert_eq!(found.count, 0);
}
