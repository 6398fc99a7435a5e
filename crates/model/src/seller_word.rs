//! What somebody who sells says of their own selling, and what others say to them about it: kept for
//! themselves, and for whom they gave leave.

use std::fmt;
use std::num::NonZeroI64;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{DealId, EmailAddress, Moment, Remark};

/// The number under which such a word is kept; counts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SellerWordNumber(NonZeroI64);

impl SellerWordNumber {
    /// The number, if it is one: from 1 on.
    pub fn new(number: i64) -> Option<Self> {
        NonZeroI64::new(number).filter(|number| number.get() > 0).map(Self)
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0.get()
    }
}

impl fmt::Display for SellerWordNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for SellerWordNumber {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().ok().and_then(Self::new).ok_or(())
    }
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident $text:literal $words:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in forms and files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The one of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == name)
            }

            /// As a person reads it.
            pub fn in_words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

named! {
    /// A part of what is kept for oneself; leave is given for each by itself.
    SellerPart {
        /// What they say of themselves, beside what is seen.
        Profile "profile" "your profile: what you say, and what is seen",
        /// Calls that were put off, and the like.
        Reluctance "reluctance" "what you put off",
        /// What they practise, how it goes, and what a coach says to it.
        Goals "goals" "what you practise",
    }
}

named! {
    /// What one can help with.
    Strength {
        /// A first contact with strangers.
        Opening "opening" "a first contact",
        /// Finding out what is needed.
        Questions "questions" "finding out what they need",
        /// Money: the price, the terms.
        Terms "terms" "talking about money and terms",
        /// The last meetings before a decision.
        Closing "closing" "a final meeting",
        /// What has gone quiet.
        Reviving "reviving" "a deal that went quiet",
        /// Knowing somebody there.
        Trust "trust" "people whom you know there",
    }
}

/// How far a statement holds for somebody: from 1, not at all, to 5, fully.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Agreement(u8);

impl Agreement {
    /// The answers, from 1 to 5.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// From 1 to 5.
    pub fn get(self) -> u8 {
        self.0
    }

    /// As a person chooses it.
    pub fn in_words(self) -> &'static str {
        match self.0 {
            1 => "not at all",
            2 => "rather not",
            3 => "now and then",
            4 => "mostly",
            _ => "fully",
        }
    }
}

impl TryFrom<u8> for Agreement {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        if (1..=5).contains(&number) {
            return Ok(Self(number));
        }
        Err("An answer is a number from 1, not at all, to 5, fully")
    }
}

impl From<Agreement> for u8 {
    fn from(answer: Agreement) -> Self {
        answer.0
    }
}

/// A share of a commission in whole percent, from 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct CommissionShare(u8);

impl CommissionShare {
    /// In percent.
    pub fn percent(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for CommissionShare {
    type Error = &'static str;

    fn try_from(percent: u8) -> Result<Self, Self::Error> {
        if (1..=99).contains(&percent) {
            return Ok(Self(percent));
        }
        Err("A share is a whole number of percent, from 1 to 99")
    }
}

impl From<CommissionShare> for u8 {
    fn from(share: CommissionShare) -> Self {
        share.0
    }
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SellerWord {
    /// How far a statement holds; of one statement the last answer counts.
    Answer {
        /// The competence and the statement in it, by the names in the file: `hunting.looks_for`.
        statement: String,
        /// How far it holds.
        answer: Agreement,
    },
    /// Somebody may look.
    Leave {
        /// Who; `None` for whose data file it is.
        to: Option<EmailAddress>,
        /// At what.
        part: SellerPart,
    },
    /// What they offer to help with.
    Offer {
        /// With what.
        with: Strength,
        /// In their own words.
        words: Option<Remark>,
    },
    /// A habit that they practise from a day on; a later one takes its place.
    Goal {
        /// The habit, by its name in the file.
        habit: String,
        /// Since when.
        since: Date,
    },
    /// A week of the practice that was done.
    Practised {
        /// The goal.
        goal: SellerWordNumber,
        /// The step, counted from 1.
        step: u32,
    },
    /// What a coach says.
    CoachNote {
        /// The goal.
        goal: SellerWordNumber,
        /// The words.
        text: Remark,
    },
    /// They ask for help. Whoever answers for their team sees this, and whom they name.
    Asking {
        /// With what.
        with: Strength,
        /// In which deal, if it is one of this data file.
        deal: Option<DealId>,
        /// By when.
        by: Option<Date>,
        /// Whom they ask first.
        of: Option<EmailAddress>,
        /// What it is about, as they wrote it for those who may help.
        words: Remark,
    },
    /// How a commission is to be shared; it holds when the other has agreed.
    Share {
        /// The deal.
        deal: DealId,
        /// What it is called to the other.
        called: String,
        /// With whom.
        with: EmailAddress,
        /// Their share.
        share: CommissionShare,
        /// Since when.
        since: Date,
        /// What else was agreed.
        words: Option<Remark>,
    },
    /// The other agrees to a share.
    Agreed {
        /// To which.
        share: SellerWordNumber,
    },
}

impl SellerWord {
    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "answer",
            Self::Leave { .. } => "leave",
            Self::Offer { .. } => "offer",
            Self::Goal { .. } => "goal",
            Self::Practised { .. } => "practised",
            Self::CoachNote { .. } => "coach_note",
            Self::Asking { .. } => "asking",
            Self::Share { .. } => "share",
            Self::Agreed { .. } => "agreed",
        }
    }
}

/// A word as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSellerWord {
    /// Its number.
    pub number: SellerWordNumber,
    /// Whose selling it is about; `None` for whose data file it is.
    pub whose: Option<EmailAddress>,
    /// Who said it; `None` for whose data file it is.
    pub by: Option<EmailAddress>,
    /// When.
    pub told_at: Moment,
    /// When it was taken back; `None` while it counts.
    pub withdrawn_at: Option<Moment>,
    /// What was said.
    pub word: SellerWord,
}

impl KeptSellerWord {
    /// Whether it counted at a moment.
    pub fn counts_at(&self, at: Moment) -> bool {
        self.told_at.timestamp() <= at.timestamp()
            && self.withdrawn_at.is_none_or(|until| until.timestamp() > at.timestamp())
    }
}

/// How much each side spoke in a call that was kept: numbers alone, no word of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CallTalk {
    /// The day.
    pub day: Date,
    /// Our share of all that was said, 0 to 1.
    pub ours: f64,
    /// How many open questions we asked; `None` where kinds cannot be told.
    pub open: Option<usize>,
    /// How many others.
    pub other: Option<usize>,
    /// Whether a next step was agreed.
    pub next_step: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for part in SellerPart::ALL {
            assert_eq!(SellerPart::from_name(part.as_str()), Some(*part));
        }
        for strength in Strength::ALL {
            assert_eq!(Strength::from_name(strength.as_str()), Some(*strength));
            assert_eq!(
                serde_json::to_string(strength).unwrap(),
                format!("\"{}\"", strength.as_str())
            );
        }
    }

    #[test]
    fn numbers_have_bounds() {
        for (number, is_one) in [(0, false), (1, true), (5, true), (6, false), (255, false)] {
            assert_eq!(Agreement::try_from(number).is_ok(), is_one, "{number}");
        }
        for (percent, is_one) in [(0, false), (1, true), (99, true), (100, false)] {
            assert_eq!(CommissionShare::try_from(percent).is_ok(), is_one, "{percent}");
        }
        assert!(
            serde_json::from_str::<SellerWord>(r#"{"kind":"answer","statement":"a.b","answer":9}"#)
                .is_err()
        );
        assert!("0".parse::<SellerWordNumber>().is_err());
    }
}
