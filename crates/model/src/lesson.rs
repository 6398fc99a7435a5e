//! What a finished deal taught: how it ended, why as the user says, and what was thought before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Advice, Cause, DealId, Moment, Probability, Remark, Stage};

/// How a deal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They bought.
    Won,
    /// They said no, or bought elsewhere.
    Lost,
    /// They did nothing at all.
    NoDecision,
    /// The user stopped.
    LetGo,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Won, Self::Lost, Self::NoDecision, Self::LetGo];

    /// The name in files, the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::NoDecision => "no_decision",
            Self::LetGo => "let_go",
        }
    }

    /// As a person reads it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::NoDecision => "no decision",
            Self::LetGo => "let go",
        }
    }

    /// The outcome of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }

    /// The stage of a deal that ended so: whatever was not won is over without a deal.
    pub fn stage(self) -> Stage {
        match self {
            Self::Won => Stage::Won,
            Self::Lost | Self::NoDecision | Self::LetGo => Stage::Lost,
        }
    }
}

/// The number by which the user names a lesson: from 1, never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LessonNumber(u32);

impl LessonNumber {
    /// The lesson of that number; 0 is none.
    pub fn new(number: u32) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for LessonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for LessonNumber {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.parse().ok().and_then(Self::new);
        number.ok_or_else(|| "write the number that 'inroad lessons' shows".to_owned())
    }
}

/// A play of the playbook that was tried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlayTried {
    /// The file of the scenario, without its ending.
    pub scenario: String,
    /// The name of the play in that file.
    pub play: String,
}

/// A cause that the review held likely.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SupposedCause {
    /// The cause.
    pub cause: Cause,
    /// How likely.
    pub probability: Probability,
}

/// What the review said last before the deal ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastReview {
    /// The causes, likeliest first.
    pub causes: Vec<SupposedCause>,
    /// What the program advised.
    pub advice: Advice,
    /// What was seen, by its name in the playbook, with how surely.
    pub signs: BTreeMap<String, Probability>,
}

/// The user's own words on a deal that has ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonWords {
    /// On the people.
    pub people: Option<Remark>,
    /// On how it went.
    pub process: Option<Remark>,
    /// On what changed.
    pub changed: Option<Remark>,
}

/// What one finished deal taught.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// The deal.
    pub deal: DealId,
    /// When it ended.
    pub ended_at: Moment,
    /// How.
    pub outcome: Outcome,
    /// What the user says was behind it; empty where the user does not know.
    pub causes: BTreeSet<Cause>,
    /// What was tried.
    pub play: Option<PlayTried>,
    /// What the review said last.
    pub last_review: LastReview,
    /// The user's words.
    pub words: LessonWords,
}

/// A lesson as it is kept: with its number, and whether it still counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeptLesson {
    /// Its number.
    pub number: LessonNumber,
    /// When the user told it.
    pub told_at: Moment,
    /// When the user took it back; it is kept all the same.
    pub withdrawn_at: Option<Moment>,
    /// What it says.
    pub lesson: Lesson,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_have_one_name_each() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_name(outcome.as_str()), Some(outcome));
            let json = serde_json::to_string(&outcome).unwrap();
            assert_eq!(json, format!("\"{}\"", outcome.as_str()));
            assert_eq!(outcome.stage() == Stage::Won, outcome == Outcome::Won);
        }
        assert_eq!(Outcome::from_name("drawn"), None);
    }

    #[test]
    fn lessons_count_from_one() {
        assert_eq!("7".parse::<LessonNumber>().unwrap().get(), 7);
        for wrong in ["0", "-1", "", "one", "99999999999"] {
            assert!(wrong.parse::<LessonNumber>().is_err(), "{wrong}");
        }
    }
}
