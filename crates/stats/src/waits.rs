//! Waits that ended with the event, and waits that were only watched so long.

use crate::FitError;
use crate::error::{length, not_negative, positive};

/// Waiting times with right censoring; what every estimator of survival here takes.
#[derive(Debug, Clone, Copy)]
pub struct Waits<'a> {
    /// How long each was waited for: above 0, in any unit.
    pub durations: &'a [f64],
    /// Whether the wait ended with the event; otherwise only the watching ended.
    pub happened: &'a [bool],
    /// How often each counts; once without weights.
    pub weights: Option<&'a [f64]>,
}

impl<'a> Waits<'a> {
    /// Waits that count once each.
    pub fn new(durations: &'a [f64], happened: &'a [bool]) -> Waits<'a> {
        Waits { durations, happened, weights: None }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.durations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.durations.is_empty()
    }

    pub(crate) fn check(&self) -> Result<(), FitError> {
        if self.is_empty() {
            return Err(FitError::Empty { what: "waits" });
        }
        length("marks of what happened", self.happened.len(), self.len())?;
        positive("duration", self.durations)?;
        if let Some(weights) = self.weights {
            length("weights", weights.len(), self.len())?;
            not_negative("weight", weights)?;
        }
        Ok(())
    }

    /// Refuses waits of which none counts that ended with the event.
    pub(crate) fn check_events(&self) -> Result<(), FitError> {
        if self.each().any(|(_, happened, weight)| happened && weight > 0.0) {
            Ok(())
        } else {
            Err(FitError::Empty { what: "waits that ended with the event" })
        }
    }

    pub(crate) fn weight(&self, at: usize) -> f64 {
        self.weights.and_then(|weights| weights.get(at)).copied().unwrap_or(1.0)
    }

    pub(crate) fn each(&self) -> impl Iterator<Item = (f64, bool, f64)> {
        let waits = self.durations.iter().zip(self.happened).enumerate();
        waits.map(|(at, (duration, happened))| (*duration, *happened, self.weight(at)))
    }
}
