//! Touch plans over a data file: begun, approved, made, moved by what comes in, ended; each with its undo.

use inroad_model::{Channel, DealId, EntryNumber, Moment, Remark, Subject, Useful};
use inroad_service::{
    Desk as Mornings, DraftAsked, Error, MadeTouch, NewTouchPlan, TouchApproval, TouchPlan, Touches,
};

use crate::desk::{Desk, day, email};
use crate::letters::{JANA, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]}]}"#;

fn words(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

async fn touches(desk: &Desk, at: Moment) -> Touches {
    desk.inroad.touches(at).await.unwrap()
}

async fn begin(desk: &Desk, who: &str, at: Moment) -> Result<EntryNumber, Error> {
    let person = email(who);
    let new = NewTouchPlan { person, deal: None, firm: None, because: Some(words("Quiet")) };
    Ok(desk.inroad.begin_touches(&touches(desk, at).await, new, at).await?.what)
}

fn approval(on: u8, by: Channel) -> TouchApproval {
    let day = day(on).date();
    let what = words("The crane study");
    TouchApproval { day, by, what, useful: Some(Useful::Research), matter: None }
}

async fn plan(desk: &Desk, number: EntryNumber, at: Moment) -> TouchPlan {
    touches(desk, at).await.plan(number).unwrap().clone()
}

#[tokio::test]
async fn a_plan_goes_from_touch_to_touch_until_they_answer() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take_letters(&[letter(ME, JANA, 2, "How does the proposal look to you?")]).await;
    let at = day(3);
    let number = begin(&desk, "jana@lindner.example", at).await.unwrap();
    let again = begin(&desk, "jana@lindner.example", at).await;
    assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
    let own = begin(&desk, "marta@studio.example", at).await;
    assert!(matches!(own, Err(Error::Invalid { .. })), "{own:?}");

    // The letter from before counts: three working days after Monday the 2nd.
    let seen = plan(&desk, number, at).await;
    assert_eq!(seen.next.as_ref().unwrap().day, day(5).date(), "{seen:#?}");
    let known = touches(&desk, at).await;
    let done = desk.inroad.approve_touch(&known, number, approval(9, Channel::Mail), at).await;
    let approved = plan(&desk, number, at).await;
    assert_eq!(approved.next.as_ref().unwrap().day, day(9).date());
    assert!(approved.to_approve().is_none());
    let early = TouchApproval { day: day(1).date(), ..approval(9, Channel::Mail) };
    let early = desk.inroad.approve_touch(&touches(&desk, at).await, number, early, at).await;
    assert!(matches!(early, Err(Error::Invalid { .. })), "{early:?}");

    // Changed, and the change undone: the first word stands again.
    let known = touches(&desk, at).await;
    let other = approval(11, Channel::Call);
    let changed = desk.inroad.approve_touch(&known, number, other, at).await.unwrap();
    let next = plan(&desk, number, at).await.next.unwrap();
    assert_eq!((next.day, next.by), (day(11).date(), Channel::Call));
    let before = desk.inroad.undo(done.unwrap().deed, at).await;
    assert!(matches!(before, Err(Error::Conflict { .. })), "the later one first: {before:?}");
    desk.inroad.undo(changed.deed, at).await.unwrap();
    assert_eq!(plan(&desk, number, at).await.next.unwrap().day, day(9).date());

    // The letter is sent, and found by itself.
    desk.take_letters(&[letter(ME, JANA, 9, "I found a study about cranes.")]).await;
    let seen = plan(&desk, number, day(10)).await;
    assert_eq!((seen.unanswered, seen.settled.len()), (2, 1), "{seen:#?}");
    assert_eq!(seen.next.unwrap().day, day(16).date());
    // They answer: it ends, and on the days before it had not.
    desk.take_letters(&[letter(JANA, ME, 12, "Thank you, let us talk on Friday.")]).await;
    assert_eq!(plan(&desk, number, day(13)).await.state.as_str(), "answered");
    assert_eq!(plan(&desk, number, day(11)).await.state.as_str(), "planned");
    assert!(begin(&desk, "jana@lindner.example", day(20)).await.is_ok(), "begun anew");
}

#[tokio::test]
async fn an_automatic_reply_moves_it_and_is_no_answer() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take_letters(&[letter(ME, JANA, 2, "How does the proposal look to you?")]).await;
    let number = begin(&desk, "jana@lindner.example", day(3)).await.unwrap();
    let known = touches(&desk, day(3)).await;
    desk.inroad.approve_touch(&known, number, approval(9, Channel::Mail), day(3)).await.unwrap();
    let mut out = letter(JANA, ME, 4, "I am out of the office until 16 March 2026.");
    out.headers = "Auto-Submitted: auto-replied\n".to_owned();
    out.subject = "Automatic reply: Warehouse".to_owned();
    desk.take_letters(&[out]).await;
    let seen = plan(&desk, number, day(5)).await;
    assert_eq!(seen.state.as_str(), "paused", "{seen:#?}");
    let next = seen.next.unwrap();
    assert!(next.is_moved && next.day > day(16).date(), "{next:#?}");
    assert!(next.openings.iter().any(|hint| hint.contains("welcome them back")), "{next:#?}");
    assert_eq!(plan(&desk, number, day(3)).await.next.unwrap().day, day(9).date());
    // On a day on which they are away nothing can be approved.
    let known = touches(&desk, day(5)).await;
    let away = desk.inroad.approve_touch(&known, number, approval(12, Channel::Mail), day(5)).await;
    assert!(matches!(&away, Err(Error::Invalid { .. })), "{away:?}");

    // What to say stands in the draft as blanks.
    let asked = DraftAsked {
        person: email("jana@lindner.example"),
        deal: None,
        play: None,
        channel: inroad_coach::draft::Channel::Email,
        opening: 1,
    };
    let begun = desk.inroad.draft(&asked, day(5)).await.unwrap();
    assert!(begun.text.contains("[fill in: welcome them back"), "{}", begun.text);
}

#[tokio::test]
async fn whoever_opted_out_under_any_address_is_touched_no_more() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take_letters(&[letter(ME, JANA, 2, "How does the proposal look to you?")]).await;
    let number = begin(&desk, "jana@lindner.example", day(3)).await.unwrap();
    let stop = "Please do not write to me again and take me off your list.";
    desk.take_letters(&[letter("Jana Kühn <jana@home.example>", ME, 5, stop)]).await;
    assert_eq!(plan(&desk, number, day(6)).await.state.as_str(), "due", "another person");
    let (a, b) = (email("jana@home.example"), email("jana@lindner.example"));
    desk.inroad.decide_same_person(&a, &b, true, day(6)).await.unwrap();
    let seen = plan(&desk, number, day(7)).await;
    assert_eq!((seen.state.as_str(), seen.next.as_ref()), ("ended", None), "{seen:#?}");
    for who in ["jana@lindner.example", "jana@home.example"] {
        let refused = begin(&desk, who, day(7)).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
    }
    let known = touches(&desk, day(7)).await;
    let refused =
        desk.inroad.approve_touch(&known, number, approval(20, Channel::Mail), day(7)).await;
    assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
    // And where the user says it of the firm.
    let number = begin(&desk, "omar@acme.example", day(7)).await.unwrap();
    let firm = Subject::Account("acme.example".parse().unwrap());
    desk.inroad.leave_alone(firm, "They asked by telephone", day(8)).await.unwrap();
    assert_eq!(plan(&desk, number, day(9)).await.state.as_str(), "ended");
}

#[tokio::test]
async fn what_was_decided_is_undone_as_one() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    let at = day(3);
    let new = NewTouchPlan {
        person: email("jana@lindner.example"),
        deal: Some(DealId::new("d1").unwrap()),
        firm: None,
        because: None,
    };
    let known = touches(&desk, at).await;
    let number = desk.inroad.begin_touches(&known, new, at).await.unwrap().what;
    let known = touches(&desk, at).await;
    desk.inroad.approve_touch(&known, number, approval(3, Channel::Call), at).await.unwrap();
    let open = async || {
        let review = desk.inroad.review(at).await.unwrap();
        let entries = desk.inroad.entries(at).await.unwrap();
        inroad_advice::agenda::Agenda::of(&review, &entries).due.len()
    };
    assert_eq!(open().await, 1, "an approved touch is a plan of its day");
    let known = touches(&desk, at).await;
    let made = MadeTouch {
        day: at.date(),
        by: Channel::Call,
        useful: None,
        matter: None,
        is_answered: false,
    };
    let done = desk.inroad.touch_made(&known, number, made.clone(), at).await.unwrap();
    assert_eq!((open().await, plan(&desk, number, at).await.unanswered), (0, 1));
    let known = touches(&desk, at).await;
    let twice = desk.inroad.approve_touch(&known, number, approval(3, Channel::Mail), at).await;
    assert!(matches!(twice, Err(Error::Conflict { .. })), "twice a day: {twice:?}");
    desk.inroad.undo(done.deed, at).await.unwrap();
    assert_eq!((open().await, plan(&desk, number, at).await.unanswered), (1, 0));

    let known = touches(&desk, at).await;
    let skipped = desk.inroad.skip_touch(&known, number, words("A fair"), at).await.unwrap();
    assert_eq!(open().await, 0, "what was approved makes room");
    desk.inroad.undo(skipped.deed, at).await.unwrap();
    assert_eq!(open().await, 1);
    let known = touches(&desk, at).await;
    let until = day(20).date();
    let off = desk.inroad.put_touch_off(&known, number, until, None, at).await.unwrap();
    assert_eq!(plan(&desk, number, at).await.next.unwrap().day, until);
    desk.inroad.undo(off.deed, at).await.unwrap();
    let known = touches(&desk, at).await;
    let end = desk.inroad.end_touches(&known, number, words("Bought"), at).await.unwrap();
    assert_eq!(plan(&desk, number, at).await.state.as_str(), "ended");
    let known = touches(&desk, at).await;
    let late = desk.inroad.touch_made(&known, number, made, at).await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    desk.inroad.undo(end.deed, at).await.unwrap();
    assert_eq!(plan(&desk, number, at).await.state.as_str(), "due");
}

#[tokio::test]
async fn the_calendar_tells_the_next_touch_once() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    let at = day(3);
    let number = begin(&desk, "jana@lindner.example", at).await.unwrap();
    let secret = desk.inroad.renew_calendar(at).await.unwrap().what;
    let calendar = async |at| desk.inroad.calendar(&secret, at).await.unwrap().unwrap();
    let proposed = calendar(at).await;
    assert!(proposed.contains("In touch: write to Jana Kühn"), "{proposed}");
    assert_eq!(proposed, calendar(at).await);
    let known = touches(&desk, at).await;
    desk.inroad.approve_touch(&known, number, approval(5, Channel::Mail), at).await.unwrap();
    let approved = calendar(at).await;
    assert!(approved.contains("Write: The crane study"), "{approved}");
    assert_eq!(approved.matches("BEGIN:VEVENT").count(), 1, "{approved}");
}

#[tokio::test]
async fn the_desk_keeps_them_until_something_changes() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    let mornings = Mornings::new(desk.inroad.clone(), Some(day(3)));
    assert!(mornings.touches().await.unwrap().plans.is_empty());
    begin(&desk, "jana@lindner.example", day(3)).await.unwrap();
    let seen = mornings.touches().await.unwrap();
    assert_eq!(seen.plans.len(), 1);
    assert_eq!(*seen, touches(&desk, day(3)).await, "the same as without a desk");
}

#[tokio::test]
async fn what_was_approved_rests_while_there_is_no_next_touch() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take_letters(&[letter(ME, JANA, 2, "How does the proposal look to you?")]).await;
    let number = begin(&desk, "jana@lindner.example", day(3)).await.unwrap();
    let known = touches(&desk, day(3)).await;
    desk.inroad.approve_touch(&known, number, approval(12, Channel::Mail), day(3)).await.unwrap();
    assert!(plan(&desk, number, day(4)).await.settled.is_empty());
    desk.take_letters(&[letter(JANA, ME, 9, "Thank you, let us talk on Friday.")]).await;
    let seen = plan(&desk, number, day(10)).await;
    assert_eq!((seen.state.as_str(), seen.settled.len()), ("answered", 1), "{seen:#?}");
}
