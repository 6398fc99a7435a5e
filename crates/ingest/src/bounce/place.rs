//! What the place of an address in a report says: one that failed, or one that merely stands there.
//!
//! Must not: know the addresses of the sender; who failed is the verdict's part.

use inroad_model::EmailAddress;

use super::address::Found;
use super::head::{Head, Line};
use super::phrases::{FAILURE, REFUSAL};
use crate::folding::folded;

/// How surely an address is meant; only the surest of a report count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It stands in a line that tells of a failure.
    Mentioned,
    /// The report lists it, or names it as a recipient.
    Listed,
}

/// Whether an address in a line is one that failed.
pub(super) fn rank(head: &Head<'_>, idx: usize, line: &Line<'_>, found: &Found) -> Option<Rank> {
    if line.summary {
        return None;
    }
    let above = idx.checked_sub(1).and_then(|above| head.lines.get(above));
    if passed_on(line).is_some() {
        // "An undisclosed address (generated from …)": only then it is the one to name.
        let alone = above.is_none_or(|above| above.addresses.is_empty());
        return alone.then_some(Rank::Listed);
    }
    let before = line.text.get(..found.range.start).unwrap_or_default();
    let after = line.text.get(found.range.end..).unwrap_or_default();
    if is_sender_place(before) || after.trim_start_matches(['>', '"', '\'']).starts_with('/') {
        return None;
    }
    let heading = head.first_failure.is_some_and(|first| first <= idx);
    let near = head.fails_near(idx);
    let asked = line.contact && !line.fails
        || above.is_some_and(|above| above.contact && !above.fails && !line.fails);
    let leads = leads(before);
    let labelled = is_labelled(before);
    if (leads && (heading || near) || labelled && (near || head.fails())) && !asked {
        return Some(Rank::Listed);
    }
    // "If … fails, try …" names nobody who failed.
    let supposed =
        line.lower.split(' ').any(|word| word == "if" || word == "falls" || word == "si");
    if supposed {
        return None;
    }
    let on_line = line.fails || line.codes.any() || told_by_smtp(before);
    (on_line || near && !asked).then_some(Rank::Mentioned)
}

/// Whether nothing but decoration stands before an address.
pub(super) fn leads(before: &str) -> bool {
    let bare = before.trim_matches(|c: char| !c.is_alphanumeric());
    let kinds = ["smtp", "rfc822", "dda:smtp"];
    bare.is_empty()
        || kinds.iter().any(|kind| bare.eq_ignore_ascii_case(kind))
        || bare.contains("dda:") && bare.len() < 200
        || bare.contains('@') && before.trim_end().ends_with('<') && bare.len() < 320
}

/// Whether a label for recipients, or a reason, stands before an address: "Recipient:",
/// "Unknown user:".
fn is_labelled(before: &str) -> bool {
    let bare = before.trim_end_matches(|c: char| c.is_whitespace() || "<\"'[(".contains(c));
    let bare = bare.strip_suffix("SMTP:").unwrap_or(bare);
    let bare = bare.trim_end_matches(|c: char| c.is_whitespace() || "[<(".contains(c));
    let Some(label) = bare.strip_suffix([':', '：', '=']) else { return false };
    let label = folded(label);
    label.len() < 80
        && (RECIPIENT_WORDS.iter().any(|word| label.contains(word))
            || FAILURE.stand_in(&label)
            || REFUSAL.stand_in(&label))
}

const RECIPIENT_WORDS: &[&str] = &[
    "recipient",
    "user",
    "address",
    "mailbox",
    "delivered to",
    "deliver to",
    "empfänger",
    "adresse",
    "destinataire",
    "destinatari",
    "destinatário",
    "usuario",
    "utente",
    "ontvanger",
    "mottagare",
    "modtager",
    "mottaker",
    "vastaanottaja",
    "odbiorca",
    "příjemce",
    "címzett",
    "получател",
    "error",
    "failed",
    "宛先",
    "收件人",
];

/// Whether the command stands before an address by which a server is told a recipient.
fn told_by_smtp(before: &str) -> bool {
    let end = before.trim_end_matches(|c: char| c.is_whitespace() || c == '<' || c == ':');
    let lower = end.get(end.len().saturating_sub(10)..).unwrap_or_default().to_ascii_lowercase();
    lower.ends_with("rcpt to") || lower.ends_with("rcpt_to") || lower.ends_with("rcpt")
}

/// Words behind which the sender stands, or somebody to ask, or another address of the same.
const SENDER_WORDS: [&str; 20] = [
    "from",
    "sender",
    "by",
    "contact",
    "mailto",
    "return-path",
    "reply-to",
    "f",
    "von",
    "de",
    "da",
    "van",
    "från",
    "fra",
    "od",
    "от",
    "message-id",
    "id",
    "envelope-from",
    "expanded",
];

fn is_sender_place(before: &str) -> bool {
    let end = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = end.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
    word.len() < 20 && SENDER_WORDS.contains(&word.to_lowercase().as_str())
}

/// The address that one was made from: "(expanded from: <a@b>)", "(generated from a@b)".
pub(super) fn passed_on(line: &Line<'_>) -> Option<EmailAddress> {
    let found = line.addresses.first()?;
    let before = line.text.get(..found.range.start)?;
    let open = before.trim_end_matches(|c: char| c.is_whitespace() || c == '<' || c == ':');
    let words = ["(expanded from", "(generated from", "(forwarded from"];
    words.iter().any(|word| open.ends_with(word)).then(|| found.address.clone())
}
