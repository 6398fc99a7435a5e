//! `inroad backtest`: the past, replayed.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use inroad_model::Moment;
use inroad_service::{BacktestReport, Inroad, backtest_log};

use super::import::ISSUES_SHOWN_MAX;
use crate::cli::ReportFormat;
use crate::show;

/// Replays the correspondence of the data file.
pub(crate) async fn run(
    inroad: Inroad,
    as_of: Moment,
    format: ReportFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let report = inroad.backtest(as_of).await?;
    inroad.close().await?;
    show(&report, format, out)
}

/// Replays a log of letters.
pub(crate) fn run_log(
    log: &Path,
    horizon_days: f64,
    format: ReportFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let report = backtest_log(log, horizon_days)?;
    let mut errors = std::io::stderr().lock();
    for issue in report.issues.iter().take(ISSUES_SHOWN_MAX) {
        writeln!(errors, "{issue}")?;
    }
    drop(errors);
    show(&report, format, out)
}

fn show(report: &BacktestReport, format: ReportFormat, out: &mut dyn Write) -> Result<ExitCode> {
    match format {
        ReportFormat::Table => show::backtest(report, out)?,
        ReportFormat::Json => show::json(report, out)?,
        ReportFormat::Html => write!(out, "{}", inroad_web::standalone_backtest(report))?,
    }
    Ok(ExitCode::SUCCESS)
}
