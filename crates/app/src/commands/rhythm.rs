//! `inroad rhythm`: forecasts of logs, and the prior for them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_model::Issue;
use inroad_service::rhythm::{ArchiveFile, fit_prior, forecast_cases};

use crate::cli::{ArchiveArg, FollowArg, RhythmAction};

/// So many issues are told one by one.
const ISSUES_TOLD: usize = 20;

/// Does what was asked.
pub(crate) fn run(action: &RhythmAction, out: &mut dyn Write) -> Result<ExitCode> {
    match action {
        RhythmAction::Predict { log, cases, prior, follow } => {
            predict(log, cases, prior.as_deref(), *follow, out)
        }
        RhythmAction::Fit { archives, answers_only, out: file } => {
            fit(archives, answers_only, file.as_deref(), out)
        }
    }
}

fn predict(
    log: &Path,
    cases: &[PathBuf],
    prior: Option<&Path>,
    follow: FollowArg,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let answered = forecast_cases(log, cases, prior, follow.0)?;
    if let Some(archive) = answered.without {
        tell(&format!("Took the prior that was fitted without {archive}"));
    }
    tell_issues(&answered.issues);
    writeln!(out, "dataset,id,checkpoint,probability")?;
    for forecast in &answered.forecasts {
        writeln!(
            out,
            "{},{},{},{:.6}",
            forecast.dataset, forecast.id, forecast.checkpoint, forecast.probability
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

fn fit(
    archives: &[ArchiveArg],
    answers_only: &[ArchiveArg],
    file: Option<&Path>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let both = archives.iter().map(|archive| (archive, archive.weight));
    let some = answers_only.iter().map(|archive| (archive, 0.0));
    let files: Vec<ArchiveFile> = both
        .chain(some)
        .map(|(archive, silence_weight)| ArchiveFile {
            path: archive.path.clone(),
            reply_weight: archive.weight,
            silence_weight,
        })
        .collect();
    let names: Vec<String> = files.iter().map(|archive| name(&archive.path)).collect();
    let comment = format!(
        "Who answers within a week, and who falls silent: log-odds at the knots of each measure.\n\
         Fitted with `inroad rhythm fit` on {}.",
        names.join(", ")
    );
    let (text, issues) = fit_prior(&files, &comment)?;
    tell_issues(&issues);
    match file {
        Some(file) => std::fs::write(file, text)
            .with_context(|| format!("{} could not be written", file.display()))?,
        None => out.write_all(text.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn tell_issues(issues: &[Issue]) {
    for issue in issues.iter().take(ISSUES_TOLD) {
        tell(&issue.to_string());
    }
    if let Some(more) = issues.len().checked_sub(ISSUES_TOLD).filter(|more| *more > 0) {
        tell(&format!("and {more} more"));
    }
}

#[expect(clippy::print_stderr, reason = "the output holds the figures alone")]
fn tell(line: &str) {
    eprintln!("{line}");
}
