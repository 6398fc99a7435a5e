//! `inroad man`: the manual pages, made of the same words as `--help`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::cli::Cli;

/// Writes a page for each command into a folder, or prints that of the program.
pub(crate) fn run(to: Option<&Path>, out: &mut dyn Write) -> Result<ExitCode> {
    let Some(folder) = to else {
        // As in the folder, there is no page about the command that shows help.
        Man::new(Cli::command().disable_help_subcommand(true)).render(out)?;
        return Ok(ExitCode::SUCCESS);
    };
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    clap_mangen::generate_to(Cli::command(), folder)
        .with_context(|| folder.display().to_string())?;
    writeln!(out, "The pages are in {}.", folder.display())?;
    Ok(ExitCode::SUCCESS)
}
