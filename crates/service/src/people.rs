//! One person: what passed, what is known, under which addresses.

use std::collections::BTreeSet;

use inroad_advice::discreet;
use inroad_advice::people::PersonReview;
use inroad_advice::same_person;
use inroad_model::{
    Contact, Deal, EmailAddress, Fact, KeptInsight, MessageId, Moment, Seller, Touch,
};
use inroad_store::Concerning;
use serde::Serialize;

use crate::inroad::Inroad;
use crate::insight::hold_at;
use crate::uniting::Canonical;
use crate::{Error, Result};

/// Everything about one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonView {
    /// The address asked for.
    pub email: EmailAddress,
    /// The name seen last by then.
    pub name: Option<String>,
    /// Other addresses that the user said are this person's.
    pub same_as: Vec<EmailAddress>,
    /// Addresses that may be this person's, for the user to decide.
    pub maybe_same_as: Vec<SamePersonProposal>,
    /// The person's part in each deal.
    pub deals: Vec<PersonInDeal>,
    /// What was stated by or about the person, oldest first.
    pub facts: Vec<Fact>,
    /// What the user told of the person, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<KeptInsight>,
    /// Address book entries.
    pub contacts: Vec<Contact>,
    /// The latest messages, newest first.
    pub messages: Vec<PersonMessage>,
    /// How many messages there are in all.
    pub message_count: usize,
}

/// A person's part in one deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonInDeal {
    /// The deal's name.
    pub deal: String,
    /// The part.
    pub person: PersonReview,
}

/// A line of the list of messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonMessage {
    /// The message.
    pub message: MessageId,
    /// When it was written.
    pub date: Option<Moment>,
    /// Whether the person wrote it.
    pub from_person: bool,
    /// What about.
    pub subject: String,
}

/// Two addresses that may be one person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SamePersonProposal {
    /// The other address.
    pub email: EmailAddress,
    /// Why it looks so.
    pub why: String,
}

const MESSAGES_SHOWN_MAX: usize = 20;
const ADDRESSES_COMPARED_MAX: u32 = 200_000;

impl Inroad {
    /// Everything about the person behind an address, as of a moment.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nothing was ever seen of that address.
    pub async fn person(&self, email: &EmailAddress, as_of: Moment) -> Result<PersonView> {
        let aliases = self.aliases().await?;
        let same: BTreeSet<EmailAddress> = aliases.all_of(email);
        let concerning =
            Concerning { emails: same.clone(), until: Some(as_of), ..Concerning::default() };
        let touches: Vec<Touch> =
            self.store.messages(&concerning).await?.into_iter().map(|m| m.touch).collect();
        let mut contacts = self.store.contacts().await?;
        let maybe_same_as = self.same_person_proposals(email, &same, &contacts).await?;
        contacts.retain(|contact| contact.emails.iter().any(|email| same.contains(email)));
        if touches.is_empty() && contacts.is_empty() {
            return Err(Error::NotFound {
                what: format!("Nothing was ever seen of {email}; check the spelling"),
            });
        }
        let facts = touches
            .iter()
            .flat_map(|touch| &touch.facts)
            .filter(|fact| fact.email.as_ref().is_some_and(|about| same.contains(about)))
            .cloned()
            .map(|mut fact| {
                discreet::keep_fact(&mut fact);
                fact
            })
            .collect();
        Ok(PersonView {
            email: email.clone(),
            name: name_in(&touches, email).or_else(|| name_in_contacts(&contacts, email)),
            same_as: same.iter().filter(|other| *other != email).cloned().collect(),
            maybe_same_as,
            deals: self.deals_of(&same, as_of).await?,
            facts,
            told: self.told_of(&same, as_of).await?,
            contacts,
            message_count: touches.len(),
            messages: latest(&touches, &same),
        })
    }

    /// Says that two addresses belong to one person, or that they do not. The latest word counts.
    pub async fn decide_same_person(
        &self,
        a: &EmailAddress,
        b: &EmailAddress,
        same: bool,
        at: Moment,
    ) -> Result<()> {
        if a == b {
            return Err(Error::Invalid { what: format!("{a} is one address; name two") });
        }
        Ok(self.store.decide_same_person(a, b, same, at).await?)
    }

    async fn deals_of(
        &self,
        same: &BTreeSet<EmailAddress>,
        as_of: Moment,
    ) -> Result<Vec<PersonInDeal>> {
        let review = self.review(as_of).await?;
        Ok(review
            .deals
            .into_iter()
            .flat_map(|deal| {
                let name = deal.name;
                deal.people
                    .into_iter()
                    .filter(|person| same.contains(&person.email))
                    .map(move |person| PersonInDeal { deal: name.clone(), person })
            })
            .collect())
    }

    async fn told_of(
        &self,
        same: &BTreeSet<EmailAddress>,
        as_of: Moment,
    ) -> Result<Vec<KeptInsight>> {
        let mut told = Vec::new();
        for email in same {
            told.extend(self.store.insights_about(email).await?);
        }
        told.sort_by_key(|kept| kept.number);
        told.dedup_by_key(|kept| kept.number);
        Ok(hold_at(told, as_of))
    }

    async fn same_person_proposals(
        &self,
        email: &EmailAddress,
        same: &BTreeSet<EmailAddress>,
        contacts: &[Contact],
    ) -> Result<Vec<SamePersonProposal>> {
        let decided = self.store.same_person_decisions().await?;
        let refused = |other: &EmailAddress| {
            decided.iter().any(|d| {
                !d.same
                    && (same.contains(&d.a) && d.b == *other
                        || same.contains(&d.b) && d.a == *other)
            })
        };
        let seen: Vec<same_person::Seen> = self
            .store
            .addresses(ADDRESSES_COMPARED_MAX)
            .await?
            .into_iter()
            .map(|row| same_person::Seen { email: row.email, name: row.name })
            .collect();
        Ok(same_person::propose(email, &seen, contacts)
            .into_iter()
            .filter(|(other, _)| !same.contains(other) && !refused(other))
            .map(|(email, why)| SamePersonProposal { email, why })
            .collect())
    }

    /// Which addresses the user said are one person's.
    pub(crate) async fn aliases(&self) -> Result<Aliases> {
        let mut aliases = Aliases::default();
        for decision in self.store.same_person_decisions().await? {
            if decision.same {
                aliases.join(&decision.a, &decision.b);
            }
        }
        Ok(aliases)
    }
}

/// The name that stood beside an address last; a name that is an address is none.
fn name_in(touches: &[Touch], email: &EmailAddress) -> Option<String> {
    touches
        .iter()
        .rev()
        .flat_map(|touch| touch.message.from.iter().chain(touch.recipients()))
        .filter(|mailbox| mailbox.address == *email)
        .filter_map(|mailbox| mailbox.name.clone())
        .find(|name| !name.trim().is_empty() && !name.contains('@'))
}

fn name_in_contacts(contacts: &[Contact], email: &EmailAddress) -> Option<String> {
    contacts.iter().find(|c| c.emails.contains(email)).and_then(|contact| contact.name.clone())
}

fn latest(touches: &[Touch], same: &BTreeSet<EmailAddress>) -> Vec<PersonMessage> {
    touches
        .iter()
        .rev()
        .take(MESSAGES_SHOWN_MAX)
        .map(|touch| PersonMessage {
            message: touch.message.id.clone(),
            date: touch.message.date,
            from_person: touch.message.from.as_ref().is_some_and(|f| same.contains(&f.address)),
            subject: touch.message.subject.clone(),
        })
        .collect()
}

/// Groups of addresses that are one person's.
#[derive(Debug, Default)]
pub(crate) struct Aliases {
    groups: Vec<BTreeSet<EmailAddress>>,
}

impl Aliases {
    fn join(&mut self, a: &EmailAddress, b: &EmailAddress) {
        let mut joined = BTreeSet::from([a.clone(), b.clone()]);
        self.groups.retain(|group| {
            let touches = group.contains(a) || group.contains(b);
            if touches {
                joined.extend(group.iter().cloned());
            }
            !touches
        });
        self.groups.push(joined);
    }

    /// The address with all others of the same person.
    pub(crate) fn all_of(&self, email: &EmailAddress) -> BTreeSet<EmailAddress> {
        let group = self.groups.iter().find(|group| group.contains(email));
        group.cloned().unwrap_or_else(|| BTreeSet::from([email.clone()]))
    }

    /// The addresses of each person who has several.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &BTreeSet<EmailAddress>> {
        self.groups.iter()
    }

    /// The addresses, and all others of whoever has one at the domains.
    pub(crate) fn widen(
        &self,
        emails: impl Iterator<Item = EmailAddress>,
        domains: &BTreeSet<String>,
    ) -> BTreeSet<EmailAddress> {
        let is_at = |email: &EmailAddress| domains.iter().any(|domain| email.is_at(domain));
        let known = self.groups.iter().filter(|group| group.iter().any(is_at)).flatten().cloned();
        emails.flat_map(|email| self.all_of(&email)).chain(known).collect()
    }

    /// Every other address by the one that stands for its person: the user's own, else the one
    /// that a deal names, else one at the domain of a deal, else the first.
    pub(crate) fn canonical(&self, seller: &Seller, deals: &[Deal]) -> Canonical {
        let is_named = |email: &EmailAddress| {
            deals.iter().flat_map(|deal| &deal.people).any(|seat| seat.email == *email)
        };
        let is_at = |email: &EmailAddress| {
            deals.iter().filter_map(|deal| deal.domain.as_deref()).any(|d| email.is_at(d))
        };
        let mut canonical = Canonical::new();
        for group in &self.groups {
            let chosen = group
                .iter()
                .find(|email| seller.is_ours(email))
                .or_else(|| group.iter().find(|email| is_named(email)))
                .or_else(|| group.iter().find(|email| is_at(email)))
                .or_else(|| group.first());
            let Some(chosen) = chosen else { continue };
            for email in group.iter().filter(|email| *email != chosen) {
                canonical.insert(email.clone(), chosen.clone());
            }
        }
        canonical
    }
}
