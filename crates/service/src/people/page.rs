//! Everything that a page shows of one person, from that person's own mail alone: no other deal is
//! reviewed for it, and no letter is read again.

use std::collections::BTreeSet;
use std::sync::Arc;

use inroad_advice::Input;
use inroad_advice::acquaintance::{self, Acquaintance, CueMonth};
use inroad_advice::correspondence::Correspondence;
use inroad_advice::dealings::{Stated, once_each};
use inroad_advice::discreet;
use inroad_advice::playbook::second::SecondReadings;
use inroad_advice::propose::is_free_mail;
use inroad_advice::review::Shared;
use inroad_model::{
    CalendarEvent, Contact, Deal, EmailAddress, FactKind, KeptEntry, KeptInsight, Moment, Seat,
    Seller, Source, Touch,
};
use inroad_store::{Concerning, LetterLine};

use super::SamePersonProposal;
use crate::inroad::Inroad;
use crate::register::Register;
use crate::review::Backdrop;
use crate::uniting::unite;
use crate::{Error, Result};

/// One person, as a page shows them.
#[derive(Debug, Clone)]
pub struct PersonPage {
    /// The address asked for.
    pub email: EmailAddress,
    /// All addresses that are the person's.
    pub addresses: BTreeSet<EmailAddress>,
    /// How they write and stand, and what is out of date; `None` where nobody ever wrote.
    pub acquaintance: Option<Acquaintance>,
    /// What was stated by or about them, the latest first; each thing once.
    pub facts: Vec<Stated>,
    /// Their titles as they signed them, each from when it was first seen.
    pub titles: Vec<(String, Moment, Source)>,
    /// What their letters told between the lines, month by month.
    pub cues: Vec<CueMonth>,
    /// The latest messages.
    pub letters: Vec<LetterLine>,
    /// How many messages there are in all.
    pub letter_count: usize,
    /// What the user told of them.
    pub told: Vec<KeptInsight>,
    /// What the user wrote down of them, and whether the whole firm is left alone.
    pub entries: Vec<KeptEntry>,
    /// Where they asked for no more mail themselves.
    pub opted_out: Vec<Stated>,
    /// Cards of address books.
    pub contacts: Vec<Arc<Contact>>,
    /// Addresses that may be theirs.
    pub maybe_same_as: Vec<SamePersonProposal>,
    /// The user, to whom letters went.
    pub seller: Seller,
    /// The name, if one is known.
    pub name: Option<String>,
    /// What the firm is called, if known.
    pub firm: Option<String>,
    /// The firm's domain; `None` where the address is a mail provider's.
    pub domain: Option<String>,
}

/// So many messages are listed.
const LETTERS_MAX: u32 = 20;
/// So many statements are shown.
const FACTS_MAX: usize = 40;

impl PersonPage {
    /// The name, or the address where none is known.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.email.as_str())
    }
}

impl Inroad {
    /// One person as a page shows them, as of a moment; `register` tells of everybody else.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nothing was ever seen of the address, or it is of the user's own house.
    pub async fn person_page(
        &self,
        email: &EmailAddress,
        register: &Register,
        as_of: Moment,
    ) -> Result<PersonPage> {
        self.person_before(&self.backdrop().await?, email, register, as_of).await
    }

    /// The same before a backdrop that is at hand.
    pub(crate) async fn person_before(
        &self,
        backdrop: &Backdrop,
        email: &EmailAddress,
        register: &Register,
        as_of: Moment,
    ) -> Result<PersonPage> {
        let Backdrop { seller, aliases, .. } = backdrop;
        let addresses = aliases.all_of(email);
        if addresses.iter().any(|address| seller.is_ours(address)) {
            return Err(Error::NotFound { what: format!("{email} is of your own house") });
        }
        let (mut letters, letter_count) =
            self.store.latest_letters(&addresses, as_of, LETTERS_MAX).await?;
        for letter in &mut letters {
            letter.subject = discreet::title(&letter.subject).to_owned();
        }
        let stored = backdrop.deals.at(as_of);
        let mut deals: Vec<Deal> = stored.into_iter().map(|stored| stored.deal).collect();
        self.put_right_by(aliases, as_of).await?.seats(&mut deals);
        let contacts = register.contacts_of(&addresses);
        let seat = seat_of(email, &addresses, &deals, &contacts);
        let entries = self.entries_about(&addresses, as_of).await?;
        let unseen = letters.is_empty() && contacts.is_empty() && entries.is_empty();
        if unseen && seat.name.is_none() && !is_seated(&addresses, &deals) {
            return Err(Error::NotFound {
                what: format!("Nothing was ever seen of {email}; check the spelling"),
            });
        }
        let concerning =
            Concerning { emails: addresses.clone(), until: Some(as_of), ..Concerning::default() };
        let mut touches = self.store.telling(&concerning).await?;
        touches.sort_by(|a, b| (a.date(), &a.message.id).cmp(&(b.date(), &b.message.id)));
        let opted_out = self.opt_outs_among(&backdrop.stated, aliases, as_of).await?;
        let stated = stated(&touches, &addresses);
        let cues = acquaintance::cues_by_month(touches.iter(), |writer| addresses.contains(writer));
        let firm = register
            .firm_of(email)
            .or_else(|| contacts.iter().find_map(|contact| contact.organization.clone()));
        let known = alone(backdrop, seat, touches, &opted_out, as_of);
        let name = known.as_ref().and_then(|known| known.person.name.clone());
        let own_word = |stated: &Stated| matches!(stated.fact.source, Source::Own(_));
        let about = |stated: &Stated| {
            let fact = &stated.fact;
            let by_firm = |email: &EmailAddress| {
                fact.whole_firm
                    && !is_free_mail(email.domain())
                    && addresses.iter().any(|own| own.is_at(email.domain()))
            };
            fact.email.as_ref().is_some_and(|e| addresses.contains(e) || by_firm(e))
        };
        Ok(PersonPage {
            email: email.clone(),
            acquaintance: known,
            titles: titles(&stated),
            facts: shown(&stated),
            cues,
            letters,
            letter_count,
            told: self.told_of(&addresses, as_of).await?,
            entries,
            opted_out: shown_of(opted_out.into_iter().filter(|s| !own_word(s) && about(s))),
            maybe_same_as: self.maybe_same(email, &addresses, name.as_deref(), register).await?,
            seller: seller.clone(),
            name,
            firm,
            domain: Some(email.domain().to_owned()).filter(|domain| !is_free_mail(domain)),
            contacts,
            addresses,
        })
    }

    async fn maybe_same(
        &self,
        email: &EmailAddress,
        same: &BTreeSet<EmailAddress>,
        name: Option<&str>,
        register: &Register,
    ) -> Result<Vec<SamePersonProposal>> {
        let decided = self.store.same_person_decisions().await?;
        let is_refused = |other: &EmailAddress| {
            decided.iter().any(|one| {
                !one.same
                    && (same.contains(&one.a) && one.b == *other
                        || same.contains(&one.b) && one.a == *other)
            })
        };
        let mut proposals = register.like(email, name);
        proposals.retain(|one| !same.contains(&one.email) && !is_refused(&one.email));
        Ok(proposals)
    }
}

/// The person's own rhythm and what is out of date, from the letters with them.
fn alone(
    backdrop: &Backdrop,
    seat: Seat,
    mut touches: Vec<Touch>,
    opted_out: &[Stated],
    as_of: Moment,
) -> Option<Acquaintance> {
    let Backdrop { seller, aliases, .. } = backdrop;
    let same = aliases.all_of(&seat.email);
    let is_theirs = |event: &&CalendarEvent| {
        let attendees = event.attendees.iter().map(|attendee| &attendee.mailbox);
        event.organizer.iter().chain(attendees).any(|mailbox| same.contains(&mailbox.address))
    };
    let mut events: Vec<CalendarEvent> =
        backdrop.events.iter().filter(is_theirs).cloned().collect();
    let alone = acquaintance::alone(seat)?;
    let mut people = vec![alone];
    let canonical = aliases.canonical(seller, &people);
    unite(&canonical, &mut people, &mut touches, &mut events);
    let input = Input {
        seller,
        deals: &[],
        beside: &[],
        touches: &touches,
        events: &events,
        opted_out,
        playbook: inroad_advice::playbook::Playbook::shipped(),
        second_readings: &SecondReadings::default(),
        as_of,
    };
    let correspondence = Correspondence::until(&touches, seller, as_of);
    let shared = Shared::new(&input);
    let found = acquaintance::acquaintances(&input, &shared, &correspondence, &people);
    found.into_iter().next()
}

fn is_seated(addresses: &BTreeSet<EmailAddress>, deals: &[Deal]) -> bool {
    deals.iter().flat_map(|deal| &deal.people).any(|seat| addresses.contains(&seat.email))
}

/// The person with what is on record of name and title: in a deal, else on a card.
fn seat_of(
    email: &EmailAddress,
    addresses: &BTreeSet<EmailAddress>,
    deals: &[Deal],
    contacts: &[Arc<Contact>],
) -> Seat {
    let seats = || {
        deals.iter().flat_map(|deal| &deal.people).filter(|seat| addresses.contains(&seat.email))
    };
    let name = seats().find_map(|seat| seat.name.clone());
    let title = seats().find_map(|seat| seat.title.clone());
    Seat {
        email: email.clone(),
        name: name.or_else(|| contacts.iter().find_map(|contact| contact.name.clone())),
        title: title.or_else(|| contacts.iter().find_map(|contact| contact.title.clone())),
        roles: Vec::new(),
    }
}

/// What the messages state about the addresses, oldest first, with the private words taken out.
fn stated(touches: &[Touch], addresses: &BTreeSet<EmailAddress>) -> Vec<Stated> {
    let mut stated = Vec::new();
    for touch in touches {
        let Some(at) = touch.date() else { continue };
        let about = |email: &EmailAddress| addresses.contains(email);
        for fact in touch.facts.iter().filter(|fact| fact.email.as_ref().is_some_and(about)) {
            let mut fact = fact.clone();
            discreet::keep_fact(&mut fact);
            stated.push(Stated { fact, at });
        }
    }
    stated
}

/// Opt-outs with their private words taken out.
fn shown_of(opted_out: impl Iterator<Item = Stated>) -> Vec<Stated> {
    opted_out
        .map(|mut stated| {
            discreet::keep_fact(&mut stated.fact);
            stated
        })
        .collect()
}

fn titles(stated: &[Stated]) -> Vec<(String, Moment, Source)> {
    let titles = once_each(stated).filter(|one| one.fact.kind == FactKind::Title);
    let with_title =
        |one: &Stated| Some((one.fact.title.clone()?, one.at, one.fact.source.clone()));
    titles.filter_map(with_title).collect()
}

fn shown(stated: &[Stated]) -> Vec<Stated> {
    let kept = once_each(stated).rev().filter(|one| one.fact.kind != FactKind::Title);
    kept.take(FACTS_MAX).cloned().collect()
}
