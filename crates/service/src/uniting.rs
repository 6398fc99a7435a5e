//! One address for all addresses of a person, so that a review sees one person.
//!
//! What the user says about two addresses is knowledge about who is who, not news of one day: it
//! counts for reviews of earlier days too.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{CalendarEvent, Deal, EmailAddress, Mailbox, Seat, Touch};

use crate::deal_match::fill_in_seat;

/// Each address by the one that stands for its person.
pub(crate) type Canonical = BTreeMap<EmailAddress, EmailAddress>;

/// Writes one address for all addresses of a person, everywhere.
pub(crate) fn unite(
    canonical: &Canonical,
    deals: &mut [Deal],
    touches: &mut [Touch],
    events: &mut [CalendarEvent],
) {
    if canonical.is_empty() {
        return;
    }
    // Asked before the addresses vanish: a deal that knows a person only by the domain of one of
    // them would lose that person.
    let found = people_by_domain(canonical, deals, touches);
    for touch in touches {
        unite_touch(touch, canonical);
    }
    for event in events {
        unite_event(event, canonical);
    }
    for (deal, found) in deals.iter_mut().zip(found) {
        let found = found.into_iter().map(|email| Seat {
            email,
            name: None,
            title: None,
            roles: Vec::new(),
        });
        unite_seats(deal, found, canonical);
    }
}

/// For each deal, who was seen at its domain under an address that another one stands for.
fn people_by_domain(
    canonical: &Canonical,
    deals: &[Deal],
    touches: &[Touch],
) -> Vec<BTreeSet<EmailAddress>> {
    let seen: BTreeSet<&EmailAddress> = touches
        .iter()
        .flat_map(|touch| touch.message.from.iter().chain(touch.recipients()))
        .map(|mailbox| &mailbox.address)
        .filter(|address| canonical.contains_key(*address))
        .collect();
    let at = |deal: &Deal| {
        let domain = deal.domain.as_deref().unwrap_or_default();
        seen.iter().filter(|email| email.is_at(domain)).map(|email| (*email).clone()).collect()
    };
    deals.iter().map(at).collect()
}

fn unite_one(email: &mut EmailAddress, canonical: &Canonical) {
    if let Some(one) = canonical.get(email) {
        *email = one.clone();
    }
}

fn unite_touch(touch: &mut Touch, canonical: &Canonical) {
    let message = &mut touch.message;
    let mailboxes: [&mut Vec<Mailbox>; 3] = [&mut message.to, &mut message.cc, &mut message.bcc];
    message
        .from
        .iter_mut()
        .chain(mailboxes.into_iter().flatten())
        .for_each(|mailbox| unite_one(&mut mailbox.address, canonical));
    for fact in &mut touch.facts {
        fact.email.iter_mut().chain(&mut fact.to).for_each(|email| unite_one(email, canonical));
    }
    if let Some(invitation) = &mut message.invitation {
        unite_event(&mut invitation.event, canonical);
    }
}

fn unite_event(event: &mut CalendarEvent, canonical: &Canonical) {
    let attendees = event.attendees.iter_mut().map(|attendee| &mut attendee.mailbox);
    event
        .organizer
        .iter_mut()
        .chain(attendees)
        .for_each(|mailbox| unite_one(&mut mailbox.address, canonical));
}

fn unite_seats(deal: &mut Deal, found: impl Iterator<Item = Seat>, canonical: &Canonical) {
    let mut people: Vec<Seat> = Vec::new();
    for mut seat in std::mem::take(&mut deal.people).into_iter().chain(found) {
        unite_one(&mut seat.email, canonical);
        match people.iter_mut().find(|known| known.email == seat.email) {
            Some(known) => fill_in_seat(known, seat),
            None => people.push(seat),
        }
    }
    deal.people = people;
}
