//! A day with a number: `14 April`, `14.4.`, `April 14th, 2026`, `Monday the 14th`, `2026-04-14`.
//!
//! Must not: resolve anything, or take a price, a time or a share for a day.

use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::scan::{What, year_after};
use super::tokens::{Kind, Token, word_set};
use super::words;
use crate::word_table::WordSet;

/// Words between a weekday and its number: `Monday THE 14th`, `Montag, DEN 14.`
const AFTER_WEEKDAY: [&str; 14] =
    [",", ".", "the", "den", "dem", "der", "le", "el", "il", "dia", "-", "feira", "o", "("];

/// Words that let a bare number behind them be a day of the month.
const BEFORE_NUMBER: [&str; 22] = [
    "am", "zum", "dem", "den", "le", "au", "du", "el", "al", "del", "il", "dal", "op", "dia",
    "until", "till", "til", "bis", "vom", "ab", "tot", "до",
];

/// What may follow a bare day; any other word makes it a count or an ordinal of something.
const AFTER_BARE_DAY: &str = "and or at to but if when for in i we please with onwards inclusive \
    till until through as so because it before after morning afternoon is will you my und oder um \
    ab wieder zurück bis inklusive einschließlich ist bin sind werde et ou inclus à je nous pour y \
    o a inclusive incluido para e incluso compreso per en of om weer inclusief tot terug back latest \
    ish au al von och inclusief par say zum bijvoorbeeld";

static FOLLOWS_BARE_DAY: LazyLock<WordSet> = LazyLock::new(|| word_set(AFTER_BARE_DAY));

/// Reads a day that begins at a token.
pub(super) fn day(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    if let Some(found) = iso(tokens, at) {
        return Some(found);
    }
    if let Some((weekday, next)) = weekday_before(tokens, at) {
        return numbered(tokens, next, Some(weekday));
    }
    numbered(tokens, at, None)
}

fn iso(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    let year_token = tokens.get(at)?;
    let year = i16::try_from(year_token.number()?).ok().filter(|y| (1971..=2100).contains(y))?;
    let mark = tokens.get(at + 1)?;
    if !matches!(mark.folded.as_str(), "-" | "/" | ".") || !tokens.get(at + 3)?.is(&mark.folded) {
        return None;
    }
    let month = in_range(tokens.get(at + 2)?.number()?, 12)?;
    let day = in_range(tokens.get(at + 4)?.number()?, 31)?;
    Some((What::Day { year: Some(year), month: Some(month), day, weekday: None }, at + 5))
}

fn weekday_before(tokens: &[Token], at: usize) -> Option<(Weekday, usize)> {
    let weekday = words::weekday_short(&tokens.get(at)?.folded)?;
    if is_polish_until(tokens, at) {
        return None;
    }
    let mut next = at + 1;
    while next < at + 5
        && tokens.get(next).is_some_and(|t| AFTER_WEEKDAY.iter().any(|word| t.is(word)))
    {
        next += 1;
    }
    // "until Mar 31": a month, unless one stands behind the number.
    let month_too = words::weekday(&tokens.get(at)?.folded).is_none()
        && words::month_short(&tokens.get(at)?.folded).is_some()
        && next == at + 1;
    let behind = tokens.get(next + 1).is_some_and(|t| words::month_short(&t.folded).is_some());
    if month_too && !behind {
        return None;
    }
    let numbered_next = tokens.get(next)?.number().is_some()
        || words::month_short(&tokens.get(next)?.folded).is_some();
    numbered_next.then_some((weekday, next))
}

/// "do 14 kwietnia" is Polish for "until 14 April", not the Dutch or German "Thursday the 14th".
fn is_polish_until(tokens: &[Token], at: usize) -> bool {
    const MONTHS: [&str; 12] = [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "wrzesnia",
        "pazdziernika",
        "listopada",
        "grudnia",
    ];
    tokens.get(at).is_some_and(|t| t.is("do") && !t.capital)
        && (at + 1..at + 8)
            .map_while(|n| tokens.get(n))
            .take_while(|t| t.kind != Kind::Word || t.folded.len() > 2)
            .any(|t| MONTHS.iter().any(|month| t.is(month)))
}

fn numbered(tokens: &[Token], at: usize, weekday: Option<Weekday>) -> Option<(What, usize)> {
    pair(tokens, at, weekday)
        .or_else(|| day_then_month(tokens, at, weekday))
        .or_else(|| month_then_day(tokens, at, weekday))
        .or_else(|| bare(tokens, at, weekday))
}

/// `14.4.`, `14.04.2026`, `14/4`, `14-04-2026`.
fn pair(tokens: &[Token], at: usize, weekday: Option<Weekday>) -> Option<(What, usize)> {
    let first = in_range(tokens.get(at)?.number()?, 31)?;
    let mark = tokens.get(at + 1)?;
    let dotted = mark.is(".");
    if mark.spaced || !(dotted || mark.is("/") || mark.is("-")) {
        return None;
    }
    let second_token = tokens.get(at + 2)?;
    let second = in_range(second_token.number()?, 31)?;
    if (second_token.spaced && !dotted)
        || (first > 12 && second > 12)
        || (mark.is("/") && (first, second) == (24, 7))
    {
        return None;
    }
    let tail = tokens.get(at + 3).filter(|t| t.is(&mark.folded) && !t.spaced);
    let year = tail.and_then(|_| tokens.get(at + 4)).and_then(short_year);
    if let Some(year) = year {
        return Some((What::Pair { first, second, year: Some(year), weekday }, at + 5));
    }
    let led = weekday.is_some() || led_by(tokens, at);
    let good = if dotted {
        // "14.4." has its second full stop; "14.4" needs a word before it that leads a date.
        second <= 12 && first <= 31 && (tail.is_some() || (led && !is_clock(tokens, at + 3)))
    } else {
        mark.is("/") && !tokens.get(at + 3).is_some_and(|t| t.is("%") || t.is("/"))
    };
    let next = at + 3 + usize::from(dotted && tail.is_some());
    good.then_some((What::Pair { first, second, year: None, weekday }, next))
}

fn is_clock(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| matches!(t.folded.as_str(), "uhr" | "h" | "am" | "pm" | "uur"))
}

fn led_by(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|n| tokens.get(n))
        .is_some_and(|t| BEFORE_NUMBER.iter().any(|word| t.is(word)))
}

fn short_year(token: &Token) -> Option<i16> {
    let value = i16::try_from(token.number()?).ok()?;
    match token.bytes() {
        4 if (1971..=2100).contains(&value) => Some(value),
        2 if !token.spaced => Some(2000 + value),
        _ => None,
    }
}

/// Skips what makes a number an ordinal: `14th`, `14.`, `1er`, `14:e`, `14º`.
pub(super) fn after_ordinal(tokens: &[Token], at: usize) -> (bool, usize) {
    const SUFFIXES: [&str; 12] =
        ["st", "nd", "rd", "th", "er", "e", "ste", "de", "o", "º", "°", "ª"];
    let Some(token) = tokens.get(at).filter(|t| !t.spaced) else { return (false, at) };
    if SUFFIXES.iter().any(|suffix| token.is(suffix)) {
        return (true, at + 1);
    }
    let swedish = token.is(":") && tokens.get(at + 1).is_some_and(|t| t.is("e") || t.is("a"));
    if swedish {
        return (true, at + 2);
    }
    (false, at + usize::from(token.is(".")))
}

fn day_then_month(tokens: &[Token], at: usize, weekday: Option<Weekday>) -> Option<(What, usize)> {
    let day = in_range(tokens.get(at)?.number()?, 31)?;
    let (_, mut next) = after_ordinal(tokens, at + 1);
    while tokens.get(next).is_some_and(|t| {
        matches!(t.folded.as_str(), "of" | "de" | "di" | "d" | "'" | "-" | "/") || t.is("del")
    }) && next < at + 5
    {
        next += 1;
    }
    let month = words::month_short(&tokens.get(next)?.folded)?;
    let dot = usize::from(tokens.get(next + 1).is_some_and(|t| t.is(".") && !t.spaced));
    let (year, end) = year_after(tokens, next + 1);
    let end =
        if year.is_some() { end } else { next + 1 + dot * usize::from(is_short(tokens, next)) };
    Some((What::Day { year, month: Some(month), day, weekday }, end))
}

fn is_short(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| words::month(&t.folded).is_none())
}

fn month_then_day(tokens: &[Token], at: usize, weekday: Option<Weekday>) -> Option<(What, usize)> {
    let token = tokens.get(at)?;
    let month = words::month_short(&token.folded).filter(|_| token.capital)?;
    let number_at = at + 1 + usize::from(tokens.get(at + 1)?.is("."));
    let number_at = number_at + usize::from(tokens.get(number_at)?.is("the"));
    let number = tokens.get(number_at)?;
    let day = in_range(number.number()?, 31).filter(|_| number.bytes() <= 2)?;
    let (ordinal, next) = after_ordinal(tokens, number_at + 1);
    let next = if ordinal { next } else { number_at + 1 };
    let behind = tokens.get(next);
    let (year, end) = year_after(tokens, next);
    // "March 3 people", "May 12%", "June 10:30" are no days.
    let counts = behind.is_some_and(|t| {
        t.is("%") || (t.is(":") && !t.spaced) || (is_lower_word(t) && !may_follow(t) && !ordinal)
    });
    (!counts || year.is_some())
        .then_some((What::Day { year, month: Some(month), day, weekday }, end))
}

fn is_lower_word(token: &Token) -> bool {
    token.kind == Kind::Word && !token.capital
}

fn may_follow(token: &Token) -> bool {
    FOLLOWS_BARE_DAY.contains(&token.folded)
}

/// `the 14th`, `am 14.`, `le 14`, `Monday 14`: a day without its month.
fn bare(tokens: &[Token], at: usize, weekday: Option<Weekday>) -> Option<(What, usize)> {
    let token = tokens.get(at)?;
    let day = in_range(token.number()?, 31).filter(|_| token.bytes() <= 2)?;
    let (ordinal, next) = after_ordinal(tokens, at + 1);
    let led = weekday.is_some()
        || led_by(tokens, at)
        || (ordinal && at.checked_sub(1).and_then(|n| tokens.get(n)).is_some_and(|t| t.is("the")));
    // "on the 20th" is a day, whatever follows; "the 2nd phase" is none.
    let high = ordinal
        && day >= 13
        && at
            .checked_sub(2)
            .and_then(|n| tokens.get(n))
            .is_some_and(|t| t.is("on") || t.is("until"))
        && !tokens.get(next).is_some_and(|t| {
            matches!(
                t.folded.as_str(),
                "floor" | "anniversary" | "edition" | "century" | "birthday"
            )
        });
    let behind = tokens.get(next);
    let ends_well = high
        || behind.is_none_or(|t| {
            t.kind != Kind::Word
                && !matches!(t.folded.as_str(), "%" | ":" | "/" | "€" | "$" | "£")
                && t.number().is_none()
                || t.kind == Kind::Word && may_follow(t)
        });
    let decimal = behind.is_some_and(|t| {
        matches!(t.folded.as_str(), "," | ".")
            && tokens.get(next + 1).is_some_and(|n| n.number().is_some() && !n.spaced)
    });
    (led && ends_well && !decimal)
        .then_some((What::Day { year: None, month: None, day, weekday }, next))
}

/// A number from 1 to a maximum.
fn in_range(value: u32, max: i8) -> Option<i8> {
    i8::try_from(value).ok().filter(|value| (1..=max).contains(value))
}
