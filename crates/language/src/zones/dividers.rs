//! Lines that announce a quoted or forwarded mail by words: "-----Original Message-----".
//!
//! Told by a stem for "original" or "forwarded" between drawn ends, or before a colon. The stems
//! are those of thirteen languages; a noun for "message" alone is not enough.
//!
//! Must not: judge what stands below.

use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

use super::lines::{Line, is_drawn};
use crate::dates::tokens::fold;

/// Stems, as [`fold`] spells them.
const STEMS: [&str; 32] = [
    "original",
    "ursprung",
    "d'origine",
    "initial",
    "oorspronkelijk",
    "oprindelig",
    "opprinnelig",
    "alkuperai",
    "oryginaln",
    "исходн",
    "forward",
    "weitergeleitet",
    "transfere",
    "reexped",
    "reenvia",
    "inoltrat",
    "doorgest",
    "doorgezonden",
    "encaminhad",
    "reencaminhad",
    "videresend",
    "vidarebefordra",
    "valitet",
    "przekazan",
    "przekazywan",
    "przeslan",
    "пересл",
    "пересыл",
    "переадрес",
    "preposl",
    "tovabbitott",
    "iletilen",
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(STEMS).ok());

/// Words that a divider may have.
const WORDS_MAX: usize = 7;
/// How long a line is drawn before an announcement without a drawn end.
const OPEN_BYTES_MIN: usize = 8;
/// Longest divider, in bytes.
const BYTES_MAX: usize = 160;

/// Whether a line announces a mail between drawn ends; the end may be wrapped to the next line
/// where the announcement is long: "------- Forwarded by … on …".
pub(super) fn is_divider(line: &Line<'_>) -> bool {
    has_drawn_ends(line) && has_stem(line) || is_open(line)
}

/// Whether a few words stand between drawn ends.
pub(super) fn has_drawn_ends(line: &Line<'_>) -> bool {
    let drawn = line.head.chars().take(2).filter(|c| is_drawn(*c)).count() == 2
        && line.head.chars().next_back().is_some_and(is_drawn);
    let few = || words(line).split(' ').count() <= WORDS_MAX;
    drawn && line.is_whole() && line.bytes <= BYTES_MAX && few()
}

fn is_open(line: &Line<'_>) -> bool {
    let rest = line.head.trim_start_matches(is_drawn);
    if line.head.len() - rest.len() < OPEN_BYTES_MIN || line.bytes > BYTES_MAX {
        return false;
    }
    let first = rest.split_whitespace().next().unwrap_or("");
    first.len() <= 40 && FINDER.as_ref().is_some_and(|finder| finder.is_match(&fold(first)))
}

/// Whether a line announces a mail before a colon: "Begin forwarded message:". Only a head below
/// makes it one.
pub(super) fn announces(line: &Line<'_>) -> bool {
    line.head.ends_with(':') && line.bytes <= BYTES_MAX && has_stem(line) || is_divider(line)
}

fn words<'t>(line: &Line<'t>) -> &'t str {
    line.head.trim_matches(|c| is_drawn(c) || matches!(c, ' ' | ':'))
}

fn has_stem(line: &Line<'_>) -> bool {
    let words = words(line);
    if words.is_empty() || words.split_whitespace().count() > WORDS_MAX {
        return false;
    }
    FINDER.as_ref().is_some_and(|finder| finder.is_match(&fold(words)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::read;

    fn check(text: &str, expected: bool) {
        assert_eq!(read(text).first().map(is_divider), Some(expected), "{text}");
    }

    #[test]
    fn knows_dividers() {
        check("-----Original Message-----", true);
        check("---------- Forwarded message ---------", true);
        check("-------- Ursprüngliche Nachricht --------", true);
        check("----- Mensaje reenviado -----", true);
        check("---------- Пересылаемое сообщение ----------", true);
        check("---------------------- Forwarded by Ann Lee/X/Y on 03/04/2025 09:12 AM", true);
        check("----- Budget -----", false);
        check("---- forwarded later", false);
        check("--------------------", false);
        check("The original message is attached:", false);
    }
}
