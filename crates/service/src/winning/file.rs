//! What a table of closed deals tells, and the chances of the rows that are still open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use inroad_advice::winning::{Cells, Chance, Column, Declared, Summary, Table, learn};
use inroad_ingest::Limits;
use inroad_ingest::export::{PlainColumn, PlainKind, PlainTable, parse_plain, says_ending};
use inroad_model::Issue;
use serde::Serialize;

use crate::{Error, Result};

/// Columns that are named when one is not there.
const COLUMNS_TOLD: usize = 40;
/// Values that are named when none is known to mean won.
const VALUES_TOLD: usize = 12;
/// Letters of a value or a row that are told.
const TOLD_CHARS_MAX: usize = 60;
/// Words for won and lost beside those that stages use.
const WON: [&str; 9] = ["1", "yes", "true", "y", "win", "ja", "oui", "sí", "sim"];
const LOST: [&str; 9] = ["0", "no", "false", "n", "loss", "nein", "non", "nee", "não"];

/// What is asked of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WinningQuestion {
    /// The column that tells how each deal ended.
    pub outcome: String,
    /// The value that means won, where the words do not tell.
    pub won: Option<String>,
    /// Columns that are known only after the outcome.
    pub known_after: Vec<String>,
    /// Columns that are known before, whatever they look like.
    pub known_before: Vec<String>,
}

/// What a table told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileWinning {
    /// How the column of outcomes was understood.
    pub outcome: ColumnWords,
    /// What was found.
    pub summary: Summary,
    /// The rows that are still open.
    pub open: Vec<RowChance>,
    /// What was wrong with the file.
    pub issues: Vec<Issue>,
}

/// The values of the column of outcomes by their meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ColumnWords {
    /// Its name.
    pub column: String,
    /// Values taken for won.
    pub won: BTreeSet<String>,
    /// Values taken for lost.
    pub lost: BTreeSet<String>,
    /// Values taken for not closed yet.
    pub open: BTreeSet<String>,
}

/// The chance of one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowChance {
    /// The line of the file, from 1.
    pub line: u64,
    /// What stands in its first cell that holds something.
    pub name: String,
    /// The chance.
    pub chance: Chance,
}

/// Reads a table of closed deals and weighs its columns.
///
/// # Errors
/// [`Error::File`]; [`Error::Invalid`] if a column that is named is not there, and if no value of the
/// outcome is known to mean won.
pub fn weigh_file(path: &Path, question: &WinningQuestion, limits: &Limits) -> Result<FileWinning> {
    let bytes = std::fs::read(path).map_err(|cause| Error::file(path, cause))?;
    let (mut plain, issues) = parse_plain(&bytes, limits);
    let file = path.display().to_string();
    let issues = issues.into_iter().map(|issue| issue.in_file(file.clone())).collect();
    let at = place(&plain, &question.outcome)?;
    let names = |asked: &[String]| -> Result<BTreeSet<String>> {
        asked.iter().map(|name| Ok(plain.columns[place(&plain, name)?].name.clone())).collect()
    };
    let declared =
        Declared { before: names(&question.known_before)?, after: names(&question.known_after)? };
    let outcome = plain.columns.remove(at);
    let words = understand(&outcome, question.won.as_deref())?;
    let ends = |cell: &Option<String>| {
        let word = cell.as_ref()?;
        words.won.contains(word).then_some(true).or(words.lost.contains(word).then_some(false))
    };
    let outcomes: Vec<Option<bool>> = outcome.words.iter().map(ends).collect();
    let names: Vec<String> = (0..outcomes.len()).map(|row| row_name(&plain, row)).collect();
    let table = Table { columns: plain.columns.into_iter().map(column).collect(), outcomes };
    let learnt = learn(&table, &declared);
    let rows = plain.lines.into_iter().zip(names).enumerate();
    let open = rows.filter(|(row, _)| table.outcomes.get(*row) == Some(&None));
    let chance = |(row, (line, name))| Some(RowChance { line, name, chance: learnt.chance(row)? });
    let open = open.filter_map(chance).collect();
    Ok(FileWinning { outcome: words, summary: learnt.summary, open, issues })
}

fn column(plain: PlainColumn) -> Column {
    let cells = match plain.kind {
        PlainKind::Words => Cells::Words(plain.words),
        PlainKind::Numbers(numbers) => Cells::Numbers(numbers),
        PlainKind::Days(days) => Cells::Days(days),
    };
    Column { name: plain.name, cells }
}

/// The place of a column by its name.
fn place(table: &PlainTable, name: &str) -> Result<usize> {
    let wanted = name.trim().to_lowercase();
    let found = |column: &PlainColumn| column.name.to_lowercase() == wanted;
    table.columns.iter().position(found).ok_or_else(|| {
        let names = table.columns.iter().map(|column| column.name.as_str());
        let names: Vec<&str> = names.take(COLUMNS_TOLD).collect();
        Error::Invalid {
            what: format!("There is no column '{name}'; there are: {}", names.join(", ")),
        }
    })
}

/// Which values mean won, lost, and neither.
fn understand(outcome: &PlainColumn, won: Option<&str>) -> Result<ColumnWords> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in outcome.words.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let wanted = won.map(|won| won.trim().to_lowercase());
    let is_won = |word: &str| match &wanted {
        Some(wanted) => word.to_lowercase() == *wanted,
        None => reads(word) == Some(true),
    };
    let some_lost = counts.keys().any(|word| !is_won(word) && reads(word) == Some(false));
    let mut words = ColumnWords { column: outcome.name.clone(), ..ColumnWords::default() };
    for word in counts.keys() {
        // Without a word for lost, whatever is not won was lost.
        let list = match () {
            () if is_won(word) => &mut words.won,
            () if !some_lost || reads(word) == Some(false) => &mut words.lost,
            () => &mut words.open,
        };
        list.insert((*word).to_owned());
    }
    if words.won.is_empty() {
        let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let told = values.iter().take(VALUES_TOLD).map(|(word, _)| shortened(word));
        return Err(Error::Invalid {
            what: format!(
                "No value of '{}' is known to mean won; say which with --won VALUE: {}",
                outcome.name,
                told.collect::<Vec<_>>().join(", ")
            ),
        });
    }
    Ok(words)
}

/// Whether a word means won or lost.
fn reads(word: &str) -> Option<bool> {
    let lower = word.to_lowercase();
    match () {
        () if WON.contains(&lower.as_str()) => Some(true),
        () if LOST.contains(&lower.as_str()) => Some(false),
        () => says_ending(word),
    }
}

fn row_name(table: &PlainTable, row: usize) -> String {
    let cells = table.columns.iter().filter_map(|column| column.words.get(row)?.as_ref());
    cells.map(|cell| shortened(cell)).next().unwrap_or_default()
}

fn shortened(text: &str) -> String {
    text.chars().take(TOLD_CHARS_MAX).collect()
}
