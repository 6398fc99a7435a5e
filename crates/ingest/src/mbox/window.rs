//! The part of an mbox file that is in memory, and what comes next in it.
//!
//! It knows where in the file it stands, so that everything found can be told with its place.
//! Must not: collect messages.

use std::io::Read;

use inroad_model::Issue;
use memchr::memmem::Finder;

use super::separator::{FIELD_NAME_BYTES_MAX, is_separator, starts_like_header};

/// Bytes read at once; also the longest line on which a separator is looked for.
const WINDOW_BYTES: usize = 256 << 10;

/// What some editors put in front of UTF-8 text.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// A window that moves over the file.
#[derive(Debug)]
pub(super) struct Window<R> {
    reader: R,
    finder: Finder<'static>,
    bytes: Vec<u8>,
    /// What of the window is filled and not yet taken.
    start: usize,
    filled: usize,
    end_of_file: bool,
    read_error: Option<Issue>,
    offset: u64,
    line: u64,
    /// The last bytes taken, the newest last; zero where there were none.
    tail: [u8; 3],
}

/// What the next stretch of the window is.
pub(super) enum Step {
    /// Nothing: the file ends here.
    End,
    /// So many bytes of the current message.
    Text(usize),
    /// A quoting `>` to leave out.
    Quote,
    /// A separator line of so many bytes.
    Separator(usize),
}

impl<R: Read> Window<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            finder: Finder::new(b"From "),
            bytes: vec![0; WINDOW_BYTES],
            start: 0,
            filled: 0,
            end_of_file: false,
            read_error: None,
            offset: 0,
            line: 1,
            tail: [0; 3],
        }
    }

    /// Bytes of the file before the window.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The line at which the window stands, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Why reading stopped before the end, once.
    pub(super) fn read_error(&mut self) -> Option<Issue> {
        self.read_error.take()
    }

    /// Says what comes next, reading further where the window does not tell.
    pub(super) fn step(&mut self) -> Step {
        loop {
            while self.region().is_empty() {
                if self.end_of_file {
                    return Step::End;
                }
                self.refill();
                if self.offset == 0 && self.region().starts_with(&BYTE_ORDER_MARK) {
                    self.take(BYTE_ORDER_MARK.len());
                }
            }
            if let Some(step) = self.look() {
                return step;
            }
            self.refill();
        }
    }

    /// Bytes up to the end of the line, as far as the window shows it.
    pub(super) fn line_bytes(&self) -> usize {
        let region = self.region();
        memchr::memchr(b'\n', region).map_or(region.len(), |end| end + 1)
    }

    /// Takes `count` bytes off the window.
    pub(super) fn take(&mut self, count: usize) -> &[u8] {
        let end = (self.start + count).min(self.filled);
        let bytes = self.bytes.get(self.start..end).unwrap_or_default();
        for byte in bytes.iter().rev().take(3).rev() {
            self.tail = [self.tail[1], self.tail[2], *byte];
        }
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
        self.offset += bytes.len() as u64;
        self.start = end;
        bytes
    }

    /// Moves what is left to the front of the window and reads until it is full or the file ends.
    fn refill(&mut self) {
        self.bytes.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.start = 0;
        while let Some(space) = self.bytes.get_mut(self.filled..).filter(|s| !s.is_empty()) {
            match self.reader.read(space) {
                Ok(0) => {
                    self.end_of_file = true;
                    return;
                }
                // A reader that claims more than it was given must not break the bounds.
                Ok(count) => self.filled += count.min(space.len()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.end_of_file = true;
                    self.read_error = Some(Issue::new(
                        format!("The mailbox could not be read further: {error}"),
                        "The messages before this place were read; check the file and import again",
                    ));
                    return;
                }
            }
        }
    }

    /// The bytes that can be judged now: whole lines, unless a line fills the window.
    fn region(&self) -> &[u8] {
        let pending = self.bytes.get(self.start..self.filled).unwrap_or_default();
        if self.end_of_file {
            return pending;
        }
        match memchr::memrchr(b'\n', pending) {
            Some(last) => pending.get(..=last).unwrap_or_default(),
            None if pending.len() >= WINDOW_BYTES => pending,
            None => &[],
        }
    }

    /// Looks at the region and says what comes first in it; `None` if more must be read to tell.
    fn look(&self) -> Option<Step> {
        let region = self.region();
        let mut from = 0;
        while let Some(found) = region.get(from..).and_then(|rest| self.finder.find(rest)) {
            let hit = from + found;
            let quotes = region
                .get(..hit)
                .unwrap_or_default()
                .iter()
                .rev()
                .take_while(|byte| **byte == b'>')
                .count();
            let line_start = hit - quotes;
            let before = line_start.checked_sub(1).and_then(|i| region.get(i)).copied();
            let at_line_start = before.unwrap_or_else(|| self.newest()) == b'\n';
            from = hit + 1;
            if !at_line_start {
                continue;
            }
            if quotes > 0 {
                // The caller drops one `>`; the rest of the line is then passed as text.
                return Some(if line_start > 0 { Step::Text(line_start) } else { Step::Quote });
            }
            let line = region.get(hit..).unwrap_or_default();
            let line_bytes = memchr::memchr(b'\n', line).map_or(line.len(), |end| end + 1);
            let line = line.get(..line_bytes).unwrap_or_default();
            if !is_separator(line) {
                continue;
            }
            let before = region.get(..hit).unwrap_or_default();
            let header_follows = || self.header_follows(hit + line_bytes);
            match if self.blank_before(before) { Some(true) } else { header_follows() } {
                Some(false) => {}
                _ if hit > 0 => return Some(Step::Text(hit)),
                Some(true) => return Some(Step::Separator(line_bytes)),
                None => return None,
            }
        }
        Some(Step::Text(region.len()))
    }

    /// Whether a header field stands so far behind the start of the window: some programs put no
    /// blank line before a separator. `None` if more must be read to tell.
    fn header_follows(&self, at: usize) -> Option<bool> {
        let next = self.bytes.get(self.start + at..self.filled).unwrap_or_default();
        let is_whole = self.end_of_file
            || next.len() > FIELD_NAME_BYTES_MAX + 1
            || memchr::memchr(b'\n', next).is_some();
        is_whole.then(|| starts_like_header(next))
    }

    /// The last byte consumed; the start of the file counts as the start of a line.
    fn newest(&self) -> u8 {
        if self.offset == 0 || self.tail == BYTE_ORDER_MARK { b'\n' } else { self.tail[2] }
    }

    /// Whether the line that starts behind `before` follows a blank line or nothing at all.
    fn blank_before(&self, before: &[u8]) -> bool {
        let mut bytes =
            before.iter().rev().chain(self.tail.iter().rev()).copied().filter(|b| *b != b'\r');
        let consumed = self.offset + before.len() as u64;
        match (bytes.next(), bytes.next()) {
            (Some(b'\n'), Some(b'\n')) => true,
            // A byte order mark or one blank line in front of the first message is harmless.
            _ => consumed <= 3,
        }
    }
}
