//! What is held to be so, by whom, how firmly, since when and why.

use jiff::civil::Date;
use serde::Serialize;

use crate::{Probability, Source};

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Read or computed by the program.
    Inferred,
    /// Said by the user; beats what was inferred.
    Person,
}

/// A value with its confidence, evidence, date and author. Unknown is a value: [`Assessment::unknown`].
///
/// ```
/// use inroad_model::{Assessment, Author, Probability};
/// use jiff::civil::date;
///
/// let typed = Assessment::known("CFO", Probability::clamped(1.0), Author::Person, date(2026, 3, 2));
/// let read = Assessment::known("Buyer", Probability::clamped(0.9), Author::Inferred, date(2026, 4, 2));
/// assert_eq!(typed.clone().or_newer(read).value(), Some(&"CFO"), "a person's word stays");
/// assert_eq!(Assessment::unknown().or_newer(typed).value(), Some(&"CFO"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment<T> {
    known: Option<Known<T>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Known<T> {
    value: T,
    confidence: Probability,
    author: Author,
    date: Date,
    evidence: Vec<Source>,
}

impl<T> Assessment<T> {
    /// Nobody has said anything yet.
    pub const fn unknown() -> Self {
        Self { known: None }
    }

    /// Somebody says so, without evidence yet.
    pub fn known(value: T, confidence: Probability, author: Author, date: Date) -> Self {
        Self { known: Some(Known { value, confidence, author, date, evidence: Vec::new() }) }
    }

    /// The same with one more piece of evidence; an unknown stays unknown.
    #[must_use]
    pub fn with_evidence(mut self, source: Source) -> Self {
        if let Some(known) = &mut self.known {
            known.evidence.push(source);
        }
        self
    }

    /// The value, if it is known.
    pub fn value(&self) -> Option<&T> {
        self.known.as_ref().map(|k| &k.value)
    }

    /// How firmly it is held, if it is known.
    pub fn confidence(&self) -> Option<Probability> {
        self.known.as_ref().map(|k| k.confidence)
    }

    /// Who says so, if it is known.
    pub fn author(&self) -> Option<Author> {
        self.known.as_ref().map(|k| k.author)
    }

    /// Since when, if it is known.
    pub fn date(&self) -> Option<Date> {
        self.known.as_ref().map(|k| k.date)
    }

    /// Where it stands.
    pub fn evidence(&self) -> &[Source] {
        self.known.as_ref().map_or(&[], |k| &k.evidence)
    }

    /// The one that counts of two: a person's word before an inference, then the newer.
    #[must_use]
    pub fn or_newer(self, other: Self) -> Self {
        let rank = |a: &Self| a.known.as_ref().map(|k| (k.author, k.date));
        if rank(&other) > rank(&self) { other } else { self }
    }
}

impl<T> Default for Assessment<T> {
    fn default() -> Self {
        Self::unknown()
    }
}
