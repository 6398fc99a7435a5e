//! What a review looks at is the same, whichever way it is fetched.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, MessageId, Touch};
use inroad_store::{Concerning, Store};

use crate::samples::{mailbox, packed, store, touch};

/// So many that a few of their writers are few enough to be looked for.
const MESSAGES: usize = 4000;
/// More than are looked for whatever there is beside them, and less than one to 64 messages.
const WANTED: usize = 56;

#[tokio::test]
async fn the_letters_of_some_among_very_many() {
    let (_folder, store) = store().await;
    let letters: Vec<_> = (0..MESSAGES).map(|n| packed(letter(n))).collect();
    store.add_messages(letters).await.unwrap();

    let some = told(&store, (0..WANTED).map(writer).collect()).await;
    let one_by_one = async {
        let mut all = BTreeSet::new();
        for n in 0..WANTED {
            all.extend(told(&store, BTreeSet::from([writer(n)])).await);
        }
        all
    };
    assert_eq!(some, one_by_one.await);
    assert_eq!(some.len(), 2 * WANTED, "each wrote twice");
    let everybody = told(&store, (0..MESSAGES / 2).map(writer).collect()).await;
    assert_eq!(everybody.len(), MESSAGES);
}

fn writer(n: usize) -> EmailAddress {
    format!("writer{n}@lindner.example").parse().unwrap()
}

/// A letter of somebody who writes twice, with nothing of anybody else in it.
fn letter(n: usize) -> Touch {
    let mut letter = touch(&format!("{n}@lindner.example"), 2, &[]);
    letter.message.from = Some(mailbox(writer(n % (MESSAGES / 2)).as_str()));
    letter.facts.clear();
    letter
}

async fn told(store: &Store, emails: BTreeSet<EmailAddress>) -> BTreeSet<MessageId> {
    let concerning = Concerning { emails, ..Concerning::default() };
    let touches = store.telling(&concerning).await.unwrap();
    touches.into_iter().map(|touch| touch.message.id).collect()
}
