//! What a search asks of the data file.

use inroad_model::{Attachment, Fact, FactKind, Mailbox, Source};
use inroad_store::{Bringing, NewMessage, Words};
use proptest::prelude::*;

use crate::samples::{mailbox, packed, store, touch, words};

/// Three letters of three days; the second has a file and tells of an illness, the third went to a
/// copy and asks for the price.
fn letters() -> Vec<NewMessage> {
    let (first, mut second, mut third) =
        (touch("1@x.example", 2, &[]), touch("2@x.example", 3, &[]), touch("3@x.example", 4, &[]));
    second.message.attachments.push(Attachment {
        name: Some("offer.pdf".to_owned()),
        media_type: "application/pdf".to_owned(),
        bytes: 5,
    });
    let source = Source::Message(second.message.id.clone());
    second.facts = vec![Fact::new(FactKind::Ill, None, source, "am ill")];
    third.message.date = None;
    third.facts.clear();
    third.message.from = Some(mailbox("omar@lindner.example"));
    third.message.cc =
        vec![Mailbox { name: Some("Ines".to_owned()), ..mailbox("ines@acme.example") }];
    let cue = r#"{"cue": "asks_price", "probability": 0.9, "quote": "What", "words": ["what"], "range": {"start": 0, "end": 4}}"#;
    if let Some(gist) = &mut third.gist {
        gist.cues = vec![serde_json::from_str(cue).unwrap()];
    }
    vec![packed(first), packed(second), packed(third)]
}

#[tokio::test]
async fn lists_over_all_messages_come_whole() {
    let (_folder, store) = store().await;
    assert!(store.all_sent().await.unwrap().is_empty());
    assert!(store.address_rows().await.unwrap().is_empty());
    assert!(store.all_received().await.unwrap().is_empty());
    store.add_messages(letters()).await.unwrap();

    let mut sent = store.all_sent().await.unwrap();
    sent.sort_by_key(|sent| sent.row);
    assert_eq!(sent.iter().map(|sent| sent.row).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(sent[0].at < sent[1].at && sent[2].at == i64::MIN, "{sent:?}");
    assert!(sent[0].from == sent[1].from && sent[2].from != sent[0].from);

    let addresses = store.address_rows().await.unwrap();
    let row = |email: &str| {
        addresses.iter().find(|(_, address)| address.email.as_str() == email).unwrap().0
    };
    let mut received = store.all_received().await.unwrap();
    received.sort_unstable();
    let (marta, ines) = (row("marta@studio.example"), row("ines@acme.example"));
    assert_eq!(received, [(1, marta), (2, marta), (3, marta), (3, ines)]);
    assert_eq!(store.offsets_of(&[2, 9]).await.unwrap(), [(2, 3600)]);

    for (what, expected) in [
        (Bringing::Attachment, &[2][..]),
        (Bringing::Fact, &[1, 2]),
        (Bringing::Invitation, &[]),
        (Bringing::Price, &[3]),
    ] {
        assert_eq!(store.rows_bringing(what).await.unwrap(), expected, "{what:?}");
    }
}

#[tokio::test]
async fn lines_come_in_the_order_asked_for() {
    let (_folder, store) = store().await;
    store.add_messages(letters()).await.unwrap();
    let lines = store.lines_of(&[3, 9, 2]).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.row).collect::<Vec<_>>(), [3, 2]);
    assert!(lines[0].date.is_none() && lines[0].to.contains("Ines ines@acme.example"));
    assert_eq!(lines[1].ill, ["am ill"]);
    assert_eq!(lines[1].new_text, "ich bin away until Friday. Nummer 3");
    let originals = store.originals(&[2, 9]).await.unwrap();
    assert_eq!(originals.into_values().next(), store.original(2).await.unwrap());
    assert_eq!(lines[1].from.as_ref().unwrap().label(), "Jana Kühn");
}

#[tokio::test]
async fn words_that_must_not_be_there_take_away() {
    let (_folder, store) = store().await;
    store.add_messages(letters()).await.unwrap();
    let open = Words { text: "numm".to_owned(), open: true };
    let none = words("numm");
    for (wanted, without, expected) in [
        (std::slice::from_ref(&open), &[][..], 3),
        (&[none], &[], 0),
        (std::slice::from_ref(&open), &[words("nummer 3"), words("ines")], 1),
        (&[open.clone(), words("ines")], &[], 1),
        (&[], &[words("ines")], 0),
    ] {
        let found = store.rows_with(wanted, without).await.unwrap();
        assert_eq!(found.len(), expected, "{wanted:?} {without:?}");
    }
}

#[tokio::test]
async fn a_write_changes_the_state_of_the_file() {
    let (_folder, store) = store().await;
    let before = store.file_state().await.unwrap().unwrap();
    assert_eq!(store.file_state().await.unwrap(), Some(before));
    store.add_messages(vec![packed(touch("1@x.example", 2, &[]))]).await.unwrap();
    let after = store.file_state().await.unwrap().unwrap();
    assert_ne!(after, before);
    assert_eq!(store.file_state().await.unwrap(), Some(after));
}

#[test]
fn no_text_is_an_error_of_the_index() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (_folder, store) = runtime.block_on(store());
    runtime.block_on(store.add_messages(letters())).unwrap();
    let texts = proptest::collection::vec(
        ("(\\PC|[\"*():^+{}-]|AND|OR|NOT|NEAR|\\x00){0,12}", any::<bool>()),
        0..5,
    );
    proptest!(ProptestConfig::with_cases(300), |(wanted in texts.clone(), without in texts)| {
        let words = |texts: Vec<(String, bool)>| -> Vec<Words> {
            texts.into_iter().map(|(text, open)| Words { text, open }).collect()
        };
        let found = runtime.block_on(store.rows_with(&words(wanted), &words(without)));
        prop_assert!(found.is_ok(), "{:?}", found);
    });
}
