//! What is held to be so of firms that do not exist.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use inroad_model::{
    AccountKey, Claim, ClaimSource, Entry, EntryNumber, IdealClient, KeptEntry, Remark, Subject,
    Topic,
};
use inroad_prospect::{Held, read_ideal_file};
use jiff::civil::{Date, date};

pub(crate) fn day(number: i8) -> Date {
    date(2026, 3, number)
}

pub(crate) fn remark(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

pub(crate) fn assumed(topic: Topic, text: &str) -> Held {
    Held {
        number: None,
        topic,
        text: text.to_owned(),
        is_verified: false,
        day: day(2),
        source: ClaimSource::Own,
        came_out: None,
        because: None,
    }
}

pub(crate) fn verified(topic: Topic, text: &str) -> Held {
    Held { is_verified: true, ..assumed(topic, text) }
}

pub(crate) fn kept(number: i64, entry: Entry) -> KeptEntry {
    KeptEntry {
        number: EntryNumber::new(number).unwrap(),
        about: Subject::Account(AccountKey::domain("lindner.example").unwrap()),
        told_at: "2026-03-02T08:00:00Z".parse().unwrap(),
        withdrawn_at: None,
        away: Vec::new(),
        entry,
    }
}

pub(crate) fn claim(topic: Topic, text: &str, is_verified: bool, settles: Option<i64>) -> Entry {
    Entry::Claim(Claim {
        topic,
        text: remark(text),
        is_verified,
        day: day(2),
        source: ClaimSource::Own,
        settles: settles.and_then(EntryNumber::new),
        settles_import: None,
    })
}

pub(crate) fn ideal() -> IdealClient {
    read_ideal_file(
        r#"
        [[qualifier]]
        topic = "industry"
        level = "must"
        words = ["logistics", "freight"]
        weight = 5

        [[qualifier]]
        topic = "size"
        level = "want"
        at-least = 50
        at-most = 500
        of = "people"

        [[qualifier]]
        topic = "technology"
        level = "want"
        words = ["SAP"]
        weight = 1

        [[qualifier]]
        topic = "region"
        level = "avoid"
        words = ["Norway"]
        weight = 1
        "#,
    )
    .unwrap()
}
