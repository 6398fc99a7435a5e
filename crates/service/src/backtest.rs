//! A replay of the past: what would have been said on each Monday, and what came of it.

use std::collections::BTreeMap;
use std::path::Path;

use inroad_advice::correspondence::Correspondence;
use inroad_advice::rhythm::backtest::{Backtest, Flag, Silence, Tally, backtest};
use inroad_advice::rhythm::letters::{Letters, WE, moment};
use inroad_advice::rhythm::log::{EventLog, Person};
use inroad_advice::rhythm::prior::RhythmPrior;
use inroad_advice::rhythm::pulse::DARK_DAYS;
use inroad_model::{Issue, Moment};
use jiff::civil::Date;
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::inroad::Inroad;
use crate::rhythm::LogFile;
use crate::{Error, Result};

/// What a replay shows, with names and days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BacktestReport {
    /// Days that each forecast looked ahead: who writes nothing for so long is dark.
    pub horizon_days: f64,
    /// Forecasts made.
    pub forecasts: usize,
    /// How the forecasts did.
    pub forecast: FlagTally,
    /// How the rule of fourteen days did.
    pub rule: FlagTally,
    /// What was said against what came, lowest first.
    pub reliability: Vec<ReliabilityRow>,
    /// The mean distance between the two.
    pub calibration_error: Option<f64>,
    /// The silences that were flagged, by when they began.
    pub flagged: Vec<FlaggedSilence>,
    /// What was wrong with the input.
    pub issues: Vec<Issue>,
}

/// How well one way of flagging did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlagTally {
    /// Silences flagged.
    pub flagged: u64,
    /// Of these, right.
    pub right: u64,
    /// The share that was right.
    pub precision: Option<f64>,
    /// Its interval at 95 %.
    pub precision_interval: Option<(f64, f64)>,
    /// Silences that lasted for the whole horizon.
    pub dark: u64,
    /// Of these, flagged within 14 days of the last letter.
    pub within_14_days: u64,
    /// Of these, flagged within 28 days.
    pub within_28_days: u64,
    /// Of these, flagged at all.
    pub found: u64,
}

/// Forecasts of about the same height.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReliabilityRow {
    /// The mean probability.
    pub said: f64,
    /// The share that came about.
    pub came: f64,
    /// Its interval at 95 %.
    pub interval: (f64, f64),
    /// How many.
    pub count: u64,
}

/// A silence that was flagged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlaggedSilence {
    /// Who was silent.
    pub who: String,
    /// The day of the last letter.
    pub heard: Option<Date>,
    /// When the forecast flagged it, if it did.
    pub flagged: Option<FlagDay>,
    /// When the rule flagged it, if it did.
    pub by_rule: Option<FlagDay>,
    /// When a letter came again, if one did.
    pub wrote_again: Option<Date>,
}

/// One flag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlagDay {
    /// The Monday.
    pub on: Option<Date>,
    /// How likely the forecast said it was then.
    pub probability: f64,
    /// Whether nothing came within the horizon.
    pub right: bool,
}

impl Inroad {
    /// Replays the correspondence with the people of all deals, up to a moment.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn backtest(&self, as_of: Moment) -> Result<BacktestReport> {
        let seller = self.seller().await?.unwrap_or_default();
        let aliases = self.aliases().await?;
        let stored = self.store.deals_at(as_of).await?;
        let mut deals: Vec<_> = stored.into_iter().map(|stored| stored.deal).collect();
        let mut touches = self.touches_of(&deals, &aliases, as_of).await?;
        let canonical = aliases.canonical(&seller, &deals);
        crate::uniting::unite(&canonical, &mut deals, &mut touches, &mut Vec::new());
        let replayed = spawn_blocking(move || {
            let correspondence = Correspondence::until(&touches, &seller, as_of);
            let letters = Letters::of(correspondence.all(), &correspondence);
            let names: BTreeMap<Person, String> =
                letters.people.iter().map(|(email, person)| (*person, email.to_string())).collect();
            replay(&letters.log, Some(WE), "", DARK_DAYS, &names, Vec::new())
        });
        replayed.await.map_err(|task| Error::stopped(&task))?
    }
}

/// Replays a log of letters: everybody's correspondence in it. Whoever is silent for
/// `horizon_days` is dark.
///
/// # Errors
/// If the log cannot be read.
pub fn backtest_log(log: &Path, horizon_days: f64) -> Result<BacktestReport> {
    let file = LogFile::open(log)?;
    let name = log.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let names = file.names();
    let issues = file.issues.clone();
    replay(&file.log, None, &name, horizon_days, &names, issues)
}

fn replay(
    log: &EventLog,
    whose: Option<Person>,
    name: &str,
    horizon_days: f64,
    names: &BTreeMap<Person, String>,
    issues: Vec<Issue>,
) -> Result<BacktestReport> {
    let internal = |fault: &dyn std::error::Error| Error::Internal { what: fault.to_string() };
    let (prior, _) = RhythmPrior::shipped_without(name).map_err(|fault| internal(&fault))?;
    let tested = backtest(log, whose, &prior, horizon_days).map_err(|fault| internal(&fault))?;
    Ok(report(&tested, names, issues))
}

fn report(
    tested: &Backtest,
    names: &BTreeMap<Person, String>,
    issues: Vec<Issue>,
) -> BacktestReport {
    let is_flagged = |s: &&Silence| s.flagged.is_some() || s.by_rule.is_some();
    BacktestReport {
        horizon_days: tested.horizon_days,
        forecasts: tested.cases,
        forecast: tally(&tested.forecast),
        rule: tally(&tested.rule),
        reliability: tested
            .reliability
            .iter()
            .map(|bin| ReliabilityRow {
                said: bin.said,
                came: bin.came,
                interval: bin.interval,
                count: bin.count,
            })
            .collect(),
        calibration_error: tested.calibration_error,
        flagged: tested.silences.iter().filter(is_flagged).map(|s| named(s, names)).collect(),
        issues,
    }
}

fn tally(tally: &Tally) -> FlagTally {
    FlagTally {
        flagged: tally.flagged,
        right: tally.right,
        precision: tally.precision.map(|(share, ..)| share),
        precision_interval: tally.precision.map(|(_, low, high)| (low, high)),
        dark: tally.dark,
        within_14_days: tally.within_14,
        within_28_days: tally.within_28,
        found: tally.found,
    }
}

fn named(silence: &Silence, names: &BTreeMap<Person, String>) -> FlaggedSilence {
    let flag =
        |flag: Flag| FlagDay { on: day(flag.at), probability: flag.probability, right: flag.right };
    FlaggedSilence {
        who: names.get(&silence.them).cloned().unwrap_or_default(),
        heard: day(silence.heard),
        flagged: silence.flagged.map(flag),
        by_rule: silence.by_rule.map(flag),
        wrote_again: Some(silence.ended).filter(|ended| ended.is_finite()).and_then(day),
    }
}

fn day(seconds: f64) -> Option<Date> {
    moment(seconds).map(Moment::date)
}
