//! How long to wait before the next try, after so many that failed.
//!
//! Must not: draw a random number or read a clock itself.

use std::time::Duration;

/// Waits that double from a first one up to a bound. Half of each is left to chance, so that many
/// who lost the same server do not all return at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// After the first failure, at the most.
    pub first: Duration,
    /// However many failed, at the most.
    pub max: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_secs(5), max: Duration::from_mins(30) }
    }
}

impl Backoff {
    /// The wait after `failures` failures in a row. `chance` is a random number from 0 to 1, and
    /// what lies outside counts as the nearer of them.
    pub fn wait(&self, failures: u32, chance: f64) -> Duration {
        if failures == 0 {
            return Duration::ZERO;
        }
        let doublings = (failures - 1).min(31);
        let full = self.first.saturating_mul(1_u32 << doublings).min(self.max);
        let chance = if chance.is_nan() { 0.5 } else { chance.clamp(0.0, 1.0) };
        full.mul_f64(0.5 + chance / 2.0).min(self.max)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn doubles_up_to_a_bound() {
        let check = |failures, chance, seconds: f64| {
            let wait = Backoff::default().wait(failures, chance).as_secs_f64();
            assert!((wait - seconds).abs() < 1e-6, "{failures} {chance}: {wait}");
        };
        check(0, 0.7, 0.0);
        check(1, 0.0, 2.5);
        check(1, 1.0, 5.0);
        check(2, 1.0, 10.0);
        check(3, 0.5, 15.0);
        check(9, 1.0, 1280.0);
        check(10, 1.0, 1800.0);
        check(u32::MAX, 1.0, 1800.0);
        check(4, f64::NAN, 30.0);
    }

    proptest! {
        #[test]
        fn stays_within_bounds(failures in any::<u32>(), chance in any::<f64>(), first in 0_u64..1 << 40, max in 0_u64..1 << 40) {
            let backoff = Backoff { first: Duration::from_millis(first), max: Duration::from_millis(max) };
            let wait = backoff.wait(failures, chance);
            prop_assert!(wait <= backoff.max);
            prop_assert!(backoff.wait(failures, 0.0) <= wait && wait <= backoff.wait(failures, 1.0));
            if let Some(more) = failures.checked_add(1) {
                prop_assert!(wait <= backoff.wait(more, chance));
            }
        }
    }
}
