//! `inroad read`: what is understood of one mail.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use inroad_ingest::Limits;
use inroad_service::read_message;

use crate::cli::PlainFormat;
use crate::show;

/// Reads one file and shows it.
pub(crate) fn run(file: &Path, format: PlainFormat, out: &mut dyn Write) -> Result<ExitCode> {
    let reading = read_message(file, &Limits::default())?;
    match format {
        PlainFormat::Json => show::json(&reading, out)?,
        PlainFormat::Table => show::reading(&reading, out)?,
    }
    Ok(ExitCode::SUCCESS)
}
