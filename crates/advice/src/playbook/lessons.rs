//! The playbook as a workspace learnt to weigh it: ours, moved by what the user's own finished
//! deals taught.
//!
//! A pure function of the playbook and the lessons, so a lesson that is taken back leaves no trace.
//! Everything is shrunken towards the files, and nothing moves by more than [`FACTOR_MAX`].
//!
//! Must not: say anything about how often something is wrong at all. Lessons come from deals that
//! ended, most of them badly, so they tell causes apart but not sick deals from sound ones.

mod plays;
mod shares;
mod signs;

use std::collections::BTreeSet;

use inroad_model::{Cause, KeptLesson, LessonNumber};
use serde::Serialize;

use super::Playbook;

/// However many lessons say the same, no number of a file becomes more than so many times larger or
/// smaller: one seller's deals are few, and alike in ways that the next deal need not share.
pub const FACTOR_MAX: f64 = 2.0;

/// What lessons changed about one number of the playbook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The file of the scenario, without its ending.
    pub scenario: String,
    /// Which number.
    #[serde(flatten)]
    pub what: Changed,
    /// What stands in the file.
    pub from: f64,
    /// What counts now.
    pub to: f64,
    /// The lessons that say so by naming this cause or trying these plays. Without any, the others
    /// named other causes, and this one became rarer by that.
    pub lessons: Vec<LessonNumber>,
}

/// A number of the playbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Changed {
    /// How common the cause is.
    Share,
    /// How much oftener a sign is seen with this cause than without.
    Times {
        /// The sign.
        sign: &'static str,
    },
    /// At which place a play stands, from 1: the first that fits is advised.
    Place {
        /// The play.
        play: String,
    },
}

/// A lesson in which the user named causes.
#[derive(Debug)]
struct Taught<'l> {
    number: LessonNumber,
    causes: &'l BTreeSet<Cause>,
    kept: &'l KeptLesson,
}

impl Taught<'_> {
    /// How much of this lesson is about a cause: of several that were named each has its part.
    fn part(&self, cause: Cause) -> f64 {
        if self.causes.contains(&cause) { 1.0 / self.causes.len() as f64 } else { 0.0 }
    }
}

/// Weighs a playbook anew by lessons, whatever their order. Those that were taken back count if
/// they are given: leave them out.
pub fn reweigh(playbook: &Playbook, lessons: &[KeptLesson]) -> (Playbook, Vec<Change>) {
    let mut ordered: Vec<&KeptLesson> = lessons.iter().collect();
    // Sums of fractions depend on their order in the last digit.
    ordered.sort_by_key(|kept| kept.number);
    let named = ordered.iter().filter(|kept| !kept.lesson.causes.is_empty());
    let taught: Vec<Taught<'_>> = named
        .map(|kept| Taught { number: kept.number, causes: &kept.lesson.causes, kept })
        .collect();
    let mut learned = playbook.clone();
    let mut changes = shares::reweigh(&mut learned.scenarios, &taught);
    changes.extend(signs::reweigh(&mut learned.scenarios, &taught));
    changes.extend(plays::reorder(&mut learned.scenarios, &ordered));
    (learned, changes)
}

/// The lessons that named a cause.
fn naming(taught: &[Taught<'_>], cause: Cause) -> Vec<LessonNumber> {
    taught.iter().filter(|lesson| lesson.causes.contains(&cause)).map(|l| l.number).collect()
}

/// A factor within its bounds.
fn bounded(factor: f64) -> f64 {
    factor.clamp(1.0 / FACTOR_MAX, FACTOR_MAX)
}
