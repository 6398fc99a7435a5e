//! The demonstration: the sample mailbox, its review, and the same review as a page.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::{ImportOptions, Inroad};

use super::serve::Serving;
use super::{import, serve};
use crate::cli::Format;
use crate::{sample, show};

/// Shows the sample. Its data file is its own, so that nothing mixes with the user's, also where
/// the user named a data file for everything.
pub(crate) async fn run(
    data: Option<PathBuf>,
    port: u16,
    serving: bool,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let sample = sample::beside(data.as_deref())?;
    let (data, as_of) = (sample.data(), sample.as_of);
    let files = sample.unpack()?;
    let inroad = Inroad::open(&data).await?;
    import::import_with_bar(&inroad, &files, &ImportOptions::default()).await?;
    let review = inroad.review(as_of).await?;
    show::review(&review, Format::Table, out)?;
    writeln!(out, "The sample mailbox: {}", sample.folder.display())?;
    writeln!(out, "The data file:      {}", data.display())?;
    if serving {
        return serve::run(inroad, port, Serving { as_of: Some(as_of), ..Serving::default() }, out)
            .await;
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}
