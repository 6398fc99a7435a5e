//! What is typed, and where in it a finding stands as a browser counts.

use std::ops::Range;

use inroad_coach::draft::Channel;
use inroad_service::Skeleton;

use crate::forms::{Fields, all};

/// The head that makes a subject of a line.
const SUBJECT: &str = "Subject: ";

/// A subject and a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Typed {
    pub subject: String,
    pub text: String,
    whole: String,
}

/// Words in one of the two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The name of the field.
    pub field: &'static str,
    /// Where they begin, in units of UTF-16.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

impl Typed {
    fn new(subject: &str, text: &str) -> Self {
        let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = one_kind_of_lines(text);
        let whole =
            if subject.is_empty() { text.clone() } else { format!("{SUBJECT}{subject}\n\n{text}") };
        Self { subject, text, whole }
    }

    /// What stands in the form.
    pub(super) fn of(fields: &Fields, channel: Channel) -> Self {
        let first = |name| all(fields, name).next().unwrap_or("");
        let subject = if channel == Channel::Email { first("subject") } else { "" };
        Self::new(subject, first("text"))
    }

    /// What was begun.
    pub(super) fn begun(begun: &Skeleton) -> Self {
        Self::new(begun.subject.as_deref().unwrap_or(""), &begun.text)
    }

    /// Both as the coach reads them.
    pub(super) fn whole(&self) -> &str {
        &self.whole
    }

    /// Whether there is a word.
    pub(super) fn is_empty(&self) -> bool {
        self.whole.trim().is_empty()
    }

    /// Where some bytes of the whole stand.
    pub(super) fn spot(&self, range: &Range<usize>) -> Option<Spot> {
        let text_at = self.whole.len().checked_sub(self.text.len())?;
        let (field, words, from) = if range.start >= text_at {
            ("text", &self.text, text_at)
        } else {
            ("subject", &self.subject, SUBJECT.len())
        };
        let units = |bytes: usize| {
            let before = words.get(..bytes.saturating_sub(from).min(words.len()))?;
            Some(before.encode_utf16().count())
        };
        Some(Spot { field, start: units(range.start)?, end: units(range.end)? })
    }
}

/// A form ends lines with two characters, a script with one.
pub(super) fn one_kind_of_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_as_a_browser_counts() {
        let typed = Typed::new("Über 10 %", "Hi 𝄞,\r\n\r\nWhat?");
        assert_eq!(typed.whole(), "Subject: Über 10 %\n\nHi 𝄞,\n\nWhat?");
        let at = |words: &str| {
            let start = typed.whole().find(words).unwrap();
            typed.spot(&(start..start + words.len()))
        };
        assert_eq!(at("10 %"), Some(Spot { field: "subject", start: 5, end: 9 }));
        assert_eq!(at("What?"), Some(Spot { field: "text", start: 8, end: 13 }));
        let alone = Typed::new("", "Öl");
        assert_eq!(alone.spot(&(0..3)), Some(Spot { field: "text", start: 0, end: 2 }));
    }
}
