//! Words that the user typed about something, short enough to be read again.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a person says in a few sentences: never empty, at most [`Remark::CHARS_MAX`] characters,
/// without control characters other than line ends.
///
/// ```
/// use inroad_model::Remark;
/// assert_eq!(Remark::new(" Her boss knew\tsomebody. ").unwrap().as_str(), "Her boss knew somebody.");
/// assert!(Remark::new("  ").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Remark(Box<str>);

/// Why a text is no remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRemark {
    /// Nothing but blanks.
    #[error("A few words are needed here")]
    Empty,
    /// Nobody reads so much again.
    #[error("That is too long; say it in {} characters", Remark::CHARS_MAX)]
    TooLong,
}

impl Remark {
    /// The longest remark, in characters: about a page.
    pub const CHARS_MAX: usize = 4000;

    /// Takes the text without surrounding blanks; other control characters become blanks.
    ///
    /// # Errors
    /// [`InvalidRemark`] if nothing is left, or too much.
    pub fn new(text: &str) -> Result<Self, InvalidRemark> {
        let text = text.replace("\r\n", "\n");
        let bare = text.trim();
        if bare.is_empty() {
            return Err(InvalidRemark::Empty);
        }
        if bare.chars().count() > Self::CHARS_MAX {
            return Err(InvalidRemark::TooLong);
        }
        let harmless = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
        Ok(Self(bare.chars().map(harmless).collect::<String>().into()))
    }

    /// The same where nothing said is no fault: a blank text is `None`.
    ///
    /// # Errors
    /// [`InvalidRemark::TooLong`].
    pub fn if_any(text: &str) -> Result<Option<Self>, InvalidRemark> {
        match Self::new(text) {
            Ok(remark) => Ok(Some(remark)),
            Err(InvalidRemark::Empty) => Ok(None),
            Err(too_long) => Err(too_long),
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Remark {
    type Error = InvalidRemark;

    fn try_from(text: String) -> Result<Self, InvalidRemark> {
        Self::new(&text)
    }
}

impl From<Remark> for String {
    fn from(remark: Remark) -> Self {
        remark.0.into_string()
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_taken_stays_as_it_is(text in any::<String>()) {
            if let Ok(remark) = Remark::new(&text) {
                prop_assert!(!remark.as_str().trim().is_empty());
                prop_assert!(!remark.as_str().chars().any(|c| c.is_control() && c != '\n'));
                prop_assert_eq!(Remark::new(remark.as_str()), Ok(remark));
            }
        }
    }

    #[test]
    fn too_much_is_refused_and_nothing_is_nothing() {
        assert_eq!(Remark::new(&"é".repeat(4001)), Err(InvalidRemark::TooLong));
        assert!(Remark::new(&"é".repeat(4000)).is_ok());
        assert_eq!(Remark::if_any(" \n"), Ok(None));
        assert!(Remark::if_any("a\r\nb").unwrap().is_some_and(|remark| remark.as_str() == "a\nb"));
    }
}
