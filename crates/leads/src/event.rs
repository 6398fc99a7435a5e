//! What happens to a lead: one event a step, kept as it was told, never changed.

use std::collections::BTreeMap;

use inroad_model::{DealId, EmailAddress, Moment, Remark};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::definition::Answer;
use crate::who::{To, Who};

/// More promises than these nobody keeps.
pub const PROMISES_MAX: usize = 10;

/// Whom a lead is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadPerson {
    /// The name.
    pub name: String,
    /// The address, if known.
    #[serde(default)]
    pub email: Option<EmailAddress>,
    /// The telephone number as written; may be empty.
    #[serde(default)]
    pub phone: String,
    /// What they do; may be empty.
    #[serde(default)]
    pub title: String,
}

/// What marketing knows of a lead.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HandOver {
    /// The version of the definition that counted on that day; `None` where none was signed.
    #[serde(default)]
    pub definition: Option<i64>,
    /// Who.
    pub person: LeadPerson,
    /// Their firm; may be empty.
    #[serde(default)]
    pub account: String,
    /// Where that is; may be empty.
    #[serde(default)]
    pub place: String,
    /// Where they came from, such as a fair or a form.
    pub source: String,
    /// The campaign, if it was one; may be empty.
    #[serde(default)]
    pub campaign: String,
    /// What was said; may be empty.
    #[serde(default)]
    pub said: String,
    /// What was promised to them, a promise each.
    #[serde(default)]
    pub promised: Vec<String>,
    /// What they asked for; may be empty.
    #[serde(default)]
    pub asked: String,
    /// What is answered to the criteria, by key.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
}

/// How far sales came with a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The person heard from sales.
    Contacted,
    /// There was a meeting.
    Meeting,
    /// A proposal lies with them.
    Proposal,
    /// It was won.
    Won,
    /// It was lost.
    Lost,
}

impl Outcome {
    /// All of them, in their order.
    pub const ALL: [Self; 5] =
        [Self::Contacted, Self::Meeting, Self::Proposal, Self::Won, Self::Lost];

    /// The name in forms and files, which is a word for it as well.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contacted => "contacted",
            Self::Meeting => "meeting",
            Self::Proposal => "proposal",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// Whether something that was said of a lead held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It did.
    Held,
    /// It did not.
    DidNotHold,
    /// Nobody knows yet.
    Unknown,
}

impl Held {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Held, Self::DidNotHold, Self::Unknown];

    /// The name in forms and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::DidNotHold => "did_not_hold",
            Self::Unknown => "unknown",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|held| held.as_str() == name)
    }

    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::DidNotHold => "did not hold",
            Self::Unknown => "unknown",
        }
    }
}

/// What became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Nothing yet.
    Open,
    /// It was kept.
    Kept,
    /// It was broken.
    Broken,
}

impl Kept {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Kept, Self::Broken];

    /// The name in forms and files, which is a word for it as well.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Kept => "kept",
            Self::Broken => "broken",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kept| kept.as_str() == name)
    }
}

/// One step of a lead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LeadEvent {
    /// Marketing hands it over.
    HandedOver {
        /// What is known.
        lead: Box<HandOver>,
        /// To whom.
        to: To,
    },
    /// Sales takes it on.
    Accepted,
    /// Sales gives it back.
    Returned {
        /// Why, out of the list.
        reason: String,
        /// Why, in words.
        words: Remark,
    },
    /// It is too early: it comes back to marketing on a day.
    Recycled {
        /// The day.
        until: Date,
        /// Why, if they said it.
        words: Option<Remark>,
    },
    /// Marketing answers, and hands it over again.
    Answered {
        /// What is known now.
        words: Remark,
        /// What is answered to the criteria now, by key; others stay.
        #[serde(default)]
        answers: BTreeMap<String, Answer>,
        /// To whom, if not to the same as before.
        #[serde(default)]
        to: Option<To>,
    },
    /// Marketing agrees that it is none.
    GivenUp {
        /// Why.
        words: Remark,
    },
    /// Somebody who answers for it gives it to somebody else.
    Moved {
        /// To whom.
        to: To,
        /// Why, if they said it.
        words: Option<Remark>,
    },
    /// How far sales came.
    Reached {
        /// How far.
        outcome: Outcome,
        /// When, if not when it was told.
        #[serde(default)]
        on: Option<Moment>,
        /// A word on it; needed where it was lost.
        words: Option<Remark>,
    },
    /// What became of a promise.
    Promise {
        /// Which, from 0.
        promise: usize,
        /// What became of it.
        kept: Kept,
    },
    /// Sales on the lead.
    Quality {
        /// What held, by key.
        criteria: BTreeMap<String, Held>,
        /// Whether the person felt pressed before sales came; `None` if nobody knows.
        pressed: Option<bool>,
        /// In words.
        words: Option<Remark>,
    },
    /// Marketing on how the lead was treated.
    Treatment {
        /// Whether the person was pressed while only asked; `None` if nobody knows.
        pressed: Option<bool>,
        /// In words.
        words: Remark,
    },
    /// An answer to what was said of a lead or its treatment.
    Replied {
        /// To which event, by number.
        to: i64,
        /// The answer.
        words: Remark,
    },
    /// It became a deal of whose data file it is.
    Attached {
        /// Which.
        deal: DealId,
    },
}

/// An event with when and by whom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeptLeadEvent {
    /// Its number.
    pub number: i64,
    /// When it was told.
    pub at: Moment,
    /// By whom.
    pub by: Who,
    /// What.
    pub event: LeadEvent,
}
