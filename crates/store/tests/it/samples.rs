//! Messages and stores for the tests.

use inroad_model::{
    BodyOrigin, Fact, FactKind, Gist, Mailbox, Message, MessageId, Nature, Signature, Source, Touch,
};
use inroad_store::{ContentHash, NewMessage, Original, ReadMail, Store, Words};
use tempfile::TempDir;

/// A store of its own for the test: in a folder that vanishes with it, or, where the environment names a
/// server, in a workspace there.
pub(crate) async fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = again(&folder).await;
    (folder, store)
}

/// The same data as another program sees it.
pub(crate) async fn again(folder: &TempDir) -> Store {
    let path = folder.path().join("data.db");
    #[cfg(feature = "postgres")]
    if let Some(url) = postgres() {
        return Store::connect(&url, &path.display().to_string(), &path).await.unwrap();
    }
    Store::open(&path).await.unwrap()
}

/// The server on which these tests run instead of a file.
#[cfg(feature = "postgres")]
pub(crate) fn postgres() -> Option<String> {
    std::env::var("INROAD_TEST_DATABASE").ok()
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

/// Reads no word of a letter.
pub(crate) fn no_words() -> ReadMail {
    std::sync::Arc::new(|_raw| touch("none@lindner.example", 1, &[]).message)
}
