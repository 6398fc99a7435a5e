//! Whether some numbers lie at another level than those before them.
//!
//! Computes: the logarithm of a Bayes factor. Under "one level" the difference `d` of the two means
//! is Student's t around 0 with squared scale `V₀ = s²(1/n₁ + 1/n₂ + drift)`; under "two levels" the
//! squared scale is `V₀ + step²`. The factor is the ratio of the two densities at `d`. The spread `s`
//! is that of the numbers around the mean of their own stretch, drawn towards the spread that is
//! expected: `s² = (Σ(x − x̄₁)² + Σ(x − x̄₂)² + w spread²) / ν` with `ν = n₁ + n₂ + w` degrees of
//! freedom.
//!
//! `drift` is how far two means of one habit differ however many numbers they are made of, because
//! what comes after another resembles it. Without it long stretches prove anything.
//!
//! Assumes: a spread that is about the same at both levels. Misleads: where numbers of one habit
//! come in long waves, and with few numbers whose spread is far from the one expected.
//!
//! Source: Box and Tiao (1973), Bayesian Inference in Statistical Analysis, section 2.5, for the
//! difference of two means; that of "two levels" is a t where the sum of a t and a normal would be
//! exact, which differs little while `step` is larger than `s`. Checked against: `scipy.stats`
//! 1.17.1 t (the test in this file, tolerance 1e-9).

use crate::FitError;
use crate::error::{finite, not_negative, positive};

/// What is expected of a stream of numbers.
///
/// ```
/// use inroad_stats::LevelShift;
/// let shift = LevelShift { spread: 1.0, spread_weight: 10.0, step: 3.0, drift: 0.03 };
/// let before = [0.1, -0.9, 0.4, 1.1, -0.6, 0.0, 0.3, -0.2];
/// assert!(shift.ln_bayes_factor(&before, &[0.5, -0.4, 0.2, 0.1])? < 0.0);
/// assert!(shift.ln_bayes_factor(&before, &[3.5, 2.9, 4.0, 3.1])? > 3.0);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelShift {
    /// The standard deviation that is expected within one level; above 0.
    pub spread: f64,
    /// How many numbers that expectation is worth; above 0.
    pub spread_weight: f64,
    /// The standard deviation of the step from one level to the next; above 0.
    pub step: f64,
    /// The variance by which means of one level differ anyhow, in units of the variance within.
    pub drift: f64,
}

impl LevelShift {
    /// The logarithm of how much likelier the numbers are with a step between `before` and `after`
    /// than without; 0 where one of the two is empty.
    ///
    /// Errors: [`FitError::OutOfRange`] on numbers that are not finite and on expectations outside
    /// of their range.
    pub fn ln_bayes_factor(&self, before: &[f64], after: &[f64]) -> Result<f64, FitError> {
        positive("expectation", &[self.spread, self.spread_weight, self.step])?;
        not_negative("drift", &[self.drift])?;
        finite("number before", before)?;
        finite("number after", after)?;
        if before.is_empty() || after.is_empty() {
            return Ok(0.0);
        }
        let (earlier, later) = (before.len() as f64, after.len() as f64);
        let (mean, mean_after) = (mean(before), mean(after));
        let freedom = earlier + later + self.spread_weight;
        let expected = self.spread_weight * self.spread * self.spread;
        let variance = (squares(before, mean) + squares(after, mean_after) + expected) / freedom;
        let same = variance * (1.0 / earlier + 1.0 / later + self.drift);
        let moved = same + self.step * self.step;
        let ln_density = |scale: f64| {
            let apart = (mean_after - mean).powi(2) / scale;
            -0.5 * scale.ln() - 0.5 * (freedom + 1.0) * (apart / freedom).ln_1p()
        };
        Ok(ln_density(moved) - ln_density(same))
    }
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn squares(numbers: &[f64], mean: f64) -> f64 {
    numbers.iter().map(|number| (number - mean).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIFT: LevelShift =
        LevelShift { spread: 2.0, spread_weight: 5.0, step: 3.0, drift: 0.05 };

    #[test]
    fn as_scipy_has_it() {
        // b = np.array([1., 2., 4., 3., 0.]); a = np.array([6., 8.])
        // v = (((b - b.mean())**2).sum() + ((a - a.mean())**2).sum() + 5 * 4) / 12; V0 = v * .75
        // t.logpdf(5, 12, scale=(V0 + 9)**.5) - t.logpdf(5, 12, scale=V0**.5)
        let got = SHIFT.ln_bayes_factor(&[1.0, 2.0, 4.0, 3.0, 0.0], &[6.0, 8.0]).unwrap();
        assert!((got - 2.659_722_756_385).abs() < 1e-9, "{got}");
    }

    #[test]
    fn nothing_says_nothing_and_rubbish_is_refused() {
        assert!(SHIFT.ln_bayes_factor(&[], &[1.0]).unwrap().abs() < f64::EPSILON);
        assert!(SHIFT.ln_bayes_factor(&[1.0], &[]).unwrap().abs() < f64::EPSILON);
        assert!(SHIFT.ln_bayes_factor(&[f64::NAN], &[1.0]).is_err());
        let wrong = LevelShift { step: 0.0, ..SHIFT };
        assert!(wrong.ln_bayes_factor(&[1.0], &[1.0]).is_err());
    }

    #[test]
    fn only_the_step_counts_not_where_it_is_nor_its_sign() {
        let before = [0.5, 1.5, -0.5, 2.0, 1.0];
        let base = SHIFT.ln_bayes_factor(&before, &[5.0, 6.0]).unwrap();
        let moved: Vec<f64> = before.iter().map(|x| 40.0 - x).collect();
        let same = SHIFT.ln_bayes_factor(&moved, &[35.0, 34.0]).unwrap();
        assert!((base - same).abs() < 1e-9);
        assert!(SHIFT.ln_bayes_factor(&before, &[7.0, 8.0]).unwrap() > base);
    }
}
