//! A number that was estimated, and how far off it may be.

use crate::FitError;
use crate::normal::quantile;

/// An estimate with its standard error, in the same unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error: the estimate is about that far off.
    pub error: f64,
}

impl Estimate {
    /// The interval that holds the truth in a share `level` of cases, if the estimate is normal.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let width = quantile(0.5 + level.clamp(0.0, 1.0) / 2.0) * self.error;
        (self.value - width, self.value + width)
    }

    /// Refuses numbers that ran off on the way from parameters to what is told.
    pub(crate) fn check(all: &[Estimate]) -> Result<(), FitError> {
        if all.iter().all(|one| one.value.is_finite() && one.error.is_finite()) {
            Ok(())
        } else {
            Err(FitError::Undetermined { what: "parameters" })
        }
    }

    pub(crate) fn negative(self) -> Estimate {
        Estimate { value: -self.value, error: self.error }
    }

    /// Of `exp(x)`, by the delta method.
    pub(crate) fn exponential(self) -> Estimate {
        let value = self.value.exp();
        Estimate { value, error: value * self.error }
    }

    /// Of `1 / (1 + exp(−x))`, by the delta method.
    pub(crate) fn logistic(self) -> Estimate {
        let value = 1.0 / (1.0 + (-self.value).exp());
        Estimate { value, error: value * (1.0 - value) * self.error }
    }
}
