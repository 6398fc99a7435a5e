//! The address that is spelled around an `@`.

use std::ops::Range;

/// The place of what could be an address around the `@` at that byte.
pub(super) fn spelled_at(text: &str, at: usize) -> Range<usize> {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let is_host = |c: char| c.is_alphanumeric() || ".-".contains(c);
    let before = text.get(..at).unwrap_or_default();
    let behind = text.get(at + 1..).unwrap_or_default();
    let start = before.trim_end_matches(is_local).len();
    let host = behind.find(|c| !is_host(c)).unwrap_or(behind.len());
    let host = behind.get(..host).unwrap_or_default().trim_end_matches(['.', '-']).len();
    start..at + 1 + host
}
