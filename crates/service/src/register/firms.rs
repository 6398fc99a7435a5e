//! The firms on the other side: by the mail domain of their people and of deals, by exports and by the
//! user's word. Mail providers and the user's own firm are none.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::propose::is_free_mail;
use inroad_model::{Account, AccountKey, Deal, EmailAddress, Moment};
use inroad_store::ToldAccount;

use super::Registered;
use crate::search::fold;
use crate::who_is_who::Groups;

/// A firm, as mail, exports and cards tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firm {
    /// What it is kept under.
    pub key: AccountKey,
    /// Other keys that the user said are the same firm's.
    pub others: Vec<AccountKey>,
    /// What it is called, if known.
    pub name: Option<String>,
    /// Where its people stand in the register, those with whom a letter passed last first.
    pub(super) people: Vec<usize>,
    /// When somebody there last wrote.
    pub heard_at: Option<Moment>,
    /// When somebody there was last written to.
    pub wrote_at: Option<Moment>,
    /// What exports and the user's hand say of it, oldest first.
    pub told: Vec<ToldAccount>,
    /// Its name and keys as they are searched.
    searched: String,
}

impl Firm {
    /// One of which nothing is known but its key.
    pub(super) fn unknown(key: AccountKey) -> Self {
        Self {
            searched: fold(key.as_str()),
            key,
            others: Vec::new(),
            name: None,
            people: Vec::new(),
            heard_at: None,
            wrote_at: None,
            told: Vec::new(),
        }
    }

    /// Its name, or its key where none is known.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.key.as_str())
    }

    /// All keys that it is known under.
    pub fn keys(&self) -> impl Iterator<Item = &AccountKey> {
        std::iter::once(&self.key).chain(&self.others)
    }

    /// Whether each of some words, folded as a search folds them, stands in its name or a key.
    pub fn has_words<'w>(&self, mut words: impl Iterator<Item = &'w str>) -> bool {
        words.all(|word| self.searched.contains(word))
    }
}

/// All firms, and which one each key leads to.
#[derive(Debug, Default)]
pub(super) struct Firms {
    pub(super) list: Vec<Firm>,
    by_key: BTreeMap<AccountKey, usize>,
    /// Domains below which hosts belong to a firm.
    roofs: BTreeSet<String>,
}

/// What firms are told from.
pub(super) struct FirmMaterial<'m> {
    pub(super) deals: &'m [Deal],
    pub(super) told: BTreeMap<AccountKey, Vec<ToldAccount>>,
    pub(super) same: &'m Groups<AccountKey>,
    pub(super) names: &'m BTreeMap<String, String>,
    pub(super) own_domains: &'m BTreeSet<String>,
    pub(super) people: &'m [Registered],
}

impl Firms {
    pub(super) fn of(material: FirmMaterial<'_>) -> Self {
        let FirmMaterial { deals, mut told, same, names, own_domains, people } = material;
        let is_a_firms = |domain: &str| !is_free_mail(domain) && !own_domains.contains(domain);
        let of_deals = deals.iter().filter_map(|deal| deal.domain.as_deref());
        let of_deals = of_deals.filter_map(|domain| AccountKey::domain(domain).ok());
        let is_meant = |key: &AccountKey| key.as_domain().is_none_or(is_a_firms);
        let named: BTreeSet<AccountKey> = of_deals
            .chain(told.keys().cloned())
            .chain(same.groups().flatten().cloned())
            .filter(is_meant)
            .collect();
        let roofs = named.iter().filter_map(AccountKey::as_domain).map(str::to_owned).collect();
        let mut firms = Self { roofs, ..Self::default() };
        for (at, who) in people.iter().enumerate() {
            let hosts = who.addresses().map(EmailAddress::domain).filter(|host| is_a_firms(host));
            let keys: BTreeSet<AccountKey> = hosts.filter_map(|host| firms.roof_of(host)).collect();
            for key in keys {
                let firm = firms.enter(&key, same);
                if firm.people.last() != Some(&at) {
                    firm.people.push(at);
                    firm.heard_at = firm.heard_at.max(who.acquaintance.person.heard_at);
                    firm.wrote_at = firm.wrote_at.max(who.acquaintance.person.wrote_at);
                }
            }
        }
        for key in named {
            let more = told.remove(&key).unwrap_or_default();
            firms.enter(&key, same).told.extend(more);
        }
        for firm in &mut firms.list {
            firm.told.sort_by_key(|told| told.at.timestamp());
            firm.people.sort_by_key(|at| Reverse(people.get(*at).and_then(Registered::last_at)));
            firm.name = name_of(firm, names);
            let parts = firm.name.iter().map(String::as_str);
            let keys = std::iter::once(&firm.key).chain(&firm.others).map(AccountKey::as_str);
            firm.searched = fold(&parts.chain(keys).collect::<Vec<_>>().join("\n"));
        }
        firms
    }

    /// The firm that a key leads to: its own, one with which it is the same, or that of the domain above.
    pub(super) fn find(&self, key: &AccountKey) -> Option<&Firm> {
        let at = self.by_key.get(key).copied().or_else(|| {
            let roof = self.roof_of(key.as_domain()?)?;
            self.by_key.get(&roof).copied()
        });
        self.list.get(at?)
    }

    /// The key of the firm to which a host belongs.
    pub(super) fn roof_of(&self, host: &str) -> Option<AccountKey> {
        let above = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
        let firm = std::iter::once(host).chain(above).find(|domain| self.roofs.contains(*domain));
        AccountKey::domain(firm.unwrap_or(host)).ok()
    }

    /// The firm of a key, made where it is new.
    fn enter(&mut self, key: &AccountKey, same: &Groups<AccountKey>) -> &mut Firm {
        let next = self.list.len();
        let at = self.by_key.get(key).copied().unwrap_or(next);
        if at == next {
            let (key, others) = standing_for(same.all_of(key));
            for key in std::iter::once(&key).chain(&others) {
                self.by_key.insert(key.clone(), at);
            }
            self.list.push(Firm { others, ..Firm::unknown(key) });
        }
        &mut self.list[at]
    }
}

/// The key that stands for a firm, and its others: a domain before a name.
fn standing_for(keys: BTreeSet<AccountKey>) -> (AccountKey, Vec<AccountKey>) {
    let mut keys: Vec<AccountKey> = keys.into_iter().collect();
    keys.sort_by_key(|key| key.as_domain().is_none());
    let first = keys.remove(0);
    (first, keys)
}

/// What a firm is called: as the user or an export last said, else as a deal or a card has it.
fn name_of(firm: &Firm, names: &BTreeMap<String, String>) -> Option<String> {
    let told = firm.told.iter().rev().map(|told| &told.account).find(|account| !is_bare(account));
    told.map(|account| account.name.clone()).or_else(|| {
        firm.keys().filter_map(AccountKey::as_domain).find_map(|domain| names.get(domain).cloned())
    })
}

/// Whether an account is called by its domain only, for want of a name.
fn is_bare(account: &Account) -> bool {
    account.domain.as_deref() == Some(account.name.as_str())
}
