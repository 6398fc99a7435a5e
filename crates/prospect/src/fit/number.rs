//! Numbers as people write them of a firm: `350 people`, `51-200 employees`, `EUR 12.5 million`.

mod limits;
mod pieces;
#[cfg(test)]
mod tests;

use self::limits::{Limit, limit};
use self::pieces::{Number, Piece, pieces, without_years};
use super::units::{Unit, factor, is_money, is_wanted, unit};
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

/// So many words around a number may say what it counts.
const REACH: usize = 3;
/// So many before a colon, where they name what is counted.
const LABEL_REACH: usize = 8;
/// So many words around a number may say that it is of the whole firm.
const WHOLE_REACH: usize = 6;
/// Phrases that say so, folded.
const WHOLE: [&str; 17] = [
    "overall",
    "total",
    "in total",
    "altogether",
    "in all",
    "worldwide",
    "world wide",
    "globally",
    "group wide",
    "groupwide",
    "company wide",
    "companywide",
    "insgesamt",
    "gesamt",
    "weltweit",
    "konzernweit",
    "gruppenweit",
];
/// Words that may stand between a limit and its number, beside money.
const NEARLY: [&str; 6] = ["about", "around", "approximately", "approx", "circa", "ca"];

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

/// The words around a number within its clause, the nearest first.
struct Around<'a> {
    before: Vec<&'a str>,
    behind: Vec<&'a str>,
    /// Whether a colon stands before it.
    is_labelled: bool,
    /// Whether another number stands before it in the clause.
    follows_another: bool,
    /// Whether another number follows in the clause.
    leads_another: bool,
}

impl<'a> Around<'a> {
    fn of(pieces: &'a [Piece], first: usize, end: usize) -> Self {
        let (before, behind) =
            (pieces.get(..first).unwrap_or_default(), pieces.get(end..).unwrap_or_default());
        let is_number = |piece: Option<&Piece>| matches!(piece, Some(Piece::Number(_)));
        let word = Piece::word;
        let mut words_before: Vec<&str> = before.iter().rev().map_while(word).collect();
        let mut words_behind: Vec<&str> = behind.iter().map_while(word).collect();
        let follows_another = is_number(before.iter().rev().nth(words_before.len()));
        let leads_another = is_number(behind.get(words_behind.len()));
        let is_labelled = words_before.iter().take(REACH).any(|word| *word == ":");
        let is_word = |word: &&str| !matches!(*word, "-" | ":");
        words_before.retain(is_word);
        words_behind.retain(is_word);
        Self {
            is_labelled,
            before: words_before,
            behind: words_behind,
            follows_another,
            leads_another,
        }
    }

    /// Whether the number counts that: the nearest word that tells what numbers count decides.
    fn counts(&self, wanted: &[String]) -> bool {
        if wanted.is_empty() {
            return true;
        }
        let wants_unit = wanted.iter().any(|word| unit(word).is_some());
        let tells = |word: &str| match unit(word) {
            // What is asked for may be the name of a sum: revenue, EUR 12 million.
            Some(Unit::Money(_)) => wants_unit,
            Some(_) => true,
            None => false,
        };
        // Money directly before a number is of that number alone.
        let (money, before) = match self.before.as_slice() {
            [money, before @ ..] if is_money(money) => (Some(money), before),
            before => (None, before),
        };
        if let Some(money) = money.filter(|_| wants_unit) {
            return is_wanted(money, wanted);
        }
        let behind = match self.behind.as_slice() {
            [behind @ .., money] if self.leads_another && is_money(money) => behind,
            behind => behind,
        };
        // Of what stands between two numbers, each counts what is nearer to it.
        let before_reach = match (self.follows_another, self.is_labelled) {
            (_, true) => LABEL_REACH,
            (true, false) => REACH.min(before.len() / 2),
            (false, false) => REACH,
        };
        let behind_reach =
            if self.leads_another { REACH.min(behind.len().div_ceil(2)) } else { REACH };
        let before = before.get(..before_reach).unwrap_or(before);
        let behind = behind.get(..behind_reach).unwrap_or(behind);
        let by_distance = (0..LABEL_REACH).flat_map(|at| [behind.get(at), before.get(at)]);
        let nearest = by_distance.flatten().find(|word| tells(word) || is_wanted(word, wanted));
        nearest.is_some_and(|word| is_wanted(word, wanted))
    }

    fn before_limit(&self) -> Vec<&'a str> {
        let stands_between = |word: &&&str| is_money(word) || NEARLY.contains(word);
        self.before.iter().skip_while(stands_between).copied().collect()
    }

    /// From the number on, or from behind what it counts.
    fn behind_limit(&self) -> Vec<&'a str> {
        self.behind.iter().skip_while(|word| unit(word).is_some()).copied().collect()
    }

    /// The words within a reach, with a blank on either side of each.
    fn text(&self, reach: usize) -> (String, String) {
        let before: Vec<&str> = self.before.iter().take(reach).rev().copied().collect();
        let behind: Vec<&str> = self.behind.iter().take(reach).copied().collect();
        (format!(" {} ", before.join(" ")), format!(" {} ", behind.join(" ")))
    }

    fn is_whole(&self) -> bool {
        let (before, behind) = self.text(WHOLE_REACH);
        let holds = |phrase: &str| {
            let phrase = format!(" {phrase} ");
            before.contains(&phrase) || behind.contains(&phrase)
        };
        WHOLE.into_iter().any(holds)
    }

    /// Whether nothing but that stands beside it: `40 people in Kiel, 300 worldwide`.
    fn is_only_whole(&self) -> bool {
        let (before, behind) = self.text(WHOLE_REACH);
        let has_unit = self.before.iter().chain(&self.behind).any(|word| unit(word).is_some());
        let is_beside = |phrase: &str| {
            let phrase = format!(" {phrase} ");
            behind.starts_with(&phrase) || self.behind.is_empty() && before.ends_with(&phrase)
        };
        !has_unit && WHOLE.into_iter().any(is_beside)
    }
}
