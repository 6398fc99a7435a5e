//! How somebody answered, one turn of ours after the other.
//!
//! Each observation is made of what came since the turn before, so that no letter counts twice and
//! a new habit shows at once.

use super::GIVEN_UP_DAYS;
use crate::rhythm::log::{DAY, EventLog, Person};
use crate::rhythm::outcomes::letter_at;
use crate::rhythm::pair::{begun, known, until};

/// What came of one turn of ours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// When we wrote, in seconds since 1970.
    pub start: f64,
    /// The logarithm of the hours until they wrote; of [`GIVEN_UP_DAYS`] if they did not till then.
    pub ln_hours: f64,
    /// Letters of theirs since our turn before.
    pub letters: u32,
    /// Whether one of these came after days in which neither wrote.
    pub began: bool,
    /// How many others were on the answer; `None` if there is none.
    pub others: Option<u32>,
    /// The words of the answer; `None` where they are not known. A log does not know them.
    pub words: Option<u32>,
}

/// The turns of `me` of which `them` made something, or nothing for [`GIVEN_UP_DAYS`], as it was
/// known at `cut`, oldest first.
pub fn answers(log: &EventLog, me: Person, them: Person, cut: f64) -> Vec<Answer> {
    let Some(outbound) = log.pair(me, them) else { return Vec::new() };
    let heard = log.pair(them, me).map(|pair| known(&pair.direct, cut)).unwrap_or_default();
    let begun_until = begun_until(known(&outbound.direct, cut), heard);
    let mut earlier = 0;
    let mut answers = Vec::new();
    for turn in outbound.turns_until(cut) {
        let given_up = turn.start + GIVEN_UP_DAYS * DAY;
        let came = turn.answer.min(given_up);
        if came > cut {
            // Those after it wait for the same answer.
            break;
        }
        let here = until(heard, turn.start);
        let began = |at: usize| begun_until.get(at).copied().unwrap_or_default();
        let others = (turn.answer <= given_up).then(|| others(log, me, them, turn.answer));
        answers.push(Answer {
            start: turn.start,
            ln_hours: ((came - turn.start).max(60.0) / 3_600.0).ln(),
            letters: u32::try_from(here - earlier).unwrap_or(u32::MAX),
            began: began(here) > began(earlier),
            others: others.flatten(),
            words: None,
        });
        earlier = here;
    }
    answers
}

/// How many of the first so many letters of theirs began something.
fn begun_until(wrote: &[f64], heard: &[f64]) -> Vec<u32> {
    let mut counts = vec![0];
    let mut count = 0;
    for begins in begun(wrote, heard) {
        count += u32::from(begins);
        counts.push(count);
    }
    counts
}

/// How many others received what they wrote to me at that second.
fn others(log: &EventLog, me: Person, them: Person, time: f64) -> Option<u32> {
    let letter = log.event(letter_at(log, them, me, time)?)?;
    u32::try_from(letter.received.len().saturating_sub(1)).ok()
}
