//! Deals, their notes, and people of a question: few enough to look at each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use inroad_model::{Deal, DealId, EmailAddress, Moment, Note, State};
use jiff::civil::Date;
use serde::Serialize;

use super::Listed;
use super::everybody::Person;
use super::index::{Circle, Index, IndexedDeal};
use super::pattern::{Marked, Pattern, line_of};
use super::query::Query;
use super::snippet::snippet;

/// A deal that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundDeal {
    /// The deal.
    pub id: DealId,
    /// Its name.
    pub name: Marked,
    /// The organisation on the other side.
    pub organization: Option<Marked>,
    /// Its state, where a review told it.
    pub state: Option<State>,
    /// Who of its people was found, where its names were not.
    pub person: Option<Marked>,
}

/// A person who was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundPerson {
    /// The address that most mail goes to or comes from.
    pub email: EmailAddress,
    /// The name, if one is known.
    pub name: Option<Marked>,
    /// Other addresses that the user said are this person's.
    pub same_as: Vec<EmailAddress>,
    /// The organisation, by an address book or a deal.
    pub organization: Option<Marked>,
    /// How many messages they wrote and were written, together.
    pub messages: u64,
    /// When they last wrote.
    pub wrote_at: Option<Moment>,
}

/// A note that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundNote {
    /// The deal that it belongs to.
    pub deal: DealId,
    /// The deal's name.
    pub deal_name: String,
    /// The day.
    pub date: Date,
    /// The words around what was found, without private ones; `None` where nothing may be shown.
    pub snippet: Option<Marked>,
}

/// The words of a question.
#[derive(Debug)]
pub(super) struct Wanted {
    pub words: Vec<Pattern>,
    without: Vec<Pattern>,
}

impl Wanted {
    pub(super) fn new(query: &Query) -> Self {
        Self {
            words: query.words.iter().map(Pattern::new).collect(),
            without: query.without.iter().map(Pattern::new).collect(),
        }
    }

    fn fits(&self, line: &str) -> bool {
        self.words.iter().all(|word| word.is_in(line))
            && !self.without.iter().any(|word| word.is_in(line))
    }

    /// Whether any of the words stands in a line, for what comes first.
    fn any_in(&self, line: &str) -> bool {
        self.words.iter().any(|word| word.is_in(line))
    }
}

/// Deals by their names, their organisation and their people; those found by name first.
pub(super) fn deals(
    among: &[&IndexedDeal],
    wanted: &Wanted,
    states: Option<&BTreeMap<DealId, State>>,
    max: usize,
) -> Listed<FoundDeal> {
    let mut found: Vec<&IndexedDeal> =
        among.iter().filter(|indexed| wanted.fits(&indexed.line)).copied().collect();
    found.sort_by_cached_key(|indexed| (!wanted.any_in(&indexed.names), indexed.names.clone()));
    Listed::of(found, max, |indexed| {
        let deal = &indexed.deal;
        let marked = |text: &str| Marked::new(text, &wanted.words);
        let person = deal.people.iter().find_map(|seat| {
            let called = format!("{} {}", seat.name.as_deref().unwrap_or_default(), seat.email);
            wanted
                .any_in(&line_of(&called))
                .then(|| marked(seat.name.as_deref().unwrap_or(seat.email.as_str())))
        });
        FoundDeal {
            id: deal.id.clone(),
            name: marked(&deal.name),
            organization: deal.organization.as_deref().map(marked),
            state: states.and_then(|states| states.get(&deal.id)).copied(),
            person: person.filter(|_| !wanted.any_in(&indexed.names)),
        }
    })
}

/// People by name, address and organisation: first those of that name, then those with most mail.
pub(super) fn people(
    index: &Index,
    circle: Option<&Circle<'_>>,
    wanted: &Wanted,
    max: usize,
) -> Listed<FoundPerson> {
    let fitting = index.people.iter().filter(|person| wanted.fits(&person.line));
    let fitting = fitting.filter(|person| circle.is_none_or(|circle| circle.holds(person)));
    let mut found: Vec<(bool, &Person)> = fitting
        .map(|person| {
            let is_named = person.name.as_deref().is_some_and(|name| wanted.any_in(&line_of(name)));
            (!is_named, person)
        })
        .collect();
    found.sort_by_key(|(unnamed, person)| (*unnamed, Reverse((person.messages, person.wrote_at))));
    Listed::of(found, max, |(_, person)| {
        let marked = |text: &String| Marked::new(text, &wanted.words);
        let moment = |at| jiff::Timestamp::from_microsecond(at).ok().map(Moment::utc);
        FoundPerson {
            email: person.email.clone(),
            name: person.name.as_ref().map(marked),
            same_as: person.same_as.clone(),
            organization: person.organization.as_ref().map(marked),
            messages: person.messages,
            wrote_at: person.wrote_at.and_then(moment),
        }
    })
}

/// Notes of deals, the newest first.
pub(super) fn notes(
    among: &[&IndexedDeal],
    query: &Query,
    wanted: &Wanted,
    max: usize,
) -> Listed<FoundNote> {
    let is_then = |note: &Note| {
        query.when.iter().map(|when| when.bounds()).all(|(first, last)| {
            first.is_none_or(|first| first <= note.date)
                && last.is_none_or(|last| note.date <= last)
        })
    };
    let notes = among
        .iter()
        .flat_map(|indexed| indexed.deal.notes.iter().map(|note| (&indexed.deal, note)));
    let mut found: Vec<(&Deal, &Note)> =
        notes.filter(|(_, note)| is_then(note) && wanted.fits(&line_of(&note.text))).collect();
    found.sort_by_key(|(_, note)| Reverse(note.date));
    Listed::of(found, max, |(deal, note)| FoundNote {
        deal: deal.id.clone(),
        deal_name: deal.name.clone(),
        date: note.date,
        snippet: snippet(&note.text, &wanted.words, &[]),
    })
}
