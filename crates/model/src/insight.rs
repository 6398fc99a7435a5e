//! What the seller knows of people that no letter says: who goes to whom, who is for it, who can
//! say no.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, Moment, Remark};

/// What one is to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// Leaves decisions to them.
    ReportsTo,
    /// Asks them before deciding.
    GoesToForAdvice,
    /// Puts them in copy.
    Copies,
    /// Passes letters on to them.
    Forwards,
    /// Answers in their place.
    AnswersFor,
    /// Trusts them.
    Trusts,
    /// Is at odds with them.
    AtOdds,
    /// Knows them.
    Knows,
}

/// Something that the seller knows, and where from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insight {
    /// When it was typed.
    pub at: Moment,
    /// What is known.
    pub known: Known,
    /// Where from, in the seller's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Remark>,
}

/// What is known. Read from outside, a tie of somebody to themselves is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "Unchecked")]
pub enum Known {
    /// A tie between two people.
    Tie {
        /// From whom.
        from: EmailAddress,
        /// What the other is to them.
        kind: TieKind,
        /// To whom.
        to: EmailAddress,
    },
    /// Something about one person.
    Person {
        /// Who.
        who: EmailAddress,
        /// What.
        is: Trait,
    },
}

/// Something about one person. The later of two of a kind holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// What they think of the deal.
    Stance(Stance),
    /// What they can bring to bear in such a decision.
    Weight(Degree),
    /// How openly they talk with us.
    Openness(Degree),
    /// How much they fear for themselves.
    Fear(Degree),
    /// Whether nobody can overrule their no.
    Veto(bool),
    /// The camp that they are counted to.
    Camp(Remark),
    /// What they want for themselves.
    Agenda(Remark),
}

/// What somebody thinks of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Against it.
    Against,
    /// Rather against it.
    LeansAgainst,
    /// Neither.
    Open,
    /// Rather for it.
    LeansFor,
    /// For it.
    For,
}

/// How much of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Degree {
    /// None.
    None,
    /// A little.
    Little,
    /// Some.
    Some,
    /// Much.
    Much,
    /// As much as anybody.
    Most,
}

impl Trait {
    /// The words in it that were chosen freely.
    pub fn free_words(&self) -> Option<&Remark> {
        match self {
            Self::Camp(words) | Self::Agenda(words) => Some(words),
            _ => None,
        }
    }
}

impl Stance {
    /// From -1 (strongly against it) to 1 (strongly for it).
    pub fn value(self) -> f64 {
        match self {
            Self::Against => -0.8,
            Self::LeansAgainst => -0.4,
            Self::Open => 0.0,
            Self::LeansFor => 0.4,
            Self::For => 0.8,
        }
    }
}

impl Degree {
    /// From 0 to 1.
    pub fn value(self) -> f64 {
        match self {
            Self::None => 0.05,
            Self::Little => 0.25,
            Self::Some => 0.5,
            Self::Much => 0.75,
            Self::Most => 0.95,
        }
    }
}

impl Known {
    /// Everybody it is about.
    pub fn people(&self) -> impl Iterator<Item = &EmailAddress> {
        let (first, second) = match self {
            Self::Tie { from, to, .. } => (from, Some(to)),
            Self::Person { who, .. } => (who, None),
        };
        std::iter::once(first).chain(second)
    }

    /// Whether the other says something else of the same thing, so that the later of the two holds.
    pub fn replaces(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tie { .. }, Self::Tie { .. }) => self == other,
            (Self::Person { who, is }, Self::Person { who: of, is: was }) => {
                who == of && std::mem::discriminant(is) == std::mem::discriminant(was)
            }
            _ => false,
        }
    }
}

/// [`Known`] as it is written down.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Unchecked {
    Tie { from: EmailAddress, kind: TieKind, to: EmailAddress },
    Person { who: EmailAddress, is: Trait },
}

/// Why something is no knowledge of people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("A tie is between two people, and {0} is one")]
struct TiedToOneself(EmailAddress);

impl TryFrom<Unchecked> for Known {
    type Error = TiedToOneself;

    fn try_from(read: Unchecked) -> Result<Self, TiedToOneself> {
        match read {
            Unchecked::Tie { from, to, .. } if from == to => Err(TiedToOneself(from)),
            Unchecked::Tie { from, kind, to } => Ok(Self::Tie { from, kind, to }),
            Unchecked::Person { who, is } => Ok(Self::Person { who, is }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stance(who: &str, stance: Stance) -> Known {
        Known::Person { who: who.parse().unwrap(), is: Trait::Stance(stance) }
    }

    #[test]
    fn the_later_word_on_the_same_thing_holds() {
        let was = stance("eva@lindner.example", Stance::For);
        assert!(stance("eva@lindner.example", Stance::Against).replaces(&was));
        assert!(!stance("jan@lindner.example", Stance::Against).replaces(&was));
        let veto =
            Known::Person { who: "eva@lindner.example".parse().unwrap(), is: Trait::Veto(true) };
        assert!(!veto.replaces(&was));
    }

    #[test]
    fn it_is_kept_as_plain_json() {
        let json = serde_json::to_string(&stance("eva@lindner.example", Stance::LeansFor)).unwrap();
        let wanted = r#"{"person":{"who":"eva@lindner.example","is":{"stance":"leans_for"}}}"#;
        assert_eq!(json, wanted);
    }

    #[test]
    fn nobody_is_tied_to_themselves() {
        let tie = |to: &str| {
            let kind = TieKind::ReportsTo;
            let (from, to) = ("eva@lindner.example".parse().unwrap(), to.parse().unwrap());
            serde_json::to_string(&Known::Tie { from, kind, to }).unwrap()
        };
        let read = |json: &str| serde_json::from_str::<Known>(json);
        assert!(read(&tie("jan@lindner.example")).is_ok());
        let refused = read(&tie("eva@lindner.example")).unwrap_err().to_string();
        assert!(refused.contains("eva@lindner.example is one"), "{refused}");
    }
}
