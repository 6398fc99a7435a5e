//! Working out the register: all mail is looked at once, each person alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_advice::acquaintance::{self, Acquaintance};
use inroad_advice::correspondence::Correspondence;
use inroad_advice::dealings::Stated;
use inroad_advice::do_not_contact::DoNotContact;
use inroad_advice::playbook::Playbook;
use inroad_advice::playbook::second::SecondReadings;
use inroad_advice::review::Shared;
use inroad_advice::same_person::{ByName, Seen};
use inroad_advice::{Input, propose};
use inroad_model::{
    AccountKey, CalendarEvent, Contact, Deal, EmailAddress, Moment, Seat, Seller, Subject, Touch,
};
use inroad_store::{AddressRow, Concerning, DealStatus, FileState, SamePerson, ToldAccount};
use tokio::task::spawn_blocking;

use super::firms::{FirmMaterial, Firms};
use super::{ON_ONE_CARD, Register, Registered};
use crate::people::Aliases;
use crate::records::PutRight;
use crate::review::on_all_cores;
use crate::search::fold;
use crate::uniting::unite;
use crate::who_is_who::Groups;
use crate::{Error, Inroad, Result};

/// More addresses are not looked through.
const ADDRESSES_MAX: u32 = 200_000;

/// All that is read for it.
struct Material {
    seller: Seller,
    aliases: Aliases,
    decided: Vec<SamePerson>,
    deals: Vec<Deal>,
    rows: Vec<AddressRow>,
    contacts: Vec<Arc<Contact>>,
    touches: Vec<Touch>,
    events: Vec<CalendarEvent>,
    opted_out: Vec<Stated>,
    written_of: Vec<EmailAddress>,
    told: BTreeMap<AccountKey, Vec<ToldAccount>>,
    same_accounts: Groups<AccountKey>,
    as_of: Moment,
    version: Arc<str>,
    state: Option<FileState>,
}

impl Inroad {
    /// Everybody on the other side as of a moment.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn register(&self, as_of: Moment) -> Result<Register> {
        let state = self.store.file_state().await?;
        let version = self.store.people_version().await?;
        let aliases = self.aliases().await?;
        let rows = self.store.addresses(ADDRESSES_MAX).await?;
        let emails: BTreeSet<EmailAddress> = rows.iter().map(|row| row.email.clone()).collect();
        let concerning = Concerning { emails, until: Some(as_of), ..Concerning::default() };
        let stored = self.store.deals_at(as_of).await?.into_iter();
        let in_use = stored.filter(|stored| stored.status != DealStatus::Dismissed);
        let mut deals: Vec<Deal> = in_use.map(|stored| stored.deal).collect();
        let entries = self.entries(as_of).await?;
        PutRight::of(&entries, &aliases).seats(&mut deals);
        let material = Material {
            seller: self.seller().await?.unwrap_or_default(),
            decided: self.store.same_person_decisions().await?,
            deals,
            rows,
            contacts: self.cards(&aliases, as_of).await?.into_iter().map(Arc::new).collect(),
            touches: self.store.telling(&concerning).await?,
            events: self.store.events(None).await?,
            opted_out: self.stated_opt_outs(&aliases, as_of).await?,
            written_of: entries
                .into_iter()
                .filter_map(|kept| match kept.about {
                    Subject::Person(email) => Some(email),
                    Subject::Deal(_) | Subject::Account(_) => None,
                })
                .collect(),
            told: self.told_accounts(as_of).await?,
            same_accounts: self.groups().await?,
            aliases,
            as_of,
            version,
            state,
        };
        let built = spawn_blocking(move || build(material)).await;
        built.map_err(|task| Error::stopped(&task))
    }
}

fn build(mut material: Material) -> Register {
    let canonical = material.aliases.canonical(&material.seller, &material.deals);
    let Material { deals, touches, events, .. } = &mut material;
    unite(&canonical, deals, touches, events);
    let one = |email: &EmailAddress| canonical.get(email).unwrap_or(email).clone();
    let mut contacts: BTreeMap<EmailAddress, Vec<Arc<Contact>>> = BTreeMap::new();
    for contact in &material.contacts {
        for email in &contact.emails {
            contacts.entry(email.clone()).or_default().push(Arc::clone(contact));
        }
    }
    let seats = seats(&material, &contacts, one);
    let people: Vec<Deal> = seats.into_values().filter_map(acquaintance::alone).collect();
    let found = look(&material, &people);
    let firms = firms(&material);
    let names: BTreeMap<&EmailAddress, &String> =
        material.rows.iter().filter_map(|row| Some((&row.email, row.name.as_ref()?))).collect();
    let asked: DoNotContact = material.opted_out.iter().map(|stated| &stated.fact).collect();
    let people: Vec<Registered> = found
        .into_iter()
        .map(|mut acquaintance| {
            let person = &mut acquaintance.person;
            person.name =
                person.name.take().or_else(|| names.get(&person.email).map(|n| (*n).clone()));
            let mut registered = registered(acquaintance, &material.aliases, &firms);
            let forbidden = registered.addresses().any(|email| asked.forbids(email));
            registered.opted_out = forbidden;
            registered
        })
        .collect();
    let seen = material.rows.iter().filter(|row| !material.seller.is_ours(&row.email));
    let by_name =
        ByName::of(seen.map(|row| Seen { email: row.email.clone(), name: row.name.clone() }));
    let own_domains = propose::own_domains(&material.seller);
    let of_firms = FirmMaterial {
        deals: &material.deals,
        told: std::mem::take(&mut material.told),
        same: &material.same_accounts,
        names: &firms,
        own_domains: &own_domains,
        people: &people,
    };
    Register {
        as_of: material.as_of,
        firms: Firms::of(of_firms),
        people,
        maybe_same: maybe_same(&by_name, &material),
        own_domains,
        firm_names: firms,
        contacts,
        by_name,
        asked,
        version: material.version,
        state: material.state,
    }
}

impl Inroad {
    /// What exports and the user had said of firms by a moment.
    async fn told_accounts(&self, as_of: Moment) -> Result<BTreeMap<AccountKey, Vec<ToldAccount>>> {
        let mut told = self.store.accounts().await?;
        for told in told.values_mut() {
            told.retain(|told| told.at.timestamp() <= as_of.timestamp());
        }
        told.retain(|_, told| !told.is_empty());
        Ok(told)
    }
}

/// Who is on the other side: whom letters went to or came from, who sits in a deal, on a card, or was
/// written down by the user.
fn seats(
    material: &Material,
    contacts: &BTreeMap<EmailAddress, Vec<Arc<Contact>>>,
    one: impl Fn(&EmailAddress) -> EmailAddress,
) -> BTreeMap<EmailAddress, Seat> {
    let mut seats: BTreeMap<EmailAddress, Seat> = BTreeMap::new();
    let mut add = |email: EmailAddress, name: Option<&String>, title: Option<&String>| {
        if material.seller.is_ours(&email) {
            return;
        }
        let empty = Seat { email: email.clone(), name: None, title: None, roles: Vec::new() };
        let seat = seats.entry(email).or_insert(empty);
        seat.name = seat.name.take().or_else(|| name.cloned());
        seat.title = seat.title.take().or_else(|| title.cloned());
    };
    for seat in material.deals.iter().flat_map(|deal| &deal.people) {
        add(one(&seat.email), seat.name.as_ref(), seat.title.as_ref());
    }
    for (email, cards) in contacts {
        for card in cards {
            add(one(email), card.name.as_ref(), card.title.as_ref());
        }
    }
    for counted in propose::count(&material.seller, &material.touches, material.as_of) {
        add(one(&counted.email), None, None);
    }
    for email in &material.written_of {
        add(one(email), None, None);
    }
    seats
}

/// Looks at each person, by as many cores as there are.
fn look(material: &Material, people: &[Deal]) -> Vec<Acquaintance> {
    let Material { seller, touches, events, opted_out, as_of, .. } = material;
    let mut events_of: BTreeMap<&EmailAddress, Vec<CalendarEvent>> = BTreeMap::new();
    for event in events {
        let attendees = event.attendees.iter().map(|attendee| &attendee.mailbox);
        let there: BTreeSet<&EmailAddress> =
            event.organizer.iter().chain(attendees).map(|mailbox| &mailbox.address).collect();
        for email in there.into_iter().filter(|email| !seller.is_ours(email)) {
            events_of.entry(email).or_default().push(event.clone());
        }
    }
    let second_readings = SecondReadings::default();
    let input = Input {
        seller,
        deals: &[],
        beside: &[],
        touches,
        events: &[],
        opted_out,
        playbook: Playbook::shipped(),
        second_readings: &second_readings,
        as_of: *as_of,
    };
    let correspondence = Correspondence::until(touches, seller, *as_of);
    let shared = Shared::new(&input);
    let found = on_all_cores(people, |people| {
        let mut found = Vec::new();
        for person in people {
            let seat = person.people.first().map(|seat| &seat.email);
            let events = seat.and_then(|email| events_of.get(email));
            let input = Input { events: events.map_or(&[][..], Vec::as_slice), ..input.clone() };
            let person = std::slice::from_ref(person);
            found.extend(acquaintance::acquaintances(&input, &shared, &correspondence, person));
        }
        found
    });
    found.into_iter().flatten().collect()
}

/// What firms are called, by domain: as a deal has it, else as a card has it.
fn firms(material: &Material) -> BTreeMap<String, String> {
    let mut firms = BTreeMap::new();
    for deal in &material.deals {
        if let (Some(domain), Some(name)) = (&deal.domain, &deal.organization) {
            let domain = domain.trim().trim_start_matches('@').to_lowercase();
            firms.entry(domain).or_insert_with(|| name.clone());
        }
    }
    for contact in &material.contacts {
        let Some(name) = &contact.organization else { continue };
        for email in contact.emails.iter().filter(|email| !propose::is_free_mail(email.domain())) {
            firms.entry(email.domain().to_owned()).or_insert_with(|| name.clone());
        }
    }
    firms
}

fn registered(
    acquaintance: Acquaintance,
    aliases: &Aliases,
    firms: &BTreeMap<String, String>,
) -> Registered {
    let email = &acquaintance.person.email;
    let others: Vec<EmailAddress> =
        aliases.all_of(email).into_iter().filter(|other| other != email).collect();
    let addresses = || std::iter::once(email).chain(&others);
    let firm = addresses().find_map(|address| firms.get(address.domain()).cloned());
    let mut searched = acquaintance.person.name.clone().unwrap_or_default();
    for part in addresses().map(EmailAddress::as_str).chain(firm.as_deref()) {
        searched.push('\n');
        searched.push_str(part);
    }
    Registered { searched: fold(&searched), others, firm, opted_out: false, acquaintance }
}

fn maybe_same(by_name: &ByName, material: &Material) -> Vec<(EmailAddress, EmailAddress, String)> {
    let decided: BTreeSet<(&EmailAddress, &EmailAddress)> =
        material.decided.iter().map(|one| (&one.a, &one.b)).collect();
    let mut pairs: BTreeMap<(EmailAddress, EmailAddress), String> = BTreeMap::new();
    for contact in &material.contacts {
        for (n, a) in contact.emails.iter().enumerate() {
            for b in contact.emails.iter().skip(n + 1).filter(|b| *b != a) {
                pairs.insert((a.min(b).clone(), a.max(b).clone()), ON_ONE_CARD.to_owned());
            }
        }
    }
    for (a, b, why) in by_name.pairs() {
        pairs.entry((a, b)).or_insert(why);
    }
    let is_open = |(a, b): &(EmailAddress, EmailAddress)| {
        !decided.contains(&(a, b)) && !material.aliases.all_of(a).contains(b)
    };
    pairs.into_iter().filter(|(pair, _)| is_open(pair)).map(|((a, b), why)| (a, b, why)).collect()
}
