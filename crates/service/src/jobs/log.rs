//! What is told of long work to the log of a program that serves: what kind it is, and numbers. Never of which
//! files, or whose letters.

use super::kinds::{Came, Work};
use crate::Result;

const TARGET: &str = "inroad::jobs";

pub(super) fn begun(work: Work) {
    tracing::info!(target: TARGET, work = word(work), "begun");
}

pub(super) fn ended(work: Work, came: &Result<Came>) {
    let work = word(work);
    match came {
        Ok(Came::Import(report)) => {
            let (messages, doubles) = (report.messages, report.message_doubles);
            let (issues, stopped) = (report.issue_count, report.stopped);
            tracing::info!(target: TARGET, work, messages, doubles, issues, stopped, "ended");
        }
        Ok(Came::Reread(_) | Came::Check(_)) => tracing::info!(target: TARGET, work, "ended"),
        Ok(Came::Nothing) => tracing::info!(target: TARGET, work, stopped = true, "ended"),
        Err(error) => tracing::error!(target: TARGET, work, fault = error.kind(), "failed"),
    }
}

fn word(work: Work) -> &'static str {
    match work {
        Work::Import { dry_run: false } => "import",
        Work::Import { dry_run: true } => "look",
        Work::Reread => "reread",
        Work::Check => "check",
    }
}
