//! Which parts of a day stand in the line that introduces a quote.
//!
//! Must not: read the day; see [`crate::dates`] for that.

use crate::dates::tokens::{Kind, Token};
use crate::dates::{names_day, names_day_short};

/// Which parts of a day a text names.
#[expect(clippy::struct_excessive_bools, reason = "each is a part that was seen or not")]
#[derive(Debug, Default)]
pub(super) struct DayParts {
    name: bool,
    year: bool,
    /// A time of day.
    pub(super) time: bool,
    numeric: bool,
}

impl DayParts {
    /// Reads one chunk; tells whether a part of a day was in it.
    pub(super) fn read(&mut self, chunk: &[Token]) -> bool {
        let numbers: Vec<(u32, usize)> =
            chunk.iter().filter_map(|t| t.number().map(|n| (n, t.bytes()))).collect();
        let mark = chunk.iter().find(|t| t.kind == Kind::Mark && is_inner(chunk, t));
        let mut seen = !numbers.is_empty();
        match (numbers.as_slice(), mark.map(|mark| mark.folded.as_str())) {
            ([(a, _), (b, _), (c, _), ..], Some("." | "-" | "/")) if is_day(*a, *b, *c) => {
                self.numeric = true;
            }
            ([(hour, _), (minute, 2), ..], Some(":" | "." | "h")) => {
                self.time |= *hour < 25 && *minute < 60;
            }
            ([(hour, _), (minute, 2)], None) if chunk.iter().any(|t| t.is("h")) => {
                self.time |= *hour < 25 && *minute < 60;
            }
            ([(year, 4), ..], _) => self.year |= (1980..2100).contains(year),
            _ => {}
        }
        for token in chunk.iter().filter(|token| token.kind == Kind::Word) {
            let word = token.folded.as_str();
            let marked = chunk.last().is_some_and(|t| matches!(t.folded.as_str(), "." | ","));
            let short = token.capital || marked || chunk.len() > 1;
            if names_day(word) || short && word.chars().count() <= 6 && is_short_day(word) {
                self.name = true;
                seen = true;
            } else if matches!(word, "am" | "pm") && !numbers.is_empty() {
                self.time = true;
            }
        }
        seen
    }

    /// How many parts were seen; a day in numbers counts twice.
    pub(super) fn count(&self) -> u8 {
        let numeric = if self.numeric { 2 } else { u8::from(self.name) + u8::from(self.year) };
        numeric.max(u8::from(self.name) + u8::from(self.year)) + u8::from(self.time)
    }
}

/// Abbreviated names, also of Finnish months, which are cut at no fixed place.
fn is_short_day(word: &str) -> bool {
    names_day_short(word) && word.chars().count() > 1
}

fn is_inner(chunk: &[Token], mark: &Token) -> bool {
    let ends = chunk.first().zip(chunk.last());
    ends.is_some_and(|(first, last)| first.start < mark.start && mark.end < last.end)
        || chunk.len() > 2 && chunk.first().is_some_and(|first| first.start < mark.start)
}

fn is_day(a: u32, b: u32, c: u32) -> bool {
    let year_last = (1..=31).contains(&a) && (1..=31).contains(&b);
    let year_first = (1980..2100).contains(&a) && (1..=12).contains(&b) && (1..=31).contains(&c);
    year_last && (c < 100 || (1980..2100).contains(&c)) || year_first
}
