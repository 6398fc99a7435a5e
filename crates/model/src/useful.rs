//! What makes a touch worth somebody's time: never that we want to sell.

use serde::{Deserialize, Serialize};

/// A kind of useful thing that one touch brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Useful {
    /// What they asked, or what was left open between us, with its answer.
    Answer,
    /// Something that was noticed about their business.
    Observation,
    /// Something found out that bears on what they need.
    Research,
    /// Something to read, and what in it is for them.
    Article,
    /// Somebody whom they would like to know.
    Introduction,
}

impl Useful {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Answer, Self::Observation, Self::Research, Self::Article, Self::Introduction];

    /// The name in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Observation => "observation",
            Self::Research => "research",
            Self::Article => "article",
            Self::Introduction => "introduction",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|useful| useful.as_str() == name)
    }

    /// As a person reads it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Answer => "An answer to an open question",
            Self::Observation => "Something you noticed about their business",
            Self::Research => "Something you found out for them",
            Self::Article => "Something to read",
            Self::Introduction => "Somebody they should know",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for useful in Useful::ALL {
            assert_eq!(Useful::from_name(useful.as_str()), Some(useful));
        }
    }
}
