//! A user corrects how a sentence was read: it counts from then on, teaches, and can be undone.

use inroad_model::{Cue, MessageId};
use inroad_service::{DeedsAsked, Error};

use crate::desk::{Desk, day, moment};
use crate::letters::{JANA, Letter, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]}]}"#;
const DEAR: &str = "That is far above our budget.";
const ILL: &str = "The left knee has to go under the knife in May.";

fn letters() -> Vec<Letter> {
    vec![
        letter(ME, JANA, 1, "How does the proposal look to you by now?"),
        letter(JANA, ME, 2, &format!("{DEAR} We talk next week.")),
        letter(ME, JANA, 3, "What would fit?"),
        letter(JANA, ME, 4, &format!("{ILL} I will call you.")),
    ]
}

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.take_letters(&letters()).await;
    desk.take("deals.json", DEALS).await;
    desk
}

fn id(at: usize) -> MessageId {
    MessageId::new(letters()[at].id().trim_matches(['<', '>'])).unwrap()
}

async fn cues(desk: &Desk, at: usize, on: u8) -> Vec<Cue> {
    let reading = desk.inroad.read_kept(&id(at), day(on)).await.unwrap();
    reading.cues.iter().map(|found| found.cue).collect()
}

#[tokio::test]
async fn it_counts_from_its_day_on_and_can_be_undone() {
    let desk = desk().await;
    let before = desk.review(day(20)).await;
    assert!(cues(&desk, 1, 20).await.contains(&Cue::TooDear));
    let done = desk.inroad.correct(&id(1), DEAR, Cue::TooDear, false, day(10)).await.unwrap();
    assert!(!cues(&desk, 1, 20).await.contains(&Cue::TooDear));
    assert!(cues(&desk, 1, 9).await.contains(&Cue::TooDear));
    let corrected = desk.review(day(20)).await;
    assert_ne!(corrected, before);
    assert!(before.to_string().contains("finds it too expensive"));
    assert!(!corrected.to_string().contains("finds it too expensive"), "{corrected}");
    assert!(desk.review(day(9)).await.to_string().contains("finds it too expensive"));
    desk.inroad.undo(done.deed, day(12)).await.unwrap();
    assert_eq!(desk.review(day(20)).await, before);
    assert_eq!(desk.review(day(11)).await["deals"][0]["name"], "Warehouse");
    assert!(!desk.review(day(11)).await.to_string().contains("finds it too expensive"));
    assert!(desk.inroad.undo(done.deed, day(12)).await.is_err());
}

#[tokio::test]
async fn taking_back_can_be_undone_too() {
    let desk = desk().await;
    desk.inroad.correct(&id(1), DEAR, Cue::TooDear, false, day(10)).await.unwrap();
    let corrected = desk.review(day(20)).await;
    let back = desk.inroad.take_correction_back(DEAR, Cue::TooDear, day(11)).await.unwrap();
    assert!(cues(&desk, 1, 20).await.contains(&Cue::TooDear));
    desk.inroad.undo(back.deed, day(12)).await.unwrap();
    assert_eq!(desk.review(day(20)).await, corrected);
    assert_eq!(desk.inroad.corrections(day(20)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn it_counts_for_the_same_sentence_in_later_letters() {
    let plain = desk().await;
    let desk = desk().await;
    let said = "We talk next week.";
    desk.inroad.correct(&id(1), said, Cue::PoliteNo, true, day(5)).await.unwrap();
    let later = letter(JANA, ME, 14, said);
    for desk in [&desk, &plain] {
        desk.take("later.mbox", crate::letters::mbox(std::slice::from_ref(&later))).await;
    }
    let told = desk.review(day(20)).await.to_string();
    assert!(told.contains("seems to say no, kindly"), "{told}");
    desk.inroad.take_correction_back(said, Cue::PoliteNo, day(15)).await.unwrap();
    // What was taught when it came in leaves no trace.
    assert_eq!(desk.review(day(20)).await, plain.review(day(20)).await);
}

#[tokio::test]
async fn private_words_stay_private_whatever_is_corrected() {
    let desk = desk().await;
    desk.inroad.correct(&id(3), ILL, Cue::Illness, true, day(10)).await.unwrap();
    let review = desk.review(day(20)).await.to_string();
    assert!(review.contains("something private") && !review.contains("knee"), "{review}");
    let deeds = desk.inroad.deeds(&DeedsAsked::default(), 9).await.unwrap();
    assert!(deeds.iter().all(|deed| !deed.says.contains("ill") && !deed.says.contains("knee")));
}

#[tokio::test]
async fn what_cannot_be_corrected_is_said() {
    let desk = desk().await;
    let correct = async |at: usize, sentence: &str| {
        desk.inroad.correct(&id(at), sentence, Cue::TooDear, false, day(10)).await
    };
    assert!(matches!(correct(1, "No such words.").await, Err(Error::NotFound { .. })));
    assert!(matches!(correct(1, "  ").await, Err(Error::Invalid { .. })));
    correct(1, &DEAR.replace(' ', "\n ")).await.unwrap();
    assert!(matches!(correct(1, DEAR).await, Err(Error::Conflict { .. })));
    let none = MessageId::new("none@lindner.example").unwrap();
    let at = moment("2026-03-10T09:00:00Z");
    let missing = desk.inroad.correct(&none, DEAR, Cue::TooDear, true, at).await;
    assert!(matches!(missing, Err(Error::NotFound { .. })));
    let nothing = desk.inroad.take_correction_back("Never said.", Cue::TooDear, at).await;
    assert!(matches!(nothing, Err(Error::NotFound { .. })));
}
