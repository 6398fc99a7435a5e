//! How well scores put events before the rest.
//!
//! Computes: the area under the ROC curve, which is the probability that an event has a higher
//! score than something else (half of it where they are equal); and average precision, the mean of
//! the share of events above a score, over the events.
//!
//! Misleads: neither says whether probabilities are true ([`crate::brier_score`] does); average
//! precision depends on the share of events, the area does not.
//!
//! Source: Hanley and `McNeil` (1982), The meaning and use of the area under a receiver operating
//! characteristic curve; Zhu (2004), Recall, precision and average precision. Checked against:
//! `sklearn.metrics` 1.9.1 (tests/oracles/scores.py, 1e-12).

use crate::FitError;
use crate::error::{finite, length};

/// The area under the ROC curve: 1 when all events come first, ½ for chance.
///
/// Errors: [`FitError`] on no scores, on NaN and infinity, on lengths that do not fit, and when all
/// or none are events.
///
/// ```
/// use inroad_stats::auc;
/// assert_eq!(auc(&[true, false, true], &[0.9, 0.4, 0.4])?, 0.75);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn auc(outcomes: &[bool], scores: &[f64]) -> Result<f64, FitError> {
    Ranked::new(outcomes, scores)?.auc(|_| 1.0).ok_or(FitError::Undetermined { what: "area" })
}

/// Average precision, equal scores taken at once; the share of events for chance.
///
/// Errors: as [`auc`], but only without any event.
///
/// ```
/// use inroad_stats::average_precision;
/// assert_eq!(average_precision(&[true, false, true], &[0.9, 0.5, 0.1])?, (1.0 + 2.0 / 3.0) / 2.0);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn average_precision(outcomes: &[bool], scores: &[f64]) -> Result<f64, FitError> {
    let ranked = Ranked::new(outcomes, scores)?;
    let (mut seen, mut events, mut sum) = (0.0, 0.0, 0.0);
    for same in ranked.order.chunk_by(Scored::is_same).rev() {
        let came = same.iter().filter(|one| one.came).count() as f64;
        seen += same.len() as f64;
        events += came;
        sum += came * events / seen;
    }
    if events > 0.0 { Ok(sum / events) } else { Err(FitError::Undetermined { what: "precision" }) }
}

/// Scores, the lowest first.
#[derive(Debug)]
pub(crate) struct Ranked {
    order: Vec<Scored>,
}

#[derive(Debug, Clone, Copy)]
struct Scored {
    score: f64,
    came: bool,
    place: usize,
}

impl Scored {
    fn is_same(&self, other: &Scored) -> bool {
        self.score.total_cmp(&other.score).is_eq()
    }
}

impl Ranked {
    pub(crate) fn new(outcomes: &[bool], scores: &[f64]) -> Result<Ranked, FitError> {
        if scores.is_empty() {
            return Err(FitError::Empty { what: "scores" });
        }
        length("outcomes", outcomes.len(), scores.len())?;
        finite("score", scores)?;
        let all = scores.iter().zip(outcomes).enumerate();
        let mut order: Vec<Scored> =
            // Adding 0 makes the negative zero the same as zero.
            all.map(|(place, (&score, &came))| Scored { score: score + 0.0, came, place }).collect();
        order.sort_by(|a, b| a.score.total_cmp(&b.score));
        Ok(Ranked { order })
    }

    /// The area when the score at each place counts so often; `None` when all or none that count
    /// are events.
    pub(crate) fn auc(&self, weight: impl Fn(usize) -> f64) -> Option<f64> {
        let (mut below, mut events, mut pairs) = (0.0, 0.0, 0.0);
        for same in self.order.chunk_by(Scored::is_same) {
            let (mut came, mut rest) = (0.0, 0.0);
            for one in same {
                *(if one.came { &mut came } else { &mut rest }) += weight(one.place);
            }
            pairs += came * (below + rest / 2.0);
            below += rest;
            events += came;
        }
        (events > 0.0 && below > 0.0).then(|| pairs / (events * below))
    }
}
