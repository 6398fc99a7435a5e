//! `inroad backup` and `inroad restore`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::Inroad;

/// Writes everything into one new file.
pub(crate) async fn backup(inroad: Inroad, file: &Path, out: &mut dyn Write) -> Result<ExitCode> {
    inroad.backup(file).await?;
    inroad.close().await?;
    writeln!(out, "Everything is in {}.", file.display())?;
    Ok(ExitCode::SUCCESS)
}

/// Puts a backup in the place of the data file.
pub(crate) async fn restore(file: &Path, data: &Path, out: &mut dyn Write) -> Result<ExitCode> {
    let (messages, former) = Inroad::restore(file, data).await?;
    writeln!(out, "Restored {messages} messages into {}.", data.display())?;
    if let Some(former) = former {
        writeln!(out, "The former data file is kept: {}", former.display())?;
    }
    Ok(ExitCode::SUCCESS)
}
