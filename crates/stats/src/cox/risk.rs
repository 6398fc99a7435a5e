//! Rows in the order in which the sums over those at risk grow: the longest wait first.

use std::ops::Range;

use super::dot;
use crate::{FitError, Waits};

/// Rows, centred, longest wait first.
#[derive(Debug)]
pub(super) struct Sorted {
    pub(super) k: usize,
    pub(super) rows: Vec<f64>,
    pub(super) happened: Vec<bool>,
    weights: Option<Vec<f64>>,
    pub(super) moments: Vec<Moment>,
    /// The mean of each column, which was taken off.
    pub(super) means: Vec<f64>,
}

/// The rows whose wait ended at one time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) time: f64,
    start: usize,
    end: usize,
    /// How many of them ended with the event.
    pub(super) events: u32,
}

impl Moment {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl Sorted {
    pub(super) fn new(waits: &Waits<'_>, rows: &[f64], k: usize) -> Result<Sorted, FitError> {
        if u32::try_from(waits.len()).is_err() {
            return Err(FitError::Shape { what: "waits (too many)" });
        }
        // The bits of a positive number sort as the number does.
        let mut order: Vec<(u64, u32)> =
            waits.durations.iter().map(|time| time.to_bits()).zip(0..).collect();
        // Equal times in the order of the input, so that sums come out the same each time.
        order.sort_unstable_by_key(|(bits, at)| (std::cmp::Reverse(*bits), *at));
        let means = means(waits, rows, k);
        let mut sorted = Sorted {
            k,
            rows: Vec::with_capacity(rows.len()),
            happened: Vec::with_capacity(order.len()),
            weights: waits.weights.map(|_| Vec::with_capacity(order.len())),
            moments: Vec::new(),
            means,
        };
        for moment in order.chunk_by(|a, b| a.0 == b.0) {
            sorted.push(moment, waits, rows);
        }
        Ok(sorted)
    }

    fn push(&mut self, moment: &[(u64, u32)], waits: &Waits<'_>, rows: &[f64]) {
        let start = self.happened.len();
        let mut events = 0;
        for (_, at) in moment {
            let at = *at as usize;
            // What counts nothing is no event: it would share in the ties.
            let happened = waits.happened[at] && waits.weight(at) > 0.0;
            events += u32::from(happened);
            self.happened.push(happened);
            let row = &rows[at * self.k..(at + 1) * self.k];
            self.rows.extend(row.iter().zip(&self.means).map(|(x, mean)| x - mean));
            if let Some(weights) = &mut self.weights {
                weights.push(waits.weight(at));
            }
        }
        let time = moment.first().map_or(0.0, |(bits, _)| f64::from_bits(*bits));
        self.moments.push(Moment { time, start, end: self.happened.len(), events });
    }

    pub(super) fn row(&self, at: usize) -> &[f64] {
        &self.rows[at * self.k..(at + 1) * self.k]
    }

    pub(super) fn weight(&self, at: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[at])
    }

    /// `w exp(xᵀβ − shift)` of each row, `xᵀβ`, and the shift that keeps the greatest at 1.
    pub(super) fn risks(&self, beta: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
        let logits: Vec<f64> = self.rows.chunks_exact(self.k).map(|row| dot(row, beta)).collect();
        let shift = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let risks = logits.iter().enumerate();
        let risks = risks.map(|(at, logit)| self.weight(at) * (logit - shift).exp()).collect();
        (risks, logits, shift)
    }
}

fn means(waits: &Waits<'_>, rows: &[f64], k: usize) -> Vec<f64> {
    let mut means = vec![0.0; k];
    let mut total = 0.0;
    for (row, (_, _, weight)) in rows.chunks_exact(k).zip(waits.each()) {
        total += weight;
        for (sum, x) in means.iter_mut().zip(row) {
            *sum += weight * x;
        }
    }
    for mean in &mut means {
        *mean /= total;
    }
    means
}
