//! Lengths of time: `for two weeks`, `zeven weken`, `une quinzaine`.
//!
//! Must not: know when they begin; whoever asks tells that.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::phrases::{self, Unit};
use super::tokens::{Token, tokens, word_set};
use super::words;
use crate::word_table::WordSet;

/// Words before a count that make a distance of it, or something that is over.
const NO_LENGTH: &str = "in dans tra fra om über within innerhalb binnen entro después după since seit \
    depuis desde sinds da vor hace past last letzten letzte dernières derniers every jede alle ago \
    after nach après dopo na another sedan siden efter etter next within under zwischen";
/// Words behind a unit that tell of something over.
const OVER: &str = "ago fa geleden siden sedan temu atrás old later später plus earlier notice \
    rate rates trip return job pass ticket";
/// Words between a count and its unit: `two full weeks`, `a couple OF weeks`.
const BETWEEN: &str = "full whole of solid entire volle ganze hele pleines good bonnes";

static NO_LENGTH_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set(NO_LENGTH));
static OVER_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set(OVER));
static BETWEEN_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set(BETWEEN));

/// No absence is longer.
const COUNT_MAX: u32 = 60;

/// A length of time found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Duration {
    /// The bytes that name it.
    pub(crate) range: Range<usize>,
    count: u32,
    unit: Unit,
}

impl Duration {
    /// The last day of a time that begins on `first`.
    pub(crate) fn last_day(&self, first: Date) -> Option<Date> {
        let count = i64::from(self.count);
        let span = match self.unit {
            Unit::Day => Span::new().days(count),
            Unit::Fortnight => Span::new().days(14 * count),
            Unit::Week => Span::new().days(7 * count),
            Unit::Month => Span::new().months(count),
        };
        let last =
            first.checked_add(span).and_then(|end| end.checked_sub(Span::new().days(1))).ok()?;
        // Weeks of absence end with their last working day.
        let weekend = match last.weekday() {
            Weekday::Saturday => 1,
            Weekday::Sunday => 2,
            _ => 0,
        };
        let weeks = matches!(self.unit, Unit::Week | Unit::Fortnight);
        last.checked_sub(Span::new().days(if weeks { weekend } else { 0 })).ok()
    }
}

/// The lengths of time named in a text, from left to right.
pub(crate) fn find(text: &str) -> Vec<Duration> {
    let tokens = tokens(text);
    (0..tokens.len()).filter_map(|at| duration(&tokens, at)).collect()
}

fn duration(tokens: &[Token], at: usize) -> Option<Duration> {
    let token = tokens.get(at)?;
    let count = token.number().or_else(|| words::count(&token.folded));
    let (count, mut next) = match count {
        Some(count) => (count, at + 1),
        // "the fortnight", "une quinzaine"
        None if token.is("the") || token.is("la") => (1, at + 1),
        None => return None,
    };
    if !(1..=COUNT_MAX).contains(&count) {
        return None;
    }
    while next < at + 3 && tokens.get(next).is_some_and(|t| BETWEEN_WORDS.contains(&t.folded)) {
        next += 1;
    }
    let (unit, end) = phrases::unit(tokens, next)?;
    let before = at.checked_sub(1).and_then(|n| tokens.get(n));
    let distance = before.is_some_and(|t| NO_LENGTH_WORDS.contains(&t.folded));
    let over = tokens.get(end).is_some_and(|t| OVER_WORDS.contains(&t.folded));
    let article = token.is("the") || token.is("la");
    if distance || over || (article && unit != Unit::Fortnight) {
        return None;
    }
    let last = tokens.get(end.checked_sub(1)?)?;
    Some(Duration { range: token.start..last.end, count, unit })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(text: &str, expected: Option<Date>) {
        let found = find(text).first().and_then(|length| length.last_day(date(2026, 3, 12)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lengths_end_with_their_last_day() {
        check("away for a fortnight", Some(date(2026, 3, 25)));
        check("off for two weeks", Some(date(2026, 3, 25)));
        check("zeven weken weg", Some(date(2026, 4, 29)));
        check("14 Tage im Urlaub", Some(date(2026, 3, 25)));
        check("absent trois semaines", Some(date(2026, 4, 1)));
        check("out for 3 months", Some(date(2026, 6, 11)));
        check("in two weeks", None);
        check("seit zwei Wochen", None);
        check("two weeks ago", None);
        check("next week", None);
    }
}
