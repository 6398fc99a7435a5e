//! What an assistant proposes counts for nothing until a person confirms it, and can be taken back then.

use inroad_model::{
    Assessed, Cue, EntryNumber, Known, Member, MemberRole, MessageId, Remark, Stance, TieKind,
    Trait,
};
use inroad_service::{Actor, AssessmentAsked, Error, WaitingAssessment};

use crate::desk::{Desk, day, email};
use crate::letters::{JANA, Letter, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]},
            {"id": "d2", "name": "Audit", "domain": "acme.example"}]}"#;
const DEAR: &str = "That is far above our budget.";
const ILL: &str = "The left knee has to be done in May, three weeks on crutches.";

fn letters() -> Vec<Letter> {
    vec![
        letter(ME, JANA, 1, "How does the proposal look to you by now?"),
        letter(JANA, ME, 2, &format!("{DEAR} We talk next week.\n\n> How does the proposal look?")),
        letter(JANA, ME, 4, &format!("{ILL} I will call you.")),
        letter("Kim <kim@acme.example>", ME, 5, "The audit can start in June."),
        letter(JANA, ME, 15, "The board is against it, and so am I."),
    ]
}

fn id(at: usize) -> MessageId {
    MessageId::new(letters()[at].id().trim_matches(['<', '>'])).unwrap()
}

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.take_letters(&letters()).await;
    desk.take("deals.json", DEALS).await;
    desk
}

fn of_jana(is: Trait) -> Assessed {
    Assessed::People(Known::Person { who: email("jana@lindner.example"), is })
}

fn against() -> Assessed {
    of_jana(Trait::Stance(Stance::LeansAgainst))
}

fn not_dear() -> Assessed {
    Assessed::Sentence { cue: Cue::TooDear, holds: false }
}

fn asked(says: Assessed, letter: usize, quote: &str) -> AssessmentAsked {
    AssessmentAsked {
        deal: "warehouse".to_owned(),
        says,
        message: id(letter),
        quote: quote.to_owned(),
        sure_percent: Some(70),
        by: " helper\n of Marta ".to_owned(),
    }
}

async fn propose(desk: &Desk, asked: AssessmentAsked, on: u8) -> Result<WaitingAssessment, Error> {
    desk.inroad.propose_assessment(&Actor::owner(), asked, day(on)).await
}

async fn waiting(desk: &Desk, on: u8) -> Vec<EntryNumber> {
    let all = desk.inroad.waiting_assessments(None, day(on)).await.unwrap();
    all.into_iter().map(|one| one.number).collect()
}

#[tokio::test]
async fn it_counts_from_a_persons_word_on_and_can_be_undone() {
    let desk = desk().await;
    let before = desk.review(day(20)).await;
    let quote = "far above\n our budget";
    let proposed = propose(&desk, asked(against(), 1, quote), 10).await.unwrap();
    assert_eq!(proposed.proposed.quote.as_str(), "far above our budget");
    assert_eq!(proposed.proposed.by.as_str(), "helper of Marta");
    assert_eq!(desk.review(day(20)).await, before, "what is proposed counts for nothing");
    assert_eq!(waiting(&desk, 9).await, []);
    assert_eq!(waiting(&desk, 10).await, [proposed.number]);

    let done = desk.inroad.confirm_assessment(proposed.number, day(11)).await.unwrap();
    let told = desk.inroad.told(day(12)).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].insight.at, day(11));
    let because = told[0].insight.because.as_ref().map(Remark::as_str);
    assert_eq!(because, Some("\"far above our budget\" (proposed by helper of Marta)"));
    assert_eq!(waiting(&desk, 12).await, []);
    assert_eq!(desk.review(day(9)).await["deals"][0]["name"], "Warehouse");
    let twice = desk.inroad.confirm_assessment(proposed.number, day(12)).await.unwrap_err();
    assert!(matches!(twice, Error::NotFound { .. }), "{twice}");
    let again = propose(&desk, asked(against(), 1, quote), 12).await.unwrap_err();
    assert!(again.to_string().contains("known already"), "{again}");

    desk.inroad.undo(done.deed, day(13)).await.unwrap();
    assert!(desk.inroad.told(day(13)).await.unwrap().is_empty());
    assert_eq!(waiting(&desk, 13).await, [proposed.number], "it waits again");
    assert_eq!(desk.review(day(20)).await, before);
    assert!(desk.inroad.undo(done.deed, day(14)).await.is_err());
}

#[tokio::test]
async fn a_sentence_is_read_otherwise_once_that_is_confirmed() {
    let desk = desk().await;
    let reads = async |on| {
        let reading = desk.inroad.read_kept(&id(1), day(on)).await.unwrap();
        reading.cues.iter().any(|found| found.cue == Cue::TooDear)
    };
    assert!(reads(20).await);
    let proposed = propose(&desk, asked(not_dear(), 1, DEAR), 10).await.unwrap();
    assert!(reads(20).await);
    let done = desk.inroad.confirm_assessment(proposed.number, day(11)).await.unwrap();
    assert!(!reads(20).await);
    assert!(reads(10).await, "a past day knows what was known then");
    desk.inroad.undo(done.deed, day(12)).await.unwrap();
    assert!(reads(20).await);
}

#[tokio::test]
async fn what_was_dismissed_stays_so_until_that_is_undone() {
    let desk = desk().await;
    let quote = "far above our budget";
    let proposed = propose(&desk, asked(against(), 1, quote), 10).await.unwrap();
    let done = desk.inroad.dismiss_assessment(proposed.number, day(11)).await.unwrap();
    assert_eq!(waiting(&desk, 12).await, []);
    assert!(desk.inroad.told(day(12)).await.unwrap().is_empty());
    let again = propose(&desk, asked(against(), 1, quote), 12).await.unwrap_err();
    assert!(again.to_string().contains("decided about that already"), "{again}");
    let deed = desk.inroad.deed(done.deed).await.unwrap();
    assert_eq!(deed.says, "Warehouse: dismissed: jana@lindner.example leans against it");
    desk.inroad.undo(done.deed, day(13)).await.unwrap();
    assert_eq!(waiting(&desk, 13).await, [proposed.number]);
    let again = propose(&desk, asked(against(), 1, "We talk next week"), 13).await.unwrap_err();
    assert!(again.to_string().contains("waits for a person already"), "{again}");
}

#[tokio::test]
async fn words_stand_in_a_letter_of_the_deal_or_it_is_refused() {
    let desk = desk().await;
    let budget = "far above our budget";
    let tie = Assessed::People(Known::Tie {
        from: email("kim@acme.example"),
        kind: TieKind::Trusts,
        to: email(ME),
    });
    let elsewhere =
        Assessed::People(Known::Person { who: email("kim@acme.example"), is: Trait::Veto(true) });
    let agenda = |text: &str| of_jana(Trait::Agenda(Remark::new(text).unwrap()));
    let unknown = AssessmentAsked {
        message: MessageId::new("nothing@t.example").unwrap(),
        ..asked(against(), 1, budget)
    };
    let no_deal = AssessmentAsked { deal: "Bridge".to_owned(), ..asked(against(), 1, budget) };
    let sure = AssessmentAsked { sure_percent: Some(100), ..asked(against(), 1, budget) };
    for (asked, says) in [
        (asked(against(), 1, "far above our means"), "do not stand"),
        (asked(against(), 1, "How does the proposal look?"), "do not stand"),
        (asked(against(), 1, "That"), "eight characters"),
        (asked(against(), 1, "  "), "The quote"),
        (asked(against(), 3, "can start in June"), "among those of 'Warehouse'"),
        (asked(against(), 4, "The board is against it"), "among those of 'Warehouse'"),
        (asked(tie, 1, budget), "about nobody of 'Warehouse'"),
        (asked(elsewhere, 1, budget), "about nobody of 'Warehouse'"),
        (asked(of_jana(Trait::Veto(true)), 2, ILL), "private matter"),
        (asked(Assessed::Sentence { cue: Cue::Illness, holds: true }, 1, DEAR), "private matter"),
        (asked(agenda("to have her knee operated on in hospital"), 1, budget), "private matter"),
        (asked(agenda(&"more ".repeat(60)), 1, budget), "200 characters"),
        (asked(not_dear(), 1, budget), "one whole sentence"),
        (
            asked(Assessed::Sentence { cue: Cue::TooDear, holds: true }, 1, "Not there at all."),
            "one whole sentence",
        ),
        (unknown, "No letter <nothing@t.example>"),
        (no_deal, "Bridge"),
        (sure, "1 to 99"),
    ] {
        let error = propose(&desk, asked.clone(), 10).await.expect_err(says);
        assert!(error.to_string().contains(says), "{asked:?}: {error}");
    }
    assert_eq!(waiting(&desk, 20).await, []);
}

#[tokio::test]
async fn nobody_but_whose_mailbox_it_is_has_something_proposed() {
    let desk = desk().await;
    let as_one = |role| {
        let team = Some(inroad_model::TeamName::new("North").unwrap());
        Actor::member(Member::new(email("tom@studio.example"), "", [role], team).unwrap())
    };
    for actor in MemberRole::ALL.into_iter().map(as_one).chain([Actor::nobody()]) {
        let asked = asked(against(), 1, "far above our budget");
        let error = desk.inroad.propose_assessment(&actor, asked, day(10)).await.unwrap_err();
        assert!(matches!(error, Error::Forbidden { .. }), "{actor:?}: {error}");
    }
}

#[tokio::test]
async fn only_so_many_wait_about_one_deal() {
    let desk = desk().await;
    let with = |n: usize| of_jana(Trait::Camp(Remark::new(&format!("camp {n}")).unwrap()));
    for n in 0..20 {
        propose(&desk, asked(with(n), 1, "far above our budget"), 10).await.unwrap();
    }
    let one_more = propose(&desk, asked(with(20), 1, "far above our budget"), 10).await;
    assert!(one_more.unwrap_err().to_string().contains("let some be decided first"));
}

#[tokio::test]
async fn what_shows_it_has_to_be_there_still_and_erasing_takes_it_along() {
    let desk = desk().await;
    let proposed = propose(&desk, asked(against(), 1, "far above our budget"), 10).await.unwrap();
    let dismissed = propose(&desk, asked(not_dear(), 1, DEAR), 10).await.unwrap();
    desk.inroad.dismiss_assessment(dismissed.number, day(11)).await.unwrap();
    desk.inroad.erase(&email("jana@lindner.example"), &[], day(12)).await.unwrap();
    assert_eq!(waiting(&desk, 13).await, []);
    assert!(desk.inroad.confirm_assessment(proposed.number, day(13)).await.is_err());
    assert!(desk.inroad.told(day(13)).await.unwrap().is_empty());
}
