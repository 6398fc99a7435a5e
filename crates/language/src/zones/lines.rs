//! The lines of a body with what can be seen of each at a glance.
//!
//! Must not: know any word.

/// How many bytes of a line are ever looked at. What decides stands at its beginning, and one line
/// of a hostile mail may be megabytes long.
const HEAD_BYTES: usize = 600;

/// Longer lines are prose if they have so many blanks.
const PROSE_BYTES: usize = 60;
const PROSE_BLANKS: usize = 8;

/// One line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// Its beginning, without blanks on either side.
    pub(crate) head: &'t str,
    /// Its length in bytes without blanks on either side.
    pub(crate) bytes: usize,
    /// Whether blanks stand before it.
    pub(crate) indented: bool,
    /// Whether it is marked by `>`.
    pub(crate) marked: bool,
    /// Whether it stands between two lines of three backticks.
    pub(crate) fenced: bool,
}

impl<'t> Line<'t> {
    fn of(raw: &'t str) -> Self {
        let text = raw.trim_start();
        let indented = text.len() < raw.len();
        let text = text.trim_end();
        let head = head_of(text);
        let marked = head.starts_with('>');
        Self { head, bytes: text.len(), indented, marked, fenced: false }
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.head.is_empty()
    }

    /// Whether something stands in it that is not marked as quoted.
    pub(crate) fn is_text(&self) -> bool {
        !self.is_blank() && !self.marked
    }

    /// Whether the whole line is seen.
    pub(crate) fn is_whole(&self) -> bool {
        self.head.len() == self.bytes
    }

    /// Whether it is drawn only: three or more dashes, underscores, equal signs, stars.
    pub(crate) fn is_rule(&self) -> bool {
        let mut drawn = 0_usize;
        for c in self.head.chars() {
            if is_drawn(c) {
                drawn += 1;
            } else if c != ' ' {
                return false;
            }
        }
        drawn >= 3
    }

    /// Whether it parts the text from the signature by convention: two dashes, or one long one.
    pub(crate) fn is_delimiter(&self) -> bool {
        matches!(self.head, "--" | "—" | "–" | "__" | "- -" | "---")
    }

    /// Whether it is long and has as many words as only a sentence has. A cheap look.
    pub(crate) fn is_prose(&self) -> bool {
        self.bytes > PROSE_BYTES
            && self.head.bytes().filter(|byte| *byte == b' ').count() >= PROSE_BLANKS
            && !self.head.contains(['|', '@', '•', '·'])
    }

    fn is_fence(&self) -> bool {
        self.head.starts_with("```")
    }
}

/// Whether a character draws a line.
pub(crate) fn is_drawn(c: char) -> bool {
    matches!(c, '-' | '_' | '=' | '*' | '~' | '–' | '—' | '─' | '━' | '⸻' | '#' | '‐')
}

/// Reads the lines of a text.
pub(crate) fn read(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = text.lines().map(Line::of).collect();
    mark_fences(&mut lines);
    lines
}

/// A fence that is never closed fences nothing.
fn mark_fences(lines: &mut [Line<'_>]) {
    let pairs = lines.iter().filter(|line| line.is_fence()).count() / 2;
    let mut seen = 0_usize;
    for line in lines.iter_mut() {
        let is_fence = line.is_fence();
        seen += usize::from(is_fence);
        line.fenced = seen <= pairs * 2 && (seen % 2 == 1 || is_fence);
    }
}

fn head_of(text: &str) -> &str {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// The next line at or after `at` that is not blank, at most `reach` lines on.
pub(crate) fn next_filled(lines: &[Line<'_>], at: usize, reach: usize) -> Option<usize> {
    let rest = lines.iter().enumerate().skip(at).take(reach);
    rest.into_iter().find(|(_, line)| !line.is_blank()).map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_rules_delimiters_and_fences() {
        let lines = read("____\n-- \n```\nFrom: x\n```\n a > b\n > q\n```\nopen");
        let seen: Vec<(bool, bool, bool, bool)> =
            lines.iter().map(|l| (l.is_rule(), l.is_delimiter(), l.fenced, l.marked)).collect();
        assert_eq!(
            seen,
            [
                (true, false, false, false),
                (false, true, false, false),
                (false, false, true, false),
                (false, false, true, false),
                (false, false, true, false),
                (false, false, false, false),
                (false, false, false, true),
                (false, false, false, false),
                (false, false, false, false),
            ]
        );
    }

    #[test]
    fn a_giant_line_is_seen_in_part() {
        let text = "é".repeat(1_000_000);
        let line = Line::of(&text);
        assert!(!line.is_whole());
        assert!(line.head.len() <= HEAD_BYTES);
    }
}
