//! Moves the shipped chances towards a file.
//!
//! By expectation and maximisation (Dempster, Laird and Rubin 1977; Winkler 1988 for linkage): each pair
//! counts for a story by the chance that the last round gave it. What the same share is counted in the
//! pairs that are worth comparing, what strangers share in pairs drawn by lot. The shipped chances stand in it as pairs already seen, so that a small file keeps
//! them and a large one outweighs them.
//!
//! Nobody needs to mark any pair. Misleads where hardly any pair is the same and many are nearly so; the
//! bound on how far a chance may move is for that.

use crate::levels::{Field, LEVELS_MAX, Pattern, Share, Story};
use crate::weights::{SAME_RATE, Table, Weights, table};

/// Rounds of expectation and maximisation.
const ROUNDS: usize = 8;
/// The shipped chances of the same count as so many pairs.
const SAME_WEIGHT: f64 = 30.0;
/// The shipped chances of strangers count as so many pairs.
const STRANGERS_WEIGHT: f64 = 2_000.0;
/// The shipped shares of stories count as this share of all pairs, at least as in a small file.
const SHARES_WEIGHT: f64 = 0.05;
/// Fewest pairs drawn by lot from which the share of a story is told.
const LOTS_MIN: f64 = 20.0;
/// A chance of the same moves by this factor at most.
const MOVE_MAX: f64 = 3.0;

/// What is learned from.
#[derive(Debug)]
pub(crate) struct Seen<'a> {
    /// Patterns of pairs worth comparing.
    pub(crate) candidates: &'a [Pattern],
    /// For each of these, bits for the same that stand in no field ([`crate::partners`]).
    pub(crate) partners: &'a [f64],
    /// How many pairs worth comparing stand behind each of these.
    pub(crate) candidate_weight: f64,
    /// Patterns of records that stand several times in the list, held against themselves, with how many more
    /// there are.
    pub(crate) copies: &'a [(Pattern, f64)],
    /// Patterns of pairs drawn by lot.
    pub(crate) lots: &'a [Pattern],
    /// How many pairs there are in all.
    pub(crate) pairs: f64,
    /// How many records.
    pub(crate) records: usize,
    /// How many a file is taken to have at the least.
    pub(crate) records_min: usize,
}

/// Learns the chances of a file.
pub(crate) fn learned(fields: &[Field], stories: &[Story], seen: &Seen<'_>) -> Weights {
    let shipped = table(fields, |level| level.same);
    let shipped_strangers = table(fields, |level| level.strangers);
    let mut strangers = shipped_strangers;
    let rates: Vec<f64> =
        std::iter::once(SAME_RATE).chain(stories.iter().map(|story| story.rate)).collect();
    let records = seen.records.max(seen.records_min) as f64;
    let before: Vec<f64> = rates.iter().map(|rate| rate * records * SHARES_WEIGHT).collect();
    let all = seen.pairs + records * records / 2.0 * SHARES_WEIGHT;
    let lot_weight = (seen.pairs - seen.candidates.len() as f64 * seen.candidate_weight).max(0.0)
        / seen.lots.len().max(1) as f64;
    let mut same = shipped;
    let mut shares: Vec<f64> = rates.iter().map(|rate| rate * 2.0 / records).collect();
    for _ in 0..ROUNDS {
        let weights = Weights::of(&same, &strangers, stories, &shares);
        let mut counted = before.clone();
        let mut levels = shipped.map(|levels| levels.map(|chance| chance * SAME_WEIGHT));
        for (pattern, partner) in seen.candidates.iter().zip(seen.partners) {
            let chances = weights.stories_of(pattern, *partner);
            let chances = chances.map(|chance| chance * seen.candidate_weight);
            counted.iter_mut().zip(chances).for_each(|(sum, chance)| *sum += chance);
            count(&mut levels, pattern, chances[0]);
        }
        for (pattern, weight) in seen.copies {
            count(&mut levels, pattern, weights.stories_of(pattern, 0.0)[0] * weight);
        }
        let mut by_lot = vec![0.0; counted.len()];
        let mut apart = shipped_strangers.map(|l| l.map(|chance| chance * STRANGERS_WEIGHT));
        for pattern in seen.lots {
            let chances = weights.stories_of(pattern, 0.0);
            by_lot.iter_mut().zip(chances).for_each(|(sum, chance)| *sum += chance);
            let strange = chances.get(counted.len()).copied().unwrap_or(0.0);
            count(&mut apart, pattern, strange);
        }
        // A few pairs by lot stand for very many; one that is the same by luck would be a thousand.
        let enough = |sum: f64| if sum >= LOTS_MIN { sum * lot_weight } else { 0.0 };
        counted.iter_mut().zip(by_lot).for_each(|(sum, lots)| *sum += enough(lots));
        strangers = apart.map(shares_of);
        for (sum, story) in counted.iter_mut().skip(1).zip(stories) {
            if story.share == Share::AtLeast {
                *sum = sum.max(story.rate * seen.records as f64);
            }
        }
        tie(&mut counted, stories, &rates);
        shares = counted.iter().map(|sum| sum / all).collect();
        same = bounded(fields, &levels, &shipped);
    }
    Weights::of(&same, &strangers, stories, &shares)
}

/// Parts what was counted for the same and for stories tied to it as the rates say.
fn tie(counted: &mut [f64], stories: &[Story], rates: &[f64]) {
    let tied =
        |at: usize| at == 0 || stories.get(at - 1).is_some_and(|story| story.share == Share::Tied);
    let of = |values: &[f64]| -> f64 {
        values.iter().enumerate().filter(|(at, _)| tied(*at)).map(|(_, value)| value).sum()
    };
    let (sum, all) = (of(counted), of(rates));
    let places = counted.iter_mut().zip(rates).enumerate().filter(|(at, _)| tied(*at));
    places.for_each(|(_, (place, rate))| *place = sum * rate / all);
}

/// Adds a pattern to the counts of levels.
fn count(levels: &mut Table, pattern: &Pattern, weight: f64) {
    for (row, level) in levels.iter_mut().zip(pattern.levels) {
        if let Some(sum) = row.get_mut(usize::from(level)) {
            *sum += weight;
        }
    }
}

fn shares_of(row: [f64; LEVELS_MAX]) -> [f64; LEVELS_MAX] {
    let sum: f64 = row.iter().sum();
    row.map(|count| count / sum.max(1e-12))
}

/// Shares of counts, none further from the shipped than may be.
fn bounded(fields: &[Field], levels: &Table, shipped: &Table) -> Table {
    let mut table = *shipped;
    let learning = table.iter_mut().zip(levels).zip(shipped).zip(fields);
    for (((row, counts), shipped), _) in learning.filter(|(_, field)| field.learns) {
        let shares = shares_of(*counts);
        for ((place, share), shipped) in row.iter_mut().zip(shares).zip(shipped) {
            *place = share.clamp(shipped / MOVE_MAX, (shipped * MOVE_MAX).min(1.0));
        }
        *row = shares_of(*row);
    }
    table
}
