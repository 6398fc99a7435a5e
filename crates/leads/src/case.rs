//! A lead as one case among others: what was said of it, and what came of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clock::Clock;
use crate::definition::{Answer, Definition, Met};
use crate::event::{Held, Outcome};
use crate::lead::{Lead, LeadState};
use crate::who::Who;

/// What sales made of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// It was taken on, and not given back.
    Taken,
    /// It was given back, and not taken on again.
    Returned,
    /// Neither, or not yet.
    Open,
}

/// One lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its number.
    pub number: i64,
    /// Where it came from.
    pub source: String,
    /// The campaign; may be empty.
    pub campaign: String,
    /// Who handed it over.
    pub by: Who,
    /// Who took it on last.
    pub owner: Option<Who>,
    /// What sales made of it.
    pub came: Came,
    /// Working hours until sales said so; `None` while it has not.
    pub decided_hours: Option<f64>,
    /// Working hours that were agreed for that.
    pub agreed_hours: f64,
    /// How far sales came.
    pub reached: Option<Outcome>,
    /// Whether it was won.
    pub won: bool,
    /// Why it was given back, each time.
    pub reasons: Vec<String>,
    /// What marketing answered, by key.
    pub answers: BTreeMap<String, Answer>,
    /// Whether what marketing answered met what was agreed on that day, by key.
    pub met: BTreeMap<String, Met>,
    /// What sales found, by key.
    pub held: BTreeMap<String, Held>,
}

impl Case {
    /// A lead, measured by what counted when it was handed over.
    pub fn of(lead: &Lead, definition: &Definition, clock: &Clock) -> Self {
        let came = match lead.state {
            LeadState::Accepted | LeadState::Won | LeadState::Lost => Came::Taken,
            _ if !lead.returns.is_empty() => Came::Returned,
            _ => Came::Open,
        };
        let answers = &lead.hand_over.answers;
        let met = definition
            .criteria
            .iter()
            .map(|criterion| (criterion.key.clone(), criterion.met(answers.get(&criterion.key))));
        Self {
            number: lead.number,
            source: lead.hand_over.source.clone(),
            campaign: lead.hand_over.campaign.clone(),
            by: lead.by.clone(),
            owner: lead.owner.clone(),
            came,
            decided_hours: lead.decided_at.map(|at| clock.hours(lead.handed_at, at)),
            agreed_hours: definition.accept_hours,
            reached: lead.reached.filter(|_| came == Came::Taken),
            won: lead.state == LeadState::Won,
            reasons: lead.returns.iter().map(|one| one.reason.clone()).collect(),
            answers: answers.clone(),
            met: met.collect(),
            held: lead.held().into_iter().map(|(key, held)| (key.to_owned(), held)).collect(),
        }
    }

    /// Whether sales said within some working hours what it makes of it; `None` while it has not.
    pub fn in_time(&self, hours: f64) -> Option<bool> {
        self.decided_hours.map(|took| took <= hours)
    }
}
