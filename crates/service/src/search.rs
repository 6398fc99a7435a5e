//! Finding anything: deals, people, messages and notes, in one answer, also while somebody types.
//!
//! [`Query`] says what is asked. What all messages and everybody are asked for lies in memory
//! (`index`) and is made anew when something was written; the words of messages are asked of the data
//! file's index, and texts are unpacked for the messages shown and no others. Private words are not
//! shown: they stand in their letter.

mod everybody;
mod fold;
mod index;
mod messages;
mod others;
mod pattern;
mod query;
mod shown;
mod snippet;

use std::collections::BTreeMap;

use inroad_advice::Review;
use inroad_model::{DealId, Moment, State};
use inroad_store::Bringing;
use serde::Serialize;

use crate::Result;
use crate::inroad::Inroad;
use index::{Circle, Index, IndexedDeal};
use others::Wanted;

pub use fold::{fold, holds_words};
pub(crate) use index::Kept;
pub use others::{FoundDeal, FoundNote, FoundPerson};
pub use pattern::Marked;
pub use query::{CHARS_MAX, Days, Has, Kind, LastWord, PARTS_MAX, Problem, Query, Term, When};
pub use shown::FoundMessage;

/// What is searched, and how much is shown.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// What was typed.
    pub typed: &'a str,
    /// Whether somebody is still typing.
    pub last_word: LastWord,
    /// The states of deals by a review, for `state:` and to be shown; `None` if nobody has one.
    pub states: Option<&'a BTreeMap<DealId, State>>,
    /// How many of each kind are shown at most.
    pub shown_max: usize,
    /// The moment that is looked at: what is later is not found. `None` finds all that is kept.
    pub as_of: Option<Moment>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Findings {
    /// What could not be understood of the search, and was left out.
    pub problems: Vec<Problem>,
    /// Deals; those found by name first.
    pub deals: Listed<FoundDeal>,
    /// People; those found by name first, then by how much mail there is.
    pub people: Listed<FoundPerson>,
    /// Messages, the newest first.
    pub messages: Listed<FoundMessage>,
    /// Notes of deals, the newest first.
    pub notes: Listed<FoundNote>,
}

/// The first of what was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed<T> {
    /// What is shown.
    pub shown: Vec<T>,
    /// Whether there are more.
    pub more: bool,
}

impl<T> Listed<T> {
    fn of<F>(found: Vec<F>, max: usize, show: impl FnMut(F) -> T) -> Self {
        let more = found.len() > max;
        Self { shown: found.into_iter().take(max).map(show).collect(), more }
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { shown: Vec::new(), more: false }
    }
}

impl Findings {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.deals.shown.is_empty()
            && self.people.shown.is_empty()
            && self.messages.shown.is_empty()
            && self.notes.shown.is_empty()
    }
}

/// The states of the deals of a review, as a search takes them.
pub fn states_of(review: &Review) -> BTreeMap<DealId, State> {
    review.deals.iter().map(|deal| (deal.id.clone(), deal.state)).collect()
}

impl Inroad {
    /// Searches everything. Words are found in any case, with or without accents, in any language
    /// that sets blanks between words.
    ///
    /// The first search of a process, and the first after something was written, takes a tenth of a
    /// second longer: see [`Inroad::prepare_search`].
    ///
    /// # Errors
    /// If the data file refuses. What was typed is never an error.
    pub async fn search(&self, search: &Search<'_>) -> Result<Findings> {
        let (query, problems) = Query::parse(search.typed, search.last_word);
        let mut findings = Findings { problems, ..Findings::default() };
        if query.is_empty() {
            return Ok(findings);
        }
        let index = self.search_index(search.as_of).await?;
        let deals = deals_of(&index, &query, search, &mut findings.problems);
        let circle = deals.is_narrowed.then(|| Circle::new(&deals.among));
        let rest = Query { deals: Vec::new(), states: Vec::new(), ..query.clone() };
        if circle.is_none() && rest.is_empty() {
            return Ok(findings);
        }
        let (wanted, max) = (Wanted::new(&query), search.shown_max);
        if query.wants(Kind::Deal) {
            findings.deals = others::deals(&deals.among, &wanted, search.states, max);
        }
        if query.wants(Kind::Note) {
            findings.notes = others::notes(&deals.among, &query, &wanted, max);
        }
        if query.wants(Kind::Person) {
            findings.people = others::people(&index, circle.as_ref(), &wanted, max);
        }
        if query.wants(Kind::Message) {
            let of_deals = circle.map(|circle| circle.addresses(&index));
            let found = self.messages_found(&index, &query, of_deals.as_ref(), max);
            findings.messages = found.await?;
        }
        Ok(findings)
    }

    /// Reads what searches hold in memory, so that the next one need not wait for it.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn prepare_search(&self) -> Result<()> {
        let index = self.search_index(None).await?;
        for what in [Bringing::Attachment, Bringing::Fact, Bringing::Invitation, Bringing::Price] {
            self.bringing(&index, what).await?;
        }
        Ok(())
    }
}

/// The deals that a question is about.
#[derive(Debug)]
struct Among<'i> {
    among: Vec<&'i IndexedDeal>,
    /// Whether those are some of all.
    is_narrowed: bool,
}

/// The deals that are meant. A name that no deal has is told and left out.
fn deals_of<'i>(
    index: &'i Index,
    query: &Query,
    search: &Search<'_>,
    problems: &mut Vec<Problem>,
) -> Among<'i> {
    let mut among: Vec<&IndexedDeal> = index.deals.iter().collect();
    let mut is_narrowed = false;
    match search.states {
        Some(states) if query.asks_states() => {
            let state = |deal: &IndexedDeal| states.get(&deal.deal.id);
            among.retain(|deal| state(deal).is_some_and(|state| query.states.contains(state)));
            is_narrowed = true;
        }
        None if query.asks_states() => {
            let what = "The states of deals are not known yet; ask again after a review";
            problems
                .push(Problem { place: place_of(search.typed, "state:"), what: what.to_owned() });
        }
        _ => {}
    }
    let is_meant = |part: &&String| {
        let part = fold(part);
        index.deals.iter().any(|deal| deal.text.contains(&part))
    };
    let (meant, unknown): (Vec<&String>, Vec<&String>) = query.deals.iter().partition(is_meant);
    problems.extend(unknown.into_iter().map(|part| {
        let what = format!("No deal is called '{part}'; 'inroad deals' lists them");
        Problem { place: place_of(search.typed, part), what }
    }));
    if !meant.is_empty() {
        let parts: Vec<String> = meant.into_iter().map(|part| fold(part)).collect();
        among.retain(|deal| parts.iter().any(|part| deal.text.contains(part)));
        is_narrowed = true;
    }
    Among { among, is_narrowed }
}

/// Where a part stands in what was typed.
fn place_of(typed: &str, part: &str) -> std::ops::Range<usize> {
    let start = typed.to_ascii_lowercase().find(&part.to_ascii_lowercase());
    start.map_or(0..typed.len(), |start| start..start + part.len())
}
