//! Fitting the shipped prior.

use std::path::PathBuf;

use inroad_advice::rhythm::fit::{Archive, fit};
use inroad_advice::rhythm::prior::{Question, RhythmPrior};
use inroad_model::Issue;

use super::log_file::LogFile;
use crate::{Error, Result};

/// An archive to fit on.
#[derive(Debug, Clone, PartialEq)]
pub struct ArchiveFile {
    /// Its folder, with `events.csv`, or that file.
    pub path: PathBuf,
    /// How much it counts for who answers, beside 1 of the others.
    pub reply_weight: f64,
    /// How much it counts for who falls silent.
    pub silence_weight: f64,
}

/// Fits both questions on some archives; the file's text, and what could not be read.
pub fn fit_prior(archives: &[ArchiveFile], comment: &str) -> Result<(String, Vec<Issue>)> {
    let logs: Vec<LogFile> =
        archives.iter().map(|archive| LogFile::open(&archive.path)).collect::<Result<_>>()?;
    let issues = logs.iter().flat_map(|log| log.issues.clone()).collect();
    let fit_one = |question, weight: &dyn Fn(&ArchiveFile) -> f64| {
        let weighed: Vec<Archive<'_>> = logs
            .iter()
            .zip(archives)
            .map(|(log, archive)| Archive { log: &log.log, weight: weight(archive) })
            .filter(|archive| archive.weight > 0.0)
            .collect();
        let impossible = |fault| Error::Invalid {
            what: format!("These archives tell too little about {question:?}: {fault}"),
        };
        fit(question, &weighed).map_err(impossible)
    };
    let prior = RhythmPrior {
        reply: fit_one(Question::Reply, &|archive| archive.reply_weight)?,
        silence: fit_one(Question::Silence, &|archive| archive.silence_weight)?,
    };
    Ok((prior.rounded().write(comment), issues))
}
