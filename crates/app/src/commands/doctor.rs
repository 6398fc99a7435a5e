//! `inroad doctor`: is everything whole?

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::{Inroad, Place};

/// Checks the data file. Fails when something is wrong with it.
pub(crate) async fn run(
    inroad: Inroad,
    digest_only: bool,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let path = inroad.path().to_owned();
    let found = inroad.diagnose().await?;
    inroad.close().await?;
    if digest_only {
        writeln!(out, "{}", found.digest)?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "Data:      {} ({:.1} MB)", path.display(), found.health.bytes as f64 / 1e6)?;
    writeln!(out, "Database:  {}", found.health.database)?;
    writeln!(out, "Digest:    {}", found.digest)?;
    for (noun, count) in &found.health.counts {
        writeln!(out, "{count:>10} {noun}")?;
    }
    if found.read_by_others > 0 {
        writeln!(
            out,
            "{} read by another version of this program. Read anew: inroad reread",
            super::reread::were(found.read_by_others)
        )?;
    }
    if !found.issues.is_empty() {
        writeln!(out, "What was wrong with imported files:")?;
        for issue in &found.issues {
            writeln!(out, "  {issue}")?;
        }
    }
    if found.health.faults.is_empty() {
        // Its pages are the server's, but every row was read for the digest.
        let whole = match Place::at(&path)? {
            Place::File(_) => "The data file is whole.",
            Place::Server(_) => "Every row can be read.",
        };
        writeln!(out, "{whole}")?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "The data file is damaged. Restore a backup: inroad restore FILE")?;
    for fault in &found.health.faults {
        writeln!(out, "  {fault}")?;
    }
    Ok(ExitCode::FAILURE)
}
