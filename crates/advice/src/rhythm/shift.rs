//! How silences go lately, from windows of which the end is not known yet.
//!
//! Whether somebody stays silent for a month is known a month later, and what was learnt lags behind
//! by as much. But after a week some have written and others have not. Two forecasts stand side by
//! side: one stands still, one shifts all log-odds by what the open windows say; how much the
//! second counts is by how well each told, at its time, what then came.
//!
//! Who is silent for the whole window with probability `p` has been silent for a share `u` of it
//! with probability `p` to the power `u^⅔`: proportional hazards with the hazard that three archives
//! share (0.65 to 0.67 where a tenth to half of the window is over). Source: Cox (1972), Regression
//! models and life-tables; for the weights Raftery, Karny and Ettler (2010), eq. 7.

use super::curve::{Curves, probability};

/// The part of the hazard of a window that its first share `u` holds is `u` to this power.
const HAZARD_POWER: f64 = 2.0 / 3.0;
/// An open window counts for so much of a case: one pair has several at once.
const OPEN_WORTH: f64 = 0.3;
/// How firmly it is believed that nothing shifts, as a precision.
const FIRMNESS: f64 = 30.0;
/// How much of the shift of a week ago is kept.
const STEADY: f64 = 0.5;
/// A closed window counts for so much in judging who told better.
const CLOSED_WORTH: f64 = 0.2;
/// What is still believed a week later of who told better.
const KEPT: f64 = 0.9924;
/// Log-odds shift by this at most.
const SHIFT_MAX: f64 = 3.0;
/// Halvings of the range in which the shift lies.
const HALVINGS: u32 = 40;

/// A window that is open, at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Open {
    /// The log-odds of silence to its end, unshifted.
    pub log_odds: f64,
    /// The share of it that is over.
    pub over: f64,
    /// Whether they have written.
    pub ended: bool,
}

/// A window that has closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Closed {
    /// The log-odds that were told when it opened, unshifted.
    pub told: f64,
    /// By how much they would have been shifted.
    pub shift: f64,
    /// Whether they stayed silent.
    pub came: bool,
}

/// By how much all log-odds of silence shift.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Shift {
    by: f64,
    /// The log-odds that shifting tells better than not.
    better: f64,
}

impl Shift {
    /// The shift, if it counted whole.
    pub(super) fn whole(&self) -> f64 {
        self.by
    }

    /// Curves with the shift, as far as it counts.
    pub(super) fn of(&self, mut curves: Curves) -> Curves {
        if let Some(constant) = curves.coefficients.last_mut() {
            *constant += probability(self.better) * self.by;
        }
        curves
    }

    /// Takes in who told better what came of these.
    pub(super) fn judge(&mut self, closed: &[Closed]) {
        let gain = |one: &Closed| {
            ln_likelihood(one.told + one.shift, one.came) - ln_likelihood(one.told, one.came)
        };
        self.better = KEPT * self.better + CLOSED_WORTH * closed.iter().map(gain).sum::<f64>();
    }

    /// Takes in how the open windows go.
    pub(super) fn follow(&mut self, open: &[Open]) {
        self.by =
            if open.is_empty() { 0.0 } else { STEADY * self.by + (1.0 - STEADY) * best(open) };
    }
}

fn ln_likelihood(log_odds: f64, came: bool) -> f64 {
    let against = if came { -log_odds } else { log_odds };
    -(against.max(0.0) + (-against.abs()).exp().ln_1p())
}

/// The shift that makes what open windows show likeliest, drawn towards 0.
fn best(open: &[Open]) -> f64 {
    let (mut low, mut high) = (-SHIFT_MAX, SHIFT_MAX);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        let slope: f64 = open.iter().map(|one| slope(one, middle)).sum();
        if OPEN_WORTH * slope > FIRMNESS * middle {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The slope, by the shift, of the log-likelihood of one window.
fn slope(one: &Open, shift: f64) -> f64 {
    let log_odds = one.log_odds + shift;
    let share = one.over.clamp(0.0, 1.0).powf(HAZARD_POWER);
    // What is left to silence: the slope of ln p.
    let rest = 1.0 - probability(log_odds);
    if !one.ended {
        return share * rest;
    }
    let ln_silent = share * ln_likelihood(log_odds, true);
    -share * rest * ln_silent.exp() / (-ln_silent.exp_m1()).max(1e-12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rhythm::curve::Design;

    /// Windows at even odds, this share of them over; of ten so many have ended.
    fn windows(over: f64, ended: usize) -> Vec<Open> {
        (0..1000).map(|at| Open { log_odds: 0.0, over, ended: at % 10 < ended }).collect()
    }

    #[test]
    fn open_windows_show_where_it_goes() {
        // At even odds a third of the window is over when p^(u^⅔) = 0.72 are still silent.
        let expected = 0.5_f64.powf((1.0_f64 / 3.0).powf(HAZARD_POWER));
        assert!((expected - 0.717).abs() < 1e-3);
        assert!(best(&windows(1.0 / 3.0, 3)).abs() < 0.1, "three of ten have written, as expected");
        assert!(best(&windows(1.0 / 3.0, 1)) > 0.5, "fewer than expected");
        assert!(best(&windows(1.0 / 3.0, 6)) < -0.5, "more than expected");
        assert!(best(&windows(0.0, 0)).abs() < 1e-9, "a window that has just opened says nothing");
    }

    #[test]
    fn who_told_better_counts_more() {
        let mut shift = Shift::default();
        let curves = |shift: &Shift| {
            let none = Curves { design: Design::default(), coefficients: vec![0.0] };
            shift.of(none).coefficients[0]
        };
        shift.follow(&windows(0.5, 1));
        let (whole, before) = (shift.whole(), curves(&shift));
        assert!((before - whole / 2.0).abs() < 1e-12, "nobody has told better yet");
        let closed = |came| [Closed { told: 0.0, shift: 0.5, came }; 20];
        shift.judge(&closed(true));
        assert!(curves(&shift) > before, "silence came oftener");
        shift.judge(&closed(false));
        shift.judge(&closed(false));
        assert!(curves(&shift) < before);
    }

    #[test]
    fn the_slope_is_that_of_the_likelihood() {
        for ended in [false, true] {
            let one = Open { log_odds: 0.4, over: 0.3, ended };
            let value = |shift: f64| {
                let silent = 0.3_f64.powf(HAZARD_POWER) * probability(0.4 + shift).ln();
                if ended { (-silent.exp_m1()).ln() } else { silent }
            };
            let expected = (value(1e-5) - value(-1e-5)) / 2e-5;
            assert!((slope(&one, 0.0) - expected).abs() < 1e-8, "{ended}");
        }
    }
}
