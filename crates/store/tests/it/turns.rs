//! Turns that one program at a time has.

use crate::samples::{again, store};

#[tokio::test]
async fn one_has_it_at_a_time() {
    let (folder, store) = store().await;
    let other = again(&folder).await;
    assert!(!other.is_turn_taken("live.lock").await.unwrap());
    let turn = store.take_turn("live.lock").await.unwrap();
    assert!(turn.is_some() && other.is_turn_taken("live.lock").await.unwrap());
    assert!(other.take_turn("live.lock").await.unwrap().is_none());
    assert!(!other.is_turn_taken("sending.lock").await.unwrap(), "another turn is free");
    drop(turn);
    // A server learns in a moment that a session ended.
    for _ in 0..100 {
        if let Some(_turn) = other.take_turn("live.lock").await.unwrap() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody got it");
}
