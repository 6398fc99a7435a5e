//! Who takes part in a deal on their side: its people, and whoever else stands in its letters.

use std::collections::{BTreeMap, BTreeSet};

use inroad_language::facts::mailboxes_in;
use inroad_model::{EmailAddress, Mailbox, Role};

use crate::dealings::Dealings;
use crate::playbook::signs::Said;
use crate::playbook::structure::PRIVATE;
use crate::playbook::structure::titles::{BUYS, assists, has_role, has_title, rank};

/// Somebody who takes part.
#[expect(clippy::struct_excessive_bools, reason = "independent findings about one person")]
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// The address with the name, if one is known.
    pub(super) mailbox: Mailbox,
    /// How high the title stands: 3 decides, 2 leads, 1 any other.
    pub(super) rank: Option<u8>,
    /// Buys, or checks contracts.
    pub(super) buys: bool,
    /// Answers for somebody.
    pub(super) assists: bool,
    /// Belongs to another firm.
    pub(super) is_outside: bool,
    /// The roles that the seller typed.
    pub(super) roles: Vec<Role>,
    /// How many letters they wrote us.
    pub(super) letters: usize,
    /// Works there, and sits in another deal with that firm and not in this one.
    pub(super) is_of_other_deal: bool,
    /// An address of an office or a machine, not of somebody.
    pub(super) is_desk: bool,
}

impl Member {
    /// The name, or the address.
    pub(super) fn name(&self) -> &str {
        self.mailbox.name.as_deref().unwrap_or(self.mailbox.address.as_str())
    }

    /// Whether the seller typed that role.
    pub(super) fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// Everybody who takes part, by address.
#[derive(Debug)]
pub(super) struct Cast {
    members: BTreeMap<EmailAddress, Member>,
}

/// What stands before the @ of offices and machines.
const DESKS: [&str; 40] = [
    "info",
    "office",
    "mail",
    "contact",
    "kontakt",
    "hello",
    "welcome",
    "team",
    "admin",
    "reception",
    "sales",
    "support",
    "service",
    "help",
    "helpdesk",
    "planning",
    "purchasing",
    "procurement",
    "einkauf",
    "achats",
    "inkoop",
    "compras",
    "acquisti",
    "gare",
    "tender",
    "tenders",
    "vergabe",
    "invoices",
    "billing",
    "accounts",
    "ap",
    "hr",
    "it",
    "legal",
    "noreply",
    "no-reply",
    "donotreply",
    "postmaster",
    "mailer-daemon",
    "sekretariat",
];

/// So many people of other firms are looked at: a letter to a whole conference is no committee.
const OUTSIDERS_MAX: usize = 10;

impl Cast {
    /// `elsewhere` holds everybody with a seat in any deal.
    pub(super) fn of(
        dealings: &Dealings<'_>,
        said: &[Said<'_>],
        elsewhere: &BTreeSet<&EmailAddress>,
    ) -> Self {
        let own: BTreeSet<&EmailAddress> = dealings.deal.people.iter().map(|s| &s.email).collect();
        let of_other = |email: &EmailAddress| !own.contains(email) && elsewhere.contains(email);
        let mut members = BTreeMap::new();
        for email in &dealings.people {
            let is_of_other_deal = of_other(email);
            let member = member(dealings, email, None, false);
            members.insert(email.clone(), Member { is_of_other_deal, ..member });
        }
        for (address, name) in pointed_to(dealings) {
            let is_outside = dealings.deal.domain.as_ref().is_none_or(|d| !address.is_at(d));
            if !of_other(address) && !members.contains_key(address) {
                members.insert(address.clone(), member(dealings, address, name, is_outside));
            }
        }
        for mailbox in written_out(dealings, said) {
            let address = &mailbox.address;
            if !of_other(address) && !members.contains_key(address) {
                let member = member(dealings, address, mailbox.name.as_deref(), false);
                members.insert(address.clone(), member);
            }
        }
        for mailbox in outsiders(dealings) {
            let address = &mailbox.address;
            if !of_other(address) && !members.contains_key(address) {
                let member = member(dealings, address, mailbox.name.as_deref(), true);
                members.insert(address.clone(), member);
            }
        }
        Self { members }
    }

    /// Everybody.
    pub(super) fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    /// The member with that address.
    pub(super) fn get(&self, email: &EmailAddress) -> Option<&Member> {
        self.members.get(email)
    }

    /// The only member of whom that is so.
    pub(super) fn only(&self, is: impl Fn(&Member) -> bool) -> Option<&Member> {
        let mut found = self.members.values().filter(|member| is(member));
        let one = found.next()?;
        found.next().is_none().then_some(one)
    }

    /// The addresses and names.
    pub(super) fn mailboxes(&self) -> Vec<Mailbox> {
        self.members.values().map(|member| member.mailbox.clone()).collect()
    }
}

/// Whom they pointed to, and who takes over from whom.
fn pointed_to<'d>(
    dealings: &'d Dealings<'_>,
) -> impl Iterator<Item = (&'d EmailAddress, Option<&'d str>)> {
    let facts = dealings.facts.iter().map(|stated| &stated.fact);
    let named = facts.filter_map(|fact| Some((fact.to.as_ref()?, fact.to_name.as_deref())));
    named.filter(|(to, _)| !dealings.is_ours(to))
}

/// Colleagues whose address stands in a sentence that tells something.
fn written_out(dealings: &Dealings<'_>, said: &[Said<'_>]) -> Vec<Mailbox> {
    let Some(domain) = dealings.deal.domain.as_deref() else { return Vec::new() };
    let quotes = said.iter().flat_map(|said| said.cues.iter()).map(|found| found.quote.as_str());
    let found = quotes.filter(|quote| quote.contains('@'));
    let found = found.flat_map(|quote| mailboxes_in(quote, domain));
    found.filter(|m| m.address.is_at(domain) && !dealings.is_ours(&m.address)).collect()
}

/// Who is in copy of what they wrote, or wrote us with them in copy, and is of another firm.
fn outsiders<'a>(dealings: &Dealings<'a>) -> Vec<&'a Mailbox> {
    let inbound = dealings.inbound().flat_map(|e| e.touch.recipients());
    let asides =
        dealings.asides.iter().filter(|(_, touch)| touch.message.nature.is_correspondence());
    let asides = asides.filter_map(|(_, touch)| touch.message.from.as_ref());
    let mut found: Vec<&Mailbox> = Vec::new();
    for mailbox in asides.chain(inbound) {
        let address = &mailbox.address;
        let is_new = found.iter().all(|known| known.address != *address);
        let is_other = !dealings.is_ours(address);
        if is_new && is_other && !dealings.people.contains(address) && found.len() < OUTSIDERS_MAX {
            found.push(mailbox);
        }
    }
    found
}

fn member(
    dealings: &Dealings<'_>,
    email: &EmailAddress,
    name: Option<&str>,
    is_outside: bool,
) -> Member {
    let name = dealings.names.get(email).map(String::as_str).or(name).map(ToOwned::to_owned);
    let seat = dealings.deal.people.iter().find(|seat| seat.email == *email);
    let roles = seat.map(|seat| seat.roles.clone()).unwrap_or_default();
    let other_firm = dealings.deal.domain.as_ref().is_some_and(|domain| !email.is_at(domain));
    let letters = dealings.inbound().filter(|e| e.writer() == Some(email)).count();
    Member {
        mailbox: Mailbox { name, address: email.clone() },
        rank: rank(dealings, email),
        buys: has_role(dealings, email, Role::Purchaser) || has_title(dealings, email, &BUYS),
        assists: assists(dealings, email),
        is_outside: is_outside
            || other_firm && roles.is_empty() && !PRIVATE.contains(&email.domain()),
        roles,
        letters,
        is_of_other_deal: false,
        is_desk: DESKS.contains(&email.local()),
    }
}
