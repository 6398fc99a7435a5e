//! The letters to several of a log, each with the people that are on it.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::Moment;

use super::{Row, Seen, View};

/// Letters to fewer readers put nobody together.
pub const READERS_MIN: usize = 2;
/// Letters to more readers are announcements: they go to all, high and low.
pub const READERS_MAX: usize = 10;

/// Letters with those who are on them, counted by their places among the people.
#[derive(Debug)]
pub(super) struct Letters<'s, P> {
    /// Everybody who is known and is on a letter that is no announcement, in order.
    pub(super) people: Vec<&'s P>,
    /// Who is on each letter to several.
    pub(super) on: Vec<Vec<usize>>,
}

/// The letters of a log; the owner of a mailbox is on none of them.
pub(super) fn gathered<'s, P: Ord>(seen: &Seen<'s, P>) -> Letters<'s, P> {
    let owner = match &seen.view {
        View::Firm => None,
        View::Mailbox(owner) => Some(owner),
    };
    let counts = |who: &P| seen.known.contains(who) || owner == Some(who);
    let mut readers: BTreeMap<(&P, Moment), BTreeSet<&P>> = BTreeMap::new();
    for Row { from, to, at } in seen.rows {
        if from != to && counts(from) && counts(to) {
            readers.entry((from, *at)).or_default().insert(to);
        }
    }
    let is_own = |from: &P, readers: &BTreeSet<&P>| {
        owner.is_none_or(|owner| from == owner || readers.contains(owner))
    };
    readers.retain(|(from, _), readers| readers.len() <= READERS_MAX && is_own(from, readers));
    let on = |from: &'s P, readers: &BTreeSet<&'s P>| -> Vec<&'s P> {
        let all = readers.iter().copied().chain(std::iter::once(from));
        all.filter(|who| owner != Some(*who)).collect()
    };
    let people: BTreeSet<&P> =
        readers.iter().flat_map(|((from, _), readers)| on(from, readers)).collect();
    let people: Vec<&P> = people.into_iter().collect();
    let several = readers.iter().filter(|(_, readers)| readers.len() >= READERS_MIN);
    let numbered = several.map(|((from, _), readers)| {
        on(from, readers).into_iter().filter_map(|who| people.binary_search(&who).ok()).collect()
    });
    let on = numbered.collect();
    Letters { people, on }
}
