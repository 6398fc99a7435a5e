//! Reads a question: cuts what was typed into words, quotes and operators.

use std::ops::Range;

use inroad_model::State;

use super::{CHARS_MAX, Days, Has, Kind, LastWord, PARTS_MAX, Problem, Query, STATES, Term, When};

/// Quotation marks of all keyboards mean the same.
const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];
const OPERATORS: &str = "from:, to:, with:, deal:, state:, before:, after:, on:, has: and kind:";

pub(super) fn read(typed: &str, last_word: LastWord) -> (Query, Vec<Problem>) {
    let mut reading = Reading::default();
    let end = typed.char_indices().nth(CHARS_MAX).map_or(typed.len(), |(at, _)| at);
    let text = typed.get(..end).unwrap_or_default();
    let mut at = 0;
    let mut count = 0;
    while let Some(piece) = next_piece(text, at) {
        at = piece.place.end;
        count += 1;
        if count > PARTS_MAX {
            let what = format!("Only the first {PARTS_MAX} words and operators are searched");
            reading.problem(piece.place.start..typed.len(), what);
            return (reading.query, reading.problems);
        }
        let typing = last_word == LastWord::Open && at == typed.len() && !piece.closed;
        reading.take(&piece, typing);
    }
    if end < typed.len() {
        let what = format!("Only the first {CHARS_MAX} letters are searched");
        reading.problem(end..typed.len(), what);
    }
    (reading.query, reading.problems)
}

/// One word, quote or operator with its value.
#[derive(Debug)]
struct Piece<'t> {
    place: Range<usize>,
    /// Whether a `-` stands before it.
    without: bool,
    /// What stands before the colon, if it looks like an operator.
    operator: Option<&'t str>,
    text: &'t str,
    /// Whether a quotation mark ends it.
    closed: bool,
    star: bool,
}

/// The piece that begins at or after a byte.
fn next_piece(typed: &str, from: usize) -> Option<Piece<'_>> {
    let blanks = typed.get(from..)?.find(|c: char| !c.is_whitespace())?;
    let start = from + blanks;
    let mut at = start;
    let rest = |at: usize| typed.get(at..).unwrap_or_default();
    let without = rest(at).starts_with('-');
    at += usize::from(without);
    let operator = operator(rest(at));
    at += operator.map_or(0, |name| name.len() + 1);
    let (text, quoted, closed) = match rest(at).chars().next() {
        Some(mark) if QUOTES.contains(&mark) => {
            at += mark.len_utf8();
            let inner = rest(at);
            let length = inner.find(QUOTES).unwrap_or(inner.len());
            let text = inner.get(..length).unwrap_or_default();
            let end = rest(at + length).chars().next();
            at += length + end.map_or(0, char::len_utf8);
            (text, true, end.is_some())
        }
        _ => {
            let word = rest(at);
            let ends = |c: char| c.is_whitespace() || QUOTES.contains(&c);
            let text = word.get(..word.find(ends).unwrap_or(word.len())).unwrap_or_default();
            at += text.len();
            (text, false, false)
        }
    };
    let star = quoted && closed && rest(at).starts_with('*') || !quoted && text.ends_with('*');
    at += usize::from(star && quoted);
    let text = if quoted { text } else { text.trim_end_matches('*') };
    Some(Piece { place: start..at, without, operator, text, closed, star })
}

/// The letters before a colon; an address of the web is none of ours.
fn operator(text: &str) -> Option<&str> {
    let (name, value) = text.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_name && !value.starts_with("//")).then_some(name)
}

#[derive(Debug, Default)]
struct Reading {
    query: Query,
    problems: Vec<Problem>,
}

impl Reading {
    fn problem(&mut self, place: Range<usize>, what: impl Into<String>) {
        self.problems.push(Problem { place, what: what.into() });
    }

    fn take(&mut self, piece: &Piece<'_>, typing: bool) {
        match piece.operator {
            Some(name) if piece.without => {
                let what =
                    format!("'-' goes with words only; leave out '-{name}:', or write a word");
                self.problem(piece.place.clone(), what);
            }
            Some(name) => self.take_operator(&name.to_ascii_lowercase(), piece, typing),
            // What must not be there is left out only when the word is whole: half a word would
            // take away what nobody means.
            None if piece.without => {
                self.query.without.extend(Term::new(piece.text, piece.star));
            }
            None => self.query.words.extend(Term::new(piece.text, piece.star || typing)),
        }
    }

    fn take_operator(&mut self, name: &str, piece: &Piece<'_>, typing: bool) {
        let value = piece.text.trim();
        let query = &mut self.query;
        let names = match name {
            "from" => Some(&mut query.from),
            "to" => Some(&mut query.to),
            "with" => Some(&mut query.with),
            "deal" => Some(&mut query.deals),
            "state" | "before" | "after" | "on" | "has" | "kind" => None,
            _ => {
                let what = format!("'{name}:' is not known; there are {OPERATORS}");
                return self.problem(piece.place.clone(), what);
            }
        };
        if value.is_empty() {
            if !typing {
                let what =
                    format!("Nothing stands behind '{name}:'; write what you look for there");
                self.problem(piece.place.clone(), what);
            }
            return;
        }
        if let Some(names) = names {
            names.push(value.to_owned());
            return;
        }
        if !(self.take_value(name, value) || typing && is_begun(name, value)) {
            let ways = match name {
                "state" => listed(&STATES),
                "has" => listed(&Has::NAMES),
                "kind" => listed(&Kind::NAMES),
                _ => "2026-03-01, 2026-03 or 2026".to_owned(),
            };
            let shown: String = value.chars().take(40).collect();
            let what = format!("'{name}:' does not know '{shown}'; write {ways}");
            self.problem(piece.place.clone(), what);
        }
    }

    /// Takes a value of a closed list or a day, and says whether it is one.
    fn take_value(&mut self, name: &str, value: &str) -> bool {
        let query = &mut self.query;
        let days = || Days::parse(value);
        match name {
            "state" => push(&mut query.states, named::<State>(&STATES, value)),
            "has" => push(&mut query.has, named(&Has::NAMES, value)),
            "kind" => push(&mut query.kinds, named(&Kind::NAMES, value)),
            "before" => push(&mut query.when, days().map(When::Before)),
            "after" => push(&mut query.when, days().map(When::After)),
            _ => push(&mut query.when, days().map(When::On)),
        }
    }
}

fn push<T>(list: &mut Vec<T>, value: Option<T>) -> bool {
    let is_value = value.is_some();
    list.extend(value);
    is_value
}

/// The value of a name, in any case, also of several: `has:facts`, `kind:people`.
fn named<T: Copy>(names: &[(&str, T)], text: &str) -> Option<T> {
    let lower = text.to_lowercase();
    let one = match lower.as_str() {
        "people" => "person",
        text => text.strip_suffix('s').unwrap_or(text),
    };
    names.iter().find(|(name, _)| *name == lower || *name == one).map(|(_, value)| *value)
}

/// Whether somebody who goes on typing may come to a value.
fn is_begun(name: &str, value: &str) -> bool {
    let begins = |names: &[&str]| names.iter().any(|name| name.starts_with(&value.to_lowercase()));
    match name {
        "state" => begins(&STATES.map(|(name, _)| name)),
        "has" => begins(&Has::NAMES.map(|(name, _)| name)),
        "kind" => begins(&Kind::NAMES.map(|(name, _)| name)) || begins(&["people"]),
        _ => {
            value.len() < "2026-03-01".len()
                && value.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        }
    }
}

/// `a, b or c`.
fn listed<T>(names: &[(&str, T)]) -> String {
    let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    match names.split_last() {
        Some((last, first)) => format!("{} or {last}", first.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
