//! Forecasts of many cases of one log, each from what was known at its moment.

use inroad_stats::FitError;

use super::curve::{Curves, probability};
use super::learn::{measures, period_by_period};
use super::log::EventLog;
use super::outcomes::{Asked, Outcome, replies, windows};
use super::prior::RhythmPrior;
use super::watch::week_by_week;

/// How a prior follows a log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Follow {
    /// All that was known at the moment of each case.
    Always,
    /// Only what was known at this moment, in seconds since 1970.
    Until(f64),
    /// Not at all: the prior as it is.
    Never,
}

/// The probability of each case, in their order: that the letter is answered within a week, or
/// that nothing is written within the horizon. `came` and `known_from` of the cases are not looked
/// at.
pub fn forecast(
    log: &EventLog,
    cases: &[Outcome],
    prior: &RhythmPrior,
    follow: Follow,
) -> Result<Vec<f64>, FitError> {
    let mut probabilities = vec![f64::NAN; cases.len()];
    let is_reply = |case: &Outcome| matches!(case.asked, Asked::Reply { .. });
    let places = |wanted: &dyn Fn(&Outcome) -> bool| -> Vec<usize> {
        let mut places: Vec<usize> =
            (0..cases.len()).filter(|at| cases.get(*at).is_some_and(wanted)).collect();
        places.sort_by(|a, b| {
            let cut = |at: &usize| cases.get(*at).map_or(0.0, |case| case.cut);
            cut(a).total_cmp(&cut(b))
        });
        places
    };
    let mut ask = |places: &[usize], horizon_days: Option<f64>, curves: &Curves| {
        forecast_some(log, cases, places, horizon_days, curves, follow, &mut probabilities)
    };
    let wanted = places(&is_reply);
    if !wanted.is_empty() {
        ask(&wanted, None, &prior.reply)?;
    }
    for horizon in horizons(cases) {
        let same = |case: &Outcome| case.asked == Asked::Silence { horizon_days: horizon };
        ask(&places(&same), Some(horizon), &prior.silence)?;
    }
    Ok(probabilities)
}

fn horizons(cases: &[Outcome]) -> Vec<f64> {
    let mut horizons: Vec<f64> = cases
        .iter()
        .filter_map(|case| match case.asked {
            Asked::Silence { horizon_days } => Some(horizon_days),
            Asked::Reply { .. } => None,
        })
        .collect();
    horizons.sort_by(f64::total_cmp);
    horizons.dedup();
    horizons
}

fn forecast_some(
    log: &EventLog,
    cases: &[Outcome],
    places: &[usize],
    horizon_days: Option<f64>,
    prior: &Curves,
    follow: Follow,
    probabilities: &mut [f64],
) -> Result<(), FitError> {
    let mut tell = |place: usize, curves: &Curves| {
        if let (Some(case), Some(slot)) = (cases.get(place), probabilities.get_mut(place)) {
            *slot = probability(curves.log_odds(&measures(log, case)));
        }
    };
    let learn_until = match follow {
        Follow::Always => f64::INFINITY,
        Follow::Until(moment) => moment,
        Follow::Never => {
            for place in places {
                tell(*place, prior);
            }
            return Ok(());
        }
    };
    let mut rest = places;
    let mut latest = prior.clone();
    let at_change = |curves: Curves, start: f64| {
        let is_before = |place: &usize| cases.get(*place).is_none_or(|case| case.cut < start);
        let (now, later) = rest.split_at(rest.partition_point(is_before));
        for place in now {
            tell(*place, &latest);
        }
        latest = curves;
        rest = later;
    };
    match horizon_days {
        Some(days) if days >= 0.0 => {
            week_by_week(log, windows(log, None), days, prior, learn_until, at_change)?;
        }
        Some(_) => (),
        None => period_by_period(log, &replies(log, None), prior, learn_until, at_change)?,
    }
    for place in rest {
        tell(*place, &latest);
    }
    Ok(())
}
