//! What passed between the seller and the people of one deal, up to a moment.

use std::collections::{BTreeMap, BTreeSet};

use inroad_language::facts::read_note;
use inroad_model::{
    CalendarEvent, Deal, EmailAddress, Fact, InvitationMethod, Mailbox, Moment, Nature, Seller,
    Touch,
};
use jiff::civil::Time;

use crate::correspondence::Correspondence;

/// One deal's share of the mail, oldest first.
#[derive(Debug)]
pub struct Dealings<'a> {
    /// The deal.
    pub deal: &'a Deal,
    /// Everybody on the other side: typed in, or seen writing from the deal's domain.
    pub people: BTreeSet<EmailAddress>,
    /// Names by address, as typed in or seen first.
    pub names: BTreeMap<EmailAddress, String>,
    /// What people wrote, in both directions.
    pub exchanges: Vec<Exchange<'a>>,
    /// What was stated by them or about them, each once, oldest first.
    pub facts: Vec<Stated>,
    /// Meetings with these people, past and future.
    pub meetings: Vec<&'a CalendarEvent>,
}

/// One message that a person wrote.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The message.
    pub touch: &'a Touch,
    /// When it was written.
    pub at: Moment,
    /// Who wrote to whom.
    pub direction: Direction,
}

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// They wrote.
    Inbound,
    /// We wrote.
    Outbound,
}

/// A fact with the moment at which it became known.
#[derive(Debug, Clone)]
pub struct Stated {
    /// The fact.
    pub fact: Fact,
    /// When it was stated.
    pub at: Moment,
}

impl Exchange<'_> {
    /// Who wrote it.
    pub fn writer(&self) -> Option<&EmailAddress> {
        self.touch.message.from.as_ref().map(|from| &from.address)
    }
}

impl<'a> Dealings<'a> {
    /// Gathers one deal's share.
    pub fn gather(
        seller: &Seller,
        deal: &'a Deal,
        correspondence: &Correspondence<'a>,
        events: &'a [CalendarEvent],
        as_of: Moment,
    ) -> Self {
        let people = people_of(seller, deal, correspondence);
        let names = deal
            .people
            .iter()
            .filter_map(|seat| Some((seat.email.clone(), seat.name.clone()?)))
            .collect();
        let mut dealings = Self {
            deal,
            people,
            names,
            exchanges: Vec::new(),
            facts: Vec::new(),
            meetings: Vec::new(),
        };
        for (at, touch) in correspondence.concerning(&dealings.people) {
            dealings.take(seller, at, touch);
        }
        dealings.take_notes(as_of);
        dealings.facts = once_each(std::mem::take(&mut dealings.facts));
        dealings.meetings = events
            .iter()
            .filter(|event| event.created.is_none_or(|at| at.timestamp() <= as_of.timestamp()))
            .filter(|event| {
                event.attendees.iter().any(|a| dealings.people.contains(&a.mailbox.address))
            })
            .collect();
        dealings
    }

    fn take(&mut self, seller: &Seller, at: Moment, touch: &'a Touch) {
        let message = &touch.message;
        let Some(from) = &message.from else { return };
        let theirs = self.people.contains(&from.address);
        let ours = seller.is_ours(&from.address);
        if theirs && let Some(name) = &from.name {
            self.names.entry(from.address.clone()).or_insert_with(|| name.clone());
        }
        // The answer to an invitation is a person's act, though a machine words it.
        let answers_invitation =
            message.invitation.as_ref().is_some_and(|i| i.method == InvitationMethod::Reply);
        if message.nature.is_correspondence() || answers_invitation {
            if theirs && writes_to_us(seller, touch) {
                self.exchanges.push(Exchange { touch, at, direction: Direction::Inbound });
            } else if ours && touch.recipients().any(|m| self.people.contains(&m.address)) {
                self.exchanges.push(Exchange { touch, at, direction: Direction::Outbound });
            }
        }
        // A delivery report comes from a machine and names one of them. What a third party says
        // counts where it is about one of them; what we say counts only about them.
        let machine = matches!(message.nature, Nature::Bounce(_));
        for fact in &touch.facts {
            let about_them = fact.email.as_ref().is_some_and(|email| self.people.contains(email));
            let about_their_firm = fact.email.is_none() && theirs;
            if (about_them && (theirs || machine)) || about_their_firm {
                self.facts.push(Stated { fact: fact.clone(), at });
            }
        }
    }

    /// What the seller typed about these people.
    fn take_notes(&mut self, as_of: Moment) {
        let people: Vec<Mailbox> = self
            .people
            .iter()
            .map(|address| Mailbox {
                name: self.names.get(address).cloned(),
                address: address.clone(),
            })
            .collect();
        for note in &self.deal.notes {
            let Ok(midnight) = as_of.offset().to_timestamp(note.date.to_datetime(Time::midnight()))
            else {
                continue;
            };
            let at = Moment::new(midnight, as_of.offset());
            if at.timestamp() <= as_of.timestamp() {
                let facts = read_note(&note.text, note.date, &people);
                self.facts.extend(facts.into_iter().map(|fact| Stated { fact, at }));
            }
        }
        self.facts.sort_by_key(|stated| stated.at);
    }

    /// The messages that they wrote, oldest first.
    pub fn inbound(&self) -> impl DoubleEndedIterator<Item = &Exchange<'a>> {
        self.exchanges.iter().filter(|e| e.direction == Direction::Inbound)
    }

    /// What we wrote since they last did, oldest first.
    pub fn unanswered(&self) -> &[Exchange<'a>] {
        unanswered(&self.exchanges)
    }

    /// Who is being waited for, or was last heard: those whom the unanswered messages are
    /// addressed to; else who wrote last; else those typed in.
    pub fn counterparts(&self) -> BTreeSet<EmailAddress> {
        let addressed: BTreeSet<EmailAddress> = self
            .unanswered()
            .iter()
            .flat_map(|e| &e.touch.message.to)
            .map(|m| m.address.clone())
            .filter(|address| self.people.contains(address))
            .collect();
        if !addressed.is_empty() {
            return addressed;
        }
        match self.inbound().next_back().and_then(Exchange::writer) {
            Some(writer) => BTreeSet::from([writer.clone()]),
            None => self.deal.people.iter().map(|seat| seat.email.clone()).collect(),
        }
    }

    /// What one person wrote to us, and we to that person, oldest first.
    pub fn exchanges_with(&self, person: &EmailAddress) -> Vec<Exchange<'a>> {
        let involves = |e: &&Exchange<'a>| match e.direction {
            Direction::Inbound => e.writer() == Some(person),
            Direction::Outbound => e.touch.message.to.iter().any(|m| m.address == *person),
        };
        self.exchanges.iter().filter(involves).copied().collect()
    }

    /// The name of a person, or the address.
    pub fn name<'s>(&'s self, email: &'s EmailAddress) -> &'s str {
        self.names.get(email).map_or(email.as_str(), String::as_str)
    }
}

/// A mail among themselves that we were shown later is not an answer to us.
fn writes_to_us(seller: &Seller, touch: &Touch) -> bool {
    touch.recipients().any(|m| seller.is_ours(&m.address)) || touch.recipients().next().is_none()
}

/// What we wrote since they last did, oldest first.
pub fn unanswered<'e, 'a>(exchanges: &'e [Exchange<'a>]) -> &'e [Exchange<'a>] {
    let start = exchanges
        .iter()
        .rposition(|e| e.direction == Direction::Inbound)
        .map_or(0, |last| last + 1);
    exchanges.get(start..).unwrap_or(&[])
}

/// Everybody typed in, and everybody seen at the deal's domain.
fn people_of(
    seller: &Seller,
    deal: &Deal,
    correspondence: &Correspondence<'_>,
) -> BTreeSet<EmailAddress> {
    let mut people = deal
        .domain
        .as_deref()
        .map_or_else(BTreeSet::new, |domain| correspondence.people_at(domain));
    people.extend(deal.people.iter().map(|seat| seat.email.clone()));
    people.retain(|address| !seller.is_ours(address));
    people
}

/// The same thing said again is one fact; what was said first stands.
fn once_each(stated: Vec<Stated>) -> Vec<Stated> {
    let mut seen = BTreeSet::new();
    stated
        .into_iter()
        .filter(|Stated { fact, .. }| {
            let day = fact.until.or(fact.on);
            let title = fact.title.as_ref().map(|title| title.to_lowercase());
            seen.insert((fact.kind, fact.email.clone(), day, fact.to.clone(), title))
        })
        .collect()
}
