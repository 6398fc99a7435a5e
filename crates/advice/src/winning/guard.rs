//! Which columns seem to be filled after the outcome, so that they would "forecast" what is known.
//!
//! A reason for losing, a close value of 0, a tag that a colleague sets after the last call: they
//! tell the end of a closed deal for certain and say nothing of an open one. What gives them away,
//! the plainest sign first:
//!
//! 1. the user said so;
//! 2. a name that says so: the latest of something, a score, a status (`winning::ending_words`);
//! 3. days of which some lie on or after the day on which the deal closed;
//! 4. whether anything stands there tells the end for certain, whatever stands there;
//! 5. values that tell certain wins and other values that tell certain losses: attributes of a deal
//!    may do one of them, verdicts do both;
//! 6. the column alone ranks won deals before lost ones better than any attribute does;
//! 7. it repeats a column that is set aside, value by value.
//!
//! The bounds are named below. The user may allow a column by name; then nothing is asked of it.
//! Misleads: a column that leaks a little stays; an attribute that truly decides is set aside until
//! it is allowed. Must not: drop a column without telling.

use std::collections::BTreeMap;

use inroad_stats::{Counted, auc, clopper_pearson};
use jiff::civil::Date;
use serde::Serialize;

use super::ending_words::{NameSays, name_says};
use super::levels::{Attribute, UNKNOWN};
use super::{Cells, Declared, Table};

/// A column that is set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// Which.
    pub column: String,
    /// What gave it away.
    pub sign: Sign,
    /// The same in words, with counts.
    pub why: String,
}

/// What gave a column away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The user said so.
    Declared,
    /// Its name.
    Name,
    /// Days on or after the close.
    Day,
    /// Whether anything stands there.
    Presence,
    /// Values for certain wins, others for certain losses.
    BothEnds,
    /// How well it ranks alone.
    Alone,
    /// It repeats another one.
    Repeats,
}

/// Values of which at least so large a share was won, or lost, tell the end.
const CERTAIN: f64 = 0.9;
/// The same at the far end of the exact interval at 95 %.
const CERTAIN_AT_LEAST: f64 = 0.8;
/// And the odds are so many times those of all deals, because where nine of ten are lost anyway a
/// share of nine tenths is nothing.
const ODDS_TIMES: f64 = 5.0;
/// Values that fewer closed deals share are no sign.
const VALUE_DEALS_MIN: u64 = 10;
/// Presence alone must be surer than values, because it is one bit that everybody leaves open.
const PRESENCE_CERTAIN: f64 = 0.95;
const PRESENCE_CERTAIN_AT_LEAST: f64 = 0.9;
const PRESENCE_DEALS_MIN: u64 = 20;
/// And the odds differ so many times between filled and left open.
const PRESENCE_ODDS_TIMES: f64 = 25.0;
/// The area under the ROC curve of one column alone from which nobody would believe it. Attributes
/// that sellers know early seldom come to 0.75.
const ALONE_AUC: f64 = 0.9;
const ALONE_DEALS_MIN: usize = 50;
/// Of days on or after the close this share is a sign; less may be slips of the pen.
const LATE_DAYS_SHARE: f64 = 0.05;
/// A column repeats another one if the other one leaves this share of the mistakes that are made
/// without it.
const MISTAKES_LEFT: f64 = 0.02;
const MISTAKES_MIN: usize = 10;
/// A column with more different values may fit any other by chance.
const DEALS_PER_VALUE: usize = 10;

/// What forms and programs write where nobody chose anything.
#[rustfmt::skip] // One line a word would hide the table.
const PLACEHOLDERS: &[&str] = &[
    UNKNOWN, "-", "--", "---", "?", "n/a", "na", "n.a.", "nan", "null", "none", "--none--", "-none-",
    "select", "please select", "choose", "not set", "not specified", "not provided", "not available",
    "undefined", "tbd", "unbekannt", "keine angabe", "k.a.", "bitte wählen", "inconnu",
    "non renseigné", "desconocido", "sin especificar", "sconosciuto", "non specificato", "onbekend",
    "desconhecido",
];

/// The closed deals with their outcomes and their parts for cross-validation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closed<'a> {
    pub rows: &'a [usize],
    pub won: &'a [bool],
    pub parts: &'a [usize],
}

/// What is set aside, in the order of the columns.
pub(super) fn set_aside(
    table: &Table,
    attributes: &[Attribute],
    declared: &Declared,
    closed: Closed<'_>,
) -> BTreeMap<usize, SetAside> {
    let attribute_of = |at: usize| attributes.iter().find(|attribute| attribute.column == at);
    let ends = ends(table);
    let mut found: BTreeMap<usize, SetAside> = BTreeMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        if declared.before.contains(&column.name) {
            continue;
        }
        let by_values = || attribute_of(at).and_then(|attribute| by_values(attribute, closed));
        let sign = by_word(&column.name, declared)
            .or_else(|| by_day(&column.cells, ends.filter(|(end, _)| *end != at)?.1, closed))
            .or_else(by_values);
        if let Some((sign, why)) = sign {
            found.insert(at, SetAside { column: column.name.clone(), sign, why });
        }
    }
    let repeated: Vec<(usize, SetAside)> = attributes
        .iter()
        .filter(|a| !found.contains_key(&a.column) && !declared.before.contains(&a.name))
        .filter_map(|attribute| {
            let repeats = |other: &&usize| repeats(table, attribute.column, **other, closed);
            let other = found.get(found.keys().find(repeats)?)?;
            let why = format!("it repeats '{}', which is set aside", other.column);
            let column = attribute.name.clone();
            Some((attribute.column, SetAside { column, sign: Sign::Repeats, why }))
        })
        .collect();
    found.extend(repeated);
    found
}

fn by_word(name: &str, declared: &Declared) -> Option<(Sign, String)> {
    if declared.after.contains(name) {
        return Some((Sign::Declared, "you said so".to_owned()));
    }
    let why = match name_says(name)? {
        NameSays::Latest => "its name says that it holds the latest of something, up to the export",
        NameSays::Judged => "its name says that it is a judgement, made anew up to the export",
        NameSays::Ending => "its name says that it tells how far the deal is or how it ended",
    };
    Some((Sign::Name, why.to_owned()))
}

/// The column that holds the days on which deals closed, if one does.
fn ends(table: &Table) -> Option<(usize, &[Option<Date>])> {
    table.columns.iter().enumerate().find_map(|(at, column)| match &column.cells {
        Cells::Days(days) if name_says(&column.name) == Some(NameSays::Ending) => {
            Some((at, days.as_slice()))
        }
        _ => None,
    })
}

fn by_day(cells: &Cells, ends: &[Option<Date>], closed: Closed<'_>) -> Option<(Sign, String)> {
    let Cells::Days(days) = cells else { return None };
    let pair = |row: &usize| Some((days.get(*row).copied()??, ends.get(*row).copied()??));
    let pairs: Vec<(Date, Date)> = closed.rows.iter().filter_map(pair).collect();
    let late = pairs.iter().filter(|(day, end)| day >= end).count();
    let is_sign = late > 1 && late as f64 >= LATE_DAYS_SHARE * pairs.len() as f64;
    let why = || format!("{late} of {} days lie on the day of the close or after it", pairs.len());
    is_sign.then(|| (Sign::Day, why()))
}

/// Closed deals with a value, and how many of them were won.
type Counts = (u64, u64);

fn by_values(attribute: &Attribute, closed: Closed<'_>) -> Option<(Sign, String)> {
    let mut counts: Vec<Counts> = vec![(0, 0); attribute.levels.len()];
    let mut rare = (0, 0);
    for (row, won) in closed.rows.iter().zip(closed.won) {
        let level = attribute.of_row.get(*row).copied().flatten();
        let count = level.and_then(|level| counts.get_mut(level)).unwrap_or(&mut rare);
        count.0 += 1;
        count.1 += u64::from(*won);
    }
    let all = sum(counts.iter().copied().chain([rare]));
    by_presence(attribute, &counts, all)
        .or_else(|| both_ends(attribute, &counts, all))
        .or_else(|| alone(attribute, closed))
}

fn sum(counts: impl Iterator<Item = Counts>) -> Counts {
    counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1))
}

fn by_presence(attribute: &Attribute, counts: &[Counts], all: Counts) -> Option<(Sign, String)> {
    let levels = attribute.levels.iter().zip(counts);
    let open = sum(levels.filter(|(level, _)| is_placeholder(level)).map(|(_, count)| *count));
    let filled = (all.0 - open.0, all.1 - open.1);
    if open.0 < PRESENCE_DEALS_MIN || filled.0 < PRESENCE_DEALS_MIN {
        return None;
    }
    for (which, count, other) in [("filled", filled, open), ("left open", open, filled)] {
        let sure = |won: bool| is_certain(count, won, PRESENCE_CERTAIN, PRESENCE_CERTAIN_AT_LEAST);
        let apart = (odds(count) / odds(other)).ln().abs();
        if (sure(true) || sure(false)) && apart > PRESENCE_ODDS_TIMES.ln() {
            let why = format!(
                "whether it is filled tells the end: {} where it is {which}, {} where not",
                told(count),
                told(other)
            );
            return Some((Sign::Presence, why));
        }
    }
    None
}

fn both_ends(attribute: &Attribute, counts: &[Counts], all: Counts) -> Option<(Sign, String)> {
    let end = |won: bool| {
        let tells = |count: Counts| {
            let times = if won { odds(count) / odds(all) } else { odds(all) / odds(count) };
            count.0 >= VALUE_DEALS_MIN && share(count, won) >= CERTAIN && times >= ODDS_TIMES
        };
        let levels = attribute.levels.iter().zip(counts);
        let telling = levels.filter(|(level, count)| !is_placeholder(level) && tells(**count));
        let telling: Vec<(&String, &Counts)> = telling.collect();
        let together = sum(telling.iter().map(|(_, count)| **count));
        let largest = telling.into_iter().max_by_key(|(_, count)| count.0)?;
        is_certain(together, won, CERTAIN, CERTAIN_AT_LEAST).then_some((largest.0, together))
    };
    let ((won_level, won), (lost_level, lost)) = (end(true)?, end(false)?);
    let why = format!(
        "some of its values tell certain wins and others certain losses: {} with values such as \
         '{won_level}', {} with values such as '{lost_level}'",
        told(won),
        told(lost)
    );
    Some((Sign::BothEnds, why))
}

/// How well the share won of each value, taken from the other parts, ranks the deals.
fn alone(attribute: &Attribute, closed: Closed<'_>) -> Option<(Sign, String)> {
    if closed.rows.len() < ALONE_DEALS_MIN {
        return None;
    }
    // Counts of each level, one place more for those that few share, by part.
    let places = attribute.levels.len() + 1;
    let parts = closed.parts.iter().max().map_or(0, |last| last + 1);
    let mut counts = vec![vec![(0_u64, 0_u64); places]; parts];
    let place = |row: usize| attribute.of_row.get(row).copied().flatten().unwrap_or(places - 1);
    for ((row, won), part) in closed.rows.iter().zip(closed.won).zip(closed.parts) {
        if let Some(count) = counts.get_mut(*part).and_then(|part| part.get_mut(place(*row))) {
            count.0 += 1;
            count.1 += u64::from(*won);
        }
    }
    let base = closed.won.iter().filter(|won| **won).count() as f64 / closed.won.len() as f64;
    let score = |(row, part): (&usize, &usize)| {
        let others = counts.iter().enumerate().filter(|(at, _)| at != part);
        let (of, won) = sum(others.filter_map(|(_, levels)| levels.get(place(*row)).copied()));
        (won as f64 + base) / (of as f64 + 1.0)
    };
    let scores: Vec<f64> = closed.rows.iter().zip(closed.parts).map(score).collect();
    let area = auc(closed.won, &scores).ok().filter(|area| *area >= ALONE_AUC)?;
    Some((
        Sign::Alone,
        format!("it alone puts a won deal before a lost one in {:.0} of 100 pairs", area * 100.0),
    ))
}

/// Whether the values of `other` tell those of `column`.
fn repeats(table: &Table, column: usize, other: usize, closed: Closed<'_>) -> bool {
    let cells = |at: usize| table.columns.get(at).map(|column| &column.cells);
    let (Some(column), Some(other)) = (cells(column), cells(other)) else { return false };
    let mut together: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut values: BTreeMap<String, usize> = BTreeMap::new();
    let (mut both, mut one) = (0, 0);
    for row in closed.rows {
        match (column.value(*row), other.value(*row)) {
            (Some(value), Some(told_by)) => {
                both += 1;
                *values.entry(value.clone()).or_default() += 1;
                *together.entry(told_by).or_default().entry(value).or_default() += 1;
            }
            (None, None) => {}
            _ => one += 1,
        }
    }
    let most = |counts: &BTreeMap<String, usize>| counts.values().max().copied().unwrap_or(0);
    let mistakes = both - most(&values);
    let left = both - together.values().map(most).sum::<usize>();
    mistakes >= MISTAKES_MIN
        && one * 100 <= both
        && together.len() * DEALS_PER_VALUE <= both
        && left as f64 <= MISTAKES_LEFT * mistakes as f64
}

fn is_placeholder(level: &str) -> bool {
    PLACEHOLDERS.contains(&level.to_lowercase().as_str())
}

/// Whether so many of some deals were won, or lost, that it tells the end.
fn is_certain(count: Counts, won: bool, share_min: f64, at_least: f64) -> bool {
    let events = if won { count.1 } else { count.0 - count.1 };
    let interval = clopper_pearson(Counted { events, of: count.0 }, 0.95);
    share(count, won) >= share_min && interval.is_ok_and(|(low, _)| low >= at_least)
}

fn share((of, won): Counts, of_wins: bool) -> f64 {
    let events = if of_wins { won } else { of - won };
    if of == 0 { 0.0 } else { events as f64 / of as f64 }
}

/// Won to lost, with half a deal more on both sides so that none is infinite.
fn odds((of, won): Counts) -> f64 {
    (won as f64 + 0.5) / ((of - won) as f64 + 0.5)
}

fn told((of, won): Counts) -> String {
    format!("{won} of {of} won")
}
