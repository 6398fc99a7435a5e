//! Of a letter that came from a list and straight to its reader, the review sees the latter.

use inroad_model::{MessageId, Nature, Touch};
use inroad_store::{ContentHash, Imported};

use crate::samples::{packed, store, touch, words};

/// A letter that Jana wrote to Marta and to a list, as Marta got it.
fn direct(id: &str) -> Touch {
    touch(id, 3, &[])
}

/// The same letter, as the list sent it.
fn from_list(id: &str) -> Touch {
    let mut copy = touch(id, 3, &[]);
    copy.message.nature = Nature::MailingList { list: "users@lists.example".to_owned() };
    copy.message.subject = format!("[users] {}", copy.message.subject);
    copy.facts.clear();
    copy
}

fn hash(touch: &Touch) -> ContentHash {
    ContentHash::of(format!("{:?}", touch.message).as_bytes())
}

/// Keeps two copies, in one batch or in two, and gives the digest.
async fn check(copies: [Touch; 2], in_one_batch: bool) -> String {
    let (_folder, store) = store().await;
    let hashes = copies.clone().map(|copy| hash(&copy));
    let answer = touch("answer@studio.example", 4, &["1@lindner.example"]);
    let mut batch: Vec<_> = copies.into_iter().map(packed).collect();
    let first = packed(touch("0@lindner.example", 2, &[]));
    batch.insert(0, first);
    batch.push(packed(answer));
    let mut added = 0;
    if in_one_batch {
        added += store.add_messages(batch).await.unwrap().added;
    } else {
        for new in batch {
            added += store.add_messages(vec![new]).await.unwrap().added;
        }
    }
    assert_eq!(added, 3);
    assert_eq!(store.known(&hashes).await.unwrap().len(), 2, "both originals are kept");
    let kept = store.message(&MessageId::new("1@lindner.example").unwrap()).await.unwrap().unwrap();
    assert_eq!(kept.touch.message.nature, Nature::Correspondence);
    assert_eq!(kept.touch.message.subject, "Angebot für das Lager");
    assert_eq!(kept.touch.facts.len(), 1);
    let answer =
        store.message(&MessageId::new("answer@studio.example").unwrap()).await.unwrap().unwrap();
    assert_eq!(answer.thread, kept.thread);
    assert_eq!(store.message_count().await.unwrap(), 3);
    let found = store.rows_with(&[words("Nummer")], &[]).await.unwrap();
    assert_eq!(store.lines_of(&found).await.unwrap().len(), 3);
    assert!(store.health().await.unwrap().faults.is_empty());
    store.digest().await.unwrap()
}

#[tokio::test]
async fn the_direct_copy_wins_whichever_comes_first() {
    let id = "1@lindner.example";
    for copies in [[from_list(id), direct(id)], [direct(id), from_list(id)]] {
        let one = check(copies.clone(), true).await;
        assert_eq!(check(copies, false).await, one, "where a batch ends makes no difference");
    }
}

#[tokio::test]
async fn further_copies_are_doubles() {
    let (_folder, store) = store().await;
    let id = "1@lindner.example";
    let mut second = from_list(id);
    second.message.text.push_str(" -- a footer");
    store.add_messages(vec![packed(from_list(id))]).await.unwrap();
    let again = store.add_messages(vec![packed(from_list(id)), packed(second)]).await.unwrap();
    assert_eq!(again, Imported { added: 0, doubles: 2, facts: 0 });
    let direct_copy = store.add_messages(vec![packed(direct(id))]).await.unwrap();
    assert_eq!((direct_copy.added, direct_copy.doubles), (0, 1));
}
