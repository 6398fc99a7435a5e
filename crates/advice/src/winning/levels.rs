//! An attribute as a handful of levels: each value that several deals share, numbers by quantile,
//! and "unknown" beside them.
//!
//! Only what stands in the cells decides, never how a deal ended. Must not: look at outcomes.

use std::collections::{BTreeMap, BTreeSet};

use super::ending_words::words;
use super::{Cells, Column};

/// A value that fewer closed deals share tells nothing.
const SHARED_BY_MIN: usize = 5;
/// The commonest values that are kept.
const LEVELS_MAX: usize = 50;
/// Columns whose kept values cover less than this share of the deals name deals, not kinds of them.
const COVERED_MIN: f64 = 0.5;
/// Numbers with at most so many different values are values of their own.
const OWN_VALUES_MAX: usize = 10;
/// Closed deals to a bin of numbers, and bins.
const DEALS_PER_BIN: usize = 30;
const BINS_MAX: usize = 10;
/// One number that so large a share of the deals have, such as 0, is a level of its own.
const COMMON_NUMBER_SHARE: f64 = 0.1;

/// How "unknown" is told.
pub(super) const UNKNOWN: &str = "unknown";

/// An attribute that can be weighed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribute {
    /// The place of its column.
    pub column: usize,
    /// Its name.
    pub name: String,
    /// Its levels as they are told.
    pub levels: Vec<String>,
    /// The level of each deal, open ones too; `None` for a value that few share.
    pub of_row: Vec<Option<usize>>,
}

/// The levels of a column. `closed` are the rows of closed deals. The error says why it cannot be
/// weighed.
pub(super) fn attribute(
    at: usize,
    column: &Column,
    rows: usize,
    closed: &[usize],
) -> Result<Attribute, &'static str> {
    if !closed.iter().any(|row| column.cells.is_known(*row)) {
        return Err("nothing is known in it");
    }
    let keys: Vec<(String, String)> = match &column.cells {
        Cells::Days(_) => return Err("it holds days, and a day tells nothing of the next deal"),
        Cells::Words(cells) => (0..rows).map(|row| word_key(cells, row)).collect(),
        Cells::Numbers(cells) => number_keys(&column.name, cells, rows, closed)?,
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, _) in closed.iter().filter_map(|row| keys.get(*row)) {
        *counts.entry(key).or_default() += 1;
    }
    let mut kept: Vec<(&str, usize)> =
        counts.into_iter().filter(|(_, count)| *count >= SHARED_BY_MIN).collect();
    kept.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    kept.truncate(LEVELS_MAX);
    let covered: usize = kept.iter().map(|(_, count)| count).sum();
    if (covered as f64) < COVERED_MIN * closed.len() as f64 {
        return Err("it has too many different values");
    }
    if kept.len() < 2 {
        return Err("it is the same in nearly all deals");
    }
    let mut levels: Vec<&str> = kept.into_iter().map(|(key, _)| key).collect();
    levels.sort_unstable();
    let place = |(key, _): &(String, String)| levels.binary_search(&key.as_str()).ok();
    Ok(Attribute {
        column: at,
        name: column.name.clone(),
        of_row: keys.iter().map(place).collect(),
        levels: levels.iter().map(|level| told(level, &keys)).collect(),
    })
}

/// The commonest spelling of a level.
fn told(level: &str, keys: &[(String, String)]) -> String {
    let mut spellings: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, spelling) in keys.iter().filter(|(key, _)| key == level) {
        *spellings.entry(spelling).or_default() += 1;
    }
    let commonest = spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    commonest.map_or_else(String::new, |(spelling, _)| spelling.to_owned())
}

/// The level of a word, and how it is told. What somebody wrote as "unknown" is the same as nothing.
fn word_key(cells: &[Option<String>], row: usize) -> (String, String) {
    match cells.get(row).and_then(Option::as_ref) {
        Some(word) => (word.to_lowercase(), word.clone()),
        None => (UNKNOWN.to_owned(), UNKNOWN.to_owned()),
    }
}

/// The levels of numbers: themselves where few differ, else quantiles.
fn number_keys(
    name: &str,
    cells: &[Option<f64>],
    rows: usize,
    closed: &[usize],
) -> Result<Vec<(String, String)>, &'static str> {
    let mut known: Vec<f64> =
        closed.iter().filter_map(|row| cells.get(*row).copied().flatten()).collect();
    known.sort_by(f64::total_cmp);
    let distinct: BTreeSet<String> = known.iter().map(|value| number(*value)).collect();
    if distinct.len() <= OWN_VALUES_MAX {
        let key = |value: f64| (number(value), number(value));
        return Ok(keys_of(cells, rows, key));
    }
    if is_identifier(name) && distinct.len() == known.len() {
        return Err("it has too many different values");
    }
    let common = commonest(&known)
        .filter(|(_, count)| *count as f64 >= COMMON_NUMBER_SHARE * known.len() as f64)
        .map(|(value, _)| value);
    let is_common = |value: f64| common.is_some_and(|common| common.total_cmp(&value).is_eq());
    known.retain(|value| !is_common(*value));
    let cuts = cuts(&known);
    Ok(keys_of(cells, rows, |value| {
        if is_common(value) {
            return (format!("={}", number(value)), number(value));
        }
        let bin = cuts.partition_point(|cut| *cut < value);
        let (from, to) = (bin.checked_sub(1).and_then(|at| cuts.get(at)), cuts.get(bin));
        let told = match (from, to) {
            (None, Some(to)) => format!("up to {}", number(*to)),
            (Some(from), Some(to)) => format!("over {} to {}", number(*from), number(*to)),
            (Some(from), None) => format!("over {}", number(*from)),
            (None, None) => "any other number".to_owned(),
        };
        (format!("{bin:03}"), told)
    }))
}

fn keys_of(
    cells: &[Option<f64>],
    rows: usize,
    key: impl Fn(f64) -> (String, String),
) -> Vec<(String, String)> {
    let unknown = || (UNKNOWN.to_owned(), UNKNOWN.to_owned());
    (0..rows).map(|row| cells.get(row).copied().flatten().map_or_else(unknown, &key)).collect()
}

/// The number that occurs most often in a sorted list, the smaller of two.
fn commonest(sorted: &[f64]) -> Option<(f64, usize)> {
    let runs = sorted.chunk_by(|a, b| a.total_cmp(b).is_eq());
    let counted = runs.filter_map(|run| Some((*run.first()?, run.len())));
    counted.fold(None, |best, run| match best {
        Some((_, count)) if run.1 <= count => best,
        _ => Some(run),
    })
}

/// Where a sorted list is cut so that each part holds about as many.
fn cuts(sorted: &[f64]) -> Vec<f64> {
    let bins = (sorted.len() / DEALS_PER_BIN).clamp(2, BINS_MAX);
    let mut cuts: Vec<f64> =
        (1..bins).filter_map(|bin| sorted.get(bin * sorted.len() / bins).copied()).collect();
    cuts.dedup_by(|a, b| a.total_cmp(b).is_eq());
    cuts
}

/// Whether a name says that each deal has its own number.
fn is_identifier(name: &str) -> bool {
    let last = words(name).pop().unwrap_or_default();
    ["id", "number", "no", "nr", "nummer", "key", "numéro", "número", "numero"]
        .contains(&last.as_str())
}

/// A number without the digits that nobody needs; minus zero is zero.
pub(super) fn number(value: f64) -> String {
    let value = value + 0.0;
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: Cells, expected: Result<&[&str], &str>) {
        let rows = match &cells {
            Cells::Words(cells) => cells.len(),
            Cells::Numbers(cells) => cells.len(),
            Cells::Days(cells) => cells.len(),
        };
        let column = Column { name: "x".to_owned(), cells };
        let closed: Vec<usize> = (0..rows).collect();
        let found = attribute(0, &column, rows, &closed);
        let levels =
            found.as_ref().map(|a| a.levels.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(levels.map_err(|why| *why), expected.map(<[&str]>::to_vec));
    }

    fn repeat<T: Clone>(values: &[(T, usize)]) -> Vec<T> {
        values.iter().flat_map(|(value, count)| vec![value.clone(); *count]).collect()
    }

    #[test]
    fn values_that_several_share() {
        let some = |word: &str| Some(word.to_owned());
        let words = repeat(&[(some("A"), 6), (some("a"), 2), (None, 5), (some("rare"), 2)]);
        check(Cells::Words(words), Ok(&["A", "unknown"]));
        check(Cells::Words(vec![None; 9]), Err("nothing is known in it"));
        check(Cells::Words(vec![some("A"); 9]), Err("it is the same in nearly all deals"));
        let own = (0..9).map(|row| Some(format!("deal {row}"))).collect();
        check(Cells::Words(own), Err("it has too many different values"));
    }

    #[test]
    fn numbers_by_quantile() {
        let mut numbers: Vec<Option<f64>> = (1..=90).map(|n| Some(f64::from(n))).collect();
        numbers.extend(repeat(&[(Some(0.0), 20), (None, 5)]));
        let levels = ["up to 31", "over 31 to 61", "over 61", "0", "unknown"];
        check(Cells::Numbers(numbers), Ok(&levels));
        check(Cells::Numbers(repeat(&[(Some(1.0), 5), (Some(2.5), 5)])), Ok(&["1", "2.5"]));
    }
}
