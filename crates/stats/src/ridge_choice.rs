//! How strongly to shrink a logistic regression, and how good it then is on cases it never saw.
//!
//! Estimates: of some strengths of a ridge the one with the least logarithmic score on left-out
//! parts; and a probability for each case from a regression that saw neither the case nor its part,
//! with a strength that was chosen without that part too (nested), so that no choice flatters the
//! figures. Beside it stands the share of events in the same other parts: the rule to beat.
//!
//! How: each regression without two parts serves both of them, so five parts and `s` strengths take
//! `15 s` fits instead of `25 s`.
//!
//! Assumes: parts are independent of each other; see [`crate::grouped_folds`]. Misleads: when
//! strengths lie so far apart that none fits. Source: Stone (1974), Cross-validatory choice and
//! assessment of statistical predictions; Varma and Simon (2006), Bias in error estimation when using
//! cross-validation for model selection. Checked against: `sklearn.linear_model.LogisticRegression`
//! 1.9.1 in two loops (tests/oracles/winning.py, 1e-6).

use crate::error::length;
use crate::{FitError, Prior, logistic};

/// Cases with their part in the cross-validation.
#[derive(Debug, Clone, Copy)]
pub struct Parted<'a> {
    /// `k` numbers a case; the first column is the one that is not shrunk, usually ones.
    pub rows: &'a [f64],
    /// How many columns there are.
    pub k: usize,
    /// Whether it came.
    pub outcomes: &'a [bool],
    /// The part of each case, from 0; three parts at least.
    pub parts: &'a [usize],
}

/// What cross-validation found.
#[derive(Debug, Clone, PartialEq)]
pub struct RidgeChoice {
    /// The strength with the least score on all left-out parts.
    pub strength: f64,
    /// For each case the probability from the other parts, strength included.
    pub probabilities: Vec<f64>,
    /// For each case the share of events in the other parts.
    pub shares: Vec<f64>,
}

/// Probabilities count as at least so far from 0 and 1.
const LEAST: f64 = 1e-9;

/// Chooses among strengths (precisions of the coefficients, above 0), and forecasts each case.
///
/// Errors: [`FitError`] on lengths that do not fit, on no strengths, on fewer than three parts, and
/// when the cases outside of two parts are all events or none.
pub fn choose_ridge(data: &Parted<'_>, strengths: &[f64]) -> Result<RidgeChoice, FitError> {
    length("numbers in the rows", data.rows.len(), data.k.saturating_mul(data.outcomes.len()))?;
    length("parts", data.parts.len(), data.outcomes.len())?;
    crate::error::positive("strength", strengths)?;
    let parts = data.parts.iter().max().map_or(0, |last| last + 1);
    if strengths.is_empty() || data.k == 0 {
        return Err(FitError::Empty { what: "strengths or columns" });
    }
    if parts < 3 {
        return Err(FitError::OutOfRange { what: "parts", at: 0, must: "three at least" });
    }
    let inner = inner_losses(data, parts, strengths)?;
    let mut choice = RidgeChoice {
        strength: 0.0,
        probabilities: vec![0.0; data.outcomes.len()],
        shares: vec![0.0; data.outcomes.len()],
    };
    let mut losses = vec![0.0; strengths.len()];
    for (part, inner) in inner.iter().enumerate() {
        let chosen = least(inner);
        let share = data.share_without(part)?;
        for (at, strength) in strengths.iter().enumerate() {
            for (case, p) in data.forecast([part, part], part, *strength)? {
                losses[at] += data.loss(case, p);
                if at == chosen {
                    choice.probabilities[case] = p;
                    choice.shares[case] = share;
                }
            }
        }
    }
    choice.strength = strengths[least(&losses)];
    Ok(choice)
}

/// For each part the loss of each strength on the other parts, neither seen.
fn inner_losses(
    data: &Parted<'_>,
    parts: usize,
    strengths: &[f64],
) -> Result<Vec<Vec<f64>>, FitError> {
    let mut losses = vec![vec![0.0; strengths.len()]; parts];
    for one in 0..parts {
        for other in one + 1..parts {
            for (at, strength) in strengths.iter().enumerate() {
                let fit = data.fit([one, other], *strength)?;
                for (seen, judged) in [(one, other), (other, one)] {
                    let loss: f64 = data
                        .of(seen)
                        .map(|case| data.loss(case, fit.probability(data.row(case))))
                        .sum();
                    losses[judged][at] += loss;
                }
            }
        }
    }
    Ok(losses)
}

/// The place of the least; the stronger ridge where two are equal.
fn least(losses: &[f64]) -> usize {
    let places = losses.iter().enumerate();
    places.min_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))).map_or(0, |(at, _)| at)
}

impl Parted<'_> {
    fn row(&self, case: usize) -> &[f64] {
        &self.rows[case * self.k..(case + 1) * self.k]
    }

    /// The cases of a part.
    fn of(&self, part: usize) -> impl Iterator<Item = usize> {
        (0..self.parts.len()).filter(move |case| self.parts[*case] == part)
    }

    fn loss(&self, case: usize, p: f64) -> f64 {
        let p = p.clamp(LEAST, 1.0 - LEAST);
        if self.outcomes[case] { -p.ln() } else { -(1.0 - p).ln() }
    }

    fn share_without(&self, part: usize) -> Result<f64, FitError> {
        let others = || (0..self.parts.len()).filter(|case| self.parts[*case] != part);
        let count = others().count();
        if count == 0 {
            return Err(FitError::Empty { what: "cases in the other parts" });
        }
        Ok(others().filter(|case| self.outcomes[*case]).count() as f64 / count as f64)
    }

    /// The regression without two parts, which may be one.
    fn fit(&self, without: [usize; 2], strength: f64) -> Result<crate::LogisticFit, FitError> {
        let (mut rows, mut outcomes) = (Vec::new(), Vec::new());
        for case in (0..self.parts.len()).filter(|case| !without.contains(&self.parts[*case])) {
            rows.extend_from_slice(self.row(case));
            outcomes.push(f64::from(u8::from(self.outcomes[case])));
        }
        logistic(&rows, self.k, &outcomes, None, &ridge_with_intercept(self.k, strength))
    }

    fn forecast(
        &self,
        without: [usize; 2],
        part: usize,
        strength: f64,
    ) -> Result<Vec<(usize, f64)>, FitError> {
        let fit = self.fit(without, strength)?;
        Ok(self.of(part).map(|case| (case, fit.probability(self.row(case)))).collect())
    }
}

/// A ridge on all coefficients but the first.
pub fn ridge_with_intercept(k: usize, strength: f64) -> Prior {
    let precision = (0..k).map(|column| if column == 0 { 0.0 } else { strength }).collect();
    Prior::diagonal(vec![0.0; k], precision)
}
