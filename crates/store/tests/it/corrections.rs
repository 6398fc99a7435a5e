//! Where a sentence was read otherwise than the user says: the last word counts, and each has its time.

use inroad_model::{Correction, Cue, MessageId, Sentence};

use crate::lessons::day;
use crate::samples::store;

fn correction(sentence: &str, cue: Cue, holds: bool, told: u8) -> Correction {
    let message = MessageId::new("m@lindner.example").unwrap();
    let sentence = Sentence::new(sentence).unwrap();
    Correction { message, sentence, cue, holds, told_at: day(told) }
}

#[tokio::test]
async fn the_last_word_counts_and_a_past_day_keeps_its_own() {
    let (_folder, store) = store().await;
    let first = correction("We  shall\nsee.", Cue::PoliteNo, true, 3);
    let other = correction("We shall see.", Cue::Warmth, false, 4);
    let last = correction("We shall see.", Cue::PoliteNo, false, 6);
    for own in [&first, &other, &last] {
        store.add_correction(own).await.unwrap();
    }
    let said = async |at: u8| {
        let told = store.corrections(day(at)).await.unwrap();
        assert_eq!(store.said(day(at)).await.unwrap().corrections, told);
        told
    };
    assert_eq!(said(2).await, []);
    assert_eq!(said(3).await, std::slice::from_ref(&first));
    assert_eq!(said(5).await, [first.clone(), other.clone()]);
    assert_eq!(said(6).await, [other.clone(), last.clone()]);
    assert!(store.withdraw_correction(&last.sentence, Cue::PoliteNo, day(8)).await.unwrap());
    assert!(!store.withdraw_correction(&last.sentence, Cue::PoliteNo, day(9)).await.unwrap());
    assert_eq!(said(7).await, [other.clone(), last]);
    assert_eq!(said(8).await, [other]);
    assert_eq!(said(5).await.len(), 2);
}
