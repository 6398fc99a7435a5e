//! How a lead was treated, by the facts: how soon the person heard from sales, which promises were kept, and
//! what the coach finds in the letters that went to them.
//!
//! Must not: give a word of a letter away. What leaves here are times, counts and names of rules.

use std::collections::BTreeMap;

use inroad_coach::draft::Channel;
use inroad_leads::{Kept, KeptLeadEvent, Lead, LeadEvent, LeadState, Outcome, Who};
use inroad_model::Moment;
use inroad_store::Concerning;
use serde::Serialize;

use super::register::{LeadRegister, Registered};
use crate::Result;
use crate::coach::{Coach, CoachAsked};
use crate::inroad::Inroad;

/// So many letters are read.
const LETTERS_MAX: usize = 30;
/// Rules of the coach that speak of pressure.
const PRESSING: [&str; 6] = [
    "guilt",
    "false-urgency",
    "no-way-out",
    "way-out-with-a-cost",
    "assumes-their-mind",
    "pitch-words",
];

/// When the person first heard from sales.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Touched {
    /// When.
    pub at: Moment,
    /// Working hours after the lead was accepted.
    pub hours: f64,
    /// Whether it was within what was agreed.
    pub is_in_time: bool,
    /// Whether a mailbox tells, and not only whose lead it is.
    pub is_seen: bool,
}

/// How a lead was treated.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Treatment {
    /// The first touch; `None` while there was none.
    pub touched: Option<Touched>,
    /// Promises that were kept, that are open, and that were broken.
    pub promises: (usize, usize, usize),
    /// Letters that went to the person after the acceptance; `None` where no mailbox is here to tell.
    pub letters: Option<usize>,
    /// What the coach found in them: how often, by name of the rule.
    pub findings: BTreeMap<String, usize>,
    /// How often it found pressure while it was only to be found out whether the lead fits.
    pub pressed: usize,
}

impl Inroad {
    pub(super) async fn treatment(
        &self,
        kept: &Registered,
        register: &LeadRegister,
        met_at: Option<Moment>,
        as_of: Moment,
    ) -> Result<Treatment> {
        let lead = &kept.lead;
        let measure = register.measure(lead.hand_over.definition);
        let (definition, clock) = (&measure.0, &measure.1);
        let count = |wanted: Kept| lead.promises.iter().filter(|(_, is)| *is == wanted).count();
        let mut found = Treatment {
            promises: (count(Kept::Kept), count(Kept::Open), count(Kept::Broken)),
            ..Treatment::default()
        };
        let Some(accepted) = lead.accepted_at else { return Ok(found) };
        let first = match (kept.touched, lead.contacted_at) {
            (Some(seen), Some(said)) if said.timestamp() < seen.timestamp() => Some((said, false)),
            (Some(seen), _) => Some((seen, true)),
            (None, said) => said.map(|said| (said, false)),
        };
        found.touched = first.map(|(at, is_seen)| {
            let hours = clock.hours(accepted, at);
            Touched { at, hours, is_in_time: hours <= definition.touch_hours, is_seen }
        });
        if is_own(lead) {
            self.read_letters(lead, accepted, met_at, as_of, &mut found).await?;
        }
        Ok(found)
    }

    /// What the coach finds in the letters of whose mailbox it is to the person of a lead.
    async fn read_letters(
        &self,
        lead: &Lead,
        accepted: Moment,
        met_at: Option<Moment>,
        as_of: Moment,
        found: &mut Treatment,
    ) -> Result<()> {
        let Some(email) = &lead.hand_over.person.email else { return Ok(()) };
        let mine = self.myself().await?.map(|myself| myself.seller.emails).unwrap_or_default();
        let concerning = Concerning {
            emails: [email.clone()].into(),
            until: Some(as_of),
            ..Concerning::default()
        };
        let coach = Coach::without_record(None, as_of)?;
        let asked = CoachAsked { channel: Channel::Email, stage: None, person: None, many: None };
        let mut letters = 0;
        for stored in self.store.messages(&concerning).await? {
            let message = &stored.touch.message;
            let is_mine = message.from.as_ref().is_some_and(|it| mine.contains(&it.address));
            let is_theirs = stored.touch.recipients().any(|it| it.address == *email);
            let Some(at) = message.date.filter(|at| at.timestamp() >= accepted.timestamp()) else {
                continue;
            };
            if !is_mine || !is_theirs {
                continue;
            }
            letters += 1;
            if letters > LETTERS_MAX {
                continue;
            }
            let words = stored.touch.new_text.as_deref().unwrap_or_default();
            let text = format!("To: {email}\nSubject: {}\n\n{words}", message.subject);
            // What no draft could be is not read.
            let Ok(coached) = coach.read(&text, &asked) else { continue };
            let is_qualifying = met_at.is_none_or(|met| at.timestamp() < met.timestamp());
            for finding in coached.report.findings {
                if is_qualifying && PRESSING.contains(&finding.rule.as_str()) {
                    found.pressed += 1;
                }
                *found.findings.entry(finding.rule).or_default() += 1;
            }
        }
        found.letters = Some(letters);
        Ok(())
    }
}

/// Whether whose mailbox it is works on the lead.
fn is_own(lead: &Lead) -> bool {
    lead.owner == Some(Who::Own)
        && matches!(lead.state, LeadState::Accepted | LeadState::Won | LeadState::Lost)
}

/// When sales came farther than to ask.
pub(super) fn met_at(events: &[KeptLeadEvent]) -> Option<Moment> {
    events.iter().find_map(|kept| match &kept.event {
        LeadEvent::Reached {
            outcome: Outcome::Meeting | Outcome::Proposal | Outcome::Won,
            on,
            ..
        } => Some(on.unwrap_or(kept.at)),
        _ => None,
    })
}
