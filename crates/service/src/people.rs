//! One person: what passed, what is known, under which addresses.

pub(crate) mod aliases;
mod page;
mod same_person;

use std::collections::BTreeSet;

use inroad_advice::discreet;
use inroad_advice::people::PersonReview;
use inroad_advice::same_person::{Seen, propose};
use inroad_model::{
    Contact, EmailAddress, Entry, Fact, KeptEntry, KeptInsight, MessageId, Moment, Subject, Touch,
};
use inroad_store::Concerning;
use serde::Serialize;

use crate::inroad::Inroad;
use crate::insight::hold_at;
use crate::{Error, Result};

pub(crate) use aliases::Aliases;
pub use page::PersonPage;

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
    /// The words by which the user finds the person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Why the user leaves the person alone, or the firm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_alone: Option<String>,
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
        let mut contacts = self.cards(&aliases, as_of).await?;
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
        let entries = self.entries_about(&same, as_of).await?;
        Ok(PersonView {
            email: email.clone(),
            name: name_in(&touches, email).or_else(|| name_in_contacts(&contacts, email)),
            same_as: same.iter().filter(|other| *other != email).cloned().collect(),
            maybe_same_as,
            deals: self.deals_of(&same, as_of).await?,
            facts,
            told: self.told_of(&same, as_of).await?,
            tags: tags(&entries),
            left_alone: entries.iter().find_map(left_alone).map(str::to_owned),
            contacts,
            message_count: touches.len(),
            messages: latest(&touches, &same),
        })
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

    /// What the user wrote down of a person or of the whole firm, and still counted at a moment.
    pub(crate) async fn entries_about(
        &self,
        same: &BTreeSet<EmailAddress>,
        as_of: Moment,
    ) -> Result<Vec<KeptEntry>> {
        let mut entries = self.entries(as_of).await?;
        entries.retain(|kept| match &kept.about {
            Subject::Person(email) => same.contains(email),
            Subject::Account(key) => {
                matches!(kept.entry, Entry::LeaveAlone { .. })
                    && key
                        .as_domain()
                        .is_some_and(|domain| same.iter().any(|email| email.is_at(domain)))
            }
            Subject::Deal(_) => false,
        });
        Ok(entries)
    }

    pub(crate) async fn told_of(
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
        let seen: Vec<Seen> = self
            .store
            .addresses(ADDRESSES_COMPARED_MAX)
            .await?
            .into_iter()
            .map(|row| Seen { email: row.email, name: row.name })
            .collect();
        Ok(propose(email, &seen, contacts)
            .into_iter()
            .filter(|(other, _)| !same.contains(other) && !refused(other))
            .map(|(email, why)| SamePersonProposal { email, why })
            .collect())
    }
}

/// The words of tags among entries, in the order of the alphabet.
pub(crate) fn tags<'e>(entries: impl IntoIterator<Item = &'e KeptEntry>) -> Vec<String> {
    let mut tags: Vec<String> = entries
        .into_iter()
        .filter_map(|kept| match &kept.entry {
            Entry::Tag { tag } => Some(tag.clone()),
            _ => None,
        })
        .collect();
    tags.sort();
    tags.dedup();
    tags
}

/// Why somebody is left alone, if an entry says so.
pub(crate) fn left_alone(kept: &KeptEntry) -> Option<&str> {
    match &kept.entry {
        Entry::LeaveAlone { because } => Some(because.as_str()),
        _ => None,
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
