//! A text as it is compared: in small letters, white space and the marks of quotes as one blank, with the
//! way back to where each letter stood.

use std::ops::Range;

/// A folded text.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) text: String,
    /// Of each of its bytes the place of the letter in the text as it was; at the end, the end.
    places: Vec<(usize, usize)>,
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len() + 1),
        };
        let mut begins_line = true;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}') {
                continue;
            }
            if c.is_whitespace() || (c == '>' && begins_line) {
                begins_line |= matches!(c, '\n' | '\r');
                if !folded.text.ends_with(' ') {
                    folded.push(' ', at, end);
                }
                continue;
            }
            begins_line = false;
            for small in c.to_lowercase() {
                folded.push(small, at, end);
            }
        }
        folded
    }

    fn push(&mut self, c: char, at: usize, end: usize) {
        self.text.push(c);
        self.places.extend(std::iter::repeat_n((at, end), c.len_utf8()));
    }

    /// Where a part of the folded text stood.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let first = self.places.get(range.start).map_or(0, |place| place.0);
        let last = range.end.checked_sub(1).and_then(|last| self.places.get(last));
        first..last.map_or(first, |place| place.1)
    }
}
