//! Delivery reports: which address failed, whether for good, and which mail it was.
//!
//! RFC 3464 where the report follows it; else its structure: an address beside words of failure
//! or a server's reply code, and the mail that came back below it. Cheap signs in the header
//! decide whether a text is looked at at all.
//!
//! Must not: take a reader's complaint (RFC 5965), a receipt or an absence for a failure.

mod address;
mod code;
mod fields;
mod head;
mod notification;
mod original;
mod phrases;
mod place;
mod sign;
mod verdict;

use inroad_model::{Bounce, BounceClass, EmailAddress, FailedRecipient, Message};

use self::head::Head;
use self::original::Original;
use self::sign::Signs;
use crate::Limits;
use crate::mime::Mime;

/// Longest diagnostic that is kept, in bytes.
const DIAGNOSTIC_BYTES_MAX: usize = 500;

/// Reads the delivery report that a message is, if it is one. `message` needs no nature yet.
pub(crate) fn read(mime: &Mime<'_>, message: &Message, limits: &Limits) -> Option<Bounce> {
    let signs = Signs::read(mime, message)?;
    if signs.notification {
        return notification::read(&message.text, limits.recipients);
    }
    let mut original = Original::find(mime, message);
    let owners = owners(mime, message, original.as_ref());
    let head = Head::read(&message.subject, &message.text);
    let mut recipients = Vec::new();
    for group in signs.status_groups(mime, &head) {
        verdict::of_group(&group, &owners, limits.recipients, &mut recipients);
    }
    let by_fields = !recipients.is_empty();
    if by_fields {
        verdict::written_addresses(&head, original.as_ref(), &mut recipients);
    } else {
        if !signs.proves(&head, original.is_some()) {
            return None;
        }
        recipients = verdict::of_text(mime, &head, &owners, limits.recipients);
    }
    if recipients.is_empty()
        && let Some(address) = original.as_ref().and_then(|original| original.only_recipient())
        && !owners.contains(address)
    {
        recipients.push(verdict::of_whole(address.clone(), &head));
    }
    if recipients.is_empty()
        && let Some(local) = verdict::local_name(message, &head)
    {
        recipients.push(verdict::of_whole(local, &head));
    }
    if recipients.is_empty() && !signs.is_certain(&head) {
        return None;
    }
    let found = original.take().and_then(|original| original.id);
    Some(Bounce { recipients, original: found.or_else(|| message.in_reply_to.first().cloned()) })
}

/// The addresses that the report went to, and that the mail came from: they did not fail.
fn owners(mime: &Mime<'_>, message: &Message, original: Option<&Original>) -> Vec<EmailAddress> {
    let mut owners: Vec<EmailAddress> =
        message.to.iter().chain(&message.cc).take(50).map(|to| to.address.clone()).collect();
    let delivered = mime.root().mailboxes("delivered-to").list;
    owners.extend(delivered.into_iter().take(5).map(|to| to.address));
    owners.extend(original.iter().flat_map(|original| original.from.iter().cloned()));
    owners.extend(message.from.iter().map(|from| from.address.clone()));
    owners
}

/// The server's words on one line.
fn one_line(text: &str) -> Option<String> {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.len() + word.len() >= DIAGNOSTIC_BYTES_MAX {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    (!line.is_empty()).then_some(line)
}

/// Adds a recipient, or what is new about one that is there.
fn add(recipients: &mut Vec<FailedRecipient>, found: FailedRecipient, recipients_max: usize) {
    let Some(known) = recipients.iter_mut().find(|r| r.address == found.address) else {
        if recipients.len() < recipients_max.min(RECIPIENTS_MAX) {
            recipients.push(found);
        }
        return;
    };
    let says_more = known.status.is_none() && found.status.is_some();
    if says_more || known.class == BounceClass::Delivered {
        *known = found;
    }
}

/// No report names more people than a mail can go to; looking each one up stays cheap.
const RECIPIENTS_MAX: usize = 500;

#[cfg(test)]
mod tests;
