//! What happened to a lead, told to one who looks: an outside provider learns what became of it and why, and
//! of nobody inside.

use inroad_leads::{Feedback, FeedbackKind, KeptLeadEvent, LeadEvent, Outcome};
use inroad_model::{MemberRole, Moment};
use serde::Serialize;

use super::register::LeadRegister;
use crate::rights::Actor;

/// One step, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeadTold {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// What.
    pub says: String,
    /// What they wrote with it.
    pub words: Option<String>,
}

impl LeadRegister {
    /// What somebody is called for one who looks.
    pub(super) fn called_for(&self, actor: &Actor, who: &inroad_leads::Who) -> String {
        let is_inside = |who| {
            self.person(who).is_none_or(|person| !person.roles.contains(&MemberRole::Provider))
        };
        if actor.is(MemberRole::Provider) && is_inside(who) {
            return "inside".to_owned();
        }
        self.called(who)
    }

    /// The steps that somebody may see, in order.
    pub(super) fn told(&self, actor: &Actor, events: &[KeptLeadEvent]) -> Vec<LeadTold> {
        let is_outside = actor.is(MemberRole::Provider);
        events
            .iter()
            .filter_map(|kept| {
                let (says, words) = self.says(actor, &kept.event, is_outside)?;
                let by = self.called_for(actor, &kept.by);
                Some(LeadTold { number: kept.number, at: kept.at, by, says, words })
            })
            .collect()
    }

    fn says(
        &self,
        actor: &Actor,
        event: &LeadEvent,
        is_outside: bool,
    ) -> Option<(String, Option<String>)> {
        let some = |words: &inroad_model::Remark| Some(words.as_str().to_owned());
        let any = |words: &Option<inroad_model::Remark>| words.as_ref().and_then(some);
        Some(match event {
            LeadEvent::HandedOver { .. } if is_outside => ("handed it over".to_owned(), None),
            LeadEvent::HandedOver { to, .. } => {
                (format!("handed it over to {}", self.called_to(to)), None)
            }
            LeadEvent::Accepted => ("accepted it".to_owned(), None),
            LeadEvent::Returned { reason, words } => {
                (format!("returned it: {reason}"), some(words))
            }
            LeadEvent::Recycled { until, words } => {
                let day = until.strftime("%-d %B %Y");
                (format!("found it too early; it comes back on {day}"), any(words))
            }
            LeadEvent::Answered { words, .. } => {
                ("answered and handed it over again".to_owned(), some(words))
            }
            LeadEvent::GivenUp { words } => ("gave it up".to_owned(), some(words)),
            LeadEvent::Moved { to, words } if !is_outside => {
                (format!("gave it to {}", self.called_to(to)), any(words))
            }
            LeadEvent::Reached { outcome, on, words } => {
                let on = on.map(|on| format!(" on {}", on.date().strftime("%-d %B %Y")));
                let what = match outcome {
                    Outcome::Contacted => "spoke or wrote with them",
                    Outcome::Meeting => "met them",
                    Outcome::Proposal => "made a proposal",
                    Outcome::Won => "won it",
                    Outcome::Lost => "lost it",
                };
                (format!("{what}{}", on.unwrap_or_default()), any(words))
            }
            LeadEvent::Promise { promise, kept } => {
                (format!("promise {} is {}", promise + 1, kept.as_str()), None)
            }
            LeadEvent::Attached { .. } if actor.is_owner() => {
                ("made a deal of it".to_owned(), None)
            }
            // Feedback stands on its own, with its replies.
            LeadEvent::Quality { .. }
            | LeadEvent::Treatment { .. }
            | LeadEvent::Replied { .. }
            | LeadEvent::Moved { .. }
            | LeadEvent::Attached { .. } => return None,
        })
    }
}

/// Whether somebody who sees a lead sees what was said of it.
pub(super) fn is_open_to(feedback: &Feedback, sees_treatment: bool) -> bool {
    match feedback.of {
        FeedbackKind::Quality { .. } => true,
        FeedbackKind::Treatment => sees_treatment,
    }
}
