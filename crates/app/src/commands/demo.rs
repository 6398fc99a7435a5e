//! The demonstration: the sample mailbox, its review, and the same review as a page.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::{ImportOptions, Inroad};

use super::{import, serve};
use crate::cli::Format;
use crate::{data_file, sample, show};

/// Shows the sample. Its data file is its own, so that nothing mixes with the user's, also where
/// the user named a data file for everything.
pub(crate) async fn run(
    data: Option<PathBuf>,
    port: u16,
    serving: bool,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let folder = match data.as_deref().and_then(std::path::Path::parent) {
        Some(parent) => parent.join("sample"),
        None => data_file::folder()?.join("sample"),
    };
    let data = folder.join("demo.db");
    let files = sample::unpack(&folder)?;
    let inroad = Inroad::open(&data).await?;
    import::import_with_bar(&inroad, &files, &ImportOptions::default()).await?;
    let as_of = sample::as_of()?;
    let review = inroad.review(as_of).await?;
    show::review(&review, Format::Table, out)?;
    writeln!(out, "The sample mailbox: {}", folder.display())?;
    writeln!(out, "The data file:      {}", data.display())?;
    if serving {
        return serve::run(inroad, port, Some(as_of), out).await;
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}
