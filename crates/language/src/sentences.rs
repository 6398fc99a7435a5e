//! Sentences of a running text, with their places: for readers outside that judge whole sentences.
//!
//! Must not: judge one.

use std::ops::Range;

use crate::text::Text;

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text, on boundaries of characters, without white space around them.
    pub range: Range<usize>,
    /// Whether it ends in a question mark.
    pub is_question: bool,
}

/// The sentences of a text that hold a word, from left to right.
///
/// ```
/// let text = "Good morning. How are you?";
/// let found = inroad_language::sentences::of(text);
/// assert_eq!(text.get(found[1].range.clone()), Some("How are you?"));
/// assert!(found[1].is_question);
/// ```
pub fn of(text: &str) -> Vec<Sentence> {
    let sentences = Text::new(text).sentences.into_iter();
    let found = sentences
        .map(|sentence| Sentence { range: sentence.source, is_question: sentence.is_question });
    found.collect()
}
