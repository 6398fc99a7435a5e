//! Cuts calendars and address books into their single entries before anything parses them.
//!
//! It stands before the parser so that one entry is in memory at a time, a broken entry costs
//! nobody else anything, and every issue knows its line.
//! Must not: understand any property but `BEGIN` and `END`.

use std::borrow::Cow;

use inroad_model::Issue;

use crate::Limits;

/// A logical line longer than this is dropped from an entry that is too long; such lines hold
/// pictures and attached files.
const LONG_LINE_BYTES: usize = 16 << 10;

/// One entry, or a line that stands outside of all entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// `BEGIN:NAME` to its `END`.
    Block(Block<'a>),
    /// A line of the file around the entries, such as `METHOD:REQUEST`.
    Line(&'a str),
}

/// An entry with everything nested in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// What stands behind `BEGIN:`.
    pub(crate) name: &'a str,
    /// The entry from `BEGIN` to `END`.
    pub(crate) text: &'a str,
    /// Its first line, from 1.
    pub(crate) line: u64,
    /// Entries within entries; 1 if there are none.
    pub(crate) depth: usize,
    /// Whether its `END` was found.
    pub(crate) closed: bool,
}

/// Why an entry cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is longer than an item may be, even without its long lines.
    TooLong,
    /// Its entries within entries go too deep.
    TooDeep,
}

impl Refusal {
    /// The issue about a refused `card` or `entry`.
    pub(crate) fn issue(self, noun: &str, limits: &Limits) -> Issue {
        let what = match self {
            Self::TooLong => format!("The {noun} is longer than {} bytes", limits.item_bytes),
            Self::TooDeep => format!("The {noun} is nested deeper than {} levels", limits.depth),
        };
        Issue::new(what, "It was left out")
    }
}

impl<'a> Block<'a> {
    /// The text to parse, without pictures and attachments where it would be too long.
    pub(crate) fn bounded(&self, limits: &Limits) -> Result<Cow<'a, str>, Refusal> {
        if self.depth > limits.depth {
            return Err(Refusal::TooDeep);
        }
        if self.text.len() <= limits.item_bytes {
            return Ok(Cow::Borrowed(self.text));
        }
        let mut kept = String::new();
        for line in logical_lines(self.text).filter(|line| line.len() <= LONG_LINE_BYTES) {
            if kept.len() + line.len() > limits.item_bytes {
                return Err(Refusal::TooLong);
            }
            kept.push_str(line);
        }
        Ok(Cow::Owned(kept))
    }
}

/// Entries of a calendar that stand side by side, so that a new one ends one that was left open.
const SIDE_BY_SIDE: [&str; 5] = ["VEVENT", "VTODO", "VJOURNAL", "VTIMEZONE", "VFREEBUSY"];

/// Goes through a file and gives its entries. `container` is the name of entries that are looked
/// into instead of being given: `VCALENDAR` for calendars, an empty name for address books.
pub(crate) fn pieces<'a>(text: &'a str, container: &'static str) -> Pieces<'a> {
    Pieces { text, at: 0, line: 1, container, restart: None }
}

/// The same for address books, where a new `BEGIN:NAME` ends a card that was left open.
pub(crate) fn restarting_pieces<'a>(text: &'a str, name: &'static str) -> Pieces<'a> {
    Pieces { text, at: 0, line: 1, container: "", restart: Some(name) }
}

/// Iterator of [`pieces`].
#[derive(Debug)]
pub(crate) struct Pieces<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    container: &'static str,
    restart: Option<&'static str>,
}

impl<'a> Pieces<'a> {
    /// The next physical line with its line end.
    fn peek(&self) -> Option<&'a str> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        rest.get(..end)
    }

    fn pass(&mut self, line: &str) {
        self.at += line.len();
        self.line += 1;
    }

    /// Whether an entry of a calendar that is still open cannot go on in this line.
    fn ends_calendar_entry(&self, line: &str) -> bool {
        let is_container = |name: &str| name.eq_ignore_ascii_case(self.container);
        let is_beside = |name: &str| SIDE_BY_SIDE.iter().any(|n| name.eq_ignore_ascii_case(n));
        !self.container.is_empty()
            && (marked(line, "END:").is_some_and(is_container)
                || marked(line, "BEGIN:").is_some_and(|name| is_container(name) || is_beside(name)))
    }

    /// Reads on until the entry that starts with `first` ends.
    fn block(&mut self, first: &'a str, name: &'a str) -> Block<'a> {
        let (start, first_line) = (self.at, self.line);
        self.pass(first);
        let (mut open, mut depth, mut closed) = (1usize, 1usize, false);
        let mut nests = false;
        while let Some(line) = self.peek() {
            if self.ends_calendar_entry(line) {
                break;
            }
            if let Some(inner) = marked(line, "BEGIN:") {
                // A card within a card stands behind a line `AGENT:` without a value.
                if self.restart.is_some_and(|name| inner.eq_ignore_ascii_case(name)) && !nests {
                    break;
                }
                open += 1;
                depth = depth.max(open);
            }
            self.pass(line);
            if marked(line, "END:").is_some() {
                open -= 1;
                if open == 0 {
                    closed = true;
                    break;
                }
            }
            nests = self.restart.is_some() && line.trim_end().ends_with(':');
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        Block { name, text, line: first_line, depth, closed }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let line = self.peek()?;
            match marked(line, "BEGIN:") {
                Some(name) if !name.eq_ignore_ascii_case(self.container) => {
                    return Some(Piece::Block(self.block(line, name)));
                }
                _ => {
                    self.pass(line);
                    if !line.trim().is_empty() {
                        return Some(Piece::Line(line.trim_end()));
                    }
                }
            }
        }
    }
}

/// What stands behind a mark such as `BEGIN:` at the start of a line, whatever its case.
fn marked<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    // Only the very first line of a file can carry a byte order mark.
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    let head = line.get(..mark.len())?;
    head.eq_ignore_ascii_case(mark).then(|| line.get(mark.len()..).unwrap_or_default().trim())
}

/// Lines together with the folded lines that continue them.
fn logical_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let bytes = rest.as_bytes();
        let mut end = 0;
        loop {
            end =
                memchr::memchr(b'\n', bytes.get(end..)?).map_or(bytes.len(), |next| end + next + 1);
            if !matches!(bytes.get(end), Some(b' ' | b'\t')) {
                break;
            }
        }
        at += end;
        rest.get(..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, u64, usize, bool)]) {
        let found: Vec<_> = pieces(text, "VCALENDAR")
            .filter_map(|piece| match piece {
                Piece::Block(b) => Some((b.name, b.line, b.depth, b.closed)),
                Piece::Line(_) => None,
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn entries_and_their_lines() {
        check(
            "BEGIN:VCALENDAR\r\nMETHOD:X\r\nbegin:vevent\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
            &[("vevent", 3, 2, true), ("VTODO", 7, 1, true)],
        );
        check("BEGIN:VEVENT\nX:1\n", &[("VEVENT", 1, 1, false)]);
        check("X\n BEGIN:VEVENT\n", &[]);
        check(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nBEGIN:VEVENT\nEND:VEVENT\nBEGIN:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR\n",
            &[
                ("VEVENT", 2, 2, false),
                ("VEVENT", 4, 1, true),
                ("VEVENT", 6, 1, false),
                ("VTODO", 9, 1, true),
            ],
        );
    }

    #[test]
    fn cards_left_open_and_cards_within_cards() {
        let names = |text: &'static str| -> Vec<(u64, bool)> {
            restarting_pieces(text, "VCARD")
                .filter_map(|piece| match piece {
                    Piece::Block(b) => Some((b.line, b.closed)),
                    Piece::Line(_) => None,
                })
                .collect()
        };
        assert_eq!(
            names("BEGIN:VCARD\nFN:a\nBEGIN:VCARD\nFN:b\nEND:VCARD\n"),
            [(1, false), (3, true)]
        );
        assert_eq!(names("BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nEND:VCARD\n"), [(1, true)]);
    }

    #[test]
    fn long_lines_are_dropped_where_needed() {
        let text = format!(
            "BEGIN:VEVENT\nA:1\nATTACH:{}\n {}\nB:2\nEND:VEVENT\n",
            "x".repeat(9000),
            "y".repeat(9000)
        );
        let limits = Limits { item_bytes: 1000, ..Limits::default() };
        let Some(Piece::Block(block)) = pieces(&text, "VCALENDAR").next() else { panic!() };
        assert_eq!(block.bounded(&limits).unwrap(), "BEGIN:VEVENT\nA:1\nB:2\nEND:VEVENT\n");
        let limits = Limits { item_bytes: 10, ..Limits::default() };
        assert_eq!(block.bounded(&limits), Err(Refusal::TooLong));
    }
}
