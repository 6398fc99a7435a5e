//! One message: bytes to a [`Message`] and what was wrong with them.
//!
//! Every input gives a message; what cannot be read is empty or `None` and told in an issue.
//!
//! Must not: take off quotes or read facts; that is the language crate's part.

pub(crate) mod body;
mod date;
pub(crate) mod frame;
mod id;

use inroad_model::{BodyOrigin, Issue, Mailbox, Message, Nature};

use crate::mime::{Mime, Part};
use crate::{Limits, automatic, bounce};

/// Longest subject that is kept, in characters. RFC 5322 allows 998 bytes a line.
const SUBJECT_CHARS_MAX: usize = 2_000;

/// Reads one message: headers, readable text, attachments, nature.
///
/// Never fails: an input without a header is a message with a text alone. The issues bear the
/// Message-ID as their place.
pub fn parse_message(raw: &[u8], limits: &Limits) -> (Message, Vec<Issue>) {
    let raw = frame::unframed(raw);
    let (mime, mut issues) = Mime::parse(raw, limits);
    let message = match mime {
        Some(mime) => read(raw, &mime, limits, &mut issues),
        None => empty(raw),
    };
    for issue in &mut issues {
        issue.place.message = Some(message.id.as_str().to_owned());
    }
    (message, issues)
}

fn read(raw: &[u8], mime: &Mime<'_>, limits: &Limits, issues: &mut Vec<Issue>) -> Message {
    let root = mime.root();
    let body = body::read(mime, limits, issues);
    let id = id::of(raw, &root, issues);
    let mut references = root.message_ids("references");
    references.retain(|reference| *reference != id);
    let oldest_kept = references.len().saturating_sub(limits.references);
    if oldest_kept > 0 {
        issues.push(Issue::new(
            format!("The message names {} ancestors", references.len()),
            format!("The newest {} were kept", limits.references),
        ));
        references.drain(..oldest_kept);
    }
    let mut in_reply_to = root.message_ids("in-reply-to");
    in_reply_to.retain(|parent| *parent != id);
    in_reply_to.truncate(limits.references);
    let from = writer(&root, issues);
    let mut reply_to = mailboxes(&root, "reply-to", issues);
    reply_to.retain(|to| from.as_ref().is_none_or(|from| from.address != to.address));
    let mut message = Message {
        in_reply_to,
        references,
        date: date::of(&root, issues),
        reply_to,
        to: mailboxes(&root, "to", issues),
        cc: mailboxes(&root, "cc", issues),
        bcc: mailboxes(&root, "bcc", issues),
        subject: subject(&root, issues),
        text: body.text,
        origin: body.origin,
        attachments: body.attachments,
        nature: Nature::Correspondence,
        invitation: body.invitation,
        from,
        id,
    };
    let bounce = bounce::read(mime, &message, limits);
    if let Some(original) = bounce.as_ref().and_then(|bounce| bounce.original.clone())
        && message.in_reply_to.is_empty()
        && message.references.is_empty()
        && original != message.id
    {
        // A report belongs to the conversation of the mail that failed.
        message.references.push(original.clone());
        message.in_reply_to.push(original);
    }
    message.nature = automatic::nature(mime, &message, bounce);
    message
}

/// The writer: `From`, or who sent it where `From` names nobody.
fn writer(root: &Part<'_>, issues: &mut Vec<Issue>) -> Option<Mailbox> {
    for name in ["from", "sender"] {
        let found = root.mailboxes(name).list.into_iter().next();
        if found.is_some() {
            return found;
        }
    }
    issues.push(Issue::new("The message names no writer", "It was kept without one"));
    None
}

fn mailboxes(root: &Part<'_>, name: &str, issues: &mut Vec<Issue>) -> Vec<Mailbox> {
    let found = root.mailboxes(name);
    if found.cut {
        issues.push(Issue::new(
            format!("The header '{name}' names too many addresses"),
            format!("Only the first {} were kept", found.list.len()),
        ));
    }
    if found.unusable > 0 {
        issues.push(Issue::new(
            format!("The header '{name}' names {} that is no address", found.unusable),
            "The message was read without",
        ));
    }
    found.list
}

fn subject(root: &Part<'_>, issues: &mut Vec<Issue>) -> String {
    let subject = root.header("subject").unwrap_or_default();
    if let Some((end, _)) = subject.char_indices().nth(SUBJECT_CHARS_MAX) {
        issues.push(Issue::new(
            "The subject is too long",
            format!("Only its first {SUBJECT_CHARS_MAX} characters were kept"),
        ));
        return subject.get(..end).unwrap_or_default().to_owned();
    }
    subject.into_owned()
}

fn empty(raw: &[u8]) -> Message {
    Message {
        id: id::generated(raw),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        date: None,
        from: None,
        reply_to: Vec::new(),
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        subject: String::new(),
        text: String::new(),
        origin: BodyOrigin::None,
        attachments: Vec::new(),
        nature: Nature::Correspondence,
        invitation: None,
    }
}
