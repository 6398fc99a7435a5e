//! How much a sign says for a cause, by how often it was seen in finished deals with that cause and
//! with others.
//!
//! Estimates: the log of the likelihood ratio, as the mean of what the file says and of what was
//! counted (half an event added to each count), weighed by how many deals stand behind each.
//! Assumes that deals are independent. Misleads where the sign made the user name the cause: then it
//! only confirms itself, which is why it moves slowly.
//!
//! Source: Haldane (1956), The estimation and significance of the logarithm of a ratio of
//! frequencies, for the half; the harmonic mean of both counts is, but for a constant, what the
//! variance of the difference of two means allows.

use std::collections::BTreeMap;

use inroad_model::Cause;

use super::super::scenario::Scenario;
use super::super::signs::Sign;
use super::{Change, Changed, Taught, bounded, naming};

/// A ratio of the files counts as much as so many deals with the cause and so many without.
const PRIOR_DEALS: f64 = 20.0;
/// No file may hold a larger ratio.
const TIMES_MAX: f64 = 1000.0;

pub(super) fn reweigh(
    scenarios: &mut BTreeMap<String, Scenario>,
    taught: &[Taught<'_>],
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (file, scenario) in scenarios {
        let Some(cause) = scenario.cause else { continue };
        for clue in &mut scenario.evidence {
            let Some((counted, deals)) = counted(taught, cause, clue.sign) else { continue };
            let from = clue.times;
            let prior = from.ln();
            let shrunken = (PRIOR_DEALS * prior + deals * counted) / (PRIOR_DEALS + deals);
            clue.times = (from * bounded((shrunken - prior).exp())).min(TIMES_MAX);
            changes.push(Change {
                scenario: file.clone(),
                what: Changed::Times { sign: clue.sign.as_str() },
                from,
                to: clue.times,
                lessons: naming(taught, cause),
            });
        }
    }
    changes
}

/// The log of the likelihood ratio that was counted, and how many deals stand behind it; `None`
/// where there is nothing to compare.
fn counted(taught: &[Taught<'_>], cause: Cause, sign: Sign) -> Option<(f64, f64)> {
    let (mut with, mut with_sign, mut without, mut without_sign) = (0.0, 0.0, 0.0, 0.0);
    for lesson in taught {
        let signs = &lesson.kept.lesson.last_review.signs;
        // No sign at all was seen only where nothing was read.
        if signs.is_empty() {
            continue;
        }
        let strength = signs.get(sign.as_str()).map_or(0.0, |strength| strength.get());
        let part = lesson.part(cause);
        with += part;
        with_sign += part * strength;
        without += 1.0 - part;
        without_sign += (1.0 - part) * strength;
    }
    if with <= 0.0 || without <= 0.0 {
        return None;
    }
    let rate = |seen: f64, of: f64| (seen + 0.5) / (of + 1.0);
    let ratio = rate(with_sign, with) / rate(without_sign, without);
    Some((ratio.ln(), with * without / (with + without)))
}
