//! Shapes of a line that say how it reads, whatever its words are.
//!
//! Must not: weigh; see [`super::weight`].

use super::contact;

/// Whether a line ends as questions, calls and introductions do.
pub(super) fn ends_sentence(head: &str) -> bool {
    head.ends_with(['?', '!', ':'])
}

/// Whether a line has the form `Label: value`.
pub(super) fn is_labelled(head: &str) -> bool {
    head.split_once(": ").is_some_and(|(label, value)| {
        label.len() <= 24 && label.split(' ').count() <= 3 && !value.is_empty()
    })
}

/// Whether a line is an entry of a list.
pub(super) fn is_bullet(head: &str) -> bool {
    let marked = head.starts_with("- ")
        || head.starts_with("* ")
        || head.starts_with("• ")
        || head.starts_with("+ ")
        || head.starts_with('·');
    let rest = head.trim_start_matches(|c: char| c.is_ascii_digit());
    marked
        || rest.len() < head.len()
            && head.len() - rest.len() <= 2
            && rest.starts_with([')', '.'])
            && rest.get(1..).is_some_and(|rest| rest.starts_with(' '))
}

/// "x6721", "ext. 104", "3-7060".
pub(super) fn is_extension(head: &str) -> bool {
    head.len() <= 14
        && !head.contains(':')
        && head.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ' ' | '+'))
        && !head.starts_with(['1', '2'])
        && head.bytes().filter(u8::is_ascii_alphabetic).count() <= 4
}

/// The line without addresses and links, if it has any.
pub(super) fn without_addresses(head: &str) -> Option<String> {
    if !head.contains(['@', '/']) && !head.contains("www.") {
        return None;
    }
    let other = |chunk: &&str| !contact::is_email(chunk) && !contact::is_link(chunk);
    Some(head.split(' ').filter(other).collect::<Vec<_>>().join(" "))
}
