//! What the seller's deals tell of one another: which of them share people, and how long those that
//! are over took.
//!
//! Must not: look at mail.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{Deal, EmailAddress, Moment, Stage};

/// With fewer closed deals nothing is usual.
const CLOSED_MIN: usize = 8;
/// So much of the closed deals was over by then.
const USUAL_SHARE: f64 = 0.9;

/// All deals of a review, and those beside it.
#[derive(Debug)]
pub(crate) struct Beside<'a> {
    deals: Vec<&'a Deal>,
    by_domain: BTreeMap<&'a str, Vec<usize>>,
    by_person: BTreeMap<&'a EmailAddress, Vec<usize>>,
    /// How long closed deals took, if there are enough of them.
    pub(crate) usual: Option<UsualLife>,
}

/// Within how many days nine in ten of the closed deals were over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct UsualLife {
    /// From the opening to the end.
    pub(crate) days: i32,
    /// How many deals tell it.
    pub(crate) deals: usize,
}

impl<'a> Beside<'a> {
    /// Of some deals, as known at a moment. What is named twice counts once.
    pub(crate) fn of(deals: impl Iterator<Item = &'a Deal>, as_of: Moment) -> Self {
        let mut ids = BTreeSet::new();
        let deals: Vec<&Deal> = deals.filter(|deal| ids.insert(&deal.id)).collect();
        let mut by_domain: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut by_person: BTreeMap<&EmailAddress, Vec<usize>> = BTreeMap::new();
        for (place, deal) in deals.iter().enumerate() {
            if let Some(domain) = &deal.domain {
                by_domain.entry(domain).or_default().push(place);
            }
            for seat in &deal.people {
                by_person.entry(&seat.email).or_default().push(place);
            }
        }
        let usual = usual_life(&deals, as_of);
        Self { deals, by_domain, by_person, usual }
    }

    /// The other deals with the same firm or with one of the same people.
    pub(crate) fn others(&self, deal: &Deal) -> Vec<&'a Deal> {
        let domain = deal.domain.as_deref().and_then(|domain| self.by_domain.get(domain));
        let people = deal.people.iter().filter_map(|seat| self.by_person.get(&seat.email));
        let places: BTreeSet<usize> = domain.into_iter().chain(people).flatten().copied().collect();
        let found = places.into_iter().filter_map(|place| self.deals.get(place).copied());
        found.filter(|other| other.id != deal.id).collect()
    }
}

/// Whether a deal is won or lost.
pub(crate) fn is_over(deal: &Deal) -> bool {
    matches!(deal.stage, Some(Stage::Won | Stage::Lost))
}

fn usual_life(deals: &[&Deal], as_of: Moment) -> Option<UsualLife> {
    let life = |deal: &&&Deal| {
        let (opened, ended) = deal.opened.zip(deal.stage_since)?;
        (opened <= ended && ended <= as_of.date()).then(|| (ended - opened).get_days())
    };
    let mut lives: Vec<i32> =
        deals.iter().filter(|deal| is_over(deal)).filter_map(|deal| life(&deal)).collect();
    if lives.len() < CLOSED_MIN {
        return None;
    }
    lives.sort_unstable();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let place = (USUAL_SHARE * lives.len() as f64).ceil() as usize;
    let days = lives.get(place.saturating_sub(1)).copied()?;
    Some(UsualLife { days, deals: lives.len() })
}
