//! What would have been said on each past Monday, and what came of it.
//!
//! Each forecast is made with what was known on its day. Beside it stands the rule that programs
//! for sales people use: fourteen days without anything are too long.

use std::collections::BTreeMap;

use inroad_stats::{Counted, FitError, ReliabilityBin, calibration_error, reliability, wilson};

use super::forecast::{Follow, forecast};
use super::log::{DAY, EventLog, Person};
use super::outcomes::{Outcome, silences};
use super::pair::known;
use super::prior::RhythmPrior;

/// A silence is flagged when staying dark is likelier than not.
pub const FLAGGED_FROM: f64 = 0.5;
/// Days without anything after which the common rule flags.
pub const RULE_DAYS: f64 = 14.0;
/// Bins of the reliability table.
const BINS: usize = 10;
/// How sure the intervals are.
const LEVEL: f64 = 0.95;

/// One silence of somebody, from their last letter on.
#[derive(Debug, Clone, PartialEq)]
pub struct Silence {
    /// Whose correspondence.
    pub me: Person,
    /// Who was silent.
    pub them: Person,
    /// When they had last written, in seconds since 1970.
    pub heard: f64,
    /// When they wrote again; infinite if they did not.
    pub ended: f64,
    /// Whether it lasted for the whole horizon from some Monday on.
    pub dark: bool,
    /// When the forecast flagged it first, with the probability; whether that was right.
    pub flagged: Option<Flag>,
    /// When the rule flagged it first.
    pub by_rule: Option<Flag>,
}

/// A silence that was called dark on a Monday.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flag {
    /// The Monday, in seconds since 1970.
    pub at: f64,
    /// How likely it was said to be.
    pub probability: f64,
    /// Whether nothing came within the horizon.
    pub right: bool,
}

/// How well one way of flagging did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tally {
    /// Silences flagged.
    pub flagged: u64,
    /// Of these, how many stayed dark.
    pub right: u64,
    /// The share that was right, with an interval at 95 %; `None` if nothing was flagged.
    pub precision: Option<(f64, f64, f64)>,
    /// Silences that stayed dark.
    pub dark: u64,
    /// Of these, flagged within 14 days of the last letter.
    pub within_14: u64,
    /// Of these, flagged within 28 days.
    pub within_28: u64,
    /// Of these, flagged at all.
    pub found: u64,
}

/// A replay of some correspondence.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// Days that each forecast looked ahead.
    pub horizon_days: f64,
    /// The silences, by when they began.
    pub silences: Vec<Silence>,
    /// How well the forecast did.
    pub forecast: Tally,
    /// How well the rule did.
    pub rule: Tally,
    /// What was said against what came.
    pub reliability: Vec<ReliabilityBin>,
    /// The mean distance between the two; `None` without cases.
    pub calibration_error: Option<f64>,
    /// Forecasts made.
    pub cases: usize,
}

/// Replays a log; one person's correspondence only, if `whose` names somebody.
pub fn backtest(
    log: &EventLog,
    whose: Option<Person>,
    prior: &RhythmPrior,
    horizon_days: f64,
) -> Result<Backtest, FitError> {
    let cases = silences(log, whose, horizon_days);
    let probabilities = forecast(log, &cases, prior, Follow::Always)?;
    let came: Vec<bool> = cases.iter().map(|case| case.came).collect();
    let silences = gather(log, &cases, &probabilities);
    let (table, error) = if cases.is_empty() {
        (Vec::new(), None)
    } else {
        let error = calibration_error(&came, &probabilities, BINS)?;
        (reliability(&came, &probabilities, BINS, LEVEL)?, Some(error))
    };
    Ok(Backtest {
        horizon_days,
        forecast: tally(&silences, |silence| silence.flagged)?,
        rule: tally(&silences, |silence| silence.by_rule)?,
        reliability: table,
        calibration_error: error,
        cases: cases.len(),
        silences,
    })
}

/// Puts the Mondays of each silence together.
fn gather(log: &EventLog, cases: &[Outcome], probabilities: &[f64]) -> Vec<Silence> {
    let mut silences: BTreeMap<(Person, Person, u64), Silence> = BTreeMap::new();
    for (case, probability) in cases.iter().zip(probabilities) {
        let inbound = log.pair(case.them, case.me).map(|pair| pair.direct.as_slice());
        let inbound = inbound.unwrap_or_default();
        let known_inbound = known(inbound, case.cut);
        let Some(heard) = known_inbound.last().copied() else { continue };
        let silence = silences.entry((case.me, case.them, heard.to_bits())).or_insert(Silence {
            me: case.me,
            them: case.them,
            heard,
            ended: inbound.get(known_inbound.len()).copied().unwrap_or(f64::INFINITY),
            dark: false,
            flagged: None,
            by_rule: None,
        });
        silence.dark |= case.came;
        let flag = Flag { at: case.cut, probability: *probability, right: case.came };
        // The Mondays of one silence come in their order, so the first flag stays.
        if *probability >= FLAGGED_FROM {
            silence.flagged = silence.flagged.or(Some(flag));
        }
        let wrote = log.pair(case.me, case.them).map(|pair| known(&pair.direct, case.cut));
        let last = wrote.and_then(<[f64]>::last).copied().unwrap_or(heard).max(heard);
        if case.cut - last >= RULE_DAYS * DAY {
            silence.by_rule = silence.by_rule.or(Some(flag));
        }
    }
    let mut silences: Vec<Silence> = silences.into_values().collect();
    silences.sort_by(|a, b| a.heard.total_cmp(&b.heard));
    silences
}

fn tally(silences: &[Silence], flag: impl Fn(&Silence) -> Option<Flag>) -> Result<Tally, FitError> {
    let mut tally = Tally {
        flagged: 0,
        right: 0,
        precision: None,
        dark: 0,
        within_14: 0,
        within_28: 0,
        found: 0,
    };
    for silence in silences {
        let flag = flag(silence);
        tally.flagged += u64::from(flag.is_some());
        tally.right += u64::from(flag.is_some_and(|flag| flag.right));
        if silence.dark {
            tally.dark += 1;
            let days = flag.map_or(f64::INFINITY, |flag| (flag.at - silence.heard) / DAY);
            tally.within_14 += u64::from(days <= 14.0);
            tally.within_28 += u64::from(days <= 28.0);
            tally.found += u64::from(flag.is_some());
        }
    }
    if tally.flagged > 0 {
        let share = tally.right as f64 / tally.flagged as f64;
        let (low, high) = wilson(Counted { events: tally.right, of: tally.flagged }, LEVEL)?;
        tally.precision = Some((share, low, high));
    }
    Ok(tally)
}
