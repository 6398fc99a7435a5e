//! `inroad completions`: what a shell needs to complete our commands.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Cli;

/// Prints the script of one shell.
pub(crate) fn run(shell: Shell, out: &mut dyn Write) -> Result<ExitCode> {
    // Made in memory first: a reader that goes away is no reason to panic, as it would be there.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "inroad", &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
