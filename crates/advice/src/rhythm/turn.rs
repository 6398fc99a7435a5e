//! When somebody's habit of writing turned from one time to the next.
//!
//! Not silence, which the rest of rhythm weighs, but the answers that did come: how long they took,
//! how many letters came in the meantime, who began, how many others were on them. A turn is told
//! when it is sure enough, with its day and its size.
//!
//! Must not: look at anything after the moment asked for, or at what others wrote to each other.

pub mod answers;
pub mod weigh;

use inroad_model::Probability;

use self::answers::{Answer, answers};
use self::weigh::{Evidence, weigh};
use super::curve;
use super::log::{EventLog, Person};

/// After so many days no answer is waited for any more, as far as the habit goes.
pub const GIVEN_UP_DAYS: f64 = 30.0;
/// A turn is told from this probability on. Of people whose habit did not turn, 5 % come this far
/// at any of twelve answers in a row (docs/turning-point.md).
pub const TOLD_FROM: f64 = 0.765;

/// A habit turns before one answer in 60, so within the nine places that are looked at: this.
const TURNED_BEFORE: f64 = 9.0 / 60.0;
/// How the evidence becomes log-odds, by logistic regression where as many turned as did not.
const CALIBRATION: (f64, f64) = (-0.39, 0.52);

/// A habit that turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turned {
    /// When we wrote the first letter that was answered in the new way, in seconds since 1970.
    pub at: f64,
    /// The hours that half of the answers took before.
    pub before: f64,
    /// The hours that half of them took since. No answer counts as [`GIVEN_UP_DAYS`].
    pub after: f64,
    /// How likely it is that the habit turned.
    pub probability: Probability,
}

/// How the habit of `them` in writing to `me` turned lately, as known at `cut` (seconds since
/// 1970); `None` unless that is sure from [`TOLD_FROM`] on. The new habit is told while it is new:
/// for its first twelve answers, from the fourth on.
pub fn turn(log: &EventLog, me: Person, them: Person, cut: f64) -> Option<Turned> {
    turned(&answers(log, me, them, cut))
}

/// The same of answers of which more may be known than a log knows.
pub fn turned(answers: &[Answer]) -> Option<Turned> {
    let evidence = weigh(answers)?;
    let probability = probability(&evidence);
    if probability < TOLD_FROM {
        return None;
    }
    let before = answers.get(evidence.from..evidence.at)?;
    let after = answers.get(evidence.at..)?;
    Some(Turned {
        at: after.first()?.start,
        before: median_hours(before)?,
        after: median_hours(after)?,
        probability: Probability::clamped(probability),
    })
}

/// How likely a turn is by the evidence for it, from 0 to 1.
pub fn probability(evidence: &Evidence) -> f64 {
    let (intercept, slope) = CALIBRATION;
    curve::probability(curve::log_odds(TURNED_BEFORE) + intercept + slope * evidence.ln_factor)
}

/// Half of the answers took no longer; the lower middle of two.
fn median_hours(answers: &[Answer]) -> Option<f64> {
    let mut hours: Vec<f64> = answers.iter().map(|answer| answer.ln_hours.exp()).collect();
    hours.sort_by(f64::total_cmp);
    hours.get(hours.len().checked_sub(1)? / 2).copied()
}
