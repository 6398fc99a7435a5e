//! Handing a lead over: who it is, where they came from, what was said, promised and asked, and to whom
//! it goes.

use std::collections::BTreeMap;

use inroad_leads::{
    Answer, Definition, Given, HandOver, LeadEvent, PROMISES_MAX, To, Who, in_force,
};
use inroad_model::{EmailAddress, MemberRole, Moment};
use inroad_store::NewLead as NewRow;

use super::register::LeadRegister;
use super::{invalid, json};
use crate::deeds::{Done, Inverse};
use crate::do_not_contact::hashed::Hashed;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// A lead that somebody hands over.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewLead {
    /// What is known. The version of the definition is filled in here.
    pub hand_over: HandOver,
    /// To whom; `None` for where the territories lead.
    pub to: Option<To>,
    /// Whether they have seen who it may be already, and hand it over nevertheless.
    pub despite_doubles: bool,
}

/// A line of a form is no longer.
const LINE_CHARS_MAX: usize = 200;
/// What was said is no longer.
const TEXT_CHARS_MAX: usize = 4000;

impl Inroad {
    /// Hands a lead over; gives its number.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::Invalid`] where something is missing or too long;
    /// [`Error::Conflict`] where it may be there already ([`Inroad::lead_doubles`]).
    pub async fn hand_over_lead(
        &self,
        actor: &Actor,
        new: NewLead,
        at: Moment,
    ) -> Result<Done<i64>> {
        actor.must(Right::HandOver)?;
        let register = self.lead_register(at).await?;
        let despite = new.despite_doubles;
        let (hand_over, to) = ready(actor, new, &register, &self.hashed(at).await?, at)?;
        if !despite && let Some(double) = register.doubles(actor, &hand_over).first() {
            let what = format!("{}; look at it first, or hand it over nevertheless", double.says);
            return Err(Error::Conflict { what });
        }
        let label = label(&hand_over);
        let email = hand_over.person.email.clone();
        let event = LeadEvent::HandedOver { lead: Box::new(hand_over), to: to.clone() };
        let content = json(&event)?;
        let row = NewRow { email: email.as_ref(), import_key: "", content: &content };
        let kept = self.store.add_leads(&[row], actor.signs(), at).await?;
        let Some(Some((lead, event))) = kept.first().copied() else {
            return Err(Error::Internal { what: "a new lead was not kept".to_owned() });
        };
        let goes = if actor.is(MemberRole::Provider) {
            "sales".to_owned()
        } else {
            register.called_to(&to)
        };
        let says = format!("{label}: handed over to {goes}");
        let about = [format!("lead {lead}")].into();
        let inverse = Inverse::LeadEvents { events: vec![event], about };
        let deed = self.keep_deed_of(actor, None, &says, &inverse, at).await?;
        Ok(Done { what: lead, deed })
    }

    /// To whom somebody may hand a lead over: each with a name. Empty for an outside provider, whose leads
    /// go where the territories lead.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn lead_takers(&self, actor: &Actor, at: Moment) -> Result<Vec<(To, String)>> {
        actor.must(Right::Leads)?;
        if actor.is(MemberRole::Provider) {
            return Ok(Vec::new());
        }
        Ok(self.lead_register(at).await?.takers())
    }
}

/// A lead as it is kept, with where it goes.
pub(super) fn ready(
    actor: &Actor,
    new: NewLead,
    register: &LeadRegister,
    hashed: &Hashed,
    at: Moment,
) -> Result<(HandOver, To)> {
    let counts = in_force(&register.versions, at);
    let definition = counts.map_or_else(Definition::unsigned, |version| version.definition.clone());
    let mut lead = tidy(new.hand_over)?;
    // Whoever was erased, or is listed by a hash, is known to nobody here, and stays so.
    if lead.person.email.as_ref().is_some_and(|email| hashed.row_of(email).is_some()) {
        return Err(invalid(
            "They are on the list of whom not to contact, and cannot be handed over",
        ));
    }
    lead.definition = counts.map(|version| version.number);
    if lead.source.is_empty() {
        let firm = actor.team().filter(|_| actor.is(MemberRole::Provider));
        let Some(firm) = firm else {
            return Err(invalid("Say where they came from, such as a fair, a form or a call"));
        };
        firm.as_str().clone_into(&mut lead.source);
    }
    // While nothing is agreed, there is nothing to answer.
    let answers = counts.map(|_| known_answers(lead.answers, &definition)).transpose()?;
    lead.answers = answers.unwrap_or_default();
    let domain = lead.person.email.as_ref().map_or("", EmailAddress::domain);
    let to = match new.to {
        // Who is outside learns of nobody inside; the territories tell.
        Some(to) if !actor.is(MemberRole::Provider) => to,
        _ => definition.goes_to(&lead.place, domain),
    };
    let is_outside = actor.is(MemberRole::Provider);
    let nobody = || invalid("Nobody takes leads on there for now; ask who agreed on it with you");
    register.can_take(&to).map_err(|why| if is_outside { nobody() } else { why })?;
    Ok((lead, to))
}

/// What a lead is called where it is spoken of.
pub(super) fn label(lead: &HandOver) -> String {
    let person = &lead.person;
    let email = person.email.as_ref().map_or(person.phone.as_str(), EmailAddress::as_str);
    let who = if person.name.is_empty() { email } else { &person.name };
    if lead.account.is_empty() { who.to_owned() } else { format!("{who}, {}", lead.account) }
}

fn tidy(mut lead: HandOver) -> Result<HandOver> {
    let line = |text: &str, what: &str| {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > LINE_CHARS_MAX {
            return Err(invalid(format!("{what} is too long; use {LINE_CHARS_MAX} characters")));
        }
        Ok(text)
    };
    let text = |text: &str, what: &str| {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.chars().count() > TEXT_CHARS_MAX {
            return Err(invalid(format!("{what} is too long; use {TEXT_CHARS_MAX} characters")));
        }
        Ok(text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect())
    };
    lead.person.name = line(&lead.person.name, "The name")?;
    lead.person.phone = line(&lead.person.phone, "The telephone number")?;
    lead.person.title = line(&lead.person.title, "What they do")?;
    lead.account = line(&lead.account, "The firm")?;
    lead.place = line(&lead.place, "The place")?;
    lead.source = line(&lead.source, "Where they came from")?;
    lead.campaign = line(&lead.campaign, "The campaign")?;
    lead.said = text(&lead.said, "What was said")?;
    lead.asked = text(&lead.asked, "What they asked")?;
    let promised = lead.promised.iter().map(|promise| line(promise, "A promise"));
    let mut promised = promised.collect::<Result<Vec<String>>>()?;
    promised.retain(|promise| !promise.is_empty());
    if promised.len() > PROMISES_MAX {
        return Err(invalid(format!("Name {PROMISES_MAX} promises at most")));
    }
    lead.promised = promised;
    if lead.person.email.is_none() && lead.person.phone.is_empty() {
        return Err(invalid(
            "Give a mail address or a telephone number; else nobody can reach them",
        ));
    }
    Ok(lead)
}

/// Answers to criteria that there are, each with a short word.
pub(super) fn known_answers(
    answers: BTreeMap<String, Answer>,
    definition: &Definition,
) -> Result<BTreeMap<String, Answer>> {
    let mut known = BTreeMap::new();
    for (key, mut answer) in answers {
        if definition.criterion(&key).is_none() {
            return Err(invalid(format!("The definition that counts has no criterion '{key}'")));
        }
        if let Given::Number(number) = answer.given
            && !number.is_finite()
        {
            return Err(invalid(format!("'{key}' needs a number")));
        }
        answer.words = answer.words.split_whitespace().collect::<Vec<_>>().join(" ");
        if answer.words.chars().count() > LINE_CHARS_MAX {
            return Err(invalid(format!("The word on '{key}' is too long")));
        }
        known.insert(key, answer);
    }
    Ok(known)
}

impl LeadRegister {
    /// Refuses somebody who takes no leads on.
    pub(super) fn can_take(&self, to: &To) -> Result<()> {
        if self.takers().iter().any(|(taker, _)| taker == to) {
            return Ok(());
        }
        let what = match to {
            To::Person(who) => format!("{} takes no leads on here", self.called(who)),
            To::Team(team) => format!("Nobody of the team {team} takes leads on"),
        };
        Err(invalid(what))
    }

    /// Who takes leads on: teams with a seller, and sellers.
    pub(super) fn takers(&self) -> Vec<(To, String)> {
        let sells = |(_, person): &(&Who, &super::register::Person)| {
            person.roles.contains(&MemberRole::Seller)
        };
        let sellers: Vec<_> = self.here().filter(sells).collect();
        let mut teams: Vec<_> =
            sellers.iter().filter_map(|(_, person)| person.team.clone()).collect();
        teams.sort();
        teams.dedup();
        let teams = teams.into_iter().map(|team| {
            let name = format!("Team {team}");
            (To::Team(team), name)
        });
        let people =
            sellers.iter().map(|(who, person)| (To::Person((*who).clone()), person.name.clone()));
        teams.chain(people).collect()
    }

    pub(super) fn called_to(&self, to: &To) -> String {
        match to {
            To::Person(who) => self.called(who),
            To::Team(team) => format!("team {team}"),
        }
    }
}
