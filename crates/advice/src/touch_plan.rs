//! The touch plan: how one stays in touch with somebody "until they respond".
//!
//! No plan has a last touch. From what was tried, what they answered and what is known of their days,
//! the next touch is worked out, again and again: a day, a few hours of it, a way, and something of use
//! to them. It ends when they answer, when they want to be left alone, or when the user ends it. What is
//! given here is a proposal: a person approves each touch, and a person makes it.
//!
//! [`Ledger`] reads what was written down, [`reach`] what their mail tells, [`Cadence`] how long to wait.
//! Must not: propose anything for somebody who is left alone, two touches a day to one person or to one
//! firm, or a day that has passed; or read a clock.

mod cadence;
mod channel;
mod days;
mod firm_days;
mod hours;
mod ledger;
mod next;
pub mod reach;
mod record;
mod standing;
mod useful;

use inroad_model::{Advice, Channel, DealId, EmailAddress, EntryNumber, Moment, Useful};
use jiff::civil::Date;
use serde::Serialize;

use self::firm_days::FirmDays;
use self::reach::Reach;
use crate::dealings::Direction;

pub use self::cadence::{Cadence, CadenceError};
pub use self::hours::Hours;
pub use self::ledger::{Begun, Ledger};
pub use self::record::{Approved, Happened};
pub use self::useful::Matter;

/// What one plan is worked out from.
#[derive(Debug, Clone)]
pub struct PlanInput<'a> {
    /// As it was begun, with what was written down since.
    pub begun: &'a Begun<'a>,
    /// What the person is called.
    pub label: &'a str,
    /// What is known of their days and ways.
    pub reach: &'a Reach,
    /// The letters in both directions, oldest first; none that a machine wrote.
    pub letters: &'a [(Moment, Direction)],
    /// The days within which half and nine tenths of their answers came.
    pub usual_days: Option<(f64, f64)>,
    /// A number by which they can be called.
    pub phone: Option<String>,
    /// Since when mail to them comes back.
    pub bounces_since: Option<Date>,
    /// When it was said that they left, and who follows.
    pub left: Option<(Date, Option<String>)>,
    /// Who said that they are to be left alone.
    pub alone: Option<Alone>,
    /// What the review says of the deals that bear on it.
    pub deals: Vec<DealWord<'a>>,
    /// What is at hand that a touch could bring.
    pub matters: &'a [Matter],
    /// The firm, by whichever name it is told from others; `None` for a mail provider's address.
    pub firm: Option<&'a str>,
}

/// Who said that somebody is to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alone {
    /// On which day, where that is known.
    pub on: Option<Date>,
    /// Whether it was the user; else they did themselves, or their firm.
    pub by_user: bool,
}

/// What the review says of one deal.
#[derive(Debug, Clone, Copy)]
pub struct DealWord<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The advice.
    pub advice: Advice,
    /// Until when to wait.
    pub until: Option<Date>,
}

/// How a plan stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum TouchState {
    /// The next touch can be made today.
    Due,
    /// The next touch is on a coming day.
    Planned,
    /// Nothing is to be done for now.
    Paused {
        /// Until that day; `None` where nobody knows.
        until: Option<Date>,
        /// Why.
        why: String,
    },
    /// They answered.
    Answered {
        /// When.
        on: Date,
        /// In words.
        why: String,
    },
    /// It has ended.
    Ended {
        /// Why.
        why: String,
        /// Whether it can be begun again.
        for_good: bool,
    },
}

impl TouchState {
    /// The name in files and addresses.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Planned => "planned",
            Self::Paused { .. } => "paused",
            Self::Answered { .. } => "answered",
            Self::Ended { .. } => "ended",
        }
    }

    /// Why it is so, where that has to be said.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Due | Self::Planned => None,
            Self::Paused { why, .. } | Self::Answered { why, .. } | Self::Ended { why, .. } => {
                Some(why)
            }
        }
    }

    /// Whether it goes on: there is, or will be, a next touch.
    pub fn goes_on(&self) -> bool {
        matches!(self, Self::Due | Self::Planned | Self::Paused { .. })
    }
}

/// The next touch as it is proposed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextTouch {
    /// The day, by their clock.
    pub day: Date,
    /// The hours of it.
    pub hours: Hours,
    /// The way.
    pub by: Channel,
    /// What it brings.
    pub useful: Useful,
    /// What is at hand for that.
    pub matters: Vec<Matter>,
    /// What to look for, where nothing is at hand.
    pub look_for: String,
    /// What the first sentence takes up.
    pub openings: Vec<String>,
    /// What to say as a graceful way out, where it is time for one.
    pub way_out: Option<String>,
    /// Why on that day.
    pub why_day: Vec<String>,
    /// Why that way.
    pub why_channel: String,
    /// What the user approved for it.
    pub approved: Option<Approved>,
    /// Whether what was approved cannot stay on its day.
    pub is_moved: bool,
    /// How many working days after the last touch it comes by itself, before anything moves it.
    pub gap: Option<u32>,
}

/// A plan on one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TouchPlan {
    /// Its number.
    pub number: EntryNumber,
    /// With whom.
    pub person: EmailAddress,
    /// What they are called.
    pub label: String,
    /// Their firm.
    pub firm: Option<String>,
    /// The deal that has gone quiet, if it is for one.
    pub deal: Option<DealId>,
    /// Since when.
    pub begun_on: Date,
    /// Why, in the user's words.
    pub because: Option<String>,
    /// How it stands.
    pub state: TouchState,
    /// The next touch; `None` where there is none, or not before something is known.
    pub next: Option<NextTouch>,
    /// When they are away, as far as they told: the first day, and the first on which a touch may come.
    pub away: Vec<(Date, Date)>,
    /// On how many days a touch was made since they last said something.
    pub unanswered: usize,
    /// The day of our last touch, by whichever way.
    pub last_touch: Option<Date>,
    /// What has happened since it was begun, oldest first.
    pub happened: Vec<Happened>,
    /// Plans of the user that are open no more by this: their touch was seen to be made, their day does
    /// not hold, or the person is to be left alone.
    pub settled: Vec<EntryNumber>,
}

impl TouchPlan {
    /// The next touch where it waits for the user's word: on its day or before, and not approved.
    pub fn to_approve(&self) -> Option<&NextTouch> {
        self.next.as_ref().filter(|next| next.approved.is_none() || next.is_moved)
    }
}

/// Works out all plans as of a moment. The days of what was approved are taken first, then each plan in
/// the order in which it was begun takes its day, so that no two touches at one firm fall on one.
pub fn touch_plans(inputs: &[PlanInput<'_>], cadence: &Cadence, as_of: Moment) -> Vec<TouchPlan> {
    let mut firms = FirmDays::default();
    let drafts: Vec<standing::Draft<'_>> =
        inputs.iter().map(|input| standing::draft(input, cadence, as_of)).collect();
    for draft in &drafts {
        if let (Some(firm), Some(day)) = (draft.input.firm, draft.approved_day()) {
            firms.take(firm, day);
        }
    }
    drafts.into_iter().map(|draft| next::finish(draft, cadence, as_of, &mut firms)).collect()
}
