//! What somebody put off, and what makes the next one easier.

use std::collections::BTreeSet;

use inroad_advice::seller_habits::plans::PlannedCall;
use inroad_advice::seller_habits::reluctance::{self, FirstWord, Reluctance};
use inroad_model::{AccountKey, Channel, Entry, EntryNumber, Moment, Subject};
use jiff::civil::Date;
use serde::Serialize;

use super::letters::AllLetters;
use super::record::{Counted, Desk, people_of};
use crate::Result;
use crate::inroad::Inroad;

/// In touch within so many days before is no stranger.
const KNOWN_DAYS: f64 = 180.0;

/// What was put off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PutOffs {
    /// Each of them, with what may be said of it.
    pub what: Vec<Reluctance>,
    /// What prepares the next call; only for whom it is about.
    pub preparation: Option<Preparation>,
    /// Whether their plans are kept here at all.
    pub is_whole: bool,
}

/// What makes a call easier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preparation {
    /// The firm of the call to begin with, if it is known.
    pub firm: Option<AccountKey>,
}

impl Inroad {
    pub(super) async fn put_offs(
        &self,
        all: &AllLetters,
        counted: &Counted,
        desk: &Desk,
        is_own: bool,
        is_whole: bool,
        at: Moment,
    ) -> Result<PutOffs> {
        let deals = self.store.deals().await?;
        let groups = self.groups::<AccountKey>().await?;
        let at_firm = |key: &AccountKey| -> BTreeSet<u32> {
            let keys = groups.all_of(key);
            keys.iter().filter_map(AccountKey::as_domain).flat_map(|d| all.at(d)).collect()
        };
        let people = |call: &PlannedCall| -> BTreeSet<u32> {
            if let Some(with) = &call.with {
                return all.of([with]);
            }
            match &call.about {
                Subject::Deal(id) => deals
                    .iter()
                    .find(|stored| stored.deal.id == *id)
                    .map(|stored| people_of(stored, all))
                    .unwrap_or_default(),
                Subject::Person(email) => all.of([email]),
                Subject::Account(key) => at_firm(key),
            }
        };
        let wrote_to = |call: &PlannedCall, from: Date, to: Date| {
            let letters = people(call).into_iter().filter_map(|who| counted.wrote.get(&who));
            letters.flatten().any(|at| (from..=to).contains(&at.date()))
        };
        let firsts = first_words(desk, counted, &at_firm);
        let what = reluctance::seen(&desk.calls, &wrote_to, &firsts, at);
        let next = reluctance::next_call(&desk.calls, at);
        let firm = match next {
            Some(Subject::Account(key)) => Some(key.clone()),
            Some(Subject::Person(email)) => email.domain().parse().ok(),
            Some(Subject::Deal(id)) => {
                let deal = deals.iter().find(|stored| stored.deal.id == *id);
                deal.and_then(|stored| stored.deal.domain.as_deref()?.parse().ok())
            }
            None => None,
        };
        let preparation = (is_own && is_whole).then_some(Preparation { firm });
        Ok(PutOffs { what, preparation, is_whole })
    }
}

/// The firms that came on the target list, each with the first word to it.
fn first_words(
    desk: &Desk,
    counted: &Counted,
    at_firm: &dyn Fn(&AccountKey) -> BTreeSet<u32>,
) -> Vec<FirstWord> {
    let targets = desk.entries.iter().filter_map(|kept| match (&kept.about, &kept.entry) {
        (Subject::Account(key), Entry::Target { .. }) => Some((key, kept)),
        _ => None,
    });
    let first = |(key, kept): (&AccountKey, &inroad_model::KeptEntry)| {
        let (since, people) = (kept.told_at, at_firm(key));
        let wrote = people.iter().filter_map(|who| counted.wrote.get(who)).flatten();
        let heard = people.iter().filter_map(|who| counted.heard.get(who)).flatten();
        let is_before = |at: &&Moment| (0.0..=KNOWN_DAYS * 24.0).contains(&since.hours_since(**at));
        let was_known = wrote.clone().chain(heard).any(|at| is_before(&at));
        let letter = wrote.filter(|at| **at >= since).min().copied();
        let talk = desk.entries.iter().filter(|entry| entry.told_at >= since);
        let talk =
            talk.filter(|entry| is_talk(entry, &kept.about, desk)).map(|entry| entry.told_at);
        let word_at = letter.into_iter().chain(talk.min()).min();
        FirstWord { firm: key.clone(), since, word_at, was_known }
    };
    // A firm that left the list and came back had its first word then.
    let mut seen: BTreeSet<&AccountKey> = BTreeSet::new();
    targets.filter(|(key, _)| seen.insert(key)).map(first).collect()
}

/// Whether an entry tells of a talk with whom it is about: a note of one, or a plan that was ticked.
fn is_talk(entry: &inroad_model::KeptEntry, about: &Subject, desk: &Desk) -> bool {
    if entry.about != *about || entry.withdrawn_at.is_some() {
        return false;
    }
    let is_spoken = |number: EntryNumber| {
        desk.entries.iter().any(|plan| {
            plan.number == number
                && matches!(plan.entry, Entry::Plan { by: Channel::Call | Channel::Meeting, .. })
        })
    };
    match &entry.entry {
        Entry::Note { by, .. } => by.is_some(),
        Entry::Done { plan } => is_spoken(*plan),
        _ => false,
    }
}
