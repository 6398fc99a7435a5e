//! A lead as it stands after what happened to it.

use std::collections::BTreeMap;

use inroad_model::{DealId, Moment, Remark};
use jiff::civil::Date;
use serde::Serialize;

use crate::event::{HandOver, Held, Kept, Outcome};
use crate::who::{To, Who};

/// Where a lead stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum LeadState {
    /// Handed over; sales did not say yet whether it takes it on.
    Waiting,
    /// Sales works on it.
    Accepted,
    /// Given back; marketing did not answer yet.
    Returned,
    /// Too early; it comes back to marketing on a day.
    Recycled {
        /// The day.
        until: Date,
    },
    /// Marketing agreed that it is none.
    GivenUp,
    /// Won.
    Won,
    /// Lost.
    Lost,
}

impl LeadState {
    /// The names, in the order of a lead's way.
    pub const NAMES: [&str; 7] =
        ["waiting", "accepted", "returned", "recycled", "given_up", "won", "lost"];

    /// The name in forms and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Recycled { .. } => "recycled",
            Self::GivenUp => "given_up",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::GivenUp => "given up",
            other => other.as_str(),
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::GivenUp | Self::Won | Self::Lost)
    }
}

/// One return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Return {
    /// When.
    pub at: Moment,
    /// Why, out of the list.
    pub reason: String,
}

/// Which side said something of the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FeedbackKind {
    /// Sales on the lead.
    Quality {
        /// What held, by key.
        criteria: BTreeMap<String, Held>,
    },
    /// Marketing on its treatment.
    Treatment,
}

/// What one side said of the other's work on a lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Feedback {
    /// Its number, to reply to.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Who,
    /// Of what.
    #[serde(flatten)]
    pub of: FeedbackKind,
    /// Whether the person was pressed; `None` if nobody knows.
    pub pressed: Option<bool>,
    /// In words.
    pub words: Option<Remark>,
    /// What was replied, in order.
    pub replies: Vec<Reply>,
}

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Who,
    /// The words.
    pub words: Remark,
}

/// A lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lead {
    /// Its number.
    pub number: i64,
    /// The number of the last event, by which a form knows whether anything happened since.
    pub last_event: i64,
    /// When it was handed over first.
    pub handed_at: Moment,
    /// By whom.
    pub by: Who,
    /// What marketing knows, with the latest answers.
    pub hand_over: HandOver,
    /// To whom it went last.
    pub to: To,
    /// Where it stands.
    #[serde(flatten)]
    pub state: LeadState,
    /// Since when.
    pub since: Moment,
    /// Who took it on; `None` while nobody has.
    pub owner: Option<Who>,
    /// When it was first accepted, returned or recycled.
    pub decided_at: Option<Moment>,
    /// When it was accepted last.
    pub accepted_at: Option<Moment>,
    /// When it was returned, and why.
    pub returns: Vec<Return>,
    /// How far sales came, at the farthest.
    pub reached: Option<Outcome>,
    /// When the person first heard from sales, as sales says.
    pub contacted_at: Option<Moment>,
    /// What was promised, and what became of it.
    pub promises: Vec<(String, Kept)>,
    /// What both sides said of each other's work.
    pub feedback: Vec<Feedback>,
    /// The deal that it became.
    pub deal: Option<DealId>,
}

impl Lead {
    /// What the person is called: the name, else the address, else the number.
    pub fn label(&self) -> &str {
        let person = &self.hand_over.person;
        if !person.name.is_empty() {
            return &person.name;
        }
        person.email.as_ref().map_or(&person.phone, |email| email.as_str())
    }

    /// What sales said last of each criterion, by key.
    pub fn held(&self) -> BTreeMap<&str, Held> {
        let mut found = BTreeMap::new();
        for feedback in &self.feedback {
            if let FeedbackKind::Quality { criteria } = &feedback.of {
                found.extend(criteria.iter().map(|(key, held)| (key.as_str(), *held)));
            }
        }
        found
    }
}
