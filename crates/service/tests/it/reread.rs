//! Mail that an earlier version read is read anew: as if it had just come in, and nothing is lost.

use std::fmt::Write as _;

use inroad_ingest::mbox::Mbox;
use inroad_ingest::{Limits, mail};
use inroad_language::read::{READER, read};
use inroad_model::Touch;
use inroad_service::{Inroad, RereadReport, Stop};
use inroad_store::{ContentHash, NewMessage, Original};

use crate::desk::{Desk, day, store};
use crate::letters::{JANA, Letter, ME, letter, mbox};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]}]}"#;

fn letters() -> Vec<Letter> {
    let mut letters = Vec::new();
    for n in 0..4 {
        letters.push(letter(ME, JANA, 1 + 2 * n, "How does the proposal look to you by now?"));
        letters.push(letter(JANA, ME, 2 + 2 * n, "That is far above our budget."));
    }
    letters.push(letter(JANA, ME, 12, "I am out of the office until 20 March."));
    letters
}

/// No facts, no gist.
fn as_an_earlier_reader(touch: Touch) -> Touch {
    Touch { facts: Vec::new(), gist: None, ..touch }
}

/// Keeps mails as some reader read them, by a store that does not know which.
async fn keep(desk: &Desk, mails: &str, reader: impl Fn(Touch) -> Touch) {
    let store = store(desk.inroad.path()).await;
    let read_before = |raw: Vec<u8>| {
        let (message, _) = mail::parse_message(&raw, &Limits::default());
        let touch = reader(read(message));
        let original = Original::pack(&raw, ContentHash::of(&raw)).unwrap();
        NewMessage::new(original, "mail.mbox".to_owned(), touch).unwrap()
    };
    let messages = Mbox::new(mails.as_bytes(), &Limits::default());
    let messages = messages.map(|item| read_before(item.raw)).collect();
    store.add_messages(messages).await.unwrap();
    store.close().await.unwrap();
}

async fn old_desk() -> Desk {
    let desk = Desk::new().await;
    keep(&desk, &mbox(&letters()), as_an_earlier_reader).await;
    desk.take("deals.json", DEALS).await;
    desk
}

async fn new_desk() -> Desk {
    let desk = Desk::new().await;
    desk.take_letters(&letters()).await;
    desk.take("deals.json", DEALS).await;
    desk
}

#[tokio::test]
async fn what_is_read_anew_is_as_if_it_had_just_come_in() {
    let (old, new) = (old_desk().await, new_desk().await);
    assert_eq!(old.inroad.read_by_others().await.unwrap(), 9);
    assert_eq!(new.inroad.read_by_others().await.unwrap(), 0);
    assert_eq!(
        new.inroad.reread(2, &Stop::default(), &|_| ()).await.unwrap(),
        RereadReport::default()
    );
    assert_eq!(old.review(day(15)).await["deals"][0]["facts"], serde_json::json!([]));
    let report = old.inroad.reread(2, &Stop::default(), &|_| ()).await.unwrap();
    assert_eq!((report.messages, report.changed, report.unreadable), (9, 9, 0));
    assert_eq!(old.inroad.diagnose().await.unwrap().read_by_others, 0);
    assert_eq!(old.review(day(15)).await, new.review(day(15)).await);
    assert_eq!(old.review(day(15)).await["deals"][0]["facts"][0]["kind"], "out_of_office");
    // The file of the same rows tells nothing else, down to the last byte.
    let same = Desk::new().await;
    keep(&same, &mbox(&letters()), |touch| touch).await;
    same.take("deals.json", DEALS).await;
    let digest = async |desk: &Desk| desk.inroad.diagnose().await.unwrap().digest;
    assert_eq!(digest(&old).await, digest(&same).await);
    assert!(old.inroad.diagnose().await.unwrap().health.faults.is_empty());
}

#[tokio::test]
async fn a_reading_that_was_stopped_goes_on_where_it_was() {
    let (old, new) = (old_desk().await, new_desk().await);
    let inroad = old.inroad.clone();
    // Stopped hard, in the middle of it.
    let stopped = tokio::spawn(async move {
        inroad.reread(2, &Stop::default(), &|progress| assert!(progress.done < 4, "stopped")).await
    });
    assert!(stopped.await.unwrap_err().is_panic());
    assert_eq!(old.inroad.read_by_others().await.unwrap(), 5);
    // New mail may come in between; the present reader reads it.
    let later = letter(JANA, ME, 14, "Could you send two references?");
    for desk in [&old, &new] {
        desk.take("later.mbox", mbox(std::slice::from_ref(&later))).await;
    }
    assert_eq!(old.inroad.read_by_others().await.unwrap(), 5);
    let reopened = Inroad::open(old.inroad.path()).await.unwrap();
    let report = reopened.reread(100, &Stop::default(), &|_| ()).await.unwrap();
    assert_eq!((report.messages, report.changed), (5, 5));
    assert_eq!(old.review(day(15)).await, new.review(day(15)).await);
    assert_eq!(
        reopened.reread(100, &Stop::default(), &|_| ()).await.unwrap(),
        RereadReport::default()
    );
}

#[tokio::test]
async fn what_is_read_the_same_is_not_written() {
    let desk = new_desk().await;
    let other = store(desk.inroad.path()).await.with_reader("another");
    assert_eq!(other.read_by_others().await.unwrap(), 9);
    let all = other.next_to_reread(100).await.unwrap();
    let last = all.last().unwrap().row;
    let touches = all.into_iter().map(|kept| {
        let (mut message, _) = mail::parse_message(&kept.raw.unwrap(), &Limits::default());
        message.id = kept.id;
        (kept.row, read(message))
    });
    assert_eq!(other.reread(touches.collect(), last).await.unwrap(), 0);
    assert_eq!(other.read_by_others().await.unwrap(), 0);
    assert_eq!(desk.inroad.read_by_others().await.unwrap(), 9);
}

/// A digest of what is read of the sample mailbox, by the number of the reader. If it changes, mail is
/// read otherwise than before: let `READER` grow by one, and put the new digest here.
const READ_OF_SAMPLE: (u32, &str) = (1, "67fecd2c68c545702c250488c140c95c");

#[test]
fn who_reads_otherwise_has_another_number() {
    let sample = include_bytes!("../../../../examples/mailbox.mbox");
    let mut told = String::new();
    for item in Mbox::new(&sample[..], &Limits::default()) {
        let mut touch = read(mail::parse_message(&item.raw, &Limits::default()).0);
        // Cues go by the weights, which have a number of their own.
        touch.gist.as_mut().unwrap().cues.clear();
        writeln!(told, "{touch:?}").unwrap();
    }
    let digest = ContentHash::of(told.as_bytes()).to_hex();
    assert_eq!((READER, digest.as_str()), READ_OF_SAMPLE, "raise READER in language/src/read.rs");
}
