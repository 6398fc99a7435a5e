//! A term of a question against names and texts, word by word as the index of messages does it.

use std::ops::Range;

use serde::Serialize;

use super::fold::tokens;
use super::query::Term;

/// A term, ready to be compared.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    words: Vec<String>,
    open: bool,
    /// A blank and the words, and a blank behind the last one if it is whole.
    line: String,
}

/// A text with the found words marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// The text, on one line.
    pub text: String,
    /// Where the words stand, in bytes of the text, in their order; no two overlap.
    pub marks: Vec<Range<usize>>,
}

/// The words of a text, each between blanks: what is searched for patterns.
pub(crate) fn line_of(text: &str) -> String {
    tokens(text).fold(" ".to_owned(), |line, token| line + &token.folded + " ")
}

impl Pattern {
    pub(crate) fn new(term: &Term) -> Self {
        let words: Vec<String> = tokens(&term.text).map(|token| token.folded).collect();
        let end = if term.open { "" } else { " " };
        let line = format!(" {}{end}", words.join(" "));
        Self { words, open: term.open, line }
    }

    /// Whether a line of [`line_of`] holds it.
    pub(crate) fn is_in(&self, line: &str) -> bool {
        line.contains(&self.line)
    }
}

impl Marked {
    /// A text with the words of these patterns marked.
    pub(crate) fn new(text: &str, patterns: &[Pattern]) -> Self {
        let text = one_line(text);
        let found: Vec<_> = tokens(&text).collect();
        let mut marks: Vec<Range<usize>> = Vec::new();
        for at in 0..found.len() {
            let rest = found.get(at..).unwrap_or_default();
            let longest =
                patterns.iter().filter(|pattern| begins(pattern, rest)).map(|p| p.words.len());
            let Some(length) = longest.max().filter(|length| *length > 0) else { continue };
            let (Some(first), Some(last)) = (rest.first(), rest.get(length - 1)) else { continue };
            match marks.last_mut() {
                Some(before) if before.end > first.place.start => {
                    before.end = before.end.max(last.place.end);
                }
                _ => marks.push(first.place.start..last.place.end),
            }
        }
        Self { text, marks }
    }
}

/// Whether words begin with those of a pattern.
fn begins(pattern: &Pattern, words: &[super::fold::Token]) -> bool {
    let n = pattern.words.len();
    words.len() >= n
        && pattern.words.iter().zip(words).enumerate().all(|(at, (wanted, word))| {
            let open = pattern.open && at + 1 == n;
            if open { word.folded.starts_with(wanted) } else { word.folded == *wanted }
        })
}

/// A text on one line, without control characters.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::query::{LastWord, Query};
    use super::*;

    fn patterns(typed: &str) -> Vec<Pattern> {
        Query::parse(typed, LastWord::Open).0.words.iter().map(Pattern::new).collect()
    }

    fn check(typed: &str, text: &str, expected: &[&str]) {
        let marked = Marked::new(text, &patterns(typed));
        let found: Vec<&str> =
            marked.marks.iter().filter_map(|mark| marked.text.get(mark.clone())).collect();
        assert_eq!(found, expected, "{typed} in {text}");
        let is_in = patterns(typed).iter().any(|pattern| pattern.is_in(&line_of(text)));
        assert_eq!(is_in, !expected.is_empty(), "{typed} in {text}");
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        check("kuhn ", "Frau Kühn und\nHerr Kuhnert", &["Kühn"]);
        check("kuhn", "Frau Kühn und\nHerr Kuhnert", &["Kühn", "Kuhnert"]);
        check("\"side letter\"", "a side\n letter, a letter", &["side letter"]);
        check("lindner.example ", "jana@lindner.example", &["lindner.example"]);
        check("absent", "nothing of it", &[]);
        check("\"a b\" \"b c", "a b c", &["a b c"]);
    }
}
