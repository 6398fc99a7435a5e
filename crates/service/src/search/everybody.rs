//! Everybody with an address, each once whatever their addresses, with what is known of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{Contact, EmailAddress};
use inroad_store::{AddressRow, Sent};

use super::fold::fold;
use super::index::IndexedDeal;
use super::pattern::line_of;
use crate::people::Aliases;

/// Some addresses, by their rows, which are counted from one on.
#[derive(Debug)]
pub(crate) struct Addresses(Vec<bool>);

impl Addresses {
    /// The addresses of some people.
    pub(crate) fn of<'p>(people: impl Iterator<Item = &'p Person>) -> Self {
        let mut listed = Vec::new();
        for row in people.flat_map(|person| &person.rows) {
            let Ok(row) = usize::try_from(*row) else { continue };
            if listed.len() <= row {
                listed.resize(row + 1, false);
            }
            listed.get_mut(row).into_iter().for_each(|listed| *listed = true);
        }
        Self(listed)
    }

    pub(crate) fn holds(&self, row: i64) -> bool {
        usize::try_from(row).is_ok_and(|row| self.0.get(row).copied().unwrap_or_default())
    }
}

/// Somebody with an address.
#[derive(Debug)]
pub(crate) struct Person {
    /// The address with most mail.
    pub email: EmailAddress,
    /// All others.
    pub same_as: Vec<EmailAddress>,
    /// The rows of those that mail went to or came from.
    pub rows: Vec<i64>,
    pub name: Option<String>,
    pub organization: Option<String>,
    /// How many messages they wrote and were written, together.
    pub messages: u64,
    /// The newest message that they wrote, in microseconds.
    pub wrote_at: Option<i64>,
    /// The words of name, addresses and organisation.
    pub line: String,
    /// Names and addresses in small letters, for parts of them.
    pub text: String,
}

/// What is known of one address.
#[derive(Debug, Default)]
struct Known {
    row: Option<i64>,
    name: Option<String>,
    organization: Option<String>,
    messages: u64,
    wrote_at: Option<i64>,
}

/// Of each address by its row: how many messages, and when the last came from it.
pub(super) fn count(sent: &[Sent], received: &[(i64, i64)]) -> BTreeMap<i64, (u64, Option<i64>)> {
    let mut counted: BTreeMap<i64, (u64, Option<i64>)> = BTreeMap::new();
    for sent in sent {
        let (n, last) = counted.entry(sent.from).or_default();
        *n += 1;
        *last = Some(sent.at).filter(|at| *at > i64::MIN).max(*last);
    }
    for (_, address) in received {
        counted.entry(*address).or_default().0 += 1;
    }
    counted
}

/// Everybody of whom mail, an address book or a deal has an address.
pub(super) fn people(
    counted: &BTreeMap<i64, (u64, Option<i64>)>,
    addresses: Vec<(i64, AddressRow)>,
    contacts: Vec<Contact>,
    deals: &[IndexedDeal],
    aliases: &Aliases,
) -> Vec<Person> {
    let mut known: BTreeMap<EmailAddress, Known> = BTreeMap::new();
    for (row, AddressRow { email, name }) in addresses {
        let (messages, wrote_at) = counted.get(&row).copied().unwrap_or_default();
        known.insert(email, Known { row: Some(row), name, organization: None, messages, wrote_at });
    }
    for contact in contacts {
        for email in contact.emails {
            let known = known.entry(email).or_default();
            known.name = known.name.take().or_else(|| contact.name.clone());
            known.organization = known.organization.take().or_else(|| contact.organization.clone());
        }
    }
    for seat in deals.iter().flat_map(|indexed| &indexed.deal.people) {
        let known = known.entry(seat.email.clone()).or_default();
        known.name = known.name.take().or_else(|| seat.name.clone());
    }
    name_organizations(&mut known, deals);
    united(known, aliases)
}

/// The organisation of a deal is that of its people and of everybody at its domain.
fn name_organizations(known: &mut BTreeMap<EmailAddress, Known>, deals: &[IndexedDeal]) {
    let mut by_place: BTreeMap<&str, &str> = BTreeMap::new();
    for IndexedDeal { deal, .. } in deals {
        let Some(organization) = deal.organization.as_deref() else { continue };
        let seats = deal.people.iter().map(|seat| seat.email.as_str());
        by_place.extend(seats.chain(deal.domain.as_deref()).map(|place| (place, organization)));
    }
    for (email, known) in known.iter_mut().filter(|(_, known)| known.organization.is_none()) {
        let mut places = [email.as_str()].into_iter().chain(domains_of(email));
        let named = places.find_map(|place| by_place.get(place).copied());
        known.organization = named.map(str::to_owned);
    }
}

/// The domain of an address, and those above it.
pub(super) fn domains_of(email: &EmailAddress) -> impl Iterator<Item = &str> {
    let domain = email.domain();
    let above = domain.match_indices('.').filter_map(move |(dot, _)| domain.get(dot + 1..));
    [domain].into_iter().chain(above)
}

/// One person for all addresses that the user said are one's.
fn united(mut known: BTreeMap<EmailAddress, Known>, aliases: &Aliases) -> Vec<Person> {
    let groups: Vec<BTreeSet<EmailAddress>> = aliases.groups().cloned().collect();
    let mut people: Vec<Person> = Vec::new();
    for group in groups {
        let of_group = group.into_iter();
        let found = of_group.filter_map(|email| known.remove(&email).map(|known| (email, known)));
        people.extend(Person::of(found.collect()));
    }
    people.extend(known.into_iter().filter_map(|one| Person::of(vec![one])));
    people
}

impl Person {
    fn of(mut addresses: Vec<(EmailAddress, Known)>) -> Option<Self> {
        addresses.sort_by_key(|(_, known)| Reverse(known.messages));
        let mut addresses = addresses.into_iter();
        let (email, known) = addresses.next()?;
        let mut words = format!("{} {email}", known.name.as_deref().unwrap_or_default());
        let mut person = Self {
            email,
            same_as: Vec::new(),
            rows: known.row.into_iter().collect(),
            name: known.name,
            organization: known.organization,
            messages: known.messages,
            wrote_at: known.wrote_at,
            line: String::new(),
            text: String::new(),
        };
        for (email, known) in addresses {
            let name = known.name.as_deref().unwrap_or_default();
            words.extend(["\n", name, " ", email.as_str()]);
            person.same_as.push(email);
            person.rows.extend(known.row);
            person.name = person.name.or(known.name);
            person.organization = person.organization.or(known.organization);
            person.messages += known.messages;
            person.wrote_at = person.wrote_at.max(known.wrote_at);
        }
        let organization = person.organization.as_deref().unwrap_or_default();
        person.line = line_of(&format!("{words}\n{organization}"));
        person.text = fold(&words);
        Some(person)
    }
}
