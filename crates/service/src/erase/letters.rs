//! What becomes of one letter when somebody is erased: a pure function of its bytes and of what points to
//! them. The same judges a letter that comes in later.

use inroad_ingest::redacted::{every_text, written};
use inroad_ingest::{Limits, mail};
use inroad_language::traces::Traces;
use inroad_language::zones::{Zone, split};
use inroad_model::{EmailAddress, Mailbox, Message, MessageId, Nature};

/// What becomes of a letter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fate {
    /// It has nothing of theirs.
    Stays,
    /// It stays, written so.
    Rewritten {
        /// Its bytes.
        raw: Vec<u8>,
        /// What is read of them, under its own id.
        message: Box<Message>,
    },
    /// It was theirs, or went to them alone.
    Goes,
}

/// Stands where words were quoted that they wrote, or that name them.
const QUOTE_TAKEN_OUT: &str = "[quoted words taken out: somebody in them was erased]";

/// What becomes of a letter; `is_ours` tells who is of the user's house.
pub(crate) fn fate(
    raw: &[u8],
    message: &Message,
    traces: &Traces,
    is_ours: &dyn Fn(&EmailAddress) -> bool,
) -> Fate {
    let limits = Limits::default();
    let is_theirs = |mailbox: &&Mailbox| traces.has(&mailbox.address);
    if message.from.iter().any(|from| is_theirs(&from)) {
        return Fate::Goes;
    }
    let to = || message.to.iter().chain(&message.cc).chain(&message.bcc);
    let by_us = message.from.as_ref().is_some_and(|from| is_ours(&from.address));
    let to_others = to().any(|one| !is_theirs(&one) && !is_ours(&one.address));
    if by_us && to().any(|one| is_theirs(&one)) && !to_others {
        return Fate::Goes;
    }
    let ids = std::iter::once(&message.id).chain(&message.in_reply_to).chain(&message.references);
    let is_in = ids.map(MessageId::as_str).any(|id| traces.is_in(id))
        || traces.is_in(&message.text)
        || every_text(raw, &limits).iter().any(|text| traces.is_in(text));
    if !is_in {
        return Fate::Stays;
    }
    // A report that a letter to them failed tells of nobody else.
    if matches!(message.nature, Nature::Bounce(_)) {
        return Fate::Goes;
    }
    let left = without(message, traces);
    let raw = written(raw, &left, &limits, &|value| !traces.is_in(value));
    let (mut read, _told_at_import) = mail::parse_message(&raw, &limits);
    // What cannot be taken out by halves goes as a whole.
    if every_text(&raw, &limits).iter().any(|text| traces.is_in(text)) {
        return Fate::Goes;
    }
    read.id = left.id;
    Fate::Rewritten { raw, message: Box::new(read) }
}

/// A message without them.
fn without(message: &Message, traces: &Traces) -> Message {
    let blank = |text: &str| traces.blank(text).unwrap_or_else(|| text.to_owned());
    let mailbox = |mailbox: &Mailbox| Mailbox {
        name: mailbox.name.as_deref().map(blank),
        address: mailbox.address.clone(),
    };
    let list = |all: &[Mailbox]| {
        let others = all.iter().filter(|one| !traces.has(&one.address));
        others.map(mailbox).collect::<Vec<_>>()
    };
    let ids = |all: &[MessageId]| {
        all.iter().filter(|id| !traces.is_in(id.as_str())).cloned().collect::<Vec<_>>()
    };
    let id = match traces.blank(message.id.as_str()) {
        // An id that was made of an address: the rest of it tells the letter from others.
        Some(left) => {
            let digest = blake3::hash(left.as_bytes()).to_hex();
            let id = MessageId::new(&format!("{digest}@erased.invalid"));
            id.unwrap_or_else(|_never| message.id.clone())
        }
        None => message.id.clone(),
    };
    Message {
        id,
        in_reply_to: ids(&message.in_reply_to),
        references: ids(&message.references),
        from: message.from.as_ref().map(mailbox),
        reply_to: list(&message.reply_to),
        to: list(&message.to),
        cc: list(&message.cc),
        bcc: list(&message.bcc),
        subject: blank(&message.subject),
        text: blank(&without_quotes(message, traces)),
        attachments: Vec::new(),
        invitation: None,
        ..message.clone()
    }
}

/// The text; where what is quoted in it points to them, without all that is quoted.
fn without_quotes(message: &Message, traces: &Traces) -> String {
    let zones = split(&message.text, message.from.as_ref());
    if !traces.is_in(&zones.quoted_text(&message.text)) {
        return message.text.clone();
    }
    let mut kept: Vec<&str> = Vec::new();
    for (line, zone) in message.text.lines().zip(zones.lines()) {
        match zone {
            Zone::Quoted if kept.last() == Some(&QUOTE_TAKEN_OUT) => {}
            Zone::Quoted => kept.push(QUOTE_TAKEN_OUT),
            _ => kept.push(line),
        }
    }
    let mut text = kept.join("\n");
    text.push('\n');
    text
}
