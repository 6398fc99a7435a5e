//! What is known of the person a draft is for, in the shape in which the coach takes it.
//!
//! Must not: tell the coach the words of anything private; that it is there is enough.

mod known;
mod standing;

use std::collections::BTreeSet;

use inroad_coach::audience::{Audience, Dealings, Person, Sent, Writer};
use inroad_language::private::is_private;
use inroad_model::{
    Contact, EmailAddress, Entry, FactKind, KeptEntry, MessageId, Moment, Subject, Touch,
};
use inroad_store::{Concerning, DealStatus, StoredDeal};
use jiff::civil::Date;

use super::alone::LeftAlone;
use super::facts::PlacedFact;
use crate::Result;
use crate::inroad::Inroad;
use crate::review::Backdrop;

/// So many of the user's last letters to others are held against a draft.
const SENT_MAX: u32 = 150;

/// Mail domains of countries whose ending tells where a firm is.
const COUNTRIES: [&str; 36] = [
    "at", "be", "bg", "ch", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu", "ie",
    "is", "it", "li", "lt", "lu", "lv", "mt", "nl", "no", "pl", "pt", "ro", "se", "si", "sk", "uk",
    "us", "ca", "au", "nz",
];

/// What is kept of one person.
struct Record<'r> {
    addresses: BTreeSet<EmailAddress>,
    touches: Vec<Touch>,
    contacts: Vec<Contact>,
    /// The deals in which they have a seat, or whose firm is theirs.
    deals: Vec<&'r StoredDeal>,
    /// What the user wrote down of them or of these deals.
    entries: Vec<KeptEntry>,
}

impl Inroad {
    /// What is known around a draft, and the facts of it with their places.
    pub(super) async fn audience(
        &self,
        backdrop: &Backdrop,
        left_alone: &LeftAlone,
        person: Option<&EmailAddress>,
        as_of: Moment,
    ) -> Result<(Audience, Vec<PlacedFact>)> {
        let name = backdrop.seller.name.clone();
        let mut audience = Audience {
            on: Some(as_of.date()),
            writer: name.map(|name| Writer { name, ..Writer::default() }),
            ..Audience::default()
        };
        if let Some(email) = person {
            audience.sent = Some(self.sent_to_others(backdrop, email, as_of).await?);
            let (mut person, facts) = self.addressee(backdrop, email, as_of).await?;
            person.stated.extend(left_alone.of(email));
            audience.person = Some(person);
            return Ok((audience, facts));
        }
        Ok((audience, Vec::new()))
    }

    async fn addressee(
        &self,
        backdrop: &Backdrop,
        email: &EmailAddress,
        as_of: Moment,
    ) -> Result<(Person, Vec<PlacedFact>)> {
        let stored = backdrop.deals.at(as_of);
        let record = self.record(backdrop, &stored, email, as_of).await?;
        let open = record.deals.iter().find(|deal| deal.status == DealStatus::Open);
        let reviewed = match open {
            Some(deal) => self.review_before(backdrop, &deal.deal.id, as_of).await?,
            None => None,
        };
        let stated = standing::stated(&record, as_of.date());
        let facts = known::facts(&record, as_of.date());
        let person = Person {
            name: record.name(),
            also: record.also(),
            firm: record.firm(),
            title: record.title(),
            country: country(email.domain()),
            sole_trader: None,
            state: reviewed.map(|deal| deal.state.as_str().to_owned()),
            dealings: Some(record.dealings(backdrop, as_of)),
            facts: facts.iter().map(|placed| placed.fact.clone()).collect(),
            group: record.group(),
            stated,
        };
        Ok((person, facts))
    }

    async fn record<'r>(
        &self,
        backdrop: &Backdrop,
        stored: &'r [StoredDeal],
        email: &EmailAddress,
        as_of: Moment,
    ) -> Result<Record<'r>> {
        let addresses = backdrop.aliases.all_of(email);
        let concerning =
            Concerning { emails: addresses.clone(), until: Some(as_of), ..Concerning::default() };
        let touches = self.store.telling(&concerning).await?;
        // What the user said of a sentence counts here as in a review.
        let corrections = self.store.said(as_of).await?.corrections;
        let mut touches = self.retell(touches, corrections).await?;
        touches.sort_by(|a, b| (a.date(), &a.message.id).cmp(&(b.date(), &b.message.id)));
        let mut contacts = self.cards(&backdrop.aliases, as_of).await?;
        contacts.retain(|contact| contact.emails.iter().any(|email| addresses.contains(email)));
        let deals: Vec<&StoredDeal> =
            stored.iter().filter(|deal| is_with(deal, &addresses)).collect();
        let mut entries = self.entries(as_of).await?;
        entries.retain(|kept| match &kept.about {
            Subject::Deal(id) => deals.iter().any(|deal| deal.deal.id == *id),
            Subject::Person(email) => addresses.contains(email),
            Subject::Account(_) => false,
        });
        Ok(Record { addresses, touches, contacts, deals, entries })
    }

    /// The user's last letters to others, word for word.
    async fn sent_to_others(
        &self,
        backdrop: &Backdrop,
        email: &EmailAddress,
        as_of: Moment,
    ) -> Result<Vec<Sent>> {
        let own: BTreeSet<EmailAddress> = backdrop.seller.emails.iter().cloned().collect();
        let same = backdrop.aliases.all_of(email);
        let mut letters = self.store.sent_by(&own, as_of, SENT_MAX).await?;
        letters.retain(|letter| !letter.to.iter().any(|to| same.contains(to)));
        let ids: BTreeSet<&MessageId> = letters.iter().map(|letter| &letter.id).collect();
        let mut texts = self.store.texts(&ids).await?;
        let sent = letters.iter().filter_map(|letter| {
            let to = letter.to.first()?.to_string();
            Some(Sent { to, on: letter.at.map(Moment::date), text: texts.remove(&letter.id)? })
        });
        Ok(sent.collect())
    }
}

impl Record<'_> {
    fn is_theirs(&self, touch: &Touch) -> bool {
        touch.message.from.as_ref().is_some_and(|from| self.addresses.contains(&from.address))
    }

    /// The name as a deal has it, else as a card has it, else as their last letter does.
    fn name(&self) -> Option<String> {
        let seats = self.deals.iter().flat_map(|deal| &deal.deal.people);
        let seat = seats
            .filter(|seat| self.addresses.contains(&seat.email))
            .find_map(|seat| seat.name.clone());
        let card = || self.contacts.iter().find_map(|contact| contact.name.clone());
        let signed = || {
            self.touches
                .iter()
                .rev()
                .filter(|touch| self.is_theirs(touch))
                .find_map(|touch| touch.message.from.as_ref()?.name.clone())
        };
        seat.or_else(card).or_else(signed)
    }

    /// Other forms of the name: as they sign, from cards, and from the address itself.
    fn also(&self) -> Vec<String> {
        let signed =
            self.touches.iter().filter(|touch| self.is_theirs(touch)).filter_map(|touch| {
                [touch.message.from.as_ref()?.name.clone(), touch.signature.name.clone()].into()
            });
        let signed: BTreeSet<String> =
            signed.flat_map(|names: [Option<String>; 2]| names.into_iter().flatten()).collect();
        let cards = self.contacts.iter().filter_map(|contact| contact.name.clone());
        let local = self.addresses.iter().map(|email| {
            email.as_str().split('@').next().unwrap_or("").replace(['.', '_', '-'], " ")
        });
        signed.into_iter().chain(cards).chain(local).collect()
    }

    fn firm(&self) -> Option<String> {
        let deal = self.deals.iter().find_map(|deal| deal.deal.organization.clone());
        deal.or_else(|| self.contacts.iter().find_map(|contact| contact.organization.clone()))
    }

    fn title(&self) -> Option<String> {
        let theirs = |email: &Option<EmailAddress>| {
            email.as_ref().is_some_and(|email| self.addresses.contains(email))
        };
        let signed = self
            .touches
            .iter()
            .rev()
            .flat_map(|touch| &touch.facts)
            .find(|fact| fact.kind == FactKind::Title && theirs(&fact.email))
            .and_then(|fact| fact.title.clone());
        signed.or_else(|| self.contacts.iter().find_map(|contact| contact.title.clone()))
    }

    /// The others with a seat in their open deals.
    fn group(&self) -> Vec<String> {
        let open = self.deals.iter().filter(|deal| deal.status == DealStatus::Open);
        let others = open
            .flat_map(|deal| &deal.deal.people)
            .filter(|seat| !self.addresses.contains(&seat.email));
        let names: BTreeSet<String> = others
            .map(|seat| seat.name.clone().unwrap_or_else(|| seat.email.to_string()))
            .collect();
        names.into_iter().collect()
    }

    fn dealings(&self, backdrop: &Backdrop, as_of: Moment) -> Dealings {
        let letters = self.touches.iter().filter(|touch| touch.message.nature.is_correspondence());
        let ours = |touch: &&Touch| {
            touch.message.from.as_ref().is_some_and(|from| backdrop.seller.is_ours(&from.address))
        };
        let of_two: Vec<&Touch> =
            letters.filter(|touch| self.is_theirs(touch) || ours(touch)).collect();
        let last = |theirs: bool| -> Option<Date> {
            of_two
                .iter()
                .rev()
                .find(|touch| self.is_theirs(touch) == theirs)?
                .date()
                .map(Moment::date)
        };
        let unanswered = of_two.iter().rev().take_while(|touch| !self.is_theirs(touch)).count();
        let subjects: BTreeSet<&str> =
            of_two.iter().map(|touch| touch.message.subject.as_str()).collect();
        let spoken = self.entries.iter().filter_map(|kept| match &kept.entry {
            Entry::Note { day, by: Some(_), .. } => Some(*day),
            _ => None,
        });
        let meetings = backdrop.events.iter().filter_map(|event| {
            let met =
                event.attendees.iter().any(|who| self.addresses.contains(&who.mailbox.address));
            event.start.filter(|at| met && *at <= as_of).map(Moment::date)
        });
        Dealings {
            unanswered: u32::try_from(unanswered).unwrap_or(u32::MAX),
            last_ours: last(false),
            last_theirs: last(true),
            subjects: subjects.into_iter().map(str::to_owned).collect(),
            met: spoken.chain(meetings).collect(),
        }
    }
}

fn is_with(stored: &StoredDeal, addresses: &BTreeSet<EmailAddress>) -> bool {
    let deal = &stored.deal;
    let seated = deal.people.iter().any(|seat| addresses.contains(&seat.email));
    let by_firm = deal
        .domain
        .as_deref()
        .is_some_and(|domain| addresses.iter().any(|email| email.is_at(domain)));
    stored.status != DealStatus::Dismissed && (seated || by_firm)
}

/// The country, where the ending of the mail domain tells it.
fn country(domain: &str) -> Option<String> {
    let ending = domain.rsplit('.').next()?;
    COUNTRIES.contains(&ending).then(|| match ending {
        "uk" => "GB".to_owned(),
        other => other.to_uppercase(),
    })
}

/// What may be shown of words: all of them on one line, or none.
pub(super) fn shown(words: &str) -> String {
    if is_private(words) {
        return String::new();
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
