//! Places in a text, as the protocol counts them: lines, and in a line the units of an agreed encoding.
//!
//! A line ends with `\n`, `\r\n` or `\r`. A place that is not there is never an error: behind the end of a
//! line it is that end, behind the last line the end of the text, inside of a character its beginning.

use std::ops::Range;

use gen_lsp_types::{Position, Range as Span};

/// In which units the places of a line are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every client knows: two for characters beyond the first 65,536, one for all others.
    Utf16,
}

impl Encoding {
    fn units(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// A text whose lines are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    written: String,
    /// Where each line begins; never empty.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Text {
    pub(crate) fn new(text: String, encoding: Encoding) -> Self {
        let starts = line_starts(&text);
        Self { written: text, starts, encoding }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.written
    }

    /// The bytes of a line, without what ends it.
    pub(crate) fn line(&self, line: usize) -> Range<usize> {
        let Some(&start) = self.starts.get(line) else {
            return self.written.len()..self.written.len();
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.written.len());
        let whole = self.written.get(start..end).unwrap_or("");
        start..start + whole.trim_end_matches(['\n', '\r']).len()
    }

    /// The line in which a byte stands.
    pub(crate) fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// The byte of a place.
    pub(crate) fn byte(&self, place: Position) -> usize {
        let line = self.line(index(place.line));
        let mut left = index(place.character);
        let mut at = line.start;
        for c in self.written.get(line).unwrap_or("").chars() {
            let units = self.encoding.units(c);
            if left < units {
                break;
            }
            left -= units;
            at += c.len_utf8();
        }
        at
    }

    /// The place of a byte.
    pub(crate) fn place(&self, byte: usize) -> Position {
        let line = self.line_of(byte);
        let Range { start, end } = self.line(line);
        let mut until = byte.min(end);
        while !self.written.is_char_boundary(until) {
            until -= 1;
        }
        let before = self.written.get(start..until).unwrap_or("");
        let character = before.chars().map(|c| self.encoding.units(c)).sum::<usize>();
        Position { line: count(line), character: count(character) }
    }

    pub(crate) fn span(&self, bytes: &Range<usize>) -> Span {
        Span { start: self.place(bytes.start), end: self.place(bytes.end) }
    }

    pub(crate) fn bytes(&self, span: Span) -> Range<usize> {
        let (one, other) = (self.byte(span.start), self.byte(span.end));
        one.min(other)..one.max(other)
    }

    /// Puts new words into the place of others; without a place, of all.
    pub(crate) fn change(&mut self, span: Option<Span>, new: &str) {
        match span {
            None => new.clone_into(&mut self.written),
            Some(span) => self.written.replace_range(self.bytes(span), new),
        }
        self.starts = line_starts(&self.written);
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter_map(|(at, byte)| match byte {
        b'\n' => Some(at + 1),
        b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at + 1),
        _ => None,
    });
    std::iter::once(0).chain(ends).collect()
}

fn index(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOTH: [Encoding; 2] = [Encoding::Utf8, Encoding::Utf16];

    fn check(text: &str, encoding: Encoding, (line, character): (u32, u32), byte: usize) {
        let text = Text::new(text.to_owned(), encoding);
        let place = Position { line, character };
        assert_eq!(text.byte(place), byte, "{place:?}");
        assert_eq!(text.place(byte), place, "{byte}");
    }

    #[test]
    fn places_are_counted_in_the_agreed_units() {
        check("a😀b\nc", Encoding::Utf16, (0, 3), 5);
        check("a😀b\nc", Encoding::Utf8, (0, 5), 5);
        check("ü\r\nx\ry", Encoding::Utf16, (1, 1), 5);
        check("ü\r\nx\ry", Encoding::Utf16, (2, 0), 6);
        check("one\n", Encoding::Utf16, (1, 0), 4);
    }

    #[test]
    fn places_that_are_not_there_are_the_nearest_before() {
        let text = Text::new("a😀\r\nb".to_owned(), Encoding::Utf16);
        for (line, character, expected) in [(0, 2, 1), (0, 99, 5), (9, 0, 8), (1, 7, 8)] {
            assert_eq!(text.byte(Position { line, character }), expected, "{line}:{character}");
        }
        assert_eq!(text.place(6), Position { line: 0, character: 3 }, "between CR and LF");
        assert_eq!(text.place(99), Position { line: 1, character: 1 });
    }

    fn words() -> impl Strategy<Value = String> {
        prop::collection::vec(
            prop::sample::select(vec!["a", "ü", "😀", "é", "\r\n", "\n", "\r", "€", "👩‍💻", " "]),
            0..24,
        )
        .prop_map(|parts| parts.concat())
    }

    /// Whether a byte stands between CR and LF, which is no place.
    fn is_inside_an_end(text: &str, byte: usize) -> bool {
        let (before, behind) = text.split_at(byte);
        before.ends_with('\r') && behind.starts_with('\n')
    }

    /// The same count by another way: the units of every line written out.
    fn by_units(text: &str, encoding: Encoding, byte: usize) -> (usize, usize) {
        let before = text.split_at(byte).0.replace("\r\n", "\n").replace('\r', "\n");
        let last = before.rsplit('\n').next().unwrap_or("");
        let units = match encoding {
            Encoding::Utf8 => last.len(),
            Encoding::Utf16 => last.encode_utf16().count(),
        };
        (before.matches('\n').count(), units)
    }

    proptest! {
        #[test]
        fn every_character_has_one_place(text in words()) {
            for encoding in BOTH {
                let known = Text::new(text.clone(), encoding);
                for (byte, c) in text.char_indices() {
                    if c == '\n' && is_inside_an_end(&text, byte) {
                        continue;
                    }
                    let place = known.place(byte);
                    prop_assert_eq!(known.byte(place), byte);
                    let (line, character) = by_units(&text, encoding, byte);
                    prop_assert_eq!(place, Position { line: count(line), character: count(character) });
                }
                prop_assert_eq!(known.byte(known.place(text.len())), text.len());
            }
        }

        #[test]
        fn any_place_is_a_boundary(text in words(), line in 0u32..30, character in 0u32..40) {
            for encoding in BOTH {
                let known = Text::new(text.clone(), encoding);
                let byte = known.byte(Position { line, character });
                prop_assert!(text.is_char_boundary(byte));
            }
        }

        #[test]
        fn a_change_in_places_is_the_change_in_bytes(
            text in words(), new in words(), from in 0usize..40, to in 0usize..40,
        ) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()])
                .filter(|at| !is_inside_an_end(&text, *at)).collect();
            let pick = |n: usize| places[n % places.len()];
            let (from, to) = (pick(from).min(pick(to)), pick(from).max(pick(to)));
            let mut expected = text.clone();
            expected.replace_range(from..to, &new);
            for encoding in BOTH {
                let mut known = Text::new(text.clone(), encoding);
                let span = known.span(&(from..to));
                known.change(Some(span), &new);
                prop_assert_eq!(&known, &Text::new(expected.clone(), encoding));
            }
        }
    }
}
