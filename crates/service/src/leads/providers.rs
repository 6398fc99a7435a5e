//! Outside providers of leads: firms with people of their own, how they work, and what became of their leads.

use std::collections::BTreeSet;

use inroad_leads::{Case, Definition, Disagreements, Group, Who};
use inroad_model::{MemberRole, Moment, Remark, TeamName};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::register::LeadRegister;
use super::{damaged, invalid, json};
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// A way of finding leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By telephone.
    Telephone,
    /// By mail.
    Mail,
    /// At fairs, talks and other events.
    Events,
    /// By what people find and read.
    Content,
    /// By advertisements.
    Advertising,
    /// By people who know people.
    Referral,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Telephone,
        Self::Mail,
        Self::Events,
        Self::Content,
        Self::Advertising,
        Self::Referral,
    ];

    /// The name in forms and files, which is a word for it as well.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::Mail => "mail",
            Self::Events => "events",
            Self::Content => "content",
            Self::Advertising => "advertising",
            Self::Referral => "referral",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == name)
    }
}

/// How a provider works, as somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderWord {
    /// The day of which it tells.
    pub day: Date,
    /// By which ways they find leads.
    pub ways: BTreeSet<Way>,
    /// Whether their people believe in these ways; `None` if nobody knows.
    pub believes: Option<bool>,
    /// In words.
    pub words: Option<Remark>,
}

/// A provider.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Provider {
    /// The firm.
    pub firm: TeamName,
    /// Its people who work here, by name.
    pub people: Vec<String>,
    /// What was said of how they work, the latest first: by whom, and what.
    pub words: Vec<(String, ProviderWord)>,
    /// What became of their leads.
    pub leads: Group,
}

impl Inroad {
    /// All outside providers, by name.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn lead_providers(&self, actor: &Actor, at: Moment) -> Result<Vec<Provider>> {
        actor.must(Right::Providers)?;
        let register = self.lead_register(at).await?;
        let mut found = Vec::new();
        for firm in firms(&register) {
            found.push(self.provider_of(actor, &register, firm, at).await?);
        }
        Ok(found)
    }

    /// One of them. Its own people see what they said themselves, and what became of their leads.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`].
    pub async fn lead_provider(
        &self,
        actor: &Actor,
        firm: &TeamName,
        at: Moment,
    ) -> Result<Provider> {
        let register = self.lead_register(at).await?;
        must_know(actor, firm, &register)?;
        self.provider_of(actor, &register, firm.clone(), at).await
    }

    /// Says how a provider works.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Invalid`] for nothing said, or a day ahead.
    pub async fn say_of_provider(
        &self,
        actor: &Actor,
        firm: &TeamName,
        word: ProviderWord,
        at: Moment,
    ) -> Result<Done<()>> {
        let register = self.lead_register(at).await?;
        must_know(actor, firm, &register)?;
        if word.day > at.date() {
            return Err(invalid("That day lies ahead"));
        }
        if word.ways.is_empty() && word.believes.is_none() && word.words.is_none() {
            return Err(invalid("Say by which ways they find leads, or a few words"));
        }
        let content = json(&word)?;
        let number =
            self.store.add_provider_word(firm.as_str(), &content, actor.signs(), at).await?;
        let says = format!("{firm}: how they work");
        let inverse = Inverse::ProviderWord { number };
        let deed = self.keep_deed_of(actor, None, &says, &inverse, at).await?;
        Ok(Done { what: (), deed })
    }

    async fn provider_of(
        &self,
        actor: &Actor,
        register: &LeadRegister,
        firm: TeamName,
        at: Moment,
    ) -> Result<Provider> {
        let is_theirs = |who: &Who| {
            register.person(who).is_some_and(|person| {
                person.roles.contains(&MemberRole::Provider) && person.team.as_ref() == Some(&firm)
            })
        };
        let is_outside = actor.is(MemberRole::Provider);
        let mut words = Vec::new();
        for row in self.store.provider_words().await? {
            let by = Who::from(row.told_by);
            let counts = row.told_at.timestamp() <= at.timestamp()
                && row.withdrawn_at.is_none_or(|back| back.timestamp() > at.timestamp());
            if row.about != firm.as_str() || !counts || is_outside && !is_theirs(&by) {
                continue;
            }
            let word: ProviderWord = serde_json::from_str(&row.content)
                .map_err(|cause| damaged("a word on a provider", &cause))?;
            words.push((register.called(&by), word));
        }
        words.reverse();
        let people = register.here().filter(|(who, _)| is_theirs(who));
        let people = people.map(|(_, person)| person.name.clone()).collect();
        let cases: Vec<Case> =
            register.cases().into_iter().filter(|case| is_theirs(&case.by)).collect();
        let leads = Disagreements::of(&cases, &Definition::unsigned(), |_| None).all;
        Ok(Provider { firm, people, words, leads })
    }
}

/// The firms of all who hand over from outside, or did.
fn firms(register: &LeadRegister) -> BTreeSet<TeamName> {
    register.outside().collect()
}

impl LeadRegister {
    fn outside(&self) -> impl Iterator<Item = TeamName> {
        let is_outside =
            |person: &&super::register::Person| person.roles.contains(&MemberRole::Provider);
        self.everybody().filter(is_outside).filter_map(|person| person.team.clone())
    }
}

fn must_know(actor: &Actor, firm: &TeamName, register: &LeadRegister) -> Result<()> {
    actor.must(Right::OwnProvider)?;
    if !actor.may(Right::Providers) && actor.team() != Some(firm) {
        actor.must(Right::Providers)?;
    }
    if firms(register).contains(firm) {
        return Ok(());
    }
    Err(Error::NotFound { what: format!("{firm} is no outside provider here") })
}
