//! Any table of rows and columns, whatever its columns mean: words, numbers or days.
//!
//! It stands beside the readers of people and deals for questions that are asked of columns which
//! nobody foresaw. Must not: know what a column means.

use inroad_model::{Issue, Stage};
use jiff::civil::Date;

use super::amount::{Amount, DecimalEvidence, read_amount};
use super::date::{Day, OrderEvidence, read_day};
use super::head;
use super::stage::read_stage;
use super::table::{Damage, Table};
use crate::Limits;
use crate::encoding::{Decoded, decode};
use crate::issues::IssueList;

/// Cells that are kept of one table; later rows are left out.
const CELLS_MAX: usize = 10_000_000;
/// Letters that are kept of a cell: enough to tell values apart.
const CELL_CHARS_MAX: usize = 200;
/// Rows among which the usual width is found.
const HEAD_ROWS: usize = 40;
/// A column holds numbers, or days, if this share of its filled cells does.
const SHARE_MIN: f64 = 0.9;

/// A table that was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlainTable {
    /// Its columns, each as long as `lines`.
    pub columns: Vec<PlainColumn>,
    /// The line on which each row starts, from 1.
    pub lines: Vec<u64>,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainColumn {
    /// Its name in the header; `Column 3` where it has none.
    pub name: String,
    /// Its cells as written, without surrounding blanks; `None` where nothing stands.
    pub words: Vec<Option<String>>,
    /// What the cells are.
    pub kind: PlainKind,
}

/// What the cells of a column are.
#[derive(Debug, Clone, PartialEq)]
pub enum PlainKind {
    /// Words.
    Words,
    /// Numbers, nearly all; `None` where a cell holds none.
    Numbers(Vec<Option<f64>>),
    /// Days, nearly all; `None` where a cell holds none.
    Days(Vec<Option<Date>>),
}

/// Reads a table in any of the usual encodings, with any of the usual delimiters.
///
/// The first row that is as wide as the table names the columns. The issues name lines.
///
/// ```
/// use inroad_ingest::{Limits, export::parse_plain};
/// let (table, issues) = parse_plain(b"Kind;Worth\nnew;1.500,00\n;20,50\n", &Limits::default());
/// assert_eq!((table.columns[1].name.as_str(), table.lines.as_slice()), ("Worth", &[2, 3][..]));
/// assert_eq!(table.columns[0].words[1], None);
/// assert!(issues.is_empty());
/// ```
pub fn parse_plain(bytes: &[u8], limits: &Limits) -> (PlainTable, Vec<Issue>) {
    let Decoded { text, issues, .. } = decode(bytes);
    let mut issues = IssueList::new(issues, limits);
    let delimiter = head::find(&text, limits).delimiter;
    let width = usual_width(&text, delimiter, limits);
    let mut table = Table::new(&text, delimiter, limits);
    table.expect_width(width);
    let (mut names, mut columns, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    let rows_max = limits.items.min(CELLS_MAX / width.max(1));
    while let Some((line, damage)) = table.advance() {
        let row = table.row();
        if let Some(damage) = damage {
            issues.add(told(damage).at_line(line));
        }
        if damage == Some(Damage::TooLong) || row.is_blank() {
            continue;
        }
        if names.is_empty() {
            if row.len() == width {
                names = row.cells().map(str::to_owned).collect();
                columns = vec![Vec::new(); width];
            }
            continue;
        }
        if lines.len() >= rows_max {
            let what = format!("There are more than {rows_max} rows");
            issues.add(Issue::new(what, "The rest was not read; split the file").at_line(line));
            break;
        }
        lines.push(line);
        for (at, column) in columns.iter_mut().enumerate() {
            let cell = row.cell(at);
            let kept = || cell.chars().take(CELL_CHARS_MAX).collect::<String>();
            column.push((!cell.is_empty()).then(kept));
        }
    }
    let named = names.into_iter().zip(columns).enumerate();
    let columns = named.map(|(at, (name, words))| column(at, name, words)).collect();
    (PlainTable { columns, lines }, issues.finish("rows"))
}

/// Whether the words of a stage or an outcome say that a deal was won (`true`) or lost; `None` where
/// they say neither.
pub fn says_ending(text: &str) -> Option<bool> {
    match read_stage(text).stage {
        Some(Stage::Won) => Some(true),
        Some(Stage::Lost) => Some(false),
        _ => None,
    }
}

/// How many cells most of the first rows have; the wider where two are as common.
fn usual_width(text: &str, delimiter: u8, limits: &Limits) -> usize {
    let mut table = Table::new(text, delimiter, limits);
    let mut widths = Vec::new();
    while widths.len() < HEAD_ROWS && table.advance().is_some() {
        widths.push(table.row().len());
    }
    let count = |width: usize| widths.iter().filter(|other| **other == width).count();
    widths.iter().copied().max_by_key(|width| (count(*width), *width)).unwrap_or(0)
}

pub(super) fn told(damage: Damage) -> Issue {
    match damage {
        Damage::OpenQuote => Issue::new(
            "A quote is opened and never closed",
            "The line was read with its quotes as letters",
        ),
        Damage::TooManyColumns => {
            Issue::new("The row has more columns than are read", "Those behind were left out")
        }
        Damage::TooLong => Issue::new("The row is longer than is read", "It was left out"),
    }
}

fn column(at: usize, name: String, words: Vec<Option<String>>) -> PlainColumn {
    let name = if name.is_empty() { format!("Column {}", at + 1) } else { name };
    let filled = words.iter().flatten().count();
    let enough = |read: usize| filled > 0 && read as f64 >= SHARE_MIN * filled as f64;
    let numbers = numbers(&words);
    if enough(numbers.iter().flatten().count()) {
        return PlainColumn { name, words, kind: PlainKind::Numbers(numbers) };
    }
    let days = days(&words);
    if enough(days.iter().flatten().count()) {
        return PlainColumn { name, words, kind: PlainKind::Days(days) };
    }
    PlainColumn { name, words, kind: PlainKind::Words }
}

fn numbers(words: &[Option<String>]) -> Vec<Option<f64>> {
    let mut evidence = DecimalEvidence::default();
    for word in words.iter().flatten().filter(|word| is_bare(word)) {
        evidence.see(word);
    }
    let sign = evidence.sign();
    let read = |word: &String| match read_amount(word, sign) {
        Amount::Value(value) => Some(value),
        Amount::Doubtful => word.parse().ok(),
        Amount::None => None,
    };
    let bare = |word: &Option<String>| word.as_ref().filter(|word| is_bare(word)).and_then(read);
    words.iter().map(bare).map(|number| number.filter(|number| number.is_finite())).collect()
}

/// Whether nothing but a number stands here, with its signs: `Product 5` is none.
fn is_bare(word: &str) -> bool {
    let signs = "+-.,'’ %€$£¥\u{a0}\u{202f}";
    word.chars().all(|c| c.is_ascii_digit() || signs.contains(c))
        // `2026-03-05` and `12-4` are no numbers.
        && word.rfind('-').is_none_or(|at| at == 0)
}

fn days(words: &[Option<String>]) -> Vec<Option<Date>> {
    let mut evidence = OrderEvidence::default();
    for word in words.iter().flatten() {
        evidence.see(word);
    }
    let order = evidence.order();
    let read = |word: &Option<String>| match read_day(word.as_ref()?, order) {
        Day::Known(day) => Some(day),
        Day::Doubtful | Day::None => None,
    };
    words.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(cells: &[&str], expected: &PlainKind) {
        let table = format!("x|y\n{}\n", cells.join("|.\n") + "|.");
        let (table, _) = parse_plain(table.as_bytes(), &Limits::default());
        assert_eq!(table.columns[0].kind, *expected, "{cells:?}");
    }

    #[test]
    fn kinds_of_columns() {
        check(&["1", "", "2.5"], &PlainKind::Numbers(vec![Some(1.0), None, Some(2.5)]));
        check(&["$ 1,200", "50"], &PlainKind::Numbers(vec![Some(1200.0), Some(50.0)]));
        check(&["-3", "4"], &PlainKind::Numbers(vec![Some(-3.0), Some(4.0)]));
        check(&["02.Medium", "01.High"], &PlainKind::Words);
        check(&["Product 1", "Product 2"], &PlainKind::Words);
        check(&["2026-03-05"], &PlainKind::Days(vec![Some(date(2026, 3, 5))]));
        check(&["", ""], &PlainKind::Words);
    }

    #[test]
    fn rows_keep_their_lines() {
        let text = "\"a note\"\n\nA,B,\n1,,x\n\n2,y\n";
        let (table, issues) = parse_plain(text.as_bytes(), &Limits::default());
        assert_eq!(table.lines, [4, 6]);
        let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["A", "B", "Column 3"]);
        assert_eq!(table.columns[1].words, [None, Some("y".to_owned())]);
        assert!(issues.is_empty(), "{issues:?}");
        assert_eq!(says_ending("Closed Won"), Some(true));
        assert_eq!((says_ending("Lost"), says_ending("Prospecting")), (Some(false), None));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let (table, _) = parse_plain(&bytes, &Limits::default());
            prop_assert!(table.columns.iter().all(|column| column.words.len() == table.lines.len()));
        }

        #[test]
        fn any_table_is_read(rows in prop::collection::vec("[\"a-z,;|0-9/.€\n -]{0,30}", 0..30)) {
            let limits = Limits { items: 10, issues: 5, ..Limits::default() };
            let (table, issues) = parse_plain(rows.join("\n").as_bytes(), &limits);
            prop_assert!(table.lines.len() <= 10 && issues.len() <= 6);
        }
    }
}
