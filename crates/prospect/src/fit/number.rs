//! Numbers as people write them of a firm: `350 people`, `51-200 employees`, `EUR 12.5 million`.

mod around;
mod limits;
mod pieces;
#[cfg(test)]
mod tests;

use self::around::Around;
use self::limits::{Limit, limit};
use self::pieces::{Number, Piece, pieces, without_years};
use super::units::{factor, is_money, unit};
use super::words::words;

/// A number, or a span of numbers, of what is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Amount {
    /// At least.
    low: f64,
    /// At most; infinite where the text says so.
    high: f64,
    /// Whether it is told to be of the whole firm.
    is_whole: bool,
}

/// Whether what a text counts of that lies between two numbers, both included; `None` where it may
/// or may not, or where the numbers of the text disagree and none is of the whole firm.
pub(super) fn lies_within(text: &str, of: &str, low: f64, high: f64) -> Option<bool> {
    let mut amounts = amounts(text, of);
    if amounts.iter().any(|amount| amount.is_whole) {
        amounts.retain(|amount| amount.is_whole);
    }
    let mut answers = amounts.iter().map(|amount| {
        if amount.low >= low && amount.high <= high {
            Some(true)
        } else {
            (amount.high < low || amount.low > high).then_some(false)
        }
    });
    let first = answers.next()?;
    answers.all(|answer| answer == first).then_some(first).flatten()
}

/// A number alone, read as texts are read: `1.500` and `1,500` are 1500, `12,5` is 12.5, `1.5m` is
/// 1500000; `None` where something else stands there, as a sign.
///
/// ```
/// use inroad_prospect::typed_number;
/// assert_eq!(typed_number(" 1.500 "), Some(1500.0));
/// assert_eq!(typed_number("12,5"), Some(12.5));
/// assert_eq!(typed_number("a dozen"), None);
/// ```
pub fn typed_number(text: &str) -> Option<f64> {
    let pieces = pieces(text.trim());
    let [Piece::Number(number), behind @ ..] = pieces.as_slice() else { return None };
    let value = match behind {
        [] => number.alone,
        [Piece::Word(word)] => number.multiplied * factor(word)?,
        _ => return None,
    };
    value.is_finite().then_some(value)
}

/// All numbers of a text that count something; all that there are where nothing is named.
fn amounts(text: &str, of: &str) -> Vec<Amount> {
    let wanted: Vec<String> = words(of).into_iter().flatten().chain(sign(of)).collect();
    let pieces = without_years(pieces(text), &wanted);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let Some(span) = span(&pieces, at) else {
            at += 1;
            continue;
        };
        let around = Around::of(&pieces, at, span.end);
        if around.counts(&wanted) || !found.is_empty() && around.is_only_whole() {
            let (low, high) = match limit(&around.before_limit(), &around.behind_limit()) {
                Some(Limit::Least) if span.is_one() => (span.low, f64::INFINITY),
                Some(Limit::Most) if span.is_one() => (0.0, span.high),
                _ => (span.low, span.high),
            };
            found.push(Amount { low, high, is_whole: around.is_whole() });
        }
        at = span.end;
    }
    found
}

/// A sign that is wanted is no word.
fn sign(of: &str) -> Option<String> {
    let of = of.trim();
    unit(of).is_some().then(|| of.to_owned())
}

/// A number or a span in the pieces of a text.
struct Span {
    low: f64,
    high: f64,
    /// Where the piece behind it stands.
    end: usize,
}

impl Span {
    fn is_one(&self) -> bool {
        self.low.total_cmp(&self.high).is_eq()
    }
}

/// The number that begins there, up to the end of the span if it is one: `10-20m`, `EUR 10m to 20m`.
fn span(pieces: &[Piece], at: usize) -> Option<Span> {
    let (first, factor, end) = number(pieces, at)?;
    let alone = value(first, factor);
    let one = Span { low: alone, high: alone, end };
    let word = |at: usize| pieces.get(at).and_then(Piece::word);
    let between = || {
        let before = (0..at).rev().map_while(word).find(|word| !is_money(word));
        matches!(before, Some("between" | "zwischen"))
    };
    let is_to = match word(end) {
        Some("-" | "to" | "bis") => true,
        Some("and" | "und") => between(),
        _ => false,
    };
    let next = end + 1 + usize::from(word(end + 1).is_some_and(is_money));
    let Some((second, last_factor, end)) = number(pieces, next).filter(|_| is_to) else {
        return Some(one);
    };
    // A factor behind the span is of both; one behind the first alone makes two amounts.
    let high = value(second, last_factor);
    let lows = [value(first, factor.or(last_factor)), alone];
    let is_span = factor.is_none() || last_factor.is_some();
    let low = lows.into_iter().find(|low| is_span && *low <= high);
    Some(low.map_or(one, |low| Span { low, high, end }))
}

/// A number with the factor behind it, and where the next piece stands.
fn number(pieces: &[Piece], at: usize) -> Option<(Number, Option<f64>, usize)> {
    let Some(Piece::Number(number)) = pieces.get(at) else { return None };
    let factor = pieces.get(at + 1).and_then(Piece::word).and_then(factor);
    Some((*number, factor, at + 1 + usize::from(factor.is_some())))
}

fn value(number: Number, factor: Option<f64>) -> f64 {
    factor.map_or(number.alone, |times| number.multiplied * times)
}
