//! What the user found of a firm and kept: the text of a page, a report, a press note.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{AccountKey, Moment};

/// The number under which something that was found is kept; counts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct PageNumber(i64);

impl PageNumber {
    /// The number, if it is one: from 1 on.
    pub fn new(number: i64) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for PageNumber {
    type Error = &'static str;

    fn try_from(number: i64) -> Result<Self, &'static str> {
        Self::new(number).ok_or("The number of something kept counts from 1")
    }
}

impl From<PageNumber> for i64 {
    fn from(number: PageNumber) -> Self {
        number.0
    }
}

impl fmt::Display for PageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PageNumber {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().ok().and_then(Self::new).ok_or(())
    }
}

/// What somebody found of a firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageHead {
    /// What it is called.
    pub title: String,
    /// Where it stood, as the user says; it is never fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day of which it tells.
    pub day: Date,
}

/// The same as it is kept, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPage {
    /// Its number.
    pub number: PageNumber,
    /// Which firm it is about.
    pub about: AccountKey,
    /// When it was kept.
    pub told_at: Moment,
    /// When it was taken back; `None` while it is kept.
    pub withdrawn_at: Option<Moment>,
    /// What it is.
    pub head: PageHead,
}
