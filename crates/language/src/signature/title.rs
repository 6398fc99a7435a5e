//! Which cell is the title, and whether the company stands in it.
//!
//! Must not: take a sentence, a slogan or somebody else's title ("Managing Director: …").

use super::cells::{Cell, without_marks};
use super::titles::{is_department, is_title_word};
use super::{Named, company, words};
use crate::dates::tokens::{Token, tokens};
use crate::zones::contact;
use crate::zones::writer::Writer;

/// Longest title.
const CHARS_MAX: usize = 90;
const WORDS_MAX: usize = 11;
/// How many lines below the name a title may stand.
const REACH_LINES: usize = 2;

/// Words of sentences, which no title has.
const OF_SENTENCES: [&str; 29] = [
    "we", "you", "your", "my", "our", "me", "us", "is", "are", "will", "please", "can", "ich",
    "wir", "bitte", "ist", "je", "nous", "vous", "est", "ik", "wij", "not", "have", "has",
    "thanks", "this", "that", "call",
];

/// What was found of title and company.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Placed<'t> {
    pub(super) title: Option<&'t str>,
    pub(super) company: Option<&'t str>,
    /// The cell of the title.
    pub(super) cell: Option<usize>,
}

/// Finds the title: behind the name, or in one of the cells below.
pub(super) fn find<'t>(
    cells: &[Cell<'t>],
    named: Option<&Named<'t>>,
    writer: &Writer,
) -> Placed<'t> {
    let Some(named) = named else {
        return below(cells, 0, None, writer);
    };
    if let Some(placed) = on_line_of_name(named.rest, writer) {
        return placed;
    }
    below(cells, named.cell + 1, cells.get(named.cell).map(|cell| cell.line), writer)
}

/// "Head of Quality, Vialis" behind the name: the pieces up to the last with a word of a position.
fn on_line_of_name<'t>(rest: &'t str, writer: &Writer) -> Option<Placed<'t>> {
    let rest = without_marks(rest);
    let rest = if rest.contains('(') { rest } else { rest.trim_end_matches(')') };
    let pieces: Vec<&str> = rest.split(", ").collect();
    let titled = |piece: &&str| tokens(piece).iter().any(is_title_word);
    let first = pieces.iter().position(titled)?;
    let last = pieces.iter().rposition(titled)?;
    let start: usize = pieces.iter().take(first).map(|piece| piece.len() + 2).sum();
    let end: usize = pieces.iter().take(last + 1).map(|piece| piece.len() + 2).sum();
    let text = rest.get(start..end.saturating_sub(2))?;
    let (title, company) = parted(text, writer);
    let company =
        company.or_else(|| rest.get(end..).and_then(|behind| company::in_text(behind, writer)));
    is_title(title).then_some(Placed { title: Some(title), company, cell: None })
}

fn below<'t>(
    cells: &[Cell<'t>],
    first: usize,
    name_line: Option<usize>,
    writer: &Writer,
) -> Placed<'t> {
    let from_line = name_line.or_else(|| cells.first().map(|cell| cell.line)).unwrap_or(0);
    for (at, cell) in cells.iter().enumerate().skip(first) {
        if cell.line > from_line + REACH_LINES {
            break;
        }
        let (title, company) = parted(cell.text, writer);
        if is_title(title) {
            return Placed { title: Some(title), company, cell: Some(at) };
        }
    }
    // Without a name above it, a department may be anything.
    let near = |cell: &Cell<'_>| name_line.is_some_and(|line| cell.line <= line + REACH_LINES);
    for (at, cell) in cells.iter().enumerate().skip(first).filter(|(_, cell)| near(cell)) {
        let (title, company) = parted(cell.text, writer);
        let tokens = tokens(title);
        if is_department(&words(&tokens)) {
            return Placed { title: Some(title), company, cell: Some(at) };
        }
    }
    Placed::default()
}

/// Title and company, where both stand in one cell: "CEO at Acme", "CTO, Acme Ltd".
fn parted<'t>(text: &'t str, writer: &Writer) -> (&'t str, Option<&'t str>) {
    for at in [" at ", " @ ", " @", " bei ", " chez ", " bij ", " hos ", " presso ", " w firmie "] {
        if let Some((title, company)) = text.split_once(at)
            && company.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        {
            return (without_marks(title), Some(without_marks(company)));
        }
    }
    // What follows a comma may be part of the title: "Manager, Gas Marketing".
    for (comma, _) in text.match_indices(", ") {
        let (title, behind) =
            (text.get(..comma).unwrap_or(text), text.get(comma + 2..).unwrap_or(""));
        if let Some(company) = company::in_text(behind, writer)
            && behind.starts_with(company)
        {
            return (without_marks(title), Some(company));
        }
    }
    (without_marks(before_place(text)), None)
}

/// "VP Operations, Northern Lines Europe": what follows a title that is complete is a company or a
/// place, which may be unknown. Behind a bare position it is the area: "Manager, Gas Marketing".
fn before_place(text: &str) -> &str {
    let Some((first, behind)) = text.split_once(", ") else { return text };
    if tokens(behind).iter().any(is_title_word) {
        return text;
    }
    let tokens = tokens(first);
    let words = words(&tokens);
    if words.iter().any(|word| is_title_word(word)) && !words.iter().copied().all(is_rank) {
        first
    } else {
        text
    }
}

/// A position or its rank, without an area.
fn is_rank(word: &Token) -> bool {
    const SENIORITY: &str = "senior sr junior jr executive managing general deputy assistant vice regional \
        global group acting interim";
    is_title_word(word) || SENIORITY.split_whitespace().any(|rank| rank == word.folded)
}

/// "Sr. Manager - Shared Services": behind a bare position the next cell of the line is its area.
pub(super) fn with_area<'t>(
    cells: &[Cell<'t>],
    lines: &[&'t str],
    at: usize,
    title: &'t str,
    writer: &Writer,
) -> &'t str {
    let joined = || {
        let (cell, next) = (cells.get(at)?, cells.get(at + 1)?);
        let line = lines.get(cell.line)?;
        let (start, area) = (line.find(title)?, line.find(next.text)?);
        let between = line.get(start + title.len()..area)?;
        let title_tokens = tokens(title);
        let bare = words(&title_tokens).into_iter().all(is_rank);
        let next_tokens = tokens(next.text);
        let next_words = words(&next_tokens);
        let shaped = next.line == cell.line
            && matches!(between.trim(), "-" | "–" | "—")
            && (1..=4).contains(&next_words.len())
            && next_words.first().is_some_and(|word| word.capital)
            && !next_words.iter().any(|word| is_title_word(word))
            && !next.text.contains(|c: char| c.is_ascii_digit() || c == '@')
            && company::in_text(next.text, writer).is_none();
        (bare && shaped).then(|| line.get(start..area + next.text.len())).flatten()
    };
    joined().unwrap_or(title)
}

fn is_title(text: &str) -> bool {
    let tokens = tokens(text);
    let words = words(&tokens);
    let Some(first) = words.first() else { return false };
    let small =
        words.iter().filter(|word| !word.capital && word.folded.chars().count() > 3).count();
    let shaped = words.len() <= WORDS_MAX
        && text.chars().count() <= CHARS_MAX
        && text.bytes().filter(u8::is_ascii_digit).count() <= 2
        && !text.contains([':', '?', '@'])
        && !text.split_whitespace().any(contact::is_link)
        && small <= 5;
    shaped
        && words.iter().any(|word| is_title_word(word))
        && (first.capital || is_title_word(first) && words.len() <= 5)
        && !words.iter().any(|word| OF_SENTENCES.contains(&word.folded.as_str()))
        && !words.iter().any(|word| word.is("i") && word.capital)
        && !is_office(&words)
        && !contact::has_legal_form(&tokens)
}

/// "Head Office", "Leadership team", "Partner of the year", "Gold Partner": no position of a person.
fn is_office(words: &[&Token]) -> bool {
    let is = |at: usize, names: &[&str]| {
        words.get(at).is_some_and(|word| names.contains(&word.folded.as_str()))
    };
    (0..words.len()).any(|at| {
        is(at, &["head", "main", "executive"])
            && is(at + 1, &["office", "offices", "quarters", "suite"])
    }) || is(
        0,
        &[
            "gold",
            "silver",
            "platinum",
            "certified",
            "official",
            "exclusive",
            "microsoft",
            "google",
        ],
    ) && words.last().is_some_and(|word| word.is("partner"))
        || is(0, &["team", "dept", "department"])
}
