//! One lead, as somebody may see it, with what they may do.

use std::collections::BTreeMap;

use inroad_leads::{Definition, KeptLeadEvent, Lead, LeadState, Qualifies, To, Who};
use inroad_model::{MemberRole, Moment};
use inroad_store::LeadsAsked as RowsAsked;
use serde::Serialize;

use super::list::LeadRow;
use super::register::{counts, kept_event};
use super::told::{LeadTold, is_open_to};
use super::treatment::{Treatment, met_at};
use crate::Result;
use crate::inroad::Inroad;
use crate::rights::{Actor, LeadRight, Right};

/// What somebody may do with a lead as it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button that is there or not")]
pub struct LeadMay {
    /// Accept it.
    pub accept: bool,
    /// Return it, or lay it aside until a day.
    pub give_back: bool,
    /// Say how far they came, and what became of promises.
    pub go_on: bool,
    /// Say what held.
    pub judge: bool,
    /// Answer and hand over again.
    pub answer: bool,
    /// Give it up.
    pub give_up: bool,
    /// Say how it was treated.
    pub judge_treatment: bool,
    /// Give it to somebody else.
    pub hand_on: bool,
    /// Make a deal of it.
    pub attach: bool,
}

/// One lead.
#[derive(Debug, Clone, Serialize)]
pub struct LeadPage {
    /// Its line in a list.
    pub row: LeadRow,
    /// All that is open to whoever looks.
    pub lead: Lead,
    /// By what it is measured.
    #[serde(skip)]
    pub definition: Definition,
    /// Whether it is qualified by that.
    pub qualifies: Qualifies,
    /// What happened, in order.
    pub told: Vec<LeadTold>,
    /// How it was treated; `None` where that is not theirs to see.
    pub treatment: Option<Treatment>,
    /// Whether they see how it was treated.
    pub sees_treatment: bool,
    /// What people are called who said something of it, by number of what they said.
    #[serde(skip)]
    pub names: BTreeMap<i64, String>,
    /// What whoever looks may do.
    #[serde(skip)]
    pub may: LeadMay,
}

impl Inroad {
    /// One lead, as somebody may see it.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`]; [`crate::Error::NotFound`] for one that is not theirs.
    pub async fn lead(&self, actor: &Actor, number: i64, at: Moment) -> Result<LeadPage> {
        actor.must(Right::Leads)?;
        let register = self.lead_register(at).await?;
        let kept = register.lead(number)?;
        actor.must_with_lead(LeadRight::See, &kept.sides)?;
        let rows = self.store.lead_events(RowsAsked::One(number)).await?;
        let rows = rows.into_iter().filter(|row| counts(row, at));
        let events = rows.map(kept_event).collect::<Result<Vec<KeptLeadEvent>>>()?;
        let sees_treatment = actor.may_with_lead(LeadRight::SeeTreatment, &kept.sides);
        let treatment = if sees_treatment {
            Some(self.treatment(kept, &register, met_at(&events), at).await?)
        } else {
            None
        };
        let mut lead = kept.lead.clone();
        let mut names = BTreeMap::new();
        for feedback in &lead.feedback {
            names.insert(feedback.number, register.called_for(actor, &feedback.by));
            for reply in &feedback.replies {
                names.insert(reply.number, register.called_for(actor, &reply.by));
            }
        }
        lead.feedback.retain(|feedback| is_open_to(feedback, sees_treatment));
        if !actor.is_owner() {
            lead.deal = None;
        }
        if actor.is(MemberRole::Provider) {
            without_people(&mut lead);
        }
        let measure = register.measure(lead.hand_over.definition);
        Ok(LeadPage {
            row: register.row(actor, kept, at),
            qualifies: measure.0.qualifies(&lead.hand_over.answers),
            definition: open_to(actor, measure.0.clone()),
            told: register.told(actor, &events),
            treatment,
            sees_treatment,
            names,
            may: may(actor, kept),
            lead,
        })
    }
}

/// What counts, as somebody may see it: who is outside learns of no team inside.
pub(super) fn open_to(actor: &Actor, mut definition: Definition) -> Definition {
    if actor.is(MemberRole::Provider) {
        definition.territories.clear();
    }
    definition
}

/// A lead without a trace of who works on it inside.
fn without_people(lead: &mut Lead) {
    lead.owner = None;
    lead.to = To::Person(Who::Own);
    for feedback in &mut lead.feedback {
        feedback.by = Who::Own;
        for reply in &mut feedback.replies {
            reply.by = Who::Own;
        }
    }
}

fn may(actor: &Actor, kept: &super::register::Registered) -> LeadMay {
    use LeadState::{Accepted, GivenUp, Lost, Recycled, Returned, Waiting, Won};
    let state = kept.lead.state;
    let can = |right: LeadRight| actor.may_with_lead(right, &kept.sides);
    let free = !kept.is_stopped;
    let works = can(LeadRight::Work);
    let taken = matches!(state, Accepted | Won | Lost);
    LeadMay {
        accept: works && free && state == Waiting,
        give_back: works && matches!(state, Waiting | Accepted),
        go_on: works && state == Accepted,
        judge: works,
        answer: can(LeadRight::Answer)
            && free
            && matches!(state, Returned | Recycled { .. } | GivenUp),
        give_up: can(LeadRight::Answer) && matches!(state, Returned | Recycled { .. }),
        judge_treatment: can(LeadRight::JudgeTreatment),
        hand_on: can(LeadRight::Move) && matches!(state, Waiting | Accepted),
        attach: can(LeadRight::Attach) && free && taken,
    }
}
