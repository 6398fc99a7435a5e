//! Where a sentence was read otherwise than the user says.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Cue, MessageId, Moment};

/// A sentence as sentences are compared: with its white space folded, never empty, at most
/// [`Sentence::CHARS_MAX`] characters.
///
/// ```
/// use inroad_model::Sentence;
/// assert_eq!(Sentence::new(" We\n  wait. "), Sentence::new("We wait."));
/// assert!(Sentence::new(" \n").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sentence(Box<str>);

/// Why a text is no sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSentence {
    /// Nothing but blanks.
    #[error("Give the sentence as it stands in the letter")]
    Empty,
    /// Nobody writes such a sentence.
    #[error("A sentence has at most {} characters", Sentence::CHARS_MAX)]
    TooLong,
}

impl Sentence {
    /// The longest sentence, in characters.
    pub const CHARS_MAX: usize = 2000;

    /// Folds the white space of a text.
    ///
    /// # Errors
    /// [`InvalidSentence`] if nothing is left, or too much.
    pub fn new(text: &str) -> Result<Self, InvalidSentence> {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match folded.chars().count() {
            0 => Err(InvalidSentence::Empty),
            chars if chars > Self::CHARS_MAX => Err(InvalidSentence::TooLong),
            _ => Ok(Self(folded.into())),
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Sentence {
    type Error = InvalidSentence;

    fn try_from(text: String) -> Result<Self, InvalidSentence> {
        Self::new(&text)
    }
}

impl From<Sentence> for String {
    fn from(sentence: Sentence) -> Self {
        sentence.0.into_string()
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the user says of a sentence and a cue. Of several words on the same the last one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The letter in which it was corrected; the sentence counts wherever it stands.
    pub message: MessageId,
    /// The sentence.
    pub sentence: Sentence,
    /// The cue.
    pub cue: Cue,
    /// Whether the sentence does it.
    pub holds: bool,
    /// When it was said.
    pub told_at: Moment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_folded_and_bounded() {
        assert_eq!(Sentence::new("a\u{a0}\n b").map(String::from), Ok("a b".to_owned()));
        assert_eq!(Sentence::new(&"é".repeat(2001)), Err(InvalidSentence::TooLong));
        assert!(serde_json::from_str::<Sentence>("\" \"").is_err());
    }
}
