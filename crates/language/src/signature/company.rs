//! Which cell is the company: one with a legal form, or one named like the writer's domain.
//!
//! Must not: guess; an unknown word in a signature may be anything.

use super::cells::{Cell, without_marks};
use super::{Named, words};
use crate::dates::tokens::{fold, tokens};
use crate::zones::contact;
use crate::zones::writer::Writer;

/// Longest name of a company.
const CHARS_MAX: usize = 80;
const WORDS_MAX: usize = 9;
/// How much of a name must stand in the domain.
const SHARED_CHARS_MIN: usize = 4;

/// Finds the company among the cells that are neither the name nor the title.
pub(super) fn find<'t>(
    cells: &[Cell<'t>],
    named: Option<&Named<'t>>,
    title: Option<usize>,
    writer: &Writer,
) -> Option<&'t str> {
    let name = named.map(|named| named.cell);
    let others = || {
        let cells = cells.iter().enumerate();
        cells.filter(|(at, _)| Some(*at) != name && Some(*at) != title).map(|(_, cell)| cell.text)
    };
    let behind_name = named.map(|named| named.rest).filter(|rest| !rest.is_empty());
    behind_name
        .and_then(|rest| in_text(rest, writer))
        .or_else(|| others().find_map(with_legal_form))
        .or_else(|| others().find_map(|cell| of_domain(cell, writer)))
}

/// The company in a text, if one stands in it.
pub(super) fn in_text<'t>(text: &'t str, writer: &Writer) -> Option<&'t str> {
    with_legal_form(text).or_else(|| of_domain(text, writer))
}

/// The piece between commas that bears a legal form; "Acme, Inc." is one piece.
fn with_legal_form(text: &str) -> Option<&str> {
    if text.contains(['@', ':', '?']) {
        return None;
    }
    let mut start = 0;
    for (comma, _) in text.match_indices(',').chain([(text.len(), "")]) {
        let piece = text.get(start..comma)?;
        let tokens = tokens(piece);
        let words = words(&tokens);
        let shaped = words.len() <= WORDS_MAX
            && piece.chars().count() <= CHARS_MAX
            && words.first().is_some_and(|word| {
                word.capital || piece.trim_start().starts_with(|c: char| c.is_ascii_digit())
            });
        if shaped && contact::has_legal_form(&tokens) {
            return Some(without_marks(piece)).filter(|piece| !piece.is_empty());
        }
        // "Acme" before ", Inc." begins the next piece as well.
        let next = text.get(comma + 1..).unwrap_or("").trim_start();
        let form = next.split([' ', ',']).next().unwrap_or("").trim_end_matches('.');
        let is_form = matches!(
            fold(form).as_str(),
            "inc" | "llc" | "ltd" | "lda" | "corp" | "s.a" | "sl" | "s.l" | "co"
        );
        if !is_form {
            start = comma + 1;
        }
    }
    None
}

/// A short text that is named like the domain of the writer's address.
fn of_domain<'t>(text: &'t str, writer: &Writer) -> Option<&'t str> {
    let piece = text.split(", ").next().map(without_marks)?;
    let tokens = tokens(piece);
    let words = words(&tokens);
    let shaped = (1..=6).contains(&words.len())
        && words.first().is_some_and(|word| word.capital)
        && piece.bytes().filter(u8::is_ascii_digit).count() <= 3
        && !piece.contains(['@', '/', ':']);
    if !shaped {
        return None;
    }
    let own = squeezed(piece);
    let labels = writer.domain.rsplit_once('.').map_or("", |(labels, _)| labels).split('.');
    let mut labels = labels.map(squeezed).filter(|label| label.chars().count() >= SHARED_CHARS_MIN);
    let named = own.chars().count() >= SHARED_CHARS_MIN
        && labels.any(|label| own.starts_with(&label) || label.starts_with(&own));
    named.then_some(piece)
}

fn squeezed(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
