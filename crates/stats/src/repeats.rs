//! Those who come again and again until they silently stop: what the models of them are fitted to.

use std::collections::BTreeMap;

use crate::FitError;
use crate::error::{length, not_negative};

/// How often each came again, after a first time that does not count.
#[derive(Debug, Clone, Copy)]
pub struct Repeats<'a> {
    /// How often each came again.
    pub counts: &'a [u32],
    /// How long after the first time the last one was, in any unit; 0 for those who never came
    /// again.
    pub lasts: &'a [f64],
    /// How long each has been watched since the first time, in the same unit; not below `lasts`.
    pub watched: &'a [f64],
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repeat {
    /// How often.
    pub count: u32,
    /// When last, after the first time.
    pub last: f64,
    /// How long it has been watched since the first time.
    pub watched: f64,
}

impl Repeats<'_> {
    pub(crate) fn check(&self) -> Result<(), FitError> {
        if self.counts.is_empty() {
            return Err(FitError::Empty { what: "counts" });
        }
        length("last times", self.lasts.len(), self.counts.len())?;
        length("watched times", self.watched.len(), self.counts.len())?;
        not_negative("last time", self.lasts)?;
        not_negative("watched time", self.watched)?;
        if let Some(at) = self.each().position(|one| one.last > one.watched) {
            return Err(FitError::OutOfRange { what: "last time", at, must: "within the watched" });
        }
        if self.counts.iter().all(|count| *count == 0) {
            return Err(FitError::Empty { what: "repeats" });
        }
        Ok(())
    }

    pub(crate) fn each(&self) -> impl Iterator<Item = Repeat> {
        let times = self.lasts.iter().zip(self.watched);
        self.counts.iter().zip(times).map(|(&count, (&last, &watched))| Repeat {
            count,
            // A first time is no repeat.
            last: if count == 0 { 0.0 } else { last },
            watched,
        })
    }

    /// How many came again so often, for each count that there is.
    pub(crate) fn tally(&self) -> Vec<(f64, f64)> {
        let mut small = [0_u32; 256];
        let mut large: BTreeMap<u32, u32> = BTreeMap::new();
        for count in self.counts {
            match small.get_mut(*count as usize) {
                Some(times) => *times += 1,
                None => *large.entry(*count).or_default() += 1,
            }
        }
        let small = (0..).zip(small).filter(|(_, times)| *times > 0);
        small.chain(large).map(|(count, times)| (f64::from(count), f64::from(times))).collect()
    }

    /// Each so many-th: counts, last times, watched times.
    pub(crate) fn each_nth(&self, n: usize) -> (Vec<u32>, Vec<f64>, Vec<f64>) {
        let part = |values: &[f64]| values.iter().step_by(n).copied().collect();
        let counts = self.counts.iter().step_by(n).copied().collect();
        (counts, part(self.lasts), part(self.watched))
    }

    /// Times a member comes in a unit of time, over all.
    pub(crate) fn rate(&self) -> f64 {
        let count: f64 = self.counts.iter().map(|count| f64::from(*count)).sum();
        let time: f64 = self.watched.iter().sum();
        count / time.max(f64::MIN_POSITIVE)
    }
}

/// A term of a log-likelihood with its derivatives by four parameters; of the second ones those on
/// and below the diagonal.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Terms {
    pub value: f64,
    pub slope: [f64; 4],
    pub curve: [[f64; 4]; 4],
}

impl Terms {
    /// Adds another, so many times.
    pub(crate) fn add(&mut self, times: f64, other: &Terms) {
        self.value += times * other.value;
        for i in 0..4 {
            self.slope[i] += times * other.slope[i];
            for j in 0..=i {
                self.curve[i][j] += times * other.curve[i][j];
            }
        }
    }

    /// `ln(exp(a) + exp(b))`.
    pub(crate) fn either(a: &Terms, b: &Terms) -> Terms {
        let share = 1.0 / (1.0 + (a.value - b.value).exp());
        let rest = 1.0 - share;
        let most = a.value.max(b.value);
        let mut sum =
            Terms { value: most + (-(a.value - b.value).abs()).exp().ln_1p(), ..Terms::default() };
        for i in 0..4 {
            sum.slope[i] = rest * a.slope[i] + share * b.slope[i];
            let apart = share * rest * (b.slope[i] - a.slope[i]);
            for j in 0..=i {
                sum.curve[i][j] = rest * a.curve[i][j]
                    + share * b.curve[i][j]
                    + apart * (b.slope[j] - a.slope[j]);
            }
        }
        sum
    }
}
