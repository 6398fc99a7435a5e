//! Which descriptions mean the same deal, and what becomes of two that do.

use std::collections::BTreeSet;

use inroad_model::{Deal, Moment, Seat};
use inroad_store::StoredDeal;

/// A deal that comes in.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// What is told of it.
    pub deal: Deal,
    /// Whether the user typed it, as opposed to what a program exported.
    pub typed: bool,
    /// The day on which it was won or lost, if that is told.
    pub closed_at: Option<Moment>,
}

/// Case and blanks make no difference between names.
pub(crate) fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a deal that comes in is one that is kept: the same identifier, or the same name where
/// nothing speaks against it.
pub(crate) fn is_same(kept: &StoredDeal, incoming: &Deal) -> bool {
    let ids: BTreeSet<&str> =
        kept.known_as.iter().map(String::as_str).chain([kept.deal.id.as_str()]).collect();
    if ids.contains(incoming.id.as_str()) {
        return true;
    }
    // A program that has two identifiers has two deals, whatever it calls them.
    let has_rival = system_of(incoming.id.as_str())
        .is_some_and(|system| ids.iter().any(|id| system_of(id) == Some(system)));
    !has_rival
        && folded(&kept.deal.name) == folded(&incoming.name)
        && same_place(&kept.deal, incoming)
}

/// The program that gave an identifier; typed ones have none.
fn system_of(id: &str) -> Option<&str> {
    let (system, _) = id.split_once(':')?;
    super::deals::SYSTEMS.contains(&system).then_some(system)
}

/// Whether organisation or domain agree, or cannot be compared.
fn same_place(a: &Deal, b: &Deal) -> bool {
    let both = |a: &Option<String>, b: &Option<String>| {
        Some(folded(a.as_deref()?) == folded(b.as_deref()?))
    };
    let agree = [both(&a.organization, &b.organization), both(&a.domain, &b.domain)];
    agree.contains(&Some(true)) || agree == [None, None]
}

/// One deal of two descriptions: what the user types wins over what was there, what a program
/// exports fills in what was unknown. A stage is always the last that was told.
pub(crate) fn merged(kept: Deal, incoming: Incoming) -> Deal {
    let Incoming { deal, typed, .. } = incoming;
    let stage = deal.stage.or(kept.stage);
    let stage_since = match deal.stage {
        None => kept.stage_since,
        stage if stage == kept.stage => deal.stage_since.or(kept.stage_since),
        _ => deal.stage_since,
    };
    let id = kept.id.clone();
    let merged = if typed { fill_in(deal, kept) } else { fill_in(kept, deal) };
    Deal { id, stage, stage_since, ..merged }
}

fn fill_in(known: Deal, other: Deal) -> Deal {
    let mut people = known.people;
    for seat in other.people {
        match people.iter_mut().find(|known| known.email == seat.email) {
            Some(known) => fill_in_seat(known, seat),
            None => people.push(seat),
        }
    }
    let mut notes = known.notes;
    for note in other.notes {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes.sort_by_key(|note| note.date);
    let mut insights = known.insights;
    for insight in other.insights {
        if !insights.contains(&insight) {
            insights.push(insight);
        }
    }
    insights.sort_by_key(|insight| insight.at);
    Deal {
        id: known.id,
        name: known.name,
        organization: known.organization.or(other.organization),
        domain: known.domain.or(other.domain),
        stage: known.stage.or(other.stage),
        stage_since: known.stage_since.or(other.stage_since),
        value: known.value.or(other.value),
        currency: known.currency.or(other.currency),
        fee_quoted: known.fee_quoted.or(other.fee_quoted),
        usual_fee_range: known.usual_fee_range.or(other.usual_fee_range),
        source: known.source.or(other.source),
        industry: known.industry.or(other.industry),
        ongoing_account: known.ongoing_account || other.ongoing_account,
        opened: known.opened.or(other.opened),
        people,
        notes,
        insights,
    }
}

/// What is known of a person in a deal, with what was unknown.
pub(crate) fn fill_in_seat(known: &mut Seat, other: Seat) {
    known.name = known.name.take().or(other.name);
    known.title = known.title.take().or(other.title);
    for role in other.roles {
        if !known.roles.contains(&role) {
            known.roles.push(role);
        }
    }
}
