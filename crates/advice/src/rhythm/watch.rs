//! Follows the silences of a log week by week: learns from windows that close, and from those that
//! are open how silences go lately.

use inroad_stats::FitError;

use super::curve::Curves;
use super::learn::{Learner, PERIOD_DAYS, next_period};
use super::log::{DAY, EventLog};
use super::measure::View;
use super::outcomes::Window;
use super::shift::{Closed, Open, Shift};
use super::term::Measures;

/// A window that is watched until it closes.
struct Watched {
    window: Window,
    measures: Measures,
    /// What was told when it opened, and by how much it would have been shifted.
    told: f64,
    shift: f64,
}

impl Watched {
    fn closes(&self, horizon_days: f64) -> f64 {
        self.window.cut + horizon_days * DAY
    }
}

/// Goes through the weeks of a log: `at_change` gets what is believed, and from when on, in seconds
/// since 1970. Nothing is looked at that was not known then, nor what became known after
/// `learn_until`.
pub(super) fn week_by_week(
    log: &EventLog,
    mut windows: Vec<Window>,
    horizon_days: f64,
    prior: &Curves,
    learn_until: f64,
    mut at_change: impl FnMut(Curves, f64),
) -> Result<(), FitError> {
    windows.sort_by(|a, b| a.cut.total_cmp(&b.cut));
    let mut learner = Learner::new(prior)?;
    let mut shift = Shift::default();
    let mut open: Vec<Watched> = Vec::new();
    let mut rest = windows.as_slice();
    let mut learnt: Option<f64> = None;
    let mut start = f64::NEG_INFINITY;
    loop {
        let week = if open.is_empty() { f64::INFINITY } else { start + PERIOD_DAYS * DAY };
        // Weeks without news are passed over at once, be they thousands. A window is open after
        // its Monday.
        let begins = rest.first().map_or(f64::INFINITY, |w| next_period(w.cut.next_up()));
        start = week.min(begins);
        // Weeks behind the last letter count as well: a case may be asked then, and whether more
        // letters follow must change nothing.
        if open.is_empty() && rest.is_empty() {
            return Ok(());
        }
        let (now, later) = rest.split_at(rest.partition_point(|window| window.cut < start));
        let curves = learner.curves();
        open.extend(now.iter().map(|window| {
            let view = View::new(log, window.me, window.them, window.cut);
            let measures = view.of_silence(horizon_days);
            let told = curves.log_odds(&measures);
            Watched { window: *window, measures, told, shift: shift.whole() }
        }));
        rest = later;
        let as_of = start.min(learn_until);
        let closed: Vec<Watched> =
            open.extract_if(.., |one| one.closes(horizon_days) <= as_of).collect();
        if learn(&mut learner, &mut shift, &closed, horizon_days, learnt, start)? {
            learnt = Some(start);
        }
        shift.follow(&as_they_go(&open, &learner.curves(), horizon_days, as_of));
        at_change(shift.of(learner.curves()), start);
        if start >= learn_until {
            return Ok(());
        }
    }
}

/// Learns from windows that closed by this week; whether there were any that count.
fn learn(
    learner: &mut Learner,
    shift: &mut Shift,
    closed: &[Watched],
    horizon_days: f64,
    learnt: Option<f64>,
    start: f64,
) -> Result<bool, FitError> {
    let counted: Vec<(&Watched, bool)> = closed
        .iter()
        .filter(|one| one.window.sent <= one.closes(horizon_days))
        .map(|one| (one, one.window.ended > one.closes(horizon_days)))
        .collect();
    if counted.is_empty() {
        return Ok(false);
    }
    let told =
        counted.iter().map(|(one, came)| Closed { told: one.told, shift: one.shift, came: *came });
    shift.judge(&told.collect::<Vec<_>>());
    if let Some(before) = learnt {
        learner.fade((start - before) / (PERIOD_DAYS * DAY))?;
    }
    learner.learn_measured(counted.iter().map(|(one, came)| (&one.measures, *came)))?;
    Ok(true)
}

/// The open windows that count already, as they stand.
fn as_they_go(open: &[Watched], curves: &Curves, horizon_days: f64, as_of: f64) -> Vec<Open> {
    let counted = open.iter().filter(|one| one.window.sent <= as_of && one.window.cut < as_of);
    let seen = counted.map(|one| Open {
        log_odds: curves.log_odds(&one.measures),
        over: (as_of - one.window.cut) / (horizon_days * DAY),
        ended: one.window.ended <= as_of,
    });
    seen.collect()
}
