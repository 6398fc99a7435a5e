//! The identity of a message: its Message-ID, or one made from its content.
//!
//! Must not: use anything but the bytes, so that the same mail has the same id in every import.

use inroad_model::{Issue, MessageId};

use crate::mime::Part;

/// Identifiers shorter than this are not unique in a mailbox.
const ID_BYTES_MIN: usize = 6;

/// The Message-ID header if it is usable, else one made from the content.
pub(super) fn of(raw: &[u8], root: &Part<'_>, issues: &mut Vec<Issue>) -> MessageId {
    let given = root.message_ids("message-id").into_iter().find(is_usable);
    // A few programs write neither brackets nor an `@`.
    let bare = || {
        let text = root.header("message-id")?;
        MessageId::new(&text).ok().filter(|id| is_usable(id) && !id.as_str().contains(' '))
    };
    given.or_else(bare).unwrap_or_else(|| {
        issues.push(Issue::new(
            "The message has no usable Message-ID",
            "One was made from its content; answers to it cannot be matched",
        ));
        generated(raw)
    })
}

/// An identifier that depends on the content alone, in a domain that cannot exist.
pub(super) fn generated(raw: &[u8]) -> MessageId {
    let mut hasher = blake3::Hasher::new();
    // Programs change line ends and the blanks before them when they move a mail.
    for line in raw.trim_ascii_end().split(|b| *b == b'\n') {
        hasher.update(line.trim_ascii_end());
        hasher.update(b"\n");
    }
    let mut hex = hasher.finalize().to_hex().to_string();
    // 16 bytes are what the store takes for the identity of a content, too.
    hex.truncate(32);
    let id = MessageId::new(&format!("{hex}@generated.inroad.invalid"));
    #[expect(clippy::expect_used, reason = "32 hexadecimal digits and a domain are a valid id")]
    id.expect("a short text without control characters")
}

fn is_usable(id: &MessageId) -> bool {
    let text = id.as_str();
    let meaningful = text.bytes().filter(u8::is_ascii_alphanumeric).count();
    text.len() >= ID_BYTES_MIN && meaningful >= ID_BYTES_MIN - 1 && !text.starts_with('@')
}
