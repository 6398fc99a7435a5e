//! The firms on the other side: by the mail domain of their people and of deals. Mail providers and
//! the user's own firm are none.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::DealReview;
use inroad_advice::politics::standing;
use inroad_advice::propose::is_free_mail;
use inroad_model::{KeptEntry, Moment, State, Subject};
use inroad_store::StoredDeal;

use super::list::Written;
use super::{Register, Registered};
use crate::desk::Morning;

/// A firm.
#[derive(Debug)]
pub struct AccountRow<'r> {
    /// Its mail domain.
    pub domain: String,
    /// What it is called, if known.
    pub name: Option<&'r str>,
    /// Its people, those who wrote last first.
    pub people: Vec<&'r Registered>,
    /// Its deals that are reviewed.
    pub deals: Vec<&'r DealReview>,
    /// The words by which the user finds it.
    pub tags: Vec<&'r str>,
    /// The user's word that it is left alone.
    pub left_alone: Option<&'r KeptEntry>,
    /// When somebody there last wrote.
    pub heard_at: Option<Moment>,
    /// When somebody there was last written to.
    pub wrote_at: Option<Moment>,
}

/// A camp in a firm, as far as the politics of one of its deals tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Camp {
    /// What it is called.
    pub name: String,
    /// Who belongs to it.
    pub people: Vec<String>,
    /// Whether the user told it.
    pub is_told: bool,
}

impl AccountRow<'_> {
    /// Its name, or the domain where none is known.
    pub fn label(&self) -> &str {
        self.name.unwrap_or(&self.domain)
    }

    /// Whether it is more than a firm that once wrote or was written to: there is a deal, a word of
    /// the user's, or letters went both ways.
    pub fn is_known(&self) -> bool {
        !self.deals.is_empty()
            || !self.tags.is_empty()
            || self.left_alone.is_some()
            || (self.heard_at.is_some() && self.wrote_at.is_some())
    }

    /// How its people stand: each state with how many, in the order of states.
    pub fn states(&self) -> Vec<(State, usize)> {
        let mut states: BTreeMap<State, usize> = BTreeMap::new();
        for state in self.people.iter().filter_map(|who| who.acquaintance.person.state) {
            *states.entry(state).or_default() += 1;
        }
        states.into_iter().collect()
    }
}

impl Register {
    /// All firms: those with deals first, then by when a letter last went either way.
    pub fn accounts<'r>(
        &'r self,
        morning: &'r Morning,
        entries: &'r [KeptEntry],
    ) -> Vec<AccountRow<'r>> {
        let written = Written::of(entries);
        let mut rows: BTreeMap<String, AccountRow<'r>> = BTreeMap::new();
        let domains = self.domains(&morning.deals);
        for who in &self.people {
            let mut own = BTreeSet::new();
            for email in who.addresses() {
                let Some(domain) = self.firms_domain(email.domain(), &domains) else { continue };
                if own.insert(domain) {
                    self.row(&mut rows, domain).take(who);
                }
            }
        }
        let reviewed: BTreeMap<_, &DealReview> =
            morning.review.deals.iter().map(|deal| (&deal.id, deal)).collect();
        for stored in &morning.deals {
            let Some(review) = reviewed.get(&stored.deal.id) else { continue };
            for domain in self.domains_of(stored, &domains) {
                self.row(&mut rows, &domain).deals.push(review);
            }
        }
        for kept in entries {
            if let Subject::Domain(domain) = &kept.about {
                self.row(&mut rows, domain);
            }
        }
        let mut rows: Vec<AccountRow<'r>> = rows.into_values().collect();
        for row in &mut rows {
            let about = Subject::Domain(row.domain.clone());
            row.tags = written.tags_of(&about).collect();
            row.left_alone = written.alone(&about);
            row.people.sort_by_key(|who| Reverse(who.last_at()));
        }
        rows.sort_by_key(|row| {
            (
                row.left_alone.is_some(),
                row.deals.is_empty(),
                Reverse(row.heard_at.max(row.wrote_at)),
            )
        });
        rows
    }

    fn row<'a, 'r>(
        &'r self,
        rows: &'a mut BTreeMap<String, AccountRow<'r>>,
        domain: &str,
    ) -> &'a mut AccountRow<'r> {
        rows.entry(domain.to_owned()).or_insert_with(|| AccountRow {
            domain: domain.to_owned(),
            name: self.firm_called(domain),
            people: Vec::new(),
            deals: Vec::new(),
            tags: Vec::new(),
            left_alone: None,
            heard_at: None,
            wrote_at: None,
        })
    }

    /// Domains that deals name: hosts below them belong to them.
    fn domains(&self, deals: &[StoredDeal]) -> BTreeSet<String> {
        let named = deals.iter().filter_map(|stored| stored.deal.domain.as_deref());
        let named = named.map(|domain| domain.trim().trim_start_matches('@').to_lowercase());
        named.filter(|domain| !domain.is_empty() && self.is_a_firms(domain)).collect()
    }

    /// The domain of the firm that a host belongs to.
    fn firms_domain<'d>(&self, host: &'d str, named: &BTreeSet<String>) -> Option<&'d str> {
        let above = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
        let firm = std::iter::once(host).chain(above).find(|domain| named.contains(*domain));
        Some(firm.unwrap_or(host)).filter(|domain| self.is_a_firms(domain))
    }

    fn is_a_firms(&self, domain: &str) -> bool {
        !is_free_mail(domain) && !self.own_domains.contains(domain)
    }

    fn domains_of(&self, stored: &StoredDeal, named: &BTreeSet<String>) -> BTreeSet<String> {
        let deal = &stored.deal;
        let own = deal.domain.as_deref().map(|d| d.trim().trim_start_matches('@').to_lowercase());
        if let Some(own) = own.filter(|domain| self.is_a_firms(domain) && !domain.is_empty()) {
            return BTreeSet::from([own]);
        }
        let hosts = deal.people.iter().map(|seat| seat.email.domain());
        hosts.filter_map(|host| self.firms_domain(host, named)).map(str::to_owned).collect()
    }
}

impl<'r> AccountRow<'r> {
    fn take(&mut self, who: &'r Registered) {
        self.people.push(who);
        self.heard_at = self.heard_at.max(who.acquaintance.person.heard_at);
        self.wrote_at = self.wrote_at.max(who.acquaintance.person.wrote_at);
    }
}

/// The camps that the politics of a deal tell of; none where everybody is of one.
pub fn camps_of(deal: &DealReview) -> Vec<Camp> {
    let map = &deal.politics.map;
    if deal.is_over() || map.people().is_empty() {
        return Vec::new();
    }
    let division = standing::divide(map);
    let name = |at: usize| map.people().get(at).map(|person| person.name.clone());
    let camps = division.camps.into_iter().map(|(camp, people)| Camp {
        name: camp,
        people: people.into_iter().filter_map(name).collect(),
        is_told: division.is_told,
    });
    let camps: Vec<Camp> = camps.collect();
    if camps.len() < 2 { Vec::new() } else { camps }
}
