//! The list of people: who is asked for, in which order, with what the user wrote down of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::DealReview;
use inroad_model::{DealId, DomainSet, EmailAddress, Entry, KeptEntry, State, Subject};

use super::{Register, Registered};
use crate::desk::Morning;
use crate::search::fold;

/// Whom a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleAsked {
    /// Words of the name, an address or the firm; all of them have to stand there.
    pub words: String,
    /// Only people in this state.
    pub state: Option<State>,
    /// Only people with this tag.
    pub tag: Option<String>,
    /// Only people who are left alone, by their own word or the user's.
    pub left_alone: bool,
    /// Only people of whom something is out of date or does not fit together.
    pub stale: bool,
    /// The order.
    pub order: PeopleOrder,
}

/// In which order people are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PeopleOrder {
    /// Those in deals first, and of these the ones who ask for something; those left alone last.
    #[default]
    Matters,
    /// By name.
    Name,
    /// Who wrote last comes first.
    Heard,
}

/// A line of the list.
#[derive(Debug)]
pub struct PersonRow<'r> {
    /// Who.
    pub who: &'r Registered,
    /// How they stand: closed where the user leaves them alone.
    pub state: Option<State>,
    /// Whether the user leaves them or their firm alone.
    pub is_left_alone: bool,
    /// The words by which the user finds them.
    pub tags: Vec<&'r str>,
    /// The deals that have them.
    pub deals: Vec<&'r DealReview>,
}

/// What the user wrote down, by whom it is about.
#[derive(Debug, Default)]
pub(crate) struct Written<'e> {
    tags: BTreeMap<&'e Subject, BTreeSet<&'e str>>,
    alone: BTreeMap<&'e Subject, &'e KeptEntry>,
    domains_alone: DomainSet,
}

impl<'e> Written<'e> {
    pub(crate) fn of(entries: &'e [KeptEntry]) -> Self {
        let mut written = Self::default();
        for kept in entries {
            match &kept.entry {
                Entry::Tag { tag } => {
                    written.tags.entry(&kept.about).or_default().insert(tag);
                }
                Entry::LeaveAlone { .. } => {
                    written.alone.insert(&kept.about, kept);
                    if let Subject::Account(key) = &kept.about
                        && let Some(domain) = key.as_domain()
                    {
                        written.domains_alone.extend([domain]);
                    }
                }
                _ => {}
            }
        }
        written
    }

    pub(crate) fn tags_of(&self, about: &Subject) -> impl Iterator<Item = &'e str> {
        self.tags.get(about).into_iter().flatten().copied()
    }

    pub(crate) fn alone(&self, about: &Subject) -> Option<&'e KeptEntry> {
        self.alone.get(about).copied()
    }

    fn is_alone(&self, who: &Registered) -> bool {
        if self.alone.is_empty() {
            return false;
        }
        who.addresses().any(|email| {
            self.alone.contains_key(&Subject::Person(email.clone()))
                || self.domains_alone.holds(email)
        })
    }

    fn tags_of_person(&self, who: &Registered) -> Vec<&'e str> {
        if self.tags.is_empty() {
            return Vec::new();
        }
        let subjects = who.addresses().map(|email| Subject::Person(email.clone()));
        subjects.flat_map(|about| self.tags_of(&about).collect::<Vec<_>>()).collect()
    }
}

impl Register {
    /// The people that are asked for, in the order asked for.
    pub fn list<'r>(
        &'r self,
        asked: &PeopleAsked,
        morning: &'r Morning,
        entries: &'r [KeptEntry],
    ) -> Vec<PersonRow<'r>> {
        let written = Written::of(entries);
        let mut deals: BTreeMap<&EmailAddress, Vec<&DealReview>> = BTreeMap::new();
        for deal in &morning.review.deals {
            for person in &deal.people {
                deals.entry(&person.email).or_default().push(deal);
            }
        }
        let words = fold(&asked.words);
        let row = |who: &'r Registered| {
            let is_left_alone = written.is_alone(who);
            let state = who.acquaintance.person.state;
            let found = who.addresses().filter_map(|email| deals.get(email)).flatten().copied();
            let mut seen: BTreeSet<&DealId> = BTreeSet::new();
            PersonRow {
                who,
                state: if is_left_alone { Some(State::Closed) } else { state },
                is_left_alone,
                tags: written.tags_of_person(who),
                deals: found.filter(|deal| seen.insert(&deal.id)).collect(),
            }
        };
        let is_asked = |row: &PersonRow<'_>| {
            asked.state.is_none_or(|state| row.state == Some(state))
                && asked.tag.as_deref().is_none_or(|tag| row.tags.contains(&tag))
                && (!asked.left_alone || row.is_left_alone || row.who.opted_out)
                && (!asked.stale || !row.who.acquaintance.doubts.is_empty())
        };
        let named = self.people.iter().filter(|who| who.has_words(words.split_whitespace()));
        let mut rows: Vec<PersonRow<'r>> = named.map(row).filter(is_asked).collect();
        match asked.order {
            PeopleOrder::Matters => rows.sort_by_cached_key(matters),
            PeopleOrder::Name => rows.sort_by_cached_key(|row| row.who.label().to_lowercase()),
            PeopleOrder::Heard => {
                rows.sort_by_key(|row| Reverse(row.who.acquaintance.person.heard_at));
            }
        }
        rows
    }
}

/// Those in open deals first, the ones who are silent or cooling before those who answer.
fn matters(row: &PersonRow<'_>) -> (u8, bool, u8, Reverse<Option<inroad_model::Moment>>) {
    let is_open = row.deals.iter().any(|deal| deal.state != State::Closed);
    let state = match row.state {
        Some(State::Dark | State::Cold) => 0,
        Some(State::Cooling) => 1,
        Some(State::Warm) => 2,
        Some(State::Paused) => 3,
        Some(State::Closed) | None => 4,
    };
    let last = u8::from(row.state == Some(State::Closed));
    (last, !is_open, if is_open { state } else { 0 }, Reverse(row.who.last_at()))
}
