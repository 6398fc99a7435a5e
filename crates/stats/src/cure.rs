//! Waiting for something that may never come.
//!
//! Estimates: the probability that it never comes, and the probability that it comes within a
//! window, after some time without it.
//!
//! Model: with probability `π` it never comes (the cured share of survival analysis); otherwise
//! the wait follows the given survival function. After a wait with survival `S`:
//! `P(never) = π / (π + (1 − π) S)` by Bayes' rule.
//!
//! Assumes: the share is known. Misleads when one waits in a setting unlike the one in which the
//! share was learned.
//!
//! Source: Boag (1949), Maximum likelihood estimates of the proportion of patients cured by
//! cancer therapy. Checked against: the limits, which are exact.

/// The share of waits that never end.
///
/// ```
/// use inroad_stats::CureModel;
/// let model = CureModel { never: 0.2 };
/// assert!((model.never_after(1.0) - 0.2).abs() < 1e-12, "nothing learned yet");
/// assert!(model.never_after(0.01) > 0.9, "nearly everybody would have answered by now");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CureModel {
    /// The share before any wait: above 0, below 1.
    pub never: f64,
}

impl CureModel {
    /// The probability that it never comes, when waits that end outlast this one with
    /// probability `survival` (0 to 1).
    pub fn never_after(&self, survival: f64) -> f64 {
        self.never / (self.never + (1.0 - self.never) * survival.clamp(0.0, 1.0))
    }

    /// The probability that it comes in the window ahead, over which the survival falls from
    /// `survival` to `survival_at_end`.
    pub fn within(&self, survival: f64, survival_at_end: f64) -> f64 {
        if survival <= 0.0 {
            return 0.0;
        }
        let comes = (survival - survival_at_end).max(0.0) / survival;
        (1.0 - self.never_after(survival)) * comes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_longer_the_wait_the_likelier_never(never in 0.01_f64..0.99, a in 0.0_f64..1.0, b in 0.0_f64..1.0) {
            let model = CureModel { never };
            prop_assert!(model.never_after(a.min(b)) >= model.never_after(a.max(b)) - 1e-12);
        }

        #[test]
        fn both_are_probabilities(never in 0.01_f64..0.99, a in 0.0_f64..1.0, b in 0.0_f64..1.0) {
            let model = CureModel { never };
            prop_assert!((0.0..=1.0).contains(&model.never_after(a)));
            prop_assert!((0.0..=1.0).contains(&model.within(a.max(b), a.min(b))));
        }
    }
}
