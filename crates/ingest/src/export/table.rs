//! Rows out of delimited text: the delimiter is found out, damaged quotes are repaired, and
//! nothing a row holds can make memory grow without bound.
//!
//! It stands alone so that the meaning of columns never mixes with the syntax of rows.
//! Must not: know what any column means.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::Limits;

/// Bytes that may be read a second time for repairs, which bounds the work of a hostile file. Then
/// quotes are no longer believed at all.
const REREAD_BYTES_MAX: usize = 256 << 20;

/// What was wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    /// A quote was never closed; the line was read with its quotes taken literally.
    OpenQuote,
    /// The row is longer than an item may be; it was left out.
    TooLong,
    /// There are more columns than are read; the rest was left out.
    TooManyColumns,
}

/// Reads one row after the other.
pub(crate) struct Table<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
    delimiter: u8,
    reader: Reader,
    /// Takes quotes for letters.
    literal_reader: Reader,
    quotes: bool,
    reread_bytes: usize,
    row_bytes_max: usize,
    columns_max: usize,
    /// Cells that a whole row has; `0` while that is unknown.
    width: usize,
    cells: Vec<u8>,
    cells_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
}

/// One row, valid until the next one is read.
#[derive(Clone, Copy)]
pub(crate) struct Row<'t> {
    cells: &'t [u8],
    ends: &'t [usize],
}

impl<'t> Row<'t> {
    /// The cell of a column, without surrounding blanks; empty where the row is too short.
    pub(crate) fn cell(self, column: usize) -> &'t str {
        let Some(end) = self.ends.get(column).copied() else { return "" };
        let start = column.checked_sub(1).and_then(|left| self.ends.get(left)).copied();
        let bytes = self.cells.get(start.unwrap_or(0)..end).unwrap_or_default();
        // The cells of decoded text are text; only a row cut in a letter could fail here.
        std::str::from_utf8(bytes).unwrap_or_default().trim()
    }

    /// How many cells the row has.
    pub(crate) fn len(self) -> usize {
        self.ends.len()
    }

    /// All cells in order.
    pub(crate) fn cells(self) -> impl Iterator<Item = &'t str> {
        (0..self.len()).map(move |column| self.cell(column))
    }

    /// Whether no cell holds anything.
    pub(crate) fn is_blank(self) -> bool {
        self.cells.iter().all(u8::is_ascii_whitespace)
    }
}

impl<'a> Table<'a> {
    /// Starts at the first line of the text.
    pub(crate) fn new(text: &'a str, delimiter: u8, limits: &Limits) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: 1,
            delimiter,
            reader: reader(delimiter, true),
            literal_reader: reader(delimiter, false),
            quotes: true,
            reread_bytes: 0,
            row_bytes_max: limits.item_bytes,
            columns_max: limits.columns,
            width: 0,
            cells: vec![0; 4 << 10],
            cells_len: 0,
            ends: vec![0; 64],
            ends_len: 0,
        }
    }

    /// Says how many cells a whole row has, so that rows glued by a stray quote are noticed.
    pub(crate) fn expect_width(&mut self, width: usize) {
        self.width = width;
    }

    /// Reads the next row that is not an empty line. Gives its line (from 1) and its damage.
    pub(crate) fn advance(&mut self) -> Option<(u64, Option<Damage>)> {
        self.skip_line_ends();
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let line = self.line;
        let (mut consumed, mut damage) = self.read(rest);
        let first_end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let first = rest.get(..first_end).unwrap_or(rest);
        let raw = rest.get(..consumed).unwrap_or(rest);
        if self.quotes && self.is_glued(raw, consumed == rest.len(), damage) {
            self.reread_bytes += raw.len();
            if self.reread_bytes > REREAD_BYTES_MAX {
                self.quotes = false;
                self.reader = reader(self.delimiter, false);
            }
            if self.read_literally(first) {
                self.pass(first.len());
                return Some((line, Some(Damage::OpenQuote)));
            }
            // The row was whole after all; read it again.
            (consumed, damage) = self.read(rest);
        }
        if damage == Some(Damage::TooLong) {
            // Where the row ends is unknown; the next line is the next chance.
            consumed = first.len();
        }
        self.pass(consumed);
        Some((line, damage))
    }

    /// The row that was read last.
    pub(crate) fn row(&self) -> Row<'_> {
        Row {
            cells: self.cells.get(..self.cells_len).unwrap_or_default(),
            ends: self.ends.get(..self.ends_len).unwrap_or_default(),
        }
    }

    fn skip_line_ends(&mut self) {
        let blank = self.text.get(self.at..).unwrap_or_default();
        let count = blank.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        self.pass(count);
    }

    fn pass(&mut self, count: usize) {
        let bytes = self.text.get(self.at..self.at + count).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
        self.at += count;
    }

    /// Whether an open quote seems to have swallowed lines that belong to other rows.
    fn is_glued(&self, raw: &[u8], at_end: bool, damage: Option<Damage>) -> bool {
        let lines = raw.trim_ascii_end();
        if memchr::memchr(b'\n', lines).is_none() {
            return false;
        }
        // A short row whose quotes are right only lacks its last cells.
        let misfit = self.width > 0 && self.ends_len > self.width;
        misfit || damage == Some(Damage::TooLong) || !is_well_quoted(raw, self.delimiter, at_end)
    }

    /// Reads one line with its quotes as letters. Says whether that makes better sense.
    fn read_literally(&mut self, line: &[u8]) -> bool {
        let cells_before = self.ends_len;
        std::mem::swap(&mut self.reader, &mut self.literal_reader);
        let (_, damage) = self.read(line);
        std::mem::swap(&mut self.reader, &mut self.literal_reader);
        let fits = self.ends_len == self.width || self.width == 0 && cells_before > 0;
        damage.is_none() && fits
    }

    /// Reads one row off the start of `rest` into the buffers. Gives the bytes it took.
    fn read(&mut self, rest: &[u8]) -> (usize, Option<Damage>) {
        let (mut taken, mut damage) = (0, None);
        (self.cells_len, self.ends_len) = (0, 0);
        let mut spare_ends = [0; 64];
        loop {
            let input = rest.get(taken..).unwrap_or_default();
            let ends_full = damage.is_some();
            let room = self.cells.get_mut(self.cells_len..).unwrap_or_default();
            let ends = if ends_full {
                spare_ends.as_mut_slice()
            } else {
                self.ends.get_mut(self.ends_len..).unwrap_or_default()
            };
            let (result, read, wrote, ended) = self.reader.read_record(input, room, ends);
            taken += read;
            self.cells_len += wrote;
            if !ends_full {
                self.ends_len += ended;
            }
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => return (taken, damage),
                // With no input left the reader is asked once more, which ends the row.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.cells.len() < self.row_bytes_max => {
                    self.cells.resize(self.cells.len() * 2, 0);
                }
                ReadRecordResult::OutputFull => {
                    self.reader.reset();
                    (self.cells_len, self.ends_len) = (0, 0);
                    return (taken, Some(Damage::TooLong));
                }
                ReadRecordResult::OutputEndsFull if ends_full => {}
                ReadRecordResult::OutputEndsFull if self.ends.len() < self.columns_max => {
                    self.ends.resize((self.ends.len() * 2).min(self.columns_max), 0);
                }
                ReadRecordResult::OutputEndsFull => damage = Some(Damage::TooManyColumns),
            }
        }
    }
}

/// Whether every quote opens at the start of a cell and closes at its end. A quote that was left
/// open ends at the next one, which stands where no closing quote belongs.
fn is_well_quoted(raw: &[u8], delimiter: u8, at_end: bool) -> bool {
    let (mut quoted, mut cell_start) = (false, true);
    let mut bytes = raw.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if !quoted {
            quoted = cell_start && byte == b'"';
            cell_start = byte == delimiter;
        } else if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
            let ends = bytes.peek().is_none_or(|b| *b == delimiter || matches!(b, b'\r' | b'\n'));
            if !ends {
                return false;
            }
            quoted = false;
        }
    }
    !(quoted && at_end)
}

fn reader(delimiter: u8, quotes: bool) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).quoting(quotes).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(u64, &[&str])]) {
        let mut table = Table::new(text, b',', &Limits::default());
        table.expect_width(2);
        let mut rows = Vec::new();
        while let Some((line, _)) = table.advance() {
            rows.push((line, table.row().cells().map(str::to_owned).collect::<Vec<_>>()));
        }
        let expected: Vec<(u64, Vec<String>)> = expected
            .iter()
            .map(|(line, cells)| (*line, cells.iter().map(|c| (*c).to_owned()).collect()))
            .collect();
        assert_eq!(rows, expected, "{text:?}");
    }

    #[test]
    fn rows_know_their_lines() {
        check(
            "a,b\r\n\r\nc,\"d\r\ne\"\r\nf,g",
            &[(1, &["a", "b"]), (3, &["c", "d\r\ne"]), (5, &["f", "g"])],
        );
        check("a,\"say \"\"x\"\"\"\n", &[(1, &["a", "say \"x\""])]);
        check("a\n,\n", &[(1, &["a"]), (2, &["", ""])]);
    }

    #[test]
    fn a_stray_quote_costs_one_row() {
        check(
            "a,b\n\"c,d\ne,f\ng,h\n",
            &[(1, &["a", "b"]), (2, &["\"c", "d"]), (3, &["e", "f"]), (4, &["g", "h"])],
        );
        check("\"c,d\ne,f\n\"g\",h\n", &[(1, &["\"c", "d"]), (2, &["e", "f"]), (3, &["g", "h"])]);
    }

    #[test]
    fn bombs_are_bounded() {
        let limits = Limits { item_bytes: 8 << 10, columns: 100, ..Limits::default() };
        let text = format!("{}\nx,y\n{}\nz,\n", ",".repeat(1_000_000), "q".repeat(1_000_000));
        let mut table = Table::new(&text, b',', &limits);
        assert_eq!(table.advance(), Some((1, Some(Damage::TooManyColumns))));
        assert_eq!(table.row().len(), 100);
        assert_eq!(table.advance(), Some((2, None)));
        assert_eq!(table.advance(), Some((3, Some(Damage::TooLong))));
        assert_eq!(table.advance(), Some((4, None)));
        assert_eq!(table.row().cell(0), "z");
        assert!(table.cells.len() <= 16 << 10 && table.ends.len() <= 128);
        assert_eq!(table.advance(), None);
    }
}
