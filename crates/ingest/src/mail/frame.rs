//! The frame that Apple Mail puts around a mail in its `.emlx` files: the size of the mail on a
//! line before it, and a property list behind it.
//!
//! Must not: touch a mail that merely starts with a number.

use memchr::memchr;

/// The mail without a frame around it.
pub(crate) fn unframed(raw: &[u8]) -> &[u8] {
    inside(raw).unwrap_or(raw)
}

fn inside(raw: &[u8]) -> Option<&[u8]> {
    // The largest size that is written has fewer digits than this line has bytes.
    let end = memchr(b'\n', raw.get(..raw.len().min(24))?)?;
    let size: usize = str::from_utf8(raw.get(..end)?).ok()?.trim().parse().ok()?;
    let mail = raw.get(end + 1..)?;
    let first_line = mail.get(..memchr(b'\n', mail)?)?;
    let name = first_line.get(..memchr(b':', first_line)?)?;
    let is_header = name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    // A size that is not that of the file would cut a mail that only looks like a framed one.
    let rest = mail.get(size..)?.trim_ascii_start();
    (is_header && (rest.is_empty() || rest.starts_with(b"<?xml"))).then(|| mail.get(..size))?
}
