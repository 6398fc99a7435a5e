//! The people who sell: what is seen of their letters, plans and calls, and what they say beside it.

use inroad_model::{
    Channel, CommissionShare, EmailAddress, Entry, Member, MemberRole, Moment, Remark, SellerPart,
    SellerWord, Strength, Subject, TeamName,
};
use inroad_service::seller_habits::measure::{Measure, Told};
use inroad_service::seller_habits::weeks::Turn;
use inroad_service::{Actor, CallAsked, Error, Selling, ShareAsked, read_call};
use jiff::civil::date;

use crate::desk::Desk;
use crate::letters::{Letter, ME, letter};

const TOM: &str = "tom@studio.example";

fn at(text: &str) -> Moment {
    format!("{text}T12:00:00Z").parse().unwrap()
}

fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

fn words(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

async fn hire(desk: &Desk, address: &str, role: MemberRole, team: Option<&str>) -> Actor {
    let team = team.map(|team| TeamName::new(team).unwrap());
    let name = address.split('@').next().unwrap();
    let member = Member::new(email(address), name, [role], team).unwrap();
    desk.inroad.put_member(&Actor::owner(), member.clone(), at("2026-03-01")).await.unwrap();
    Actor::member(member)
}

fn told(selling: &Selling, measure: Measure) -> Told {
    let seen = &selling.profile.as_ref().unwrap().seen;
    seen.iter().find(|one| one.measure == measure).unwrap().told
}

/// Twelve first letters, of which ten are answered: one by a machine alone.
fn first_letters() -> Vec<Letter> {
    let mut letters = Vec::new();
    for n in 1..=12_u8 {
        let who = format!("p{n}@firm{n}.example");
        letters.push(letter(
            ME,
            &who,
            n,
            "Hello, how do you plan your stock today? We could talk on Tuesday at ten.",
        ));
        if n <= 9 {
            letters.push(letter(&who, ME, n + 2, "Good that you ask. We plan by hand."));
        } else if n == 10 {
            let mut machine = letter(&who, ME, n, "I am out of the office until 20 March.");
            "Auto-Submitted: auto-replied\n".clone_into(&mut machine.headers);
            letters.push(machine);
        }
    }
    letters
}

async fn desk_with_letters() -> Desk {
    let desk = Desk::new().await;
    desk.inroad.set_seller(Some("Marta".to_owned()), vec![email(ME)]).await.unwrap();
    desk.take_letters(&first_letters()).await;
    desk
}

#[tokio::test]
async fn what_letters_show() {
    let desk = desk_with_letters().await;
    let owner = desk.inroad.owner().await.unwrap();
    let selling = desk.inroad.my_selling(&owner, at("2026-04-20")).await.unwrap();
    // An automatic reply is no answer.
    assert_eq!(told(&selling, Measure::FirstAnswers), Told::share(9, 12));
    assert_eq!(told(&selling, Measure::OpenQuestions), Told::share(12, 12));
    assert_eq!(told(&selling, Measure::NextSteps), Told::share(12, 12));
    assert!(matches!(told(&selling, Measure::LetterWords), Told::Middle { of: 12, .. }));
    assert_eq!(told(&selling, Measure::TalkShare), Told::TooFew { of: 0 });
    // Before the last letters may have been answered nothing is judged, and later mail changes nothing.
    let early = desk.inroad.my_selling(&owner, at("2026-03-14")).await.unwrap();
    assert_eq!(told(&early, Measure::FirstAnswers), Told::TooFew { of: 0 });
    // New mail is seen at once.
    let more = letter(
        ME,
        "p13@firm13.example",
        13,
        "Hello, would Monday suit you for a first talk of ten minutes?",
    );
    desk.take("more.mbox", crate::letters::mbox(&[more])).await;
    let again = desk.inroad.my_selling(&owner, at("2026-04-20")).await.unwrap();
    assert_eq!(told(&again, Measure::FirstAnswers), Told::share(9, 13));
}

#[tokio::test]
async fn a_colleague_sees_what_came_through_this_mailbox() {
    let desk = desk_with_letters().await;
    let tom = hire(&desk, TOM, MemberRole::Seller, None).await;
    let mut letters = Vec::new();
    for n in 1..=10_u8 {
        let who = format!("q{n}@other{n}.example");
        letters.push(letter(
            TOM,
            &format!("{who}, {ME}"),
            n,
            "Good day, may I call you on Friday?",
        ));
    }
    desk.take("tom.mbox", crate::letters::mbox(&letters)).await;
    let selling = desk.inroad.my_selling(&tom, at("2026-04-20")).await.unwrap();
    let profile = selling.profile.as_ref().unwrap();
    assert!(!profile.is_whole);
    assert_eq!(told(&selling, Measure::FirstAnswers), Told::share(0, 10));
    // Plans, calls and deals are those of whose mailbox it is.
    for measure in [Measure::CallsMade, Measure::Closing, Measure::TalkShare] {
        assert!(profile.seen.iter().all(|one| one.measure != measure), "{measure:?}");
    }
    assert!(selling.reluctance.unwrap().preparation.is_none());
}

#[tokio::test]
async fn calls_that_are_put_off_are_told_kindly() {
    let desk = desk_with_letters().await;
    let owner = desk.inroad.owner().await.unwrap();
    let plan =
        |day| Entry::Plan { day, by: Channel::Call, with: None, what: words("Ask about March") };
    for n in 1..=10_i8 {
        let about = Subject::Person(email(&format!("p{n}@firm{n}.example")));
        let planned = desk.inroad.write_down(about, plan(date(2026, 4, n)), at("2026-03-20")).await;
        planned.unwrap();
    }
    let look = async |day: &str| {
        let selling = desk.inroad.my_selling(&owner, at(day)).await.unwrap();
        selling.reluctance.unwrap()
    };
    let put_off = look("2026-05-01").await;
    assert!(put_off.what[0].is_worth_a_word);
    assert!(!put_off.what[1].is_worth_a_word, "no letter went instead");
    let firm = put_off.preparation.unwrap().firm.unwrap();
    assert_eq!(firm.as_str(), "firm10.example");
    // On the day before, nothing was due.
    assert_eq!(look("2026-03-31").await.what[0].told, Told::TooFew { of: 0 });
    // Whoever wrote to be away puts nothing off.
    let mut away = letter(
        ME,
        "p1@firm1.example",
        31,
        "I am out of the office from 1 April 2026 until 12 April 2026.",
    );
    "Auto-Submitted: auto-replied\n".clone_into(&mut away.headers);
    desk.take("away.mbox", crate::letters::mbox(&[away])).await;
    assert_eq!(look("2026-05-01").await.what[0].told, Told::TooFew { of: 0 });
}

#[tokio::test]
async fn a_call_leaves_its_numbers() {
    let desk = desk_with_letters().await;
    let owner = desk.inroad.owner().await.unwrap();
    let deals = r#"{"me": {"emails": ["marta@studio.example"]}, "deals": [{"id": "d1", "name": "Stock", "domain": "firm1.example"}]}"#;
    desk.take("deals.json", deals).await;
    let text = "Marta: How do you plan the stock today?\nJana: By hand, and that takes us two days of each month.\n";
    let path = desk.write("call.txt", text);
    let asked = CallAsked {
        me: vec!["Marta".to_owned()],
        own_names: Vec::new(),
        on: Some(date(2026, 3, 20)),
        today: date(2026, 3, 20),
    };
    let call = read_call(&path, &asked, &inroad_ingest::Limits::default()).unwrap();
    let mut last = None;
    for _ in 0..8 {
        last = Some(desk.inroad.keep_call("d1", &call, at("2026-03-20")).await.unwrap());
    }
    let look = async || desk.inroad.my_selling(&owner, at("2026-04-20")).await.unwrap();
    assert_eq!(told(&look().await, Measure::OthersTalk), Told::share(8, 8));
    // A note that is taken back takes its numbers with it.
    desk.inroad.undo(last.unwrap().deed, at("2026-03-21")).await.unwrap();
    assert_eq!(told(&look().await, Measure::OthersTalk), Told::TooFew { of: 7 });
}

#[tokio::test]
async fn said_practised_and_taken_back() {
    let desk = desk_with_letters().await;
    let owner = desk.inroad.owner().await.unwrap();
    let tom = hire(&desk, TOM, MemberRole::Seller, Some("North")).await;
    let day = at("2026-04-20");
    let four = 4.try_into().unwrap();
    let said = desk.inroad.say_of_myself(&owner, "hunting.enjoys", four, day).await.unwrap();
    let again = desk.inroad.say_of_myself(&owner, "hunting.enjoys", four, day).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { .. }), "{again}");
    let odd = desk.inroad.say_of_myself(&owner, "hunting.x", four, day).await.unwrap_err();
    assert!(matches!(odd, Error::NotFound { .. }), "{odd}");
    let hunting = async || {
        let selling = desk.inroad.my_selling(&owner, day).await.unwrap();
        selling.profile.unwrap().competences.remove(0)
    };
    assert!(hunting().await.together.is_some());
    // What a deed says holds nothing of it.
    assert!(!desk.inroad.deed(said.deed).await.unwrap().says.contains("first"));
    desk.inroad.undo(said.deed, day).await.unwrap();
    assert!(hunting().await.together.is_none());

    let goal = desk.inroad.set_goal(&owner, "open_questions", date(2026, 3, 7), day).await.unwrap();
    desk.inroad.practised(&owner, goal.what, 1, day).await.unwrap();
    let odd = desk.inroad.practised(&owner, goal.what, 99, day).await.unwrap_err();
    assert!(matches!(odd, Error::NotFound { .. }), "{odd}");
    let far = desk.inroad.set_goal(&owner, "open_questions", date(2024, 3, 7), day).await;
    assert!(matches!(far.unwrap_err(), Error::Invalid { .. }));
    // A coach with leave says something; whom it is about can remove it.
    desk.inroad.give_leave(&owner, &email(TOM), SellerPart::Goals, day).await.unwrap();
    let note = desk.inroad.coach_note(&tom, &email(ME), words("Well asked"), day).await.unwrap();
    let now = async || {
        let selling = desk.inroad.my_selling(&owner, day).await.unwrap();
        selling.goals.unwrap().now.unwrap()
    };
    let shown = now().await;
    assert_eq!((shown.done.as_slice(), shown.notes.len(), shown.step), (&[1][..], 1, 6));
    assert_eq!(shown.trend.turn, Turn::CannotTell);
    desk.inroad.take_back_word(&owner, note.what, day).await.unwrap();
    assert!(now().await.notes.is_empty());
    let later = desk.inroad.set_goal(&owner, "next_step", date(2026, 4, 20), day).await.unwrap();
    let goals = desk.inroad.my_selling(&owner, day).await.unwrap().goals.unwrap();
    assert_eq!((goals.now.unwrap().number, goals.before.len()), (later.what, 1));
}

#[tokio::test]
async fn who_could_help_and_how_it_is_shared() {
    let desk = desk_with_letters().await;
    let owner = desk.inroad.owner().await.unwrap();
    let tom = hire(&desk, TOM, MemberRole::Seller, Some("North")).await;
    let day = at("2026-04-20");
    let deals = r#"{"me": {"emails": ["marta@studio.example"]}, "deals": [{"id": "d1", "name": "Stock", "domain": "firm1.example", "stage": "lead"}]}"#;
    desk.take("deals.json", deals).await;
    let known = letter(TOM, &format!("p1@firm1.example, {ME}"), 9, "Good to see you at the fair.");
    desk.take("tom.mbox", crate::letters::mbox(&[known])).await;
    desk.inroad.offer_help(&tom, Strength::Closing, None, day).await.unwrap();
    let first = Some(words("First calls"));
    desk.inroad.offer_help(&tom, Strength::Opening, first, day).await.unwrap();
    let twice = desk.inroad.offer_help(&tom, Strength::Opening, None, day).await.unwrap_err();
    assert!(matches!(twice, Error::Conflict { .. }), "{twice}");
    let deal = inroad_model::DealId::new("d1").unwrap();
    let help = desk.inroad.help_for(&owner, &deal, None, day).await.unwrap();
    let offers: Vec<(Strength, bool)> = help.offers.iter().map(|o| (o.with, o.fits)).collect();
    assert_eq!(offers, [(Strength::Opening, true), (Strength::Closing, false)]);
    assert_eq!((help.knows[0].email.as_str(), help.knows[0].wrote), (TOM, 1));

    let share = |percent: u8| ShareAsked {
        deal: deal.clone(),
        with: email(TOM),
        share: CommissionShare::try_from(percent).unwrap(),
        since: date(2026, 4, 20),
        words: None,
    };
    let proposed = desk.inroad.share_commission(&owner, share(20), day).await.unwrap();
    let twice = desk.inroad.share_commission(&owner, share(30), day).await.unwrap_err();
    assert!(matches!(twice, Error::Conflict { .. }), "{twice}");
    let mine = desk.inroad.my_shares(&tom, day).await.unwrap();
    assert_eq!((mine[0].deal.as_ref(), mine[0].called.as_str()), (None, "Stock"));
    desk.inroad.agree_to_share(&tom, proposed.what, day).await.unwrap();
    let help = desk.inroad.help_for(&owner, &deal, None, day).await.unwrap();
    assert!(help.shares[0].agreed_at.is_some());
    let again = desk.inroad.agree_to_share(&tom, proposed.what, day).await.unwrap_err();
    assert!(matches!(again, Error::NotFound { .. }), "{again}");

    // What is wanted stands in the order of its day; of the deal nothing is told.
    let manager = hire(&desk, "mo@studio.example", MemberRole::Manager, None).await;
    let ask = |by: Option<i8>, deal: Option<&str>, text: &str| SellerWord::Asking {
        with: Strength::Closing,
        deal: deal.map(|deal| inroad_model::DealId::new(deal).unwrap()),
        by: by.map(|day| date(2026, 5, day)),
        of: Some(email(TOM)),
        words: words(text),
    };
    for (by, text) in [(None, "some day"), (Some(9), "second"), (Some(2), "first")] {
        desk.inroad.ask_for_help(&owner, ask(by, Some("d1"), text), day).await.unwrap();
    }
    let past = SellerWord::Asking {
        with: Strength::Terms,
        deal: None,
        by: Some(date(2026, 4, 1)),
        of: None,
        words: words("late"),
    };
    let past = desk.inroad.ask_for_help(&owner, past, day).await.unwrap_err();
    assert!(matches!(past, Error::Invalid { .. }), "{past}");
    let wanted = desk.inroad.help_wanted(&manager, day).await.unwrap().asked;
    let order: Vec<&str> = wanted.iter().map(|one| one.asked.words.as_str()).collect();
    assert_eq!(order, ["first", "second", "some day"]);
    assert!(wanted.iter().all(|one| one.asked.deal.is_none()));
    assert_eq!(desk.inroad.asked_of(&tom, day).await.unwrap().len(), 3);
    assert!(desk.inroad.asked_of(&manager, day).await.unwrap().is_empty());
}
