//! The firms on the other side, each with its deals and with what the user wrote down of it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::DealReview;
use inroad_advice::politics::standing;
use inroad_advice::propose::is_free_mail;
use inroad_model::{AccountKey, Deal, Entry, KeptEntry, Moment, State, Subject};

use super::list::Written;
use super::{Firm, Register, Registered};
use crate::desk::Morning;

/// A firm.
#[derive(Debug)]
pub struct AccountRow<'r> {
    /// What mail, exports and cards tell of it.
    pub firm: Cow<'r, Firm>,
    /// Its people, those with whom a letter passed last first.
    pub people: Vec<&'r Registered>,
    /// Its deals that are reviewed.
    pub deals: Vec<&'r DealReview>,
    /// What the user wrote down of it, in its order.
    pub own: Vec<&'r KeptEntry>,
    /// The words by which the user finds it.
    pub tags: Vec<&'r str>,
    /// The user's word that it is left alone.
    pub left_alone: Option<&'r KeptEntry>,
    /// The user's word that it is one of the few that are worked on.
    pub target: Option<&'r KeptEntry>,
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
    /// What it is kept under.
    pub fn key(&self) -> &AccountKey {
        &self.firm.key
    }

    /// Its name, or its key where none is known.
    pub fn label(&self) -> &str {
        self.firm.label()
    }

    /// When a letter last went either way.
    pub fn last_at(&self) -> Option<Moment> {
        self.firm.heard_at.max(self.firm.wrote_at)
    }

    /// Whether it is more than a firm that once wrote or was written to: there is a deal, a word of
    /// the user's or of an export, or letters went both ways.
    pub fn is_known(&self) -> bool {
        !self.deals.is_empty()
            || !self.tags.is_empty()
            || self.left_alone.is_some()
            || self.target.is_some()
            || !self.firm.told.is_empty()
            || (self.firm.heard_at.is_some() && self.firm.wrote_at.is_some())
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
    /// The firm that a key leads to: its own, one with which it is the same, or that of the domain above.
    pub fn firm(&self, key: &AccountKey) -> Option<&Firm> {
        self.firms.find(key)
    }

    /// What texts would call a firm: its name, else the first part of its domain, else its key in words.
    pub fn called_in_texts(&self, key: &AccountKey) -> String {
        let firm = self.firm(key);
        if let Some(name) = firm.and_then(|firm| firm.name.clone()) {
            return name;
        }
        let key = firm.map_or(key, |firm| &firm.key).as_str();
        key.split('.').next().unwrap_or(key).replace('-', " ")
    }

    /// All firms, in no particular order.
    pub fn all_firms(&self) -> &[Firm] {
        &self.firms.list
    }

    /// The key that stands for a firm; the same one for all its keys.
    pub fn standing_key(&self, key: &AccountKey) -> AccountKey {
        self.firm(key).map_or_else(|| key.clone(), |firm| firm.key.clone())
    }

    /// The firm at whose roof a host stands, by its own domain; the domain itself where none is known.
    pub(crate) fn roof(&self, key: &AccountKey) -> AccountKey {
        self.firms.roof_of(key.as_str()).unwrap_or_else(|| key.clone())
    }

    /// All firms: those with deals first, then by when a letter last went either way; those that are
    /// left alone last.
    pub fn accounts<'r>(
        &'r self,
        morning: &'r Morning,
        entries: &'r [KeptEntry],
    ) -> Vec<AccountRow<'r>> {
        let deals = self.reviewed_by_account(morning);
        self.rows(&self.firms.list, deals, entries, |_any| true)
    }

    /// The firms with deals that are reviewed, as they stand among [`Register::accounts`].
    pub(crate) fn accounts_with_deals<'r>(
        &'r self,
        morning: &'r Morning,
        entries: &'r [KeptEntry],
    ) -> Vec<AccountRow<'r>> {
        let deals = self.reviewed_by_account(morning);
        let keys: BTreeSet<AccountKey> = deals.iter().map(|(key, _)| key.clone()).collect();
        let firms = self.firms.list.iter().filter(|firm| keys.contains(&firm.key));
        self.rows(firms, deals, entries, |key| keys.contains(key))
    }

    /// One firm, with what the user wrote down of it; `None` where nothing is known of it.
    pub fn account<'r>(
        &'r self,
        key: &AccountKey,
        morning: &'r Morning,
        entries: &'r [KeptEntry],
    ) -> Option<AccountRow<'r>> {
        let wanted = self.standing_key(key);
        let deals = self.reviewed_by_account(morning);
        self.rows(self.firm(&wanted), deals, entries, |key| *key == wanted).pop()
    }

    /// Some firms, and those of which there is a deal or a word of the user's, if they are wanted.
    fn rows<'r>(
        &'r self,
        firms: impl IntoIterator<Item = &'r Firm>,
        deals: Vec<(AccountKey, &'r DealReview)>,
        entries: &'r [KeptEntry],
        is_wanted: impl Fn(&AccountKey) -> bool,
    ) -> Vec<AccountRow<'r>> {
        let mut rows: Vec<AccountRow<'r>> =
            firms.into_iter().map(|firm| self.row(Cow::Borrowed(firm))).collect();
        let mut place: BTreeMap<AccountKey, usize> =
            rows.iter().enumerate().map(|(at, row)| (row.key().clone(), at)).collect();
        let mut enter = |rows: &mut Vec<AccountRow<'r>>, key: AccountKey| {
            if let Some(at) = place.get(&key) {
                return Some(*at);
            }
            if !is_wanted(&key) {
                return None;
            }
            let unknown = || Cow::Owned(Firm::unknown(key.clone()));
            rows.push(self.row(self.firm(&key).map_or_else(unknown, Cow::Borrowed)));
            place.insert(key, rows.len() - 1);
            Some(rows.len() - 1)
        };
        for (key, review) in deals {
            if let Some(at) = enter(&mut rows, key) {
                rows[at].deals.push(review);
            }
        }
        let written = Written::of(entries);
        for kept in entries {
            let Subject::Account(key) = &kept.about else { continue };
            let Some(at) = enter(&mut rows, self.standing_key(key)) else { continue };
            rows[at].own.push(kept);
            match &kept.entry {
                Entry::Target { .. } => rows[at].target = Some(kept),
                Entry::LeaveAlone { .. } => rows[at].left_alone = written.alone(&kept.about),
                Entry::Tag { tag } => rows[at].tags.push(tag),
                _ => {}
            }
        }
        for row in &mut rows {
            row.tags.sort_unstable();
            row.tags.dedup();
        }
        rows.sort_by_cached_key(|row| {
            (row.left_alone.is_some(), row.deals.is_empty(), Reverse(row.last_at()))
        });
        rows
    }

    /// The deals that are reviewed, each with the key that stands for its firm; one of several firms
    /// with each.
    fn reviewed_by_account<'r>(&self, morning: &'r Morning) -> Vec<(AccountKey, &'r DealReview)> {
        let reviewed: BTreeMap<_, &DealReview> =
            morning.review.deals.iter().map(|deal| (&deal.id, deal)).collect();
        let with_review = morning
            .deals
            .iter()
            .filter_map(|stored| Some((&stored.deal, *reviewed.get(&stored.deal.id)?)));
        with_review
            .flat_map(|(deal, review)| {
                self.accounts_of(deal).into_iter().map(move |key| (key, review))
            })
            .collect()
    }

    fn row<'r>(&'r self, firm: Cow<'r, Firm>) -> AccountRow<'r> {
        let people = firm.people.iter().filter_map(|at| self.people.get(*at)).collect();
        AccountRow {
            people,
            firm,
            deals: Vec::new(),
            own: Vec::new(),
            tags: Vec::new(),
            left_alone: None,
            target: None,
        }
    }

    /// The firms of a deal: by its domain, else by those of its people, else by its name.
    pub fn accounts_of(&self, deal: &Deal) -> BTreeSet<AccountKey> {
        let is_a_firms = |key: &AccountKey| {
            key.as_domain()
                .is_none_or(|domain| !is_free_mail(domain) && !self.own_domains.contains(domain))
        };
        let own = deal.domain.as_deref().and_then(|domain| AccountKey::domain(domain).ok());
        if let Some(own) = own.filter(is_a_firms) {
            return BTreeSet::from([self.standing_key(&own)]);
        }
        let hosts = deal.people.iter().filter_map(|seat| self.firms.roof_of(seat.email.domain()));
        let found: BTreeSet<AccountKey> =
            hosts.filter(is_a_firms).map(|key| self.standing_key(&key)).collect();
        if !found.is_empty() {
            return found;
        }
        let named = deal.organization.as_deref().and_then(|name| AccountKey::of_name(name).ok());
        named.map(|key| self.standing_key(&key)).into_iter().collect()
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
