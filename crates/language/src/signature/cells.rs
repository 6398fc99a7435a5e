//! The lines of a signature, cut where bars, dots and dashes part them.
//!
//! Must not: judge what a cell says.

use crate::dates::tokens::tokens;
use crate::zones::lines::{self, Line};
use crate::zones::writer::Writer;
use crate::zones::{closing, contact, device};

/// Longest line that is read, in bytes; longer ones are notices.
const LINE_BYTES_MAX: usize = 300;
/// Lines that are read; a signature that goes on is followed by something else.
const LINES_MAX: usize = 40;

/// A part of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'t> {
    /// Without blanks and drawn marks around it; never empty.
    pub(super) text: &'t str,
    /// The line that it stands in, counted from the first that is read.
    pub(super) line: usize,
}

/// The readable part of a signature.
#[derive(Debug, Default)]
pub(super) struct Block<'t> {
    /// The lines that are no closing words, no notices, no device's.
    pub(super) lines: Vec<&'t str>,
    /// Their cells.
    pub(super) cells: Vec<Cell<'t>>,
}

/// Reads the lines.
pub(super) fn read<'t>(text: &'t str, writer: &Writer) -> Block<'t> {
    let mut block = Block::default();
    for line in lines::read(text).iter().filter(|line| !line.is_blank()) {
        if block.lines.len() >= LINES_MAX {
            break;
        }
        if !is_read(line) {
            continue;
        }
        let text = match closing::of(&tokens(line.head), writer) {
            Some(closing) if closing.named => after_closing(line.head, writer),
            Some(_) => continue,
            None => line.head,
        };
        let at = block.lines.len();
        block.lines.push(text);
        let cells = split(text).into_iter().map(without_marks).filter(|cell| !cell.is_empty());
        block.cells.extend(cells.map(|text| Cell { text, line: at }));
    }
    block
}

fn is_read(line: &Line<'_>) -> bool {
    line.is_whole()
        && line.bytes <= LINE_BYTES_MAX
        && !line.is_rule()
        && !line.is_delimiter()
        && !device::is_device_line(line)
        && contact::legal_marks(line.head) == 0
}

/// "Thanks, Ann": from the first word of the name on.
fn after_closing<'t>(line: &'t str, writer: &Writer) -> &'t str {
    let tokens = tokens(line);
    let name = tokens.iter().find(|token| writer.has(token));
    name.and_then(|name| line.get(name.start..)).unwrap_or("")
}

/// Cuts at bars, dots, tabs, wide blanks, and dashes between blanks.
fn split(line: &str) -> Vec<&str> {
    let bars = line.split(['|', '•', '·', '⋅', '◦', '\t', '│', '¦', '▪', '●']);
    let wide = bars.flat_map(|cell| cell.split("   "));
    let dashed = wide.flat_map(|cell| cell.split(" - ")).flat_map(|cell| cell.split(" – "));
    dashed.flat_map(|cell| cell.split(" — ")).flat_map(|cell| cell.split(" // ")).collect()
}

/// Without marks of emphasis, bullets, quotes and the words "on behalf of" around it.
pub(super) fn without_marks(cell: &str) -> &str {
    let drawn = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '*' | '_'
                    | '-'
                    | '–'
                    | '—'
                    | '~'
                    | '/'
                    | '"'
                    | ','
                    | ';'
                    | '>'
                    | '<'
                    | '|'
                    | '#'
                    | '\u{2022}'
                    | '\u{200b}'
                    | '\u{a0}'
            )
    };
    let mut text = cell.trim_matches(drawn);
    for prefix in ["i. A.", "i.A.", "i. V.", "i.V.", "ppa.", "p.p.", "gez."] {
        text = text.strip_prefix(prefix).unwrap_or(text).trim_start();
    }
    match text.strip_suffix('.') {
        // A full stop, but not that of "a.i." or "Inc.".
        Some(bare)
            if bare.split([' ', '.']).next_back().is_some_and(|last| last.chars().count() > 4) =>
        {
            bare
        }
        _ => text,
    }
}
