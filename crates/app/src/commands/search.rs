//! `inroad search`: messages by their words.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::Inroad;

use crate::show;

/// Finds messages and lists them, newest first.
pub(crate) async fn run(
    inroad: Inroad,
    words: &[String],
    limit: u32,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    // A space at the end: on the command line the last word is whole.
    let found = inroad.search(&format!("{} ", words.join(" ")), limit).await?;
    inroad.close().await?;
    if found.is_empty() {
        writeln!(out, "Nothing found.")?;
        return Ok(ExitCode::FAILURE);
    }
    let rows: Vec<[String; 3]> = found
        .iter()
        .map(|hit| {
            [
                hit.date.map_or_else(String::new, |date| date.date().to_string()),
                hit.from.as_ref().map_or_else(String::new, |from| from.label().to_owned()),
                hit.subject.clone(),
            ]
        })
        .collect();
    writeln!(out, "{}", show::table(["Day", "From", "Subject"], &rows))?;
    Ok(ExitCode::SUCCESS)
}
