//! Messages and stores for the tests.

use inroad_model::{
    BodyOrigin, Fact, FactKind, Gist, Mailbox, Message, MessageId, Nature, Signature, Source, Touch,
};
use inroad_store::{ContentHash, NewMessage, Original, Store, Words};
use tempfile::TempDir;

/// A store in a folder that vanishes with the test.
pub(crate) async fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    (folder, store)
}

pub(crate) fn mailbox(text: &str) -> Mailbox {
    Mailbox { name: None, address: text.parse().unwrap() }
}

/// Whole words that stand side by side.
pub(crate) fn words(text: &str) -> Words {
    Words { text: text.to_owned(), open: false }
}

/// A letter from Jana to Marta with a fact in it.
pub(crate) fn touch(id: &str, day: u8, parents: &[&str]) -> Touch {
    let id = MessageId::new(id).unwrap();
    let ids = |list: &[&str]| list.iter().map(|id| MessageId::new(id).unwrap()).collect();
    let away = Fact::new(
        FactKind::OutOfOffice,
        Some("jana@lindner.example".parse().unwrap()),
        Source::Message(id.clone()),
        "away until Friday",
    );
    Touch {
        message: Message {
            id,
            in_reply_to: ids(parents),
            references: ids(parents),
            date: Some(format!("2026-03-{day:02}T09:00:00+01:00").parse().unwrap()),
            from: Some(Mailbox {
                name: Some("Jana Kühn".to_owned()),
                address: "jana@lindner.example".parse().unwrap(),
            }),
            reply_to: Vec::new(),
            to: vec![mailbox("marta@studio.example")],
            cc: Vec::new(),
            bcc: Vec::new(),
            subject: "Angebot für das Lager".to_owned(),
            text: format!("Guten Tag, ich bin away until Friday. Nummer {day}"),
            origin: BodyOrigin::Plain,
            attachments: Vec::new(),
            nature: Nature::Correspondence,
            invitation: None,
        },
        new_text: Some(format!("ich bin away until Friday. Nummer {day}")),
        gist: Some(Gist { words: 6, names: vec!["friday".into()], ..Gist::default() }),
        signature: Signature::default(),
        facts: vec![away],
    }
}

/// The same, packed for the store.
pub(crate) fn packed(touch: Touch) -> NewMessage {
    let raw = format!("{:?}", touch.message);
    let hash = ContentHash::of(raw.as_bytes());
    NewMessage::new(Original::pack(raw.as_bytes(), hash).unwrap(), "test".to_owned(), touch)
        .unwrap()
}
