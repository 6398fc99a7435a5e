//! Everybody on the other side, known at one moment: what lists of people and firms are made of.
//!
//! It is worked out from all mail at once and kept beside the desk until mail, cards or who is who
//! change. What the user writes down of people is laid over it by whoever shows it, so that a tag
//! costs no second look at the mail.

mod accounts;
mod build;
mod firms;
mod list;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_advice::acquaintance::Acquaintance;
use inroad_advice::do_not_contact::DoNotContact;
use inroad_advice::same_person::ByName;
use inroad_model::{Contact, EmailAddress, Moment};
use inroad_store::FileState;

use self::firms::Firms;
use crate::people::SamePersonProposal;

pub use accounts::{AccountRow, Camp, camps_of};
pub use firms::Firm;
pub use list::{PeopleAsked, PeopleOrder, PersonRow};

/// Everybody, by address.
#[derive(Debug)]
pub struct Register {
    /// The moment of which it tells.
    pub as_of: Moment,
    /// The people, by the address that stands for each.
    pub people: Vec<Registered>,
    /// Pairs of addresses that may be one person's and of which nobody said anything.
    pub maybe_same: Vec<(EmailAddress, EmailAddress, String)>,
    /// Mail domains of the user's own firm.
    pub own_domains: BTreeSet<String>,
    /// What firms are called, by domain.
    firm_names: BTreeMap<String, String>,
    firms: Firms,
    contacts: BTreeMap<EmailAddress, Vec<Arc<Contact>>>,
    by_name: ByName,
    /// Who asked for no more mail, themselves or for their firm; without the user's own word.
    pub(crate) asked: DoNotContact,
    /// Of which people, firms and letters this is.
    pub(crate) version: Arc<str>,
    /// Which state of the data file this is of, at the oldest.
    pub(crate) state: Option<FileState>,
}

/// One of them.
#[derive(Debug)]
pub struct Registered {
    /// How they write and stand, without the user's own word on whom to leave alone.
    pub acquaintance: Acquaintance,
    /// Their other addresses.
    pub others: Vec<EmailAddress>,
    /// What their firm is called, if known.
    pub firm: Option<String>,
    /// Whether they asked for no more mail themselves, or their firm did.
    pub opted_out: bool,
    /// Name, addresses and firm in small letters, to be searched.
    searched: String,
}

impl Registered {
    /// The address that stands for the person.
    pub fn email(&self) -> &EmailAddress {
        &self.acquaintance.person.email
    }

    /// The name, or the address where none is known.
    pub fn label(&self) -> &str {
        self.acquaintance.person.name.as_deref().unwrap_or(self.email().as_str())
    }

    /// When a letter last went either way.
    pub fn last_at(&self) -> Option<Moment> {
        self.acquaintance.person.heard_at.max(self.acquaintance.person.wrote_at)
    }

    /// All their addresses.
    pub fn addresses(&self) -> impl Iterator<Item = &EmailAddress> {
        std::iter::once(self.email()).chain(&self.others)
    }

    /// Whether each of some words, folded as a search folds them, stands in the name, an address or the firm.
    pub fn has_words<'w>(&self, mut words: impl Iterator<Item = &'w str>) -> bool {
        words.all(|word| self.searched.contains(word))
    }
}

impl Register {
    /// What the firm behind an address is called, if known.
    pub fn firm_of(&self, email: &EmailAddress) -> Option<String> {
        self.firm_names.get(email.domain()).cloned()
    }

    /// What a firm is called, if known.
    pub fn firm_called(&self, domain: &str) -> Option<&str> {
        self.firm_names.get(domain).map(String::as_str)
    }

    /// The cards that hold one of the addresses.
    pub(crate) fn contacts_of(&self, addresses: &BTreeSet<EmailAddress>) -> Vec<Arc<Contact>> {
        let mut found: Vec<Arc<Contact>> = Vec::new();
        for contact in addresses.iter().filter_map(|email| self.contacts.get(email)).flatten() {
            if !found.iter().any(|known| Arc::ptr_eq(known, contact)) {
                found.push(Arc::clone(contact));
            }
        }
        found
    }

    /// Addresses that may be the same person's, with the reason.
    pub(crate) fn like(&self, email: &EmailAddress, name: Option<&str>) -> Vec<SamePersonProposal> {
        let mut found: BTreeMap<EmailAddress, String> = BTreeMap::new();
        for contact in self.contacts.get(email).into_iter().flatten() {
            for other in contact.emails.iter().filter(|other| *other != email) {
                found.insert(other.clone(), ON_ONE_CARD.to_owned());
            }
        }
        for (other, why) in name.map(|name| self.by_name.like(email, name)).unwrap_or_default() {
            found.entry(other).or_insert(why);
        }
        found.into_iter().map(|(email, why)| SamePersonProposal { email, why }).collect()
    }
}

pub(crate) const ON_ONE_CARD: &str = "One address book entry holds both";
