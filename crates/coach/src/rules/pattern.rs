//! What a rule looks for, as its file writes it: words, with the signs of regular expressions where
//! they are needed.
//!
//! A blank stands for any white space, an apostrophe for both kinds of it, letters for both cases, and
//! a word at the edge for a whole word. The engine is `regex`, whose time is linear in the text.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

/// No pattern may grow larger than this when it is compiled.
const SIZE_MAX: usize = 1 << 20;
/// Built one by one, so that no machine of a text is kept where none is read.
const CACHE_MAX: usize = 1 << 19;

/// Some patterns, any of which is meant.
#[derive(Debug, Clone)]
pub(crate) struct Patterns {
    /// `None` finds nothing.
    one: Option<Regex>,
}

impl Patterns {
    /// Compiles the patterns of a rule into one.
    ///
    /// # Errors
    /// What the engine says of the first that it cannot read.
    pub(crate) fn new(patterns: &[String], keeps_case: bool) -> Result<Self, String> {
        for pattern in patterns {
            build(&written_out(pattern), keeps_case)
                .map_err(|why| format!("'{pattern}': {why}"))?;
        }
        let all: Vec<String> =
            patterns.iter().map(|pattern| format!("(?:{})", written_out(pattern))).collect();
        Ok(Self { one: Some(build(&all.join("|"), keeps_case)?) })
    }

    /// What is nowhere.
    pub(crate) fn none() -> Self {
        Self { one: None }
    }

    /// The first place.
    pub(crate) fn find(&self, text: &str) -> Option<Range<usize>> {
        self.one.as_ref()?.find(text).map(|found| found.range())
    }

    /// All places, from left to right.
    pub(crate) fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.one.iter().flat_map(move |one| one.find_iter(text)).map(|found| found.range())
    }

    /// Whether it is there.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.one.as_ref().is_some_and(|one| one.is_match(text))
    }
}

fn build(pattern: &str, keeps_case: bool) -> Result<Regex, String> {
    RegexBuilder::new(pattern)
        .case_insensitive(!keeps_case)
        .size_limit(SIZE_MAX)
        .dfa_size_limit(CACHE_MAX)
        .build()
        .map_err(|why| why.to_string().lines().last().unwrap_or("").trim().to_owned())
}

/// The regular expression that a pattern of a file stands for.
fn written_out(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let starts = pattern.chars().next().is_some_and(char::is_alphanumeric);
    let ends = pattern.chars().next_back().is_some_and(char::is_alphanumeric);
    let ends = ends && !ends_in_escape(pattern);
    if starts {
        out.push_str(EDGE);
    }
    let mut in_class = false;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('b') => out.push_str(EDGE),
                Some(next) => out.extend(['\\', next]),
                None => out.push('\\'),
            },
            '[' => {
                in_class = true;
                out.push(c);
            }
            ']' => {
                in_class = false;
                out.push(c);
            }
            // A blank that may be missing, or stand there several times.
            ' ' if !in_class && chars.next_if(|c| matches!(c, '?' | '*')).is_some() => {
                out.push_str(r"\s*");
            }
            ' ' if !in_class => out.push_str(r"\s+"),
            '\'' | '’' if in_class => out.push_str("'’"),
            '\'' | '’' => out.push_str("['’]"),
            _ => out.push(c),
        }
    }
    if ends {
        out.push_str(EDGE);
    }
    out
}

/// The edge of a word of plain letters. The one that knows every script is slow where a text has a
/// letter of another, and costs a fold of the time.
const EDGE: &str = r"(?-u:\b)";

fn ends_in_escape(pattern: &str) -> bool {
    let mut chars = pattern.chars().rev();
    chars.next().is_some() && chars.next() == Some('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Option<String> {
        let patterns = Patterns::new(&[pattern.to_owned()], false).expect("a pattern");
        patterns.find(text).map(|range| text.get(range).unwrap_or("").to_owned())
    }

    #[test]
    fn words_are_whole_and_blanks_and_apostrophes_are_any() {
        assert_eq!(found("check in", "Just to Check\n in!").as_deref(), Some("Check\n in"));
        assert_eq!(found("check in", "a check into it"), None);
        assert_eq!(found("we've (?:built|made)", "We’ve made it").as_deref(), Some("We’ve made"));
        assert_eq!(found(r"\d+ ?%", "by 30 % or").as_deref(), Some("30 %"));
        assert_eq!(found(r"\d+ ?%", "by 30% or").as_deref(), Some("30%"));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let error = Patterns::new(&["a(".to_owned()], false).expect_err("no pattern");
        assert!(error.contains("'a('"), "{error}");
        Patterns::new(&[r"(?=ahead)".to_owned()], false).expect_err("takes no looking ahead");
    }
}
