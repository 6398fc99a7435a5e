//! Messages out of an mbox file, one after the other, in constant memory.
//!
//! It stands apart from the mail parser because mailboxes of many gigabytes are read here: it
//! holds one window of the file and one message, never more. `mboxo` and `mboxrd` are read alike:
//! one `>` is taken from lines that start with `>From `, `>>From ` and so on.
//! Must not: trust `Content-Length`, look into a message, or open files.

mod separator;
mod window;

use std::io::Read;

use inroad_model::Issue;

use crate::Limits;
pub(crate) use separator::is_separator;
use separator::starts_like_header;
use window::{Step, Window};

/// One message, or one finding about the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MboxItem {
    /// The message without its `From ` line and with quoted `From ` lines restored. Empty if the
    /// item only carries an issue.
    pub raw: Vec<u8>,
    /// Where its `From ` line starts: bytes from 0.
    pub offset: u64,
    /// The line of its `From ` line, from 1.
    pub line: u64,
    /// What was wrong: too long and cut, no message at all, reading failed.
    pub issue: Option<Issue>,
}

/// Reads an mbox file message by message.
///
/// ```
/// use inroad_ingest::{Limits, mbox::Mbox};
/// let file = b"From a@b.example Tue Mar  3 09:00:00 2026\nSubject: x\n\n>From here\n\n";
/// let items: Vec<_> = Mbox::new(&file[..], &Limits::default()).collect();
/// assert_eq!(items[0].raw, b"Subject: x\n\nFrom here\n");
/// ```
#[derive(Debug)]
pub struct Mbox<R> {
    window: Window<R>,
    message_bytes_max: usize,
    current: Option<Current>,
}

/// The stretch that is being collected.
#[derive(Debug)]
struct Current {
    raw: Vec<u8>,
    offset: u64,
    line: u64,
    kind: Stretch,
    /// Bytes that did not fit.
    dropped: u64,
    /// Whether all of it is white space, with what did not fit.
    is_blank: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stretch {
    /// Behind a `From ` line.
    Message,
    /// In front of the first `From ` line: a message without one, or garbage.
    Preamble,
}

impl Current {
    fn new(kind: Stretch, offset: u64, line: u64) -> Self {
        Self { raw: Vec::new(), offset, line, kind, dropped: 0, is_blank: true }
    }
}

impl<R: Read> Mbox<R> {
    /// Starts reading. A message longer than `limits.message_bytes` is cut there with an issue
    /// and the rest of it is skipped.
    pub fn new(reader: R, limits: &Limits) -> Self {
        Self { window: Window::new(reader), message_bytes_max: limits.message_bytes, current: None }
    }

    /// Adds the next `count` bytes of the window to the current stretch.
    fn keep(&mut self, count: usize) {
        let (offset, line) = (self.window.offset(), self.window.line());
        let current =
            self.current.get_or_insert_with(|| Current::new(Stretch::Preamble, offset, line));
        let bytes = self.window.take(count);
        let room = self.message_bytes_max.saturating_sub(current.raw.len());
        let fits = bytes.get(..room).unwrap_or(bytes);
        current.raw.extend_from_slice(fits);
        current.is_blank = current.is_blank && bytes.iter().all(u8::is_ascii_whitespace);
        current.dropped += (bytes.len() - fits.len()) as u64;
    }

    /// Makes an item of what was collected; `None` for blank lines before the first message.
    fn finish(&self, mut current: Current) -> Option<MboxItem> {
        let mut issue = None;
        if current.kind == Stretch::Preamble && !starts_like_header(&current.raw) {
            if current.is_blank {
                return None;
            }
            let bytes = current.raw.len() as u64 + current.dropped;
            issue = Some(Issue::new(
                format!("{bytes} bytes here belong to no message"),
                "They were skipped; a message in an mbox starts with a line `From address date`",
            ));
            current.raw = Vec::new();
        } else if current.dropped > 0 {
            issue = Some(Issue::new(
                format!(
                    "The message is {} bytes longer than the {} that are read",
                    current.dropped, self.message_bytes_max
                ),
                "It was cut there and the rest of it skipped",
            ));
        } else {
            drop_separating_line(&mut current.raw);
        }
        let issue = issue.map(|i| i.at_byte(current.offset).at_line(current.line));
        Some(MboxItem { raw: current.raw, offset: current.offset, line: current.line, issue })
    }
}

impl<R: Read> Iterator for Mbox<R> {
    type Item = MboxItem;

    fn next(&mut self) -> Option<MboxItem> {
        loop {
            match self.window.step() {
                Step::End => {
                    if let Some(item) = self.current.take().and_then(|last| self.finish(last)) {
                        return Some(item);
                    }
                    let (offset, line) = (self.window.offset(), self.window.line());
                    let issue = self.window.read_error()?.at_byte(offset).at_line(line);
                    return Some(MboxItem { raw: Vec::new(), offset, line, issue: Some(issue) });
                }
                Step::Text(count) => self.keep(count),
                Step::Quote => {
                    self.window.take(1);
                    // The rest of the line must not be taken for a separator or quoted once more.
                    let rest = self.window.line_bytes();
                    self.keep(rest);
                }
                Step::Separator(count) => {
                    let (offset, line) = (self.window.offset(), self.window.line());
                    let next = Current::new(Stretch::Message, offset, line);
                    let done = self.current.replace(next);
                    self.window.take(count);
                    if let Some(item) = done.and_then(|done| self.finish(done)) {
                        return Some(item);
                    }
                }
            }
        }
    }
}

/// Takes off the blank line that belongs to the file and not to the message.
fn drop_separating_line(raw: &mut Vec<u8>) {
    if raw.ends_with(b"\r\n\r\n") {
        raw.truncate(raw.len() - 2);
    } else if raw.ends_with(b"\n\n") {
        raw.truncate(raw.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FROM: &str = "From a@b.example Tue Mar  3 09:00:00 2026\n";

    fn read(file: &[u8]) -> Vec<MboxItem> {
        Mbox::new(file, &Limits::default()).collect()
    }

    fn check(file: &str, expected: &[&str]) {
        let raws: Vec<String> =
            read(file.as_bytes()).into_iter().map(|i| String::from_utf8(i.raw).unwrap()).collect();
        assert_eq!(raws, expected, "{file:?}");
    }

    #[test]
    fn splits_and_unquotes() {
        check(&format!("{FROM}S: 1\n\nx\n\n{FROM}S: 2\n\ny\n"), &["S: 1\n\nx\n", "S: 2\n\ny\n"]);
        check(
            &format!("{FROM}\n>From me\n>>From you\n> From\n"),
            &["\nFrom me\n>From you\n> From\n"],
        );
        check(&format!("{FROM}S: 1\n\nno end"), &["S: 1\n\nno end"]);
        let crlf = format!("{FROM}S: 1\n\nx\n\n{FROM}S: 2\n\n").replace('\n', "\r\n");
        check(&crlf, &["S: 1\r\n\r\nx\r\n", "S: 2\r\n"]);
        check("", &[]);
        check(FROM, &[""]);
    }

    #[test]
    fn a_from_line_in_a_body_is_text() {
        let body = "\nFrom Monday on we are closed.\n\nFrom the office:\nx\n";
        check(&format!("{FROM}{body}"), &[body]);
        // Without a blank line before it a separator must be followed by a header.
        let glued = format!("\nx\n{FROM}y: https\n");
        let words = format!("\nx\n{FROM}y z: 1\n");
        check(&format!("{FROM}{words}"), &[&words]);
        check(&format!("{FROM}{glued}"), &["\nx\n", "y: https\n"]);
        let link = format!("\nx\n{FROM}https://x.example\n");
        check(&format!("{FROM}{link}"), &[&link]);
        let last = format!("\nx\n{FROM}");
        check(&format!("{FROM}{last}"), &[&last]);
    }

    #[test]
    fn garbage_in_front_is_reported_and_headers_are_a_message() {
        let items = read(format!("garbage\n\n{FROM}S: 1\n\nx\n").as_bytes());
        assert_eq!(items.len(), 2);
        assert!(
            items[0].raw.is_empty() && items[0].issue.as_ref().unwrap().what.contains("9 bytes")
        );
        assert_eq!((items[1].offset, items[1].line), (9, 3));
        check(&format!("Subject: 0\n\nx\n\n{FROM}S: 1\n"), &["Subject: 0\n\nx\n", "S: 1\n"]);
        check(&format!("\u{feff}{FROM}S: 1\n"), &["S: 1\n"]);
    }

    #[test]
    fn garbage_behind_more_blanks_than_are_kept_is_reported() {
        let limits = Limits { message_bytes: 10, ..Limits::default() };
        for (blanks, rest, expected) in [(20, "garbage\n\n", 2), (20, "\n", 1), (5, "\n", 1)] {
            let file = format!("{}{rest}{FROM}S: 1\n", " ".repeat(blanks));
            let items = Mbox::new(file.as_bytes(), &limits);
            assert_eq!(items.count(), expected, "{file:?}");
        }
    }

    #[test]
    fn an_oversized_message_is_cut_and_the_next_one_read() {
        let file = format!("{FROM}{}\n\n{FROM}S: 2\n", "x".repeat(600_000));
        let limits = Limits { message_bytes: 1000, ..Limits::default() };
        let items: Vec<_> = Mbox::new(file.as_bytes(), &limits).collect();
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].raw.len(), 1000);
        assert_eq!(items[0].issue.as_ref().unwrap().place.byte, Some(0));
        assert_eq!(items[1].raw, b"S: 2\n");
        assert_eq!(items[1].line, 4);
        assert_eq!(items[1].offset, (FROM.len() + 600_002) as u64);
    }

    /// Writes messages the way `mboxrd` asks.
    fn write(messages: &[String]) -> Vec<u8> {
        let mut file = String::new();
        for message in messages {
            file.push_str(FROM);
            for line in message.split_inclusive('\n') {
                if line.trim_start_matches('>').starts_with("From ") {
                    file.push('>');
                }
                file.push_str(line);
            }
            file.push('\n');
        }
        file.into_bytes()
    }

    /// Hands out a few bytes at a time, so that every line crosses a boundary once.
    struct Dribble<'a>(&'a [u8], usize);

    impl Read for Dribble<'_> {
        fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(space.len()).min(self.0.len());
            space[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end_and_cover_no_more_than_the_file(
            bytes in prop::collection::vec(prop_oneof![
                any::<u8>().prop_map(|b| vec![b]),
                Just(b"\n".to_vec()), Just(b"\nFrom ".to_vec()), Just(b">From ".to_vec()),
                Just(FROM.as_bytes().to_vec()), Just(b"\r\n".to_vec()),
            ], 0..200)
        ) {
            let file = bytes.concat();
            let total: usize = read(&file).iter().map(|i| i.raw.len()).sum();
            prop_assert!(total <= file.len());
        }

        #[test]
        fn what_was_written_is_read_again(
            messages in prop::collection::vec(
                "S: [a-z]{0,9}\n\n((>{0,3}From [a-z @:0-9]{0,30}|From a@b\\.c Tue Mar  3 09:00:00 2026|[ -~]{0,40}|)\n){0,12}",
                0..6),
            piece in 1usize..5000,
        ) {
            let file = write(&messages);
            let limits = Limits::default();
            let items: Vec<_> = Mbox::new(Dribble(&file, piece), &limits).collect();
            let raws: Vec<String> =
                items.iter().map(|i| String::from_utf8(i.raw.clone()).unwrap()).collect();
            prop_assert_eq!(raws, messages);
        }
    }
}
