//! Where one criterion fails: what marketing said that sales did not find, and whether it tells the leads
//! that are taken on from those that are given back.

use serde::Serialize;

use crate::case::{Came, Case};
use crate::definition::{Criterion, Met};
use crate::event::Held;
use crate::rate::Rate;

/// Whether a criterion tells leads apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Separation {
    /// There are too few on either side.
    TooFew,
    /// Leads that meet it are taken on more often.
    Separates,
    /// They are taken on less often.
    Reversed,
    /// No difference is seen so far.
    NotSeen,
}

impl Separation {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::TooFew => "too few to tell",
            Self::Separates => "tells them apart",
            Self::Reversed => "those that meet it are taken on less often",
            Self::NotSeen => "no difference is seen",
        }
    }
}

/// How one criterion fares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CriterionGap {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Of the leads that met it by marketing's word, and on which sales said something: how often it did
    /// not hold.
    pub did_not_hold: Rate,
    /// Of the leads that did not meet it by marketing's word: how often sales found that it held.
    pub held_after_all: Rate,
    /// How many of the leads that meet it were taken on.
    pub taken_if_met: Rate,
    /// How many of the others were.
    pub taken_if_not: Rate,
    /// How many that meet it and were taken on were won.
    pub won_if_met: Rate,
    /// How many of the others were.
    pub won_if_not: Rate,
    /// Whether it tells leads apart that are taken on.
    pub taken: Separation,
    /// Whether it tells those apart that are won.
    pub won: Separation,
}

impl CriterionGap {
    pub(crate) fn of(criterion: &Criterion, cases: &[Case]) -> Self {
        let key = &criterion.key;
        // A lead of a version without the criterion says nothing of it.
        let of: Vec<(&Case, Met, Option<Held>)> = cases
            .iter()
            .filter_map(|case| Some((case, *case.met.get(key)?, case.held.get(key).copied())))
            .collect();
        let judged = |wanted: bool, held: Held| {
            let some = of.iter().filter(|(_, met, _)| (*met == Met::Met) == wanted);
            let found = some.filter_map(|(_, _, said)| said.filter(|said| *said != Held::Unknown));
            Rate::among(found.map(|said| said == held))
        };
        let taken = |wanted: bool| {
            let some = of.iter().filter(|(_, met, _)| (*met == Met::Met) == wanted);
            let decided = some.filter(|(case, ..)| case.came != Came::Open);
            Rate::among(decided.map(|(case, ..)| case.came == Came::Taken))
        };
        let won = |wanted: bool| {
            let some = of.iter().filter(|(_, met, _)| (*met == Met::Met) == wanted);
            let taken = some.filter(|(case, ..)| case.came == Came::Taken);
            Rate::among(taken.map(|(case, ..)| case.won))
        };
        let (taken_if_met, taken_if_not) = (taken(true), taken(false));
        let (won_if_met, won_if_not) = (won(true), won(false));
        Self {
            key: key.clone(),
            name: criterion.name.clone(),
            did_not_hold: judged(true, Held::DidNotHold),
            held_after_all: judged(false, Held::Held),
            taken: separation(&taken_if_met, &taken_if_not),
            won: separation(&won_if_met, &won_if_not),
            taken_if_met,
            taken_if_not,
            won_if_met,
            won_if_not,
        }
    }
}

fn separation(met: &Rate, not: &Rate) -> Separation {
    match met.above(not) {
        None => Separation::TooFew,
        Some((low, _)) if low > 0.0 => Separation::Separates,
        Some((_, high)) if high < 0.0 => Separation::Reversed,
        Some(_) => Separation::NotSeen,
    }
}
