//! What jobs there are, how each stands, and what came of it.

use crate::jobs::Pace;
use crate::{Diagnosis, ImportReport, RereadReport};

/// A job, as it stands.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its number.
    pub number: u64,
    /// What is to be done.
    pub work: Work,
    /// With which files, in a few words; empty where it is about none.
    pub of: String,
    /// How it stands.
    pub state: JobState,
    /// Whether its files are still here, to be imported (further).
    pub can_go_on: bool,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// To import, or to look what would come in.
    Import {
        /// Whether nothing is to be kept.
        dry_run: bool,
    },
    /// To read kept mail anew.
    Reread,
    /// To look whether the data file is whole.
    Check,
}

/// How a job stands.
#[derive(Debug, Clone)]
pub enum JobState {
    /// Another one is under way.
    Waiting,
    /// Under way, so far.
    Running(Pace),
    /// Done, or stopped: what came of it tells which.
    Over(Came),
    /// It could not be done; why.
    Failed(String),
}

impl JobState {
    /// Whether nothing more will come of it.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Over(_) | Self::Failed(_))
    }
}

/// What came of a job.
#[derive(Debug, Clone)]
pub enum Came {
    /// Of an import or a look.
    Import(Box<ImportReport>),
    /// Of reading anew.
    Reread(RereadReport),
    /// Of looking whether all is whole.
    Check(Box<Diagnosis>),
    /// It was stopped before it began.
    Nothing,
}

/// What an import did, for the history.
pub(super) fn says(of: &str, report: &ImportReport) -> String {
    let counts = [
        (report.messages, "messages"),
        (report.events, "calendar entries"),
        (report.contacts, "contacts"),
        (report.deals, "deals"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, noun)| format!("{count} {noun}")).collect();
    let came = if counts.is_empty() { "nothing new".to_owned() } else { counts.join(", ") };
    let early = if report.stopped { ", then stopped" } else { "" };
    format!("Imported {of}: {came}{early}")
}
