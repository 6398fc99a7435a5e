//! Whether a lead that somebody types is there already.

use std::collections::{BTreeMap, BTreeSet};

use inroad_leads::HandOver;
use serde::Serialize;

use super::register::{LeadRegister, Registered};
use crate::Result;
use crate::inroad::Inroad;
use crate::rights::{Actor, LeadRight, Right};
use crate::search::fold;

/// A lead that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeadDouble {
    /// Its number, where whoever asks may see it.
    pub number: Option<i64>,
    /// What it is and why, in words.
    pub says: String,
}

/// So many digits from the end make a telephone number one.
const DIGITS: usize = 8;

impl Inroad {
    /// Open leads that may be the one that somebody hands over.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`].
    pub async fn lead_doubles(
        &self,
        actor: &Actor,
        lead: &HandOver,
        at: inroad_model::Moment,
    ) -> Result<Vec<LeadDouble>> {
        actor.must(Right::HandOver)?;
        Ok(self.lead_register(at).await?.doubles(actor, lead))
    }
}

/// Open leads by what makes two of them one.
pub(super) struct OpenLeads<'r> {
    register: &'r LeadRegister,
    found: BTreeMap<(&'static str, String), i64>,
    /// Of those that come in together and are no leads yet.
    coming: BTreeSet<(&'static str, String)>,
}

impl LeadRegister {
    pub(super) fn doubles(&self, actor: &Actor, lead: &HandOver) -> Vec<LeadDouble> {
        self.open_leads().like(actor, lead)
    }

    pub(super) fn open_leads(&self) -> OpenLeads<'_> {
        let mut found = BTreeMap::new();
        for kept in self.leads.values().filter(|kept| kept.lead.state.is_open()) {
            for mark in marks(&kept.lead.hand_over) {
                found.entry(mark).or_insert(kept.lead.number);
            }
        }
        OpenLeads { register: self, found, coming: BTreeSet::new() }
    }
}

impl OpenLeads<'_> {
    /// Those that may be the same, each once.
    pub(super) fn like(&self, actor: &Actor, lead: &HandOver) -> Vec<LeadDouble> {
        let mut seen = BTreeSet::new();
        let known = marks(lead).into_iter().filter_map(|mark| {
            let number = *self.found.get(&mark)?;
            let kept = self.register.leads.get(&number)?;
            seen.insert(number).then(|| told(actor, kept, mark.0))
        });
        known.collect()
    }

    /// Notes one that comes in; tells whether one that came with it may be the same.
    pub(super) fn comes_twice(&mut self, lead: &HandOver) -> bool {
        // All marks are noted, also behind the first that was there.
        marks(lead).into_iter().filter(|mark| !self.coming.insert(mark.clone())).count() > 0
    }
}

fn told(actor: &Actor, kept: &Registered, why: &str) -> LeadDouble {
    if actor.may_with_lead(LeadRight::See, &kept.sides) {
        let says = format!(
            "There is an open lead already, {} (number {}): {why}",
            kept.lead.label(),
            kept.lead.number
        );
        return LeadDouble { number: Some(kept.lead.number), says };
    }
    LeadDouble { number: None, says: format!("Somebody handed over an open lead already: {why}") }
}

/// What makes two leads one, each with its name.
fn marks(lead: &HandOver) -> Vec<(&'static str, String)> {
    let person = &lead.person;
    let email = person.email.as_ref().map(|email| ("the same mail address", email.to_string()));
    let phone = digits(&person.phone).map(|digits| ("the same telephone number", digits));
    let is_named = !person.name.is_empty() && !lead.account.is_empty();
    let name = is_named.then(|| {
        let name = format!("{}\n{}", fold(&person.name), fold(&lead.account));
        ("the same name at the same firm", name)
    });
    [email, phone, name].into_iter().flatten().collect()
}

fn digits(phone: &str) -> Option<String> {
    let mut digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    digits.reverse();
    digits.truncate(DIGITS);
    (digits.len() == DIGITS).then(|| digits.into_iter().collect())
}
