//! What somebody does with a lead, each step an event.

use inroad_leads::{FeedbackKind, KeptLeadEvent, Lead, LeadEvent, Outcome};
use inroad_model::{Deal, DealId, EmailAddress, MemberRole, Moment, Seat, Stage};
use jiff::ToSpan;

use super::hand_over::known_answers;
use super::register::{LeadRegister, Registered};
use super::{hand_over, invalid, json};
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::rights::{Actor, LeadRight, NO_LEAD, Right};
use crate::{Error, Result};

/// A lead is laid aside for this long at most.
const YEARS_ASIDE_MAX: i32 = 5;

impl Inroad {
    /// Lets something happen to a lead. `seen` is the last event that somebody had before their eyes; `None`
    /// takes the lead as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a lead that is not theirs; [`Error::Forbidden`]; [`Error::Invalid`];
    /// [`Error::Conflict`] where it cannot happen to the lead as it stands, or where something happened to
    /// it meanwhile.
    pub async fn act_on_lead(
        &self,
        actor: &Actor,
        number: i64,
        seen: Option<i64>,
        event: LeadEvent,
        at: Moment,
    ) -> Result<Done<i64>> {
        actor.must(Right::Leads)?;
        if matches!(event, LeadEvent::HandedOver { .. } | LeadEvent::Attached { .. }) {
            return Err(invalid("That is done by an action of its own"));
        }
        let register = self.lead_register(at).await?;
        let kept = register.lead(number)?;
        actor.must_with_lead(right_of(&event, &kept.lead)?, &kept.sides)?;
        let event = checked(actor, event, kept, &register, at)?;
        self.add_event(actor, kept, seen, event, at).await
    }

    /// Makes a deal of a lead, or ties it to one that there is.
    ///
    /// # Errors
    /// As [`Inroad::act_on_lead`]; [`Error::Conflict`] for a new deal whose name is taken.
    pub async fn attach_lead(
        &self,
        actor: &Actor,
        number: i64,
        deal: Option<&DealId>,
        at: Moment,
    ) -> Result<Done<i64>> {
        actor.must(Right::Leads)?;
        let register = self.lead_register(at).await?;
        let kept = register.lead(number)?;
        actor.must_with_lead(LeadRight::Attach, &kept.sides)?;
        must_be_free(kept)?;
        let id = match deal {
            Some(id) => self.stored_deal(id).await?.deal.id,
            None => new_deal(&kept.lead, at)?.id,
        };
        // Whether it can be is asked before a deal is made for it.
        let event = LeadEvent::Attached { deal: id };
        try_on(&kept.lead, &event, actor, at)?;
        if deal.is_none() {
            self.add_deal(new_deal(&kept.lead, at)?, at).await?;
        }
        self.add_event(actor, kept, None, event, at).await
    }

    async fn add_event(
        &self,
        actor: &Actor,
        kept: &Registered,
        seen: Option<i64>,
        event: LeadEvent,
        at: Moment,
    ) -> Result<Done<i64>> {
        let lead = &kept.lead;
        try_on(lead, &event, actor, at)?;
        let meanwhile = || Error::Conflict {
            what: "Something happened to this lead meanwhile; look at it again".to_owned(),
        };
        if seen.is_some_and(|seen| seen != lead.last_event) {
            return Err(meanwhile());
        }
        let content = json(&event)?;
        let added =
            self.store.add_lead_event(lead.number, lead.last_event, &content, actor.signs(), at);
        let number = added.await?.ok_or_else(meanwhile)?;
        let says = format!("{}: {}", hand_over::label(&lead.hand_over), says(&event));
        let about = match &event {
            LeadEvent::Quality { .. } | LeadEvent::Treatment { .. } => {
                format!("lead word {number}")
            }
            LeadEvent::Replied { to, .. } => format!("lead word {to}"),
            _ => format!("lead {}", lead.number),
        };
        let inverse = Inverse::LeadEvents { events: vec![number], about: [about].into() };
        let deed = self.keep_deed_of(actor, None, &says, &inverse, at).await?;
        Ok(Done { what: number, deed })
    }
}

impl LeadRegister {
    pub(super) fn lead(&self, number: i64) -> Result<&Registered> {
        let found = self.leads.get(&number).map(AsRef::as_ref);
        found.ok_or_else(|| Error::NotFound { what: NO_LEAD.to_owned() })
    }
}

fn right_of(event: &LeadEvent, lead: &Lead) -> Result<LeadRight> {
    Ok(match event {
        LeadEvent::Accepted
        | LeadEvent::Returned { .. }
        | LeadEvent::Recycled { .. }
        | LeadEvent::Reached { .. }
        | LeadEvent::Promise { .. }
        | LeadEvent::Quality { .. } => LeadRight::Work,
        LeadEvent::Answered { .. } | LeadEvent::GivenUp { .. } => LeadRight::Answer,
        LeadEvent::Treatment { .. } => LeadRight::JudgeTreatment,
        LeadEvent::Moved { .. } => LeadRight::Move,
        LeadEvent::Replied { to, .. } => {
            let said = lead.feedback.iter().find(|feedback| feedback.number == *to);
            match said.map(|feedback| &feedback.of) {
                Some(FeedbackKind::Quality { .. }) => LeadRight::See,
                _ => LeadRight::SeeTreatment,
            }
        }
        LeadEvent::Attached { .. } => LeadRight::Attach,
        LeadEvent::HandedOver { .. } => {
            return Err(invalid("That is done by an action of its own"));
        }
    })
}

/// Refuses to work on somebody who asked to be left alone.
fn must_be_free(kept: &Registered) -> Result<()> {
    if kept.is_stopped {
        let what = "They asked to be left alone: nobody works on this lead. Sales returns it, marketing gives it up";
        return Err(Error::Conflict { what: what.to_owned() });
    }
    Ok(())
}

fn checked(
    actor: &Actor,
    event: LeadEvent,
    kept: &Registered,
    register: &LeadRegister,
    at: Moment,
) -> Result<LeadEvent> {
    let measure = register.measure(kept.lead.hand_over.definition);
    let definition = &measure.0;
    match &event {
        LeadEvent::Accepted => must_be_free(kept)?,
        LeadEvent::Reached { outcome, on, .. } => {
            if *outcome != Outcome::Lost {
                must_be_free(kept)?;
            }
            if on.is_some_and(|on| on.timestamp() > at.timestamp()) {
                return Err(invalid("That lies ahead; say it when it has happened"));
            }
        }
        LeadEvent::Returned { reason, .. } => {
            let counts = register.counting(at);
            let mut reasons = definition.return_reasons.iter().chain(&counts.return_reasons);
            if !reasons.any(|known| known == reason) {
                return Err(invalid(format!(
                    "'{reason}' is none of the agreed reasons: {}",
                    definition.return_reasons.join(", ")
                )));
            }
        }
        LeadEvent::Recycled { until, .. } => {
            let last = at.date().checked_add(YEARS_ASIDE_MAX.years()).ok();
            if *until <= at.date() || last.is_some_and(|last| *until > last) {
                return Err(invalid(format!(
                    "Name a day after today, within {YEARS_ASIDE_MAX} years"
                )));
            }
        }
        LeadEvent::Moved { to, .. } => register.can_take(to)?,
        LeadEvent::Answered { words, answers, to } => {
            must_be_free(kept)?;
            let to = to.clone().filter(|_| !actor.is(MemberRole::Provider));
            if let Some(to) = &to {
                register.can_take(to)?;
            }
            let answers = known_answers(answers.clone(), definition)?;
            return Ok(LeadEvent::Answered { words: words.clone(), answers, to });
        }
        LeadEvent::Quality { criteria, pressed, words } => {
            if let Some(key) = criteria.keys().find(|key| definition.criterion(key).is_none()) {
                return Err(invalid(format!(
                    "The definition by which this lead is measured has no criterion '{key}'"
                )));
            }
            if criteria.is_empty() && pressed.is_none() && words.is_none() {
                return Err(invalid("Say what held, or a few words"));
            }
        }
        _ => {}
    }
    Ok(event)
}

/// Whether something can happen to a lead as it stands.
fn try_on(lead: &Lead, event: &LeadEvent, actor: &Actor, at: Moment) -> Result<()> {
    let number = lead.last_event.saturating_add(1);
    let kept = KeptLeadEvent { number, at, by: actor.who(), event: event.clone() };
    lead.clone().apply(&kept).map_err(|why| Error::Conflict { what: why.to_string() })
}

/// What was done, without words that somebody wrote about somebody.
fn says(event: &LeadEvent) -> String {
    match event {
        LeadEvent::HandedOver { .. } => "handed over".to_owned(),
        LeadEvent::Accepted => "accepted".to_owned(),
        LeadEvent::Returned { reason, .. } => format!("returned, {reason}"),
        LeadEvent::Recycled { until, .. } => format!("too early, back on {until}"),
        LeadEvent::Answered { .. } => "answered and handed over again".to_owned(),
        LeadEvent::GivenUp { .. } => "given up".to_owned(),
        LeadEvent::Moved { .. } => "given to somebody else".to_owned(),
        LeadEvent::Reached { outcome, .. } => outcome.as_str().to_owned(),
        LeadEvent::Promise { kept, .. } => format!("a promise is {}", kept.as_str()),
        LeadEvent::Quality { .. } => "a word on the lead".to_owned(),
        LeadEvent::Treatment { .. } => "a word on its treatment".to_owned(),
        LeadEvent::Replied { .. } => "a reply".to_owned(),
        LeadEvent::Attached { .. } => "became a deal".to_owned(),
    }
}

fn new_deal(lead: &Lead, at: Moment) -> Result<Deal> {
    let known = &lead.hand_over;
    let name = hand_over::label(known);
    let person = known.person.email.clone().map(|email| Seat {
        email,
        name: Some(known.person.name.clone()).filter(|name| !name.is_empty()),
        title: Some(known.person.title.clone()).filter(|title| !title.is_empty()),
        roles: Vec::new(),
    });
    let is_free = |email: &EmailAddress| inroad_advice::propose::is_free_mail(email.domain());
    let domain = known.person.email.as_ref().filter(|email| !is_free(email));
    Ok(Deal {
        id: DealId::new(&name).map_err(invalid)?,
        name,
        organization: Some(known.account.clone()).filter(|account| !account.is_empty()),
        domain: domain.map(|email| email.domain().to_owned()),
        stage: Some(Stage::Lead),
        stage_since: None,
        value: None,
        currency: None,
        fee_quoted: None,
        usual_fee_range: None,
        ongoing_account: false,
        opened: Some(at.date()),
        source: Some(known.source.clone()),
        industry: None,
        people: person.into_iter().collect(),
        notes: Vec::new(),
        insights: Vec::new(),
    })
}
