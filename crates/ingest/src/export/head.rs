//! The top of a table: its delimiter, its header row and what comes before it.
//!
//! Must not: read the rows, except a few to find a column of addresses where no header names one.

use inroad_model::EmailAddress;

use super::ExportKind;
use super::columns::Role;
use super::layout::{Layout, lay_out};
use super::names::header_score;
use super::system::{ExportSystem, detect_system};
use super::table::Table;
use crate::Limits;

/// Bytes and rows that are looked at; notes before a header are a few lines.
const HEAD_BYTES: usize = 64 << 10;
const HEAD_ROWS: usize = 40;

/// What stands at the top.
pub(super) struct Head {
    pub(super) delimiter: u8,
    /// The line of the header row; 0 if the first row already is data.
    pub(super) line: u64,
    /// Cells of the header row.
    pub(super) width: usize,
    pub(super) system: ExportSystem,
    /// `None` if nothing is understood.
    pub(super) layout: Option<Layout>,
}

/// The first rows cut by one delimiter.
struct Sample {
    delimiter: u8,
    rows: Vec<(u64, Vec<String>)>,
    /// The row that looks most like a header, and how many columns it names.
    header: usize,
    score: usize,
    /// Rows that are as wide as that one.
    regular: usize,
}

/// Finds the header row under the delimiter that makes most sense of it.
pub(super) fn find(text: &str, limits: &Limits) -> Head {
    let cut = text.floor_char_boundary(HEAD_BYTES.min(text.len()));
    let top = text.get(..cut).unwrap_or(text);
    let samples = [b',', b';', b'\t', b'|'].map(|delimiter| sample(top, delimiter, limits));
    let best = samples.into_iter().rev().max_by_key(|sample| {
        let width = sample.rows.get(sample.header).map_or(0, |(_, cells)| cells.len());
        (sample.score, if width > 1 { sample.regular } else { 0 }, width)
    });
    let Some(best) = best else {
        return Head {
            delimiter: b',',
            line: 0,
            width: 0,
            system: ExportSystem::Unknown,
            layout: None,
        };
    };
    judge(best)
}

fn sample(top: &str, delimiter: u8, limits: &Limits) -> Sample {
    let mut table = Table::new(top, delimiter, limits);
    let mut rows = Vec::new();
    let mut scores = Vec::new();
    while rows.len() < HEAD_ROWS
        && let Some((line, _)) = table.advance()
    {
        scores.push(header_score(table.row()));
        rows.push((line, table.row().cells().map(str::to_owned).collect::<Vec<String>>()));
    }
    let score = scores.iter().copied().max().unwrap_or(0);
    let widest = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    // Where no name is known the header is the first row that is as wide as the table.
    let header = if score > 0 {
        scores.iter().position(|s| *s == score)
    } else {
        rows.iter().position(|(_, cells)| cells.len() == widest)
    }
    .unwrap_or(0);
    let width = rows.get(header).map_or(0, |(_, cells)| cells.len());
    let regular = rows.iter().filter(|(_, cells)| cells.len() == width).count();
    Sample { delimiter, rows, header, score, regular }
}

fn judge(sample: Sample) -> Head {
    let Sample { delimiter, rows, header, score, .. } = sample;
    let (line, cells) = rows.get(header).cloned().unwrap_or_default();
    let width = cells.len();
    let headless = score == 0 && cells.iter().any(|cell| cell.parse::<EmailAddress>().is_ok());
    let names = if headless { vec![String::new(); width] } else { cells };
    let first_data = if headless { 0 } else { header + 1 };
    let data = rows.get(first_data..).unwrap_or_default();
    let layout = lay_out(&names)
        .filter(|layout| {
            layout.kind != ExportKind::Companies || address_columns(data, width).is_empty()
        })
        .or_else(|| by_content(&names, data));
    Head {
        delimiter,
        line: if headless { 0 } else { line },
        width,
        system: detect_system(&names),
        layout,
    }
}

/// A table of people by nothing but a column of addresses; its known columns are used as well.
fn by_content(names: &[String], data: &[(u64, Vec<String>)]) -> Option<Layout> {
    let columns = address_columns(data, names.len());
    if columns.is_empty() {
        return None;
    }
    let mut layout = super::layout::assign(names, ExportKind::Contacts);
    if !layout.has(Role::FirstName) && !layout.has(Role::FullName) && names.len() == 2 {
        // Two columns, one of addresses: the other one says who.
        let other = (0..2).filter(|column| !columns.contains(column)).collect();
        layout.add(Role::FullName, other);
    }
    layout.add(Role::Email, columns);
    Some(layout)
}

/// Columns of which most filled cells are addresses.
fn address_columns(data: &[(u64, Vec<String>)], width: usize) -> Vec<usize> {
    (0..width)
        .filter(|column| {
            let filled: Vec<&String> = data
                .iter()
                .filter_map(|(_, cells)| cells.get(*column))
                .filter(|cell| !cell.is_empty())
                .collect();
            let addresses =
                filled.iter().filter(|cell| cell.parse::<EmailAddress>().is_ok()).count();
            addresses > 0 && addresses * 2 > filled.len()
        })
        .collect()
}
