//! What finished deals taught, and where the user decided otherwise: kept, counted, taken back.

use inroad_model::{
    Advice, Cause, DealId, LastReview, Lesson, LessonWords, Moment, Outcome, Overruling, PlayTried,
    Probability, Remark, Stage, SupposedCause,
};
use inroad_store::{DealEnd, DealStatus, DealUpdate, Store, StoredDeal};

use crate::samples::store;

pub(crate) fn day(day: u8) -> Moment {
    format!("2026-06-{day:02}T09:00:00Z").parse().unwrap()
}

pub(crate) fn id(text: &str) -> DealId {
    DealId::new(text).unwrap()
}

pub(crate) async fn deal(store: &Store, id: &str, stage: Option<Stage>, at: Moment) {
    let json = serde_json::json!({"id": id, "name": "Warehouse", "stage": stage});
    let deal = serde_json::from_value(json).unwrap();
    let stored = StoredDeal { deal, status: DealStatus::Open, known_as: [].into() };
    store.put_deals(&[DealUpdate { stored, at, was_other: false }]).await.unwrap();
}

pub(crate) fn lesson(deal: &str, outcome: Outcome, ended_at: Moment) -> Lesson {
    let probability = Probability::clamped(0.4);
    Lesson {
        deal: id(deal),
        ended_at,
        outcome,
        causes: [Cause::PriceTooHigh].into(),
        play: Some(PlayTried { scenario: "price_too_high".into(), play: "Smaller steps".into() }),
        last_review: LastReview {
            causes: vec![SupposedCause { cause: Cause::PriceTooHigh, probability }],
            advice: Advice::Pursue,
            signs: [("too_dear".to_owned(), Probability::clamped(0.9))].into(),
        },
        words: LessonWords {
            people: Some(Remark::new("Jana was for it; her boss was not").unwrap()),
            ..LessonWords::default()
        },
    }
}

pub(crate) fn overruling(deal: &str, at: Moment) -> Overruling {
    let because = Remark::new("I met her at the fair").unwrap();
    Overruling::new(id(deal), at, Advice::LetGo, Advice::Pursue, because).unwrap()
}

async fn stage(store: &Store, at: Moment) -> Option<Stage> {
    store.deals_at(at).await.unwrap()[0].deal.stage
}

#[tokio::test]
async fn a_lesson_ends_its_deal_and_taking_it_back_opens_it_again() {
    let (_folder, store) = store().await;
    deal(&store, "d1", Some(Stage::Proposal), day(1)).await;
    let told = lesson("d1", Outcome::NoDecision, day(10));
    let number = store.add_lesson(&told, Some(Stage::Lost), day(12)).await.unwrap().unwrap();
    assert_eq!(
        store.add_lesson(&told, Some(Stage::Won), day(13)).await.unwrap(),
        None,
        "one a deal"
    );
    assert_eq!(stage(&store, day(9)).await, Some(Stage::Proposal));
    assert_eq!(stage(&store, day(11)).await, Some(Stage::Lost), "since the day it ended");
    let end = DealEnd { at: Some(day(10).timestamp()), stage_before: Some(Stage::Proposal) };
    assert_eq!(store.deal_end(&id("d1")).await.unwrap(), end);
    assert!(store.withdraw_lesson(number, day(20)).await.unwrap());
    assert!(!store.withdraw_lesson(number, day(21)).await.unwrap(), "once");
    assert_eq!(stage(&store, day(22)).await, Some(Stage::Proposal));
    assert_eq!(store.deal_end(&id("d1")).await.unwrap().at, None);
    let kept = store.lessons().await.unwrap();
    assert_eq!((kept.len(), &kept[0].lesson), (1, &told), "it is kept");
    assert_eq!(kept[0].withdrawn_at.map(Moment::timestamp), Some(day(20).timestamp()));
    assert!(store.add_lesson(&told, None, day(23)).await.unwrap().is_some(), "told anew");
    assert!(store.health().await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn a_stage_told_since_stays() {
    let (_folder, store) = store().await;
    deal(&store, "d1", None, day(1)).await;
    let told = lesson("d1", Outcome::Lost, day(5));
    let number = store.add_lesson(&told, Some(Stage::Lost), day(5)).await.unwrap().unwrap();
    deal(&store, "d1", Some(Stage::Won), day(6)).await;
    store.withdraw_lesson(number, day(7)).await.unwrap();
    assert_eq!(stage(&store, day(8)).await, Some(Stage::Won));
}

#[tokio::test]
async fn what_was_open_and_is_off_the_list_has_ended() {
    let (_folder, store) = store().await;
    for (name, stage) in [("open", None), ("won", Some(Stage::Won)), ("dropped", None)] {
        deal(&store, name, stage, day(1)).await;
    }
    store.set_deal_status(&id("dropped"), DealStatus::Dismissed, day(3)).await.unwrap();
    let deal = serde_json::from_str(r#"{"id": "bank", "name": "My bank"}"#).unwrap();
    let stored = StoredDeal { deal, status: DealStatus::Proposed, known_as: [].into() };
    store.put_deals(&[DealUpdate { stored, at: day(1), was_other: false }]).await.unwrap();
    store.set_deal_status(&id("bank"), DealStatus::Dismissed, day(3)).await.unwrap();
    let ended = store.ended_deals().await.unwrap();
    let ids: Vec<&str> = ended.iter().map(|stored| stored.deal.id.as_str()).collect();
    assert_eq!(ids, ["dropped", "won"]);
}

#[tokio::test]
async fn what_counts_is_what_counted_on_that_day() {
    let (_folder, store) = store().await;
    deal(&store, "d1", None, day(1)).await;
    let told = lesson("d1", Outcome::Won, day(5));
    let number = store.add_lesson(&told, None, day(5)).await.unwrap().unwrap();
    store.add_overruling(&overruling("d2", day(6))).await.unwrap();
    store.withdraw_lesson(number, day(10)).await.unwrap();
    for (on, lessons, overrulings) in [(4, 0, 0), (5, 1, 0), (7, 1, 1), (10, 0, 1), (28, 0, 1)] {
        let said = store.said(day(on)).await.unwrap();
        assert_eq!((said.lessons.len(), said.overrulings.len()), (lessons, overrulings), "{on}");
    }
    let then = store.said(day(7)).await.unwrap();
    assert_eq!(then.lessons[0].lesson, told);
    assert_eq!(then.overrulings[0], overruling("d2", day(6)));
}

#[tokio::test]
async fn the_last_decision_counts_and_is_asked_about_once() {
    let (_folder, store) = store().await;
    store.add_overruling(&overruling("d1", day(2))).await.unwrap();
    store.add_overruling(&overruling("d1", day(4))).await.unwrap();
    store.add_overruling(&overruling("d2", day(4))).await.unwrap();
    assert_eq!(store.said(day(3)).await.unwrap().overrulings, [overruling("d1", day(2))]);
    assert_eq!(store.said(day(5)).await.unwrap().overrulings.len(), 2);
    let asked = store.ask_overrulings(&[id("d1"), id("d3")], day(9)).await.unwrap();
    assert_eq!(asked, [overruling("d1", day(4))]);
    assert!(store.ask_overrulings(&[id("d1")], day(9)).await.unwrap().is_empty(), "once");
    assert!(store.withdraw_overruling(&id("d2"), day(10)).await.unwrap());
    assert!(!store.withdraw_overruling(&id("d2"), day(11)).await.unwrap());
    let kept = store.overrulings().await.unwrap();
    let asked_at: Vec<bool> = kept.iter().map(|kept| kept.asked_at.is_some()).collect();
    assert_eq!(asked_at, [false, true, false]);
}
