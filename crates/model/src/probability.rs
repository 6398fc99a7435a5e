//! Probabilities that cannot leave the range in which they mean something.

use serde::{Deserialize, Serialize};

/// A probability: finite, from 0 to 1.
///
/// ```
/// use inroad_model::Probability;
/// assert!(Probability::new(1.2).is_err());
/// assert_eq!(Probability::clamped(1.2).get(), 1.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(f64);

/// Why a number is no probability.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("A probability lies between 0 and 1, {0} does not")]
pub struct InvalidProbability(pub f64);

impl Probability {
    /// # Errors
    /// [`InvalidProbability`] outside 0 to 1, or for NaN.
    pub fn new(value: f64) -> Result<Self, InvalidProbability> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(InvalidProbability(value)) }
    }

    /// The nearest probability; NaN becomes 0.
    pub fn clamped(value: f64) -> Self {
        if value.is_nan() { Self(0.0) } else { Self(value.clamp(0.0, 1.0)) }
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }

    /// As a person reads it; what is inferred is never told as certain: "28 %".
    pub fn in_percent(self) -> String {
        format!("{:.0} %", (self.0 * 100.0).clamp(1.0, 99.0))
    }
}

impl TryFrom<f64> for Probability {
    type Error = InvalidProbability;

    fn try_from(value: f64) -> Result<Self, InvalidProbability> {
        Self::new(value)
    }
}

impl From<Probability> for f64 {
    fn from(probability: Probability) -> Self {
        probability.0
    }
}
