//! How near two spellings are.
//!
//! Jaro and Winkler's measure (Winkler 1990) gives much for a shared beginning, which suits names; the
//! number of edits with swapped neighbours counted as one (optimal string alignment) suits what is
//! mistyped. A pair is near by either.

use strsim::{jaro_winkler, osa_distance};

use crate::text::Word;

/// How near two texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// Something else.
    Far,
    /// Much the same letters, as names that sound alike or were typed badly.
    Alike,
    /// A slip or two of the finger.
    Near,
    /// Letter by letter.
    Same,
}

/// Least similarity by Jaro and Winkler for texts that are alike.
const ALIKE_MIN: f64 = 0.84;
/// Least similarity of long texts that are near.
const NEAR_MIN: f64 = 0.93;
/// Fewest characters of texts that may differ in one, in two, in three, and still be near.
const EDITS: [(usize, usize); 3] = [(14, 3), (7, 2), (3, 1)];

/// Compares two words.
pub(crate) fn nearness(a: &Word, b: &Word) -> Nearness {
    if a.is(b) {
        return Nearness::Same;
    }
    of_texts(&a.text, &b.text)
}

fn of_texts(a: &str, b: &str) -> Nearness {
    // One order for both, since the measures are not symmetric to the last digit.
    let (short, long) = if (a.len(), a) <= (b.len(), b) { (a, b) } else { (b, a) };
    // Neither measure reaches its least where one is half of the other.
    if short.is_empty() || short.len() * 2 < long.len() {
        return Nearness::Far;
    }
    let similarity = jaro_winkler(short, long);
    if similarity < 0.6 {
        return Nearness::Far;
    }
    let chars = short.chars().count().max(1);
    let may_differ = EDITS.iter().find(|(from, _)| chars >= *from).map_or(0, |(_, edits)| *edits);
    let may_be = similarity > 0.7 && long.len() - short.len() <= may_differ * 4;
    if may_differ > 0 && may_be && edits(short, long) <= may_differ {
        return Nearness::Near;
    }
    match similarity {
        s if s >= NEAR_MIN && chars >= 6 => Nearness::Near,
        s if s >= ALIKE_MIN => Nearness::Alike,
        _ => Nearness::Far,
    }
}

/// Whether one is the other but for one digit, or for two that were swapped.
pub(crate) fn is_one_slip(a: &str, b: &str) -> bool {
    // Something must be the same at one of both ends, which a glance shows for most.
    let (x, y) = (a.as_bytes(), b.as_bytes());
    let ends = x.first() == y.first() || x.last() == y.last() || x.len().max(y.len()) <= 3;
    ends && x.len().abs_diff(y.len()) <= 1 && edits(a, b) <= 1
}

/// The number of edits; only what lies between a common beginning and a common end is looked at.
fn edits(a: &str, b: &str) -> usize {
    let head: usize =
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let ends = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y);
    let tail: usize = ends.map(|(x, _)| x.len_utf8()).sum();
    let cut = |text: &str| text.len() - tail;
    if cut(a).min(cut(b)) == 0 {
        return a.chars().count().abs_diff(b.chars().count());
    }
    osa_distance(a.get(..cut(a)).unwrap_or_default(), b.get(..cut(b)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: Nearness) {
        assert_eq!(of_texts(a, b), expected, "{a} {b}");
        assert_eq!(of_texts(b, a), expected, "{b} {a}");
    }

    #[test]
    fn spellings() {
        check("golder", "goldesr", Nearness::Near);
        check("haryr", "harry", Nearness::Near);
        check("meier", "maier", Nearness::Near);
        check("anna", "hugo", Nearness::Far);
        check("jane", "jone", Nearness::Near);
        check("al", "el", Nearness::Far);
        check("stevenson", "stephenson", Nearness::Near);
        check("", "", Nearness::Far);
        check("christina", "christopher", Nearness::Alike);
    }

    #[test]
    fn slips() {
        assert!(is_one_slip("4211", "4121"));
        assert!(!is_one_slip("4211", "4322"));
    }
}
