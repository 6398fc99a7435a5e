//! `inroad winning`: the chance of winning, from a CSV file or from the data file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use inroad_ingest::Limits;
use inroad_model::Moment;
use inroad_service::{Inroad, WinningQuestion, weigh_file};

use super::import::ISSUES_SHOWN_MAX;
use crate::cli::{PlainFormat, WinningArgs};
use crate::show;

impl WinningArgs {
    /// The file and what is asked of it; `None` where the data file is meant.
    pub(crate) fn question(&self) -> Option<(PathBuf, WinningQuestion)> {
        let question = WinningQuestion {
            outcome: self.outcome.clone()?,
            won: self.won.clone(),
            known_after: self.known_after.clone(),
            known_before: self.known_before.clone(),
        };
        Some((self.file.clone()?, question))
    }
}

/// Weighs the deals of a CSV file.
pub(crate) fn run_file(
    file: &Path,
    question: &WinningQuestion,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let winning = weigh_file(file, question, &Limits::default())?;
    let mut errors = std::io::stderr().lock();
    for issue in winning.issues.iter().take(ISSUES_SHOWN_MAX) {
        writeln!(errors, "{issue}")?;
    }
    drop(errors);
    match format {
        PlainFormat::Json => show::json(&winning, out)?,
        PlainFormat::Table => show::winning_of_file(&winning, out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Weighs the deals of the data file.
pub(crate) async fn run(
    inroad: Inroad,
    as_of: Moment,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let winning = inroad.winning(as_of).await?;
    inroad.close().await?;
    match format {
        PlainFormat::Json => show::json(&winning, out)?,
        PlainFormat::Table => show::winning_of_deals(&winning, out)?,
    }
    Ok(ExitCode::SUCCESS)
}
