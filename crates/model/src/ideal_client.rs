//! Whom one can help best: the qualifiers of an ideal client, as the user states them.

use serde::{Deserialize, Serialize};

use crate::{Moment, Remark, Topic};

/// How much a qualifier matters, beside others of its level: 1, somewhat, to 5, very.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Weight(u8);

impl Weight {
    /// The middle.
    pub const MIDDLE: Self = Self(3);

    /// The weight, if it is one: 1 to 5.
    pub fn new(weight: u8) -> Option<Self> {
        (1..=5).contains(&weight).then_some(Self(weight))
    }

    /// The number.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Weight {
    type Error = String;

    fn try_from(weight: u8) -> Result<Self, String> {
        Self::new(weight).ok_or_else(|| format!("A weight is 1 to 5, not {weight}"))
    }
}

impl From<Weight> for u8 {
    fn from(weight: Weight) -> Self {
        weight.0
    }
}

/// What a qualifier asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Without it they are no prospect.
    Must,
    /// The more of these, the better.
    Want,
    /// With it they are no prospect.
    Avoid,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Must, Self::Want, Self::Avoid];

    /// The name in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Want => "want",
            Self::Avoid => "avoid",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == name)
    }
}

/// A public classification of trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndustryCode {
    /// North American Industry Classification System.
    Naics,
    /// International Standard Industrial Classification, revision 4.
    Isic,
    /// Statistical classification of economic activities in the European Community, revision 2.
    Nace,
}

impl IndustryCode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Naics, Self::Isic, Self::Nace];

    /// The name in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Naics => "naics",
            Self::Isic => "isic",
            Self::Nace => "nace",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }
}

/// What must stand in what is known of a firm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Wanted {
    /// One of the words, or phrases, as whole words; case and accents do not matter.
    Words {
        /// Any of them is enough.
        any: Vec<String>,
    },
    /// An industry code that begins with one of these digits.
    Code {
        /// The classification.
        system: IndustryCode,
        /// Beginnings of codes: `62` holds `6201`.
        any: Vec<String>,
    },
    /// A number between two, both included.
    Number {
        /// At least.
        at_least: Option<f64>,
        /// At most.
        at_most: Option<f64>,
        /// What is counted, as it stands behind the number: `people`, `EUR`; empty for any.
        #[serde(default)]
        of: String,
    },
}

/// One thing by which an ideal client is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Qualifier {
    /// What it looks at.
    pub topic: Topic,
    /// What must stand there.
    pub wanted: Wanted,
    /// What it asks for.
    pub level: Level,
    /// How much it matters beside others.
    pub weight: Weight,
    /// Why.
    pub because: Option<Remark>,
}

/// Whom one can help best.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct IdealClient {
    /// By what they are told.
    pub qualifiers: Vec<Qualifier>,
}

/// A version of it, as it was stated.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedIdealClient {
    /// Counts from 1.
    pub version: u32,
    /// When it was stated; it counts until the next one.
    pub told_at: Moment,
    /// What was stated.
    pub ideal: IdealClient,
}
