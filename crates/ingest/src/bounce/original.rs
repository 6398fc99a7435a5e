//! The mail that was not delivered, as far as the report gives it back: as a part, as its header
//! alone, or as text below the report.
//!
//! Must not: read its body; only who wrote it to whom, and its identity.

use inroad_model::{EmailAddress, Message, MessageId};

use super::address;
use crate::mime::{Mime, Part};

/// What a report says about the mail that came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Original {
    pub(super) id: Option<MessageId>,
    /// Who sent it, in all fields that say so.
    pub(super) from: Vec<EmailAddress>,
    /// To whom it went.
    to: Vec<EmailAddress>,
    /// It came through a list, so `to` is not who failed.
    is_list: bool,
}

/// Fields that only stand on a whole header, not on a summary of it.
const TRANSPORT: [&str; 8] = [
    "received",
    "return-path",
    "mime-version",
    "delivered-to",
    "dkim-signature",
    "domainkey-signature",
    "x-originating-ip",
    "content-transfer-encoding",
];
const WRITTEN: [&str; 7] = ["message-id", "from", "to", "cc", "subject", "date", "sender"];
const SENDERS: [&str; 4] = ["from", "sender", "return-path", "reply-to"];
const LISTS: [&str; 4] = ["list-id", "list-post", "x-beenthere", "x-mailing-list"];
/// Parts that are looked at.
const PARTS_MAX: usize = 50;
/// Recipients that are kept: more than one already leaves open who failed.
const RECIPIENTS_MAX: usize = 20;
const VALUE_BYTES_MAX: usize = 4 << 10;

impl Original {
    /// Looks for the original in the parts, then in the text.
    pub(super) fn find(mime: &Mime<'_>, message: &Message) -> Option<Self> {
        let mut parts = mime.parts().take(PARTS_MAX).peekable();
        while let Some(part) = parts.next() {
            if part.is_message()
                && part.depth() > 0
                && let Some(inner) = parts.peek()
                && let Some(mut original) = Self::of_part(inner)
            {
                // Fields that lost their folding end the header; the rest of it is text.
                if original.id.is_none()
                    && let Some(rest) = quoted(&inner.text())
                {
                    original.complete(rest.original);
                }
                return Some(original);
            }
        }
        // Programs that put the mail itself between the boundaries, its header as that of a part.
        let is_mail = |part: &Part<'_>| {
            part.depth() > 0
                && ["received", "message-id"].iter().all(|n| part.raw_header(n).is_some())
        };
        if let Some(original) =
            mime.parts().take(PARTS_MAX).find(is_mail).as_ref().and_then(Self::of_part)
        {
            return Some(original);
        }
        let headers = |part: &Part<'_>| part.media_type().ends_with("/rfc822-headers");
        let told = mime.parts().take(PARTS_MAX).find(headers);
        if let Some(found) = told.and_then(|part| quoted(&part.text()).map(|q| q.original)) {
            return Some(found);
        }
        if let Some(found) = quoted(&message.text) {
            return Some(found.original);
        }
        let attached = |part: &Part<'_>| {
            part.depth() > 0 && part.media_type().starts_with("text/") && !part.is_multipart()
        };
        let mut texts = mime.parts().take(PARTS_MAX).filter(attached).skip(1);
        texts.find_map(|part| quoted(&part.text()).map(|q| q.original))
    }

    /// The one person it went to, if it was one.
    pub(super) fn only_recipient(&self) -> Option<&EmailAddress> {
        match self.to.as_slice() {
            [only] if !self.is_list => Some(only),
            _ => None,
        }
    }

    /// Takes what is missing from a later piece of the same header.
    fn complete(&mut self, rest: Self) {
        self.id = self.id.take().or(rest.id);
        if self.to.is_empty() {
            self.to = rest.to;
        }
        self.from.extend(rest.from);
        self.is_list |= rest.is_list;
    }

    fn is_report(&self) -> bool {
        self.from.iter().any(|from| from.local() == "mailer-daemon")
    }

    /// Whether it was written to an address.
    pub(super) fn went_to(&self, address: &EmailAddress) -> bool {
        self.to.contains(address)
    }

    fn of_part(part: &Part<'_>) -> Option<Self> {
        let mut original =
            Self { id: part.message_ids("message-id").into_iter().next(), ..Self::default() };
        for name in SENDERS {
            let found = part.mailboxes(name).list;
            original.from.extend(found.into_iter().take(5).map(|from| from.address));
        }
        for name in ["to", "cc", "bcc"] {
            let found = part.mailboxes(name).list;
            original.to.extend(found.into_iter().take(RECIPIENTS_MAX).map(|to| to.address));
        }
        original.is_list = LISTS.iter().any(|name| part.raw_header(name).is_some());
        let says_something =
            original.id.is_some() || !original.from.is_empty() || !original.to.is_empty();
        says_something.then_some(original)
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            "message-id" if self.id.is_none() => {
                let bracketed = value.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
                let bare = bracketed.map_or(value, |(id, _)| id).trim();
                self.id = MessageId::new(bare).ok().filter(|id| !id.as_str().contains(' '));
            }
            "to" | "cc" => {
                let room = RECIPIENTS_MAX.saturating_sub(self.to.len());
                let found = address::in_line(value).into_iter().map(|found| found.address);
                for address in found.take(room) {
                    if !self.to.contains(&address) {
                        self.to.push(address);
                    }
                }
            }
            name if SENDERS.contains(&name) => {
                self.from.extend(address::in_line(value).into_iter().take(5).map(|f| f.address));
            }
            name if LISTS.contains(&name) => self.is_list = true,
            _ => {}
        }
    }
}

/// A header within a text.
#[derive(Debug, Clone)]
pub(super) struct Quoted {
    pub(super) original: Original,
    /// The lines that it takes up.
    pub(super) lines: std::ops::Range<usize>,
    /// It is a whole header, so that the mail itself follows; else a summary.
    pub(super) is_whole: bool,
}

/// Lines of a text that are searched for a header.
const LINES_MAX: usize = 3_000;

/// The first whole header in a text, else the first summary of one.
pub(super) fn quoted(text: &str) -> Option<Quoted> {
    let lines: Vec<&str> = text.lines().take(LINES_MAX).collect();
    let mut summary = None;
    let mut whole: Option<Quoted> = None;
    let mut next = 0;
    while next < lines.len() {
        let (end, found) = block(&lines, next);
        next = end.max(next + 1);
        // A report within the report is no mail that somebody sent.
        let Some(found) = found.filter(|found| !found.original.is_report()) else { continue };
        if let Some(first) = &mut whole {
            first.original.complete(found.original);
        } else if found.is_whole {
            whole = Some(found);
        } else {
            summary = summary.or(Some(found));
            continue;
        }
        // A field that lost its folding cuts a header in two.
        if whole.as_ref().is_some_and(|first| first.original.id.is_some()) {
            break;
        }
    }
    whole.or(summary)
}

/// The fields that start at a line: where they end, and the header that they make if they say who
/// wrote what to whom.
fn block(lines: &[&str], start: usize) -> (usize, Option<Quoted>) {
    let first = lines.get(start).copied().unwrap_or_default();
    if name_and_value(first).is_none() {
        return (start, None);
    }
    let mut original = Original::default();
    let (mut n_transport, mut n_written) = (0, 0);
    let mut field: Option<(String, String)> = None;
    let indent = indent_of(first);
    let mut end = start;
    for line in lines.get(start..).unwrap_or_default() {
        if line.trim().is_empty() {
            break;
        }
        let found = name_and_value(line).filter(|_| indent_of(line) <= indent);
        if let Some((name, value)) = found {
            if let Some((name, value)) = field.take() {
                original.set(&name, &value);
            }
            n_transport += usize::from(TRANSPORT.contains(&name.as_str()));
            n_written += usize::from(WRITTEN.contains(&name.as_str()));
            field = Some((name, value.chars().take(VALUE_BYTES_MAX).collect()));
        } else if line.starts_with([' ', '\t'])
            && let Some((_, value)) = &mut field
        {
            if value.len() < VALUE_BYTES_MAX {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else {
            break;
        }
        end += 1;
    }
    if let Some((name, value)) = field {
        original.set(&name, &value);
    }
    let is_whole = n_transport >= 1 && n_transport + n_written >= 3 || n_transport >= 2;
    let is_summary = n_written >= 2 && (original.id.is_some() || !original.to.is_empty());
    let is_header = is_whole || is_summary;
    (end, is_header.then_some(Quoted { original, lines: start..end, is_whole }))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A header field, its name in lower case.
fn name_and_value(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.trim_start().split_once(':')?;
    let shaped = !name.is_empty()
        && name.len() <= 60
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    shaped.then(|| (name.to_ascii_lowercase(), value.trim()))
}
