//! Forecasts of cases that a file asks for.

use std::path::{Path, PathBuf};

use inroad_advice::rhythm::forecast::{Follow, forecast};
use inroad_advice::rhythm::outcomes::{Asked, Outcome};
use inroad_advice::rhythm::prior::RhythmPrior;
use inroad_ingest::Limits;
use inroad_ingest::event_log::{LoggedCase, LoggedQuestion, cases};
use inroad_model::Issue;

use super::log_file::LogFile;
use crate::{Error, Result};

/// The probability of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The log that it was asked of.
    pub dataset: String,
    /// Its id.
    pub id: String,
    /// The moment at which it was asked, as it was written.
    pub checkpoint: String,
    /// That the letter is answered within seven days, or that nothing comes within the horizon.
    pub probability: f64,
}

/// Forecasts, with what could not be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecasts {
    /// In the order of the cases.
    pub forecasts: Vec<Forecast>,
    /// Lines that were left out, and why.
    pub issues: Vec<Issue>,
    /// The archive that the shipped prior was not fitted on for these cases.
    pub without: Option<&'static str>,
}

/// Answers the cases of some files about one log. Where a file marks its cases as `train` and
/// `test`, only the latter are answered. Without a prior of one's own the shipped one is taken; of
/// an archive on which that was fitted, the one fitted without it.
pub fn forecast_cases(
    log: &Path,
    case_files: &[PathBuf],
    prior: Option<&Path>,
    follow: Follow,
) -> Result<Forecasts> {
    let log = LogFile::open(log)?;
    let mut issues = log.issues.clone();
    let mut asked: Vec<LoggedCase> = Vec::new();
    let mut known: Vec<Outcome> = Vec::new();
    for file in case_files {
        let bytes = std::fs::read(file).map_err(|cause| Error::file(file, cause))?;
        let (mut read, found) = cases(&bytes, &Limits::default());
        let name = file.display().to_string();
        if read.is_empty() {
            let why = found.first().map_or_else(String::new, |issue| format!(": {issue}"));
            return Err(Error::Invalid { what: format!("{name} holds no cases{why}") });
        }
        issues.extend(found.into_iter().map(|issue| issue.in_file(&name)));
        if read.iter().any(|case| case.split == "test") {
            read.retain(|case| case.split == "test");
        }
        for case in read {
            match resolve(&log, &case) {
                Ok(outcome) => {
                    known.push(outcome);
                    asked.push(case);
                }
                Err(what) => {
                    let issue = Issue::new(what, "The case was left out");
                    issues.push(issue.at_line(case.line).in_file(&name));
                }
            }
        }
    }
    let dataset = asked.first().map(|case| case.dataset.as_str()).unwrap_or_default();
    let (prior, without) = match prior {
        Some(file) => (read_prior(file)?, None),
        None => RhythmPrior::shipped_without(dataset).map_err(|fault| internal(&fault))?,
    };
    let probabilities =
        forecast(&log.log, &known, &prior, follow).map_err(|fault| internal(&fault))?;
    let forecasts = asked.into_iter().zip(probabilities).map(|(case, probability)| Forecast {
        dataset: case.dataset,
        id: case.case_id,
        checkpoint: case.checkpoint,
        probability,
    });
    Ok(Forecasts { forecasts: forecasts.collect(), issues, without })
}

fn internal(fault: &dyn std::error::Error) -> Error {
    Error::Internal { what: fault.to_string() }
}

fn read_prior(file: &Path) -> Result<RhythmPrior> {
    let text = std::fs::read_to_string(file).map_err(|cause| Error::file(file, cause))?;
    let invalid = |fault| Error::Invalid { what: format!("{}: {fault}", file.display()) };
    RhythmPrior::parse(&text).map_err(invalid)
}

fn resolve(log: &LogFile, case: &LoggedCase) -> std::result::Result<Outcome, String> {
    let person =
        |name: &str| log.person(name).ok_or_else(|| format!("The log has nobody '{name}'"));
    let (me, them) = (person(&case.seller)?, person(&case.contact)?);
    let asked = match &case.asked {
        LoggedQuestion::Silence { horizon_days } => Asked::Silence { horizon_days: *horizon_days },
        LoggedQuestion::Reply { id, elapsed_days } => {
            let letter = log.letter(id).ok_or_else(|| format!("The log has no letter '{id}'"))?;
            Asked::Reply { letter, elapsed_days: *elapsed_days }
        }
    };
    // What came of it is what is asked.
    Ok(Outcome { me, them, cut: case.cut, known_from: f64::INFINITY, asked, came: false })
}
