//! What is read by itself: how far it was read, what is gone from the server, and letters that go out.

use inroad_model::{
    Connection, ConnectionName, Contact, Deleted, FoldersWanted, MailboxConnection, MessageId,
    Reads, Security, ServerAddress,
};
use inroad_store::{
    ContactsStep, ContentHash, Error, EventsStep, NewOutgoing, OutgoingState, Store, SyncMail,
    SyncStep, contact_hash,
};

use crate::lessons::day;

fn mailbox(name: &str) -> Connection {
    let imap = ServerAddress {
        host: "imap.studio.example".to_owned(),
        port: 993,
        security: Security::Tls,
    };
    Connection {
        name: ConnectionName::new(name).unwrap(),
        reads: Reads::Mailbox(Box::new(MailboxConnection {
            public_only: false,
            address: "marta@studio.example".parse().unwrap(),
            user: "marta".to_owned(),
            imap,
            submission: None,
            sign_in: inroad_model::SignIn::Password,
            authority: None,
            since: None,
            folders: FoldersWanted::Usual,
            deleted: Deleted::Keep,
        })),
    }
}

async fn put(store: &Store, name: &str, at: u8) -> i64 {
    let kept = async |_id| Ok::<_, Error>(());
    store.put_connection(&mailbox(name), false, day(at), kept).await.unwrap()
}

fn mail(uid: u32, text: &str, flags: &str) -> SyncMail {
    SyncMail { uid, hash: ContentHash::of(text.as_bytes()), flags: flags.to_owned() }
}

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    (folder, store)
}

#[tokio::test]
async fn a_connection_is_there_once_under_its_name_and_may_come_back() {
    let (_folder, store) = store().await;
    let first = put(&store, "mine", 1).await;
    let again = put(&store, "mine", 2).await;
    assert_eq!(first, again);
    put(&store, "another", 2).await;
    let kept = store.connections().await.unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1].connection, mailbox("mine"));
    assert_eq!(kept[1].told_at, day(2), "whoever reads it sees that it was connected once more");
    let refused = async |_id| Err(Error::NotOurs { path: "no password".into() });
    assert!(store.put_connection(&mailbox("third"), false, day(3), refused).await.is_err());
    assert_eq!(store.connections().await.unwrap().len(), 2);
    store.sync_folder(first, "INBOX", "{}").await.unwrap();
    let kept = async |_id| Ok::<_, Error>(());
    store.put_connection(&mailbox("mine"), true, day(3), kept).await.unwrap();
    assert!(store.sync_folders(first).await.unwrap().is_empty(), "another server is read anew");
    let name = ConnectionName::new("mine").unwrap();
    assert!(store.remove_connection(&name, day(3)).await.unwrap());
    assert!(!store.remove_connection(&name, day(3)).await.unwrap());
    assert_eq!(store.connections().await.unwrap().len(), 1);
    assert_ne!(put(&store, "mine", 4).await, first);
}

#[tokio::test]
async fn a_folder_knows_what_was_read_and_what_is_gone() {
    let (_folder, store) = store().await;
    let id = put(&store, "mine", 1).await;
    let inbox = store.sync_folder(id, "INBOX", "{}").await.unwrap();
    let sent = store.sync_folder(id, "Sent", "{}").await.unwrap();
    let step = SyncStep {
        read: vec![mail(1, "a", ""), mail(2, "b", "\\Seen"), mail(3, "x", ""), mail(3, "c", "")],
        position: Some("{\"next\":4}".to_owned()),
        ..SyncStep::default()
    };
    store.sync_step(inbox.id, &step, day(2)).await.unwrap();
    let copy = SyncStep { read: vec![mail(9, "b", "")], ..SyncStep::default() };
    store.sync_step(sent.id, &copy, day(2)).await.unwrap();
    // The same once more changes nothing.
    store.sync_step(inbox.id, &step, day(2)).await.unwrap();
    let known = store.sync_mails(inbox.id).await.unwrap();
    assert_eq!(known.into_keys().collect::<Vec<_>>(), [1, 2, 3]);
    let again = store.sync_folder(id, "INBOX", "{}").await.unwrap();
    assert_eq!(again.position, "{\"next\":4}");

    let gone = SyncStep {
        gone: vec![2, 3, 77],
        flags: [(1, "\\Answered".to_owned())].into(),
        ..SyncStep::default()
    };
    store.sync_step(inbox.id, &gone, day(3)).await.unwrap();
    assert_eq!(
        store.sync_mails(inbox.id).await.unwrap(),
        [(1, "\\Answered".to_owned())].into_iter().collect()
    );

    let anew =
        SyncStep { is_renumbered: true, read: vec![mail(1, "x", "")], ..SyncStep::default() };
    store.sync_step(inbox.id, &anew, day(4)).await.unwrap();
    assert_eq!(store.sync_mails(inbox.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_begun_is_begun_once_and_settled_once() {
    let (_folder, store) = store().await;
    let id = put(&store, "mine", 1).await;
    let message = MessageId::new("a@studio.example").unwrap();
    let letter =
        NewOutgoing { connection: id, message_id: &message, details: "{}", content: b"Hello" };
    let begin = async |is_allowed: bool| {
        let asked = async {
            // Whoever wants to write waits; whoever reads does not.
            assert_eq!(store.outgoing().await?.len(), 0);
            is_allowed.then_some(()).ok_or_else(|| Error::NotOurs { path: "no".into() })
        };
        store.begin_outgoing(&letter, day(2), asked).await
    };
    assert!(begin(false).await.is_err());
    assert!(store.outgoing().await.unwrap().is_empty());
    let row = begin(true).await.unwrap().unwrap();
    let again = store.begin_outgoing(&letter, day(2), async { Ok::<_, Error>(()) }).await;
    assert_eq!(again.unwrap(), None, "it is never begun twice");
    assert_eq!(store.outgoing_content(row).await.unwrap().unwrap(), b"Hello");
    let settle = async |state| store.settle_outgoing(row, state, "{}", day(3)).await.unwrap();
    assert!(settle(OutgoingState::Unknown).await);
    assert!(settle(OutgoingState::Accepted).await, "it was found in the sent folder later");
    assert!(!settle(OutgoingState::Refused).await);
    let kept = store.outgoing().await.unwrap();
    assert_eq!(kept[0].state, OutgoingState::Accepted);
    assert_eq!(kept[0].settled_at, Some(day(3)));
}

#[tokio::test]
async fn what_was_looked_through_before_an_erasure_is_not_kept() {
    let (_folder, store) = store().await;
    let id = put(&store, "mine", 1).await;
    let folder = store.sync_folder(id, "https://dav.example/people/", "{}").await.unwrap();
    let erasures = store.erasures().await.unwrap();
    let jana = Contact { name: Some("Jana".to_owned()), ..Contact::default() };
    let other = Contact { title: Some("Buyer".to_owned()), ..jana.clone() };
    let step = |put: &Contact, replaced| ContactsStep {
        settled: None,
        folder: folder.id,
        put: vec![put.clone()],
        replaced,
        position: Some("{\"a\":1}".to_owned()),
    };
    assert!(store.follow_contacts(&step(&jana, vec![]), erasures + 1).await.unwrap().is_none());
    let events = EventsStep {
        folder: folder.id,
        now: Vec::new(),
        gone: Vec::new(),
        at: day(2),
        position: Some("{\"a\":1}".to_owned()),
    };
    assert!(store.follow_events(&events, erasures + 1).await.unwrap().is_none());
    assert!(store.contacts().await.unwrap().is_empty());
    let position = async || store.sync_folders(id).await.unwrap().remove(0).position;
    assert_eq!(position().await, "{}", "nothing is kept in part");

    let kept = store.follow_contacts(&step(&jana, vec![]), erasures).await.unwrap().unwrap();
    assert_eq!((kept.added, kept.doubles), (1, 0));
    let before = contact_hash(&jana).unwrap();
    assert_eq!(ContentHash::from_hex(&before.to_hex()), Some(before));
    assert_eq!(ContentHash::from_hex("no"), None);
    store.follow_contacts(&step(&other, vec![before]), erasures).await.unwrap();
    assert_eq!(store.contacts().await.unwrap(), [other]);
    assert_eq!(position().await, "{\"a\":1}");
}
