//! A text as numbers, words and ends of clauses.

use super::super::spelling::{bare, ends_clause, fold};
use super::super::units::{is_money, is_wanted, unit};

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A number.
    Number(Number),
    /// A folded word, or a sign that says something of a number: `-`, `+`, `<`, `>`, `%`, `€`; or
    /// a colon, which ends no clause: what stands before it names what stands behind it.
    Word(String),
    /// The end of a clause.
    End,
}

impl Piece {
    /// The word, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// A number as it is typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Its value where nothing multiplies it: `1.125` is 1125.
    pub(super) alone: f64,
    /// Its value before a word that does: `1.125 billion`.
    pub(super) multiplied: f64,
    /// Whether it looks like a year: four digits without a mark, 1900 to 2099.
    pub(super) is_year: bool,
}

/// The blanks and apostrophes that stand between groups of three digits.
const BLANKS: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\'', '’'];

/// The pieces of a text, in its order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let chars: Vec<char> = bare(text).chars().collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        if c.is_ascii_digit() {
            let (number, length) = number(rest);
            pieces.extend(number.map(Piece::Number));
            at += length;
        } else if c.is_alphabetic() {
            let (word, length) = word(rest);
            pieces.push(Piece::Word(word));
            at += length;
        } else if let Some(length) = year_in_brackets(rest) {
            at += length;
        } else {
            let next = rest.get(1).copied();
            let before = pieces.last().and_then(Piece::word);
            let is_end = c != ':' && ends_clause(c, next, before);
            pieces.extend(if is_end { Some(Piece::End) } else { sign(c, next) });
            at += if is_arrow(c, next) { 2 } else { 1 };
        }
    }
    pieces
}

fn sign(c: char, next: Option<char>) -> Option<Piece> {
    let word = match c {
        _ if is_arrow(c, next) => return Some(Piece::End),
        '-' | '–' | '—' | '‑' | '−' => '-',
        '<' | '≤' => '<',
        '>' | '≥' => '>',
        ':' | '+' | '%' | '€' | '$' | '£' | '¥' => c,
        _ => return None,
    };
    Some(Piece::Word(word.to_string()))
}

fn is_arrow(c: char, next: Option<char>) -> bool {
    matches!(c, '-' | '=') && next == Some('>')
}

/// The letters of a word and how many characters it takes. Digits behind them belong to it (`A320`),
/// but for money (`EUR25`).
fn word(rest: &[char]) -> (String, usize) {
    let letters = run(rest, char::is_alphabetic);
    let folded =
        |length: usize| fold(&rest.get(..length).unwrap_or_default().iter().collect::<String>());
    let word = folded(letters);
    if is_money(&word) {
        return (word, letters);
    }
    let length = run(rest, char::is_alphanumeric);
    (folded(length), length)
}

fn run(chars: &[char], holds: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|c| holds(**c)).count()
}

/// `(2024)` says of which year something is; it ends nothing.
fn year_in_brackets(rest: &[char]) -> Option<usize> {
    let (['(', digits @ .., ')'], _) = rest.split_at_checked(6)? else { return None };
    digits.iter().all(char::is_ascii_digit).then_some(6)
}

/// The number at the beginning, if the digits are one, and how many characters they take. A day is
/// none, nor is `1st`.
fn number(rest: &[char]) -> (Option<Number>, usize) {
    if let Some(length) = day(rest) {
        return (None, length);
    }
    let mut groups: Vec<String> = Vec::new();
    let mut marks: Vec<char> = Vec::new();
    let mut length = 0;
    loop {
        let behind = rest.get(length..).unwrap_or_default();
        let digits = run(behind, |c| c.is_ascii_digit());
        groups.push(behind.iter().take(digits).collect());
        length += digits;
        let mark = behind.get(digits).copied().filter(|mark| {
            let next = behind.get(digits + 1..).unwrap_or_default();
            let next = run(next, |c| c.is_ascii_digit());
            // A blank parts groups of three behind one to three digits, and nothing else.
            let is_group = next == 3
                && groups.first().is_some_and(|first| first.len() <= 3)
                && marks.iter().all(|former| former == mark);
            next > 0 && (".,".contains(*mark) || BLANKS.contains(mark) && is_group)
        });
        let Some(mark) = mark else { break };
        marks.push(mark);
        length += 1;
    }
    let behind = rest.get(length..).unwrap_or_default();
    let letters: String = behind.iter().take(run(behind, char::is_alphabetic)).collect();
    if matches!(letters.as_str(), "st" | "nd" | "rd" | "th") {
        return (None, length + letters.len());
    }
    (read(&groups, &marks), length)
}

/// `2024-03-01`.
fn day(rest: &[char]) -> Option<usize> {
    let is_day = rest.get(..10)?.iter().enumerate().all(|(at, c)| match at {
        4 | 7 => *c == '-',
        _ => c.is_ascii_digit(),
    });
    let ends = !rest.get(10).is_some_and(char::is_ascii_digit);
    (is_day && ends).then_some(10)
}

/// `1,200`, `1.200`, `12.5`, `12,5`, `1.200,50`; `None` for what is no number, as `01.02.2024`.
fn read(groups: &[String], marks: &[char]) -> Option<Number> {
    let (first, behind) = groups.split_first()?;
    let value = |whole: &[String], fraction: Option<&String>| -> Option<f64> {
        let fraction = fraction.map_or("0", String::as_str);
        let value = format!("{}.{fraction}", whole.concat()).parse::<f64>().ok()?;
        value.is_finite().then_some(value)
    };
    let is_grouped = |behind: &[String]| {
        (1..=3).contains(&first.len()) && behind.iter().all(|group| group.len() == 3)
    };
    let number = |alone: f64, multiplied: f64| Some(Number { alone, multiplied, is_year: false });
    let Some((last_mark, marks)) = marks.split_last() else {
        let alone = value(groups, None)?;
        let is_year = first.len() == 4 && (1900.0..2100.0).contains(&alone);
        return Some(Number { alone, multiplied: alone, is_year });
    };
    let (fraction, whole) = groups.split_last()?;
    let as_fraction = value(whole, Some(fraction))?;
    match marks.first() {
        // One mark.
        None if !is_grouped(behind) || first == "0" => number(as_fraction, as_fraction),
        None if ".,".contains(*last_mark) => number(value(groups, None)?, as_fraction),
        // Several, all the same, or another one before the fraction.
        mark if marks.iter().any(|one| Some(one) != mark) => None,
        mark if mark.is_none_or(|mark| mark == last_mark) => {
            let alone = is_grouped(behind).then(|| value(groups, None)).flatten()?;
            number(alone, alone)
        }
        _ => {
            let is_grouped = is_grouped(whole.get(1..).unwrap_or_default());
            if is_grouped { number(as_fraction, as_fraction) } else { None }
        }
    }
}

/// The pieces without bare years, which count nothing: with a unit directly behind it, it is none.
pub(super) fn without_years(pieces: Vec<Piece>, wanted: &[String]) -> Vec<Piece> {
    let counts = |word: &str| unit(word).is_some() || is_wanted(word, wanted) || word == "+";
    let is_bare_year = |at: usize| {
        let is_year = matches!(pieces.get(at), Some(Piece::Number(Number { is_year: true, .. })));
        let behind = pieces.get(at + 1).and_then(Piece::word);
        let before = at.checked_sub(1).and_then(|at| pieces.get(at)).and_then(Piece::word);
        let is_marked = before.is_some_and(|word| matches!(word, "€" | "$" | "£" | "<" | ">"));
        is_year && !is_marked && !behind.is_some_and(counts)
    };
    let bare: Vec<bool> = (0..pieces.len()).map(is_bare_year).collect();
    pieces.into_iter().zip(bare).filter(|(_, is_bare)| !is_bare).map(|(piece, _)| piece).collect()
}
