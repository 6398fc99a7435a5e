//! Puts words into lines: collapses blanks, counts line breaks, marks quoted lines with `> `.
//!
//! Must not: change a character or break a line that the writer did not break.

/// Quote marks that are written at most; deeper quotes look like this deep ones, so that a mail
/// of nothing but nested quotes cannot grow without bound.
const QUOTE_MARKS_MAX: usize = 8;

/// Empty lines that are kept in a row.
const EMPTY_LINES_MAX: usize = 2;

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct Lines {
    out: String,
    /// Something stands on the current line.
    is_open: bool,
    /// Line breaks due before the next word.
    breaks: usize,
    /// Blanks due before the next word of this line.
    blanks: usize,
    /// How deep in quotes the next word stands.
    pub(super) quote_depth: usize,
    /// How deep the current line stands.
    line_depth: usize,
}

impl Lines {
    /// Adds text; runs of blanks are one blank.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let trimmed = rest.trim_ascii_start();
            if trimmed.len() < rest.len() {
                self.blanks = self.blanks.max(1);
            }
            if trimmed.is_empty() {
                return;
            }
            let end = trimmed.bytes().position(|b| b.is_ascii_whitespace());
            let (word, after) =
                trimmed.split_at_checked(end.unwrap_or(trimmed.len())).unwrap_or_default();
            self.word(word);
            rest = after;
        }
    }

    /// Adds text whose blanks and line ends count.
    pub(super) fn preformatted(&mut self, text: &str) {
        for (idx, line) in text.split('\n').enumerate() {
            if idx > 0 {
                self.line_break();
            }
            let trimmed = line.trim_start_matches(' ');
            self.blanks += line.len() - trimmed.len();
            if trimmed.is_empty() {
                continue;
            }
            if !self.is_open {
                // Indentation is part of such text.
                let indent = std::mem::take(&mut self.blanks).min(80);
                self.word("");
                self.out.extend(std::iter::repeat_n(' ', indent));
            }
            self.word(trimmed.trim_end());
            self.blanks += usize::from(trimmed.ends_with(' '));
        }
    }

    /// Adds a blank that counts: `&nbsp;`.
    pub(super) fn hard_blank(&mut self) {
        if self.is_open {
            self.blanks = (self.blanks + 1).min(80);
        } else {
            // A line with nothing but such a blank is an empty line that somebody wanted.
            self.blanks = 0;
            self.is_open = true;
            self.begin_line();
        }
    }

    /// Adds characters that hold no blanks.
    pub(super) fn word(&mut self, word: &str) {
        if self.is_open {
            if !self.is_line_empty() {
                self.out.extend(std::iter::repeat_n(' ', self.blanks));
            }
        } else {
            self.begin_line();
            self.is_open = true;
        }
        self.blanks = 0;
        self.out.push_str(word);
    }

    /// A blank between two cells of a row.
    pub(super) fn cell(&mut self) {
        self.blanks = self.blanks.max(1);
    }

    /// `<br>`: ends the line, or makes an empty one.
    pub(super) fn line_break(&mut self) {
        if self.is_open {
            self.end_line();
        } else {
            self.breaks = (self.breaks + 1).min(EMPTY_LINES_MAX + 1);
        }
        self.blanks = 0;
    }

    /// The edge of a block: ends the line if there is one.
    pub(super) fn block(&mut self) {
        if self.is_open {
            self.end_line();
        }
        self.blanks = 0;
    }

    /// The edge of a paragraph: an empty line.
    pub(super) fn paragraph(&mut self) {
        self.block();
        self.breaks = self.breaks.max(2);
    }

    /// The text, without empty lines at its end.
    pub(super) fn finish(mut self) -> String {
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    fn end_line(&mut self) {
        self.is_open = false;
        self.breaks = self.breaks.max(1);
    }

    fn is_line_empty(&self) -> bool {
        self.out.is_empty() || self.out.ends_with(['\n', '\u{200b}']) || self.out.ends_with("> ")
    }

    fn begin_line(&mut self) {
        let depth = self.quote_depth.min(QUOTE_MARKS_MAX);
        if !self.out.is_empty() {
            let between = depth.min(self.line_depth);
            for idx in 0..self.breaks {
                if idx > 0 {
                    self.out.extend(std::iter::repeat_n('>', between));
                }
                self.out.push('\n');
            }
        }
        self.breaks = 0;
        self.line_depth = depth;
        if depth > 0 {
            self.out.extend(std::iter::repeat_n('>', depth));
            self.out.push(' ');
        }
    }
}
