//! The survival curve without any form assumed, with late entry.
//!
//! Estimates: `S(t) = Π (1 − dᵢ / nᵢ)` over event times `tᵢ ≤ t`, where `dᵢ` events came at `tᵢ`
//! among `nᵢ` at risk: those that entered before `tᵢ` and were not out before it. Its variance is
//! `S² Σ dᵢ / (nᵢ (nᵢ − dᵢ))`; the interval is made on the scale of `ln(−ln S)`.
//!
//! Assumes: censoring and entry say nothing of the event. Misleads: with late entry when few are
//! at risk early, since one early event can then pull the whole curve to 0; and after the longest
//! wait, where the curve says nothing.
//!
//! Source: Kaplan and Meier (1958), Nonparametric estimation from incomplete observations;
//! Kalbfleisch and Prentice (2002), The statistical analysis of failure time data, sections 1.3
//! (truncation) and 1.4 (curve, variance, interval). Checked against: lifelines 0.30.3
//! (tests/oracles/survival.py, tolerance 1e-9). Who enters at the moment of an
//! event is not at risk for it.

use crate::error::{length, not_negative};
use crate::normal::quantile;
use crate::{FitError, Waits};

/// One step of the curve, at a time at which events came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurvivalStep {
    /// When.
    pub time: f64,
    /// How many were at risk just before.
    pub at_risk: f64,
    /// How many events came.
    pub events: f64,
    /// The curve from here on.
    pub survival: f64,
    /// The variance of the curve from here on; 0 where the curve is 0.
    pub variance: f64,
}

/// The curve: 1 before the first step.
///
/// ```
/// use inroad_stats::{KaplanMeier, Waits};
/// let waits = Waits::new(&[1.0, 2.0, 3.0, 4.0], &[true, false, true, false]);
/// let curve = KaplanMeier::fit(&waits, None)?;
/// assert_eq!(curve.survival(0.5), 1.0);
/// assert_eq!(curve.survival(2.5), 0.75);
/// assert_eq!(curve.median(), Some(3.0), "0.75 · 1/2 is below one half");
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct KaplanMeier {
    steps: Vec<SurvivalStep>,
}

impl KaplanMeier {
    /// Makes the curve. `entries` say from when on each was watched (not below 0 and below its
    /// duration); without them all were watched from 0.
    ///
    /// Errors: [`FitError`] on no waits, on numbers that cannot be, on lengths that do not fit. No
    /// event at all is no error: the curve stays at 1.
    pub fn fit(waits: &Waits<'_>, entries: Option<&[f64]>) -> Result<KaplanMeier, FitError> {
        waits.check()?;
        let entries = match entries {
            Some(entries) => sorted_entries(waits, entries)?,
            None => Vec::new(),
        };
        Ok(match waits.weights {
            None => steps(&sorted(waits, |_| ()), |()| 1.0, waits.len() as f64, &entries),
            Some(weights) => {
                let total = weights.iter().sum();
                steps(&sorted(waits, |at| waits.weight(at)), |weight| weight, total, &entries)
            }
        })
    }

    /// The steps, by time.
    pub fn steps(&self) -> &[SurvivalStep] {
        &self.steps
    }

    /// The probability of waiting longer than `time`.
    pub fn survival(&self, time: f64) -> f64 {
        self.at(time).map_or(1.0, |step| step.survival)
    }

    /// The last step at or before a time.
    pub fn at(&self, time: f64) -> Option<&SurvivalStep> {
        let after = self.steps.partition_point(|step| step.time <= time);
        self.steps.get(after.checked_sub(1)?)
    }

    /// The first time at which the curve is at or below one half; `None` if it stays above.
    pub fn median(&self) -> Option<f64> {
        self.time_below(0.5)
    }

    /// The first time at which the curve is at or below a share.
    pub fn time_below(&self, share: f64) -> Option<f64> {
        let first = self.steps.partition_point(|step| step.survival > share);
        self.steps.get(first).map(|step| step.time)
    }

    /// Where the curve lies at a time, at a level of confidence such as 0.95; the whole range
    /// from 0 to 1 where nothing is known.
    pub fn interval(&self, time: f64, level: f64) -> (f64, f64) {
        let Some(step) = self.at(time) else { return (1.0, 1.0) };
        let s = step.survival;
        if s <= 0.0 || s >= 1.0 {
            return (s, s);
        }
        let z = quantile(0.5 + level.clamp(0.0, 1.0) / 2.0);
        let width = z * step.variance.sqrt() / (s * s.ln()).abs();
        (s.powf(width.exp()), s.powf((-width).exp()))
    }
}

/// A wait as one number that sorts by time: the bits of a positive number sort as the number
/// does, and leave one bit for whether it happened.
fn key(duration: f64, happened: bool) -> u64 {
    duration.to_bits() << 1 | u64::from(happened)
}

fn sorted<W>(waits: &Waits<'_>, weight: impl Fn(usize) -> W) -> Vec<(u64, W)> {
    let pairs = waits.durations.iter().zip(waits.happened).enumerate();
    let mut keys: Vec<(u64, W)> =
        pairs.map(|(at, (time, happened))| (key(*time, *happened), weight(at))).collect();
    keys.sort_unstable_by_key(|(key, _)| *key);
    keys
}

fn sorted_entries(waits: &Waits<'_>, entries: &[f64]) -> Result<Vec<(f64, f64)>, FitError> {
    length("entries", entries.len(), waits.len())?;
    not_negative("entry", entries)?;
    if let Some(at) = entries.iter().zip(waits.durations).position(|(entry, end)| entry >= end) {
        return Err(FitError::OutOfRange { what: "entry", at, must: "below its duration" });
    }
    let mut sorted: Vec<(f64, f64)> =
        entries.iter().enumerate().map(|(at, entry)| (*entry, waits.weight(at))).collect();
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    Ok(sorted)
}

fn steps<W: Copy>(
    waits: &[(u64, W)],
    weight: impl Fn(W) -> f64,
    total: f64,
    entries: &[(f64, f64)],
) -> KaplanMeier {
    let mut steps = Vec::new();
    let mut entries = entries.iter().peekable();
    let mut at_risk = if entries.peek().is_some() { 0.0 } else { total };
    let (mut survival, mut greenwood) = (1.0, 0.0);
    for moment in waits.chunk_by(|a, b| a.0 >> 1 == b.0 >> 1) {
        let time = moment.first().map_or(0.0, |(key, _)| f64::from_bits(key >> 1));
        while let Some((_, weight)) = entries.next_if(|(entry, _)| *entry < time) {
            at_risk += weight;
        }
        let (mut events, mut out) = (0.0, 0.0);
        for (key, wait) in moment {
            let weight = weight(*wait);
            out += weight;
            events += if key & 1 == 1 { weight } else { 0.0 };
        }
        if events > 0.0 {
            let stay = (at_risk - events).max(0.0);
            survival *= stay / at_risk;
            // Where nobody is left the curve is 0 and has no variance.
            greenwood += if stay > 0.0 { events / (at_risk * stay) } else { 0.0 };
            let variance = survival * survival * greenwood;
            steps.push(SurvivalStep { time, at_risk, events, survival, variance });
        }
        at_risk -= out;
    }
    KaplanMeier { steps }
}
