//! The program `inroad`: reads what was asked, calls the action, shows the result.
//!
//! The only crate that reads arguments, prints and exits. Must not decide anything about deals.

mod asking;
mod cli;
mod commands;
mod data_file;
mod sample;
mod show;
mod when;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    // Not locked for good: an editor is spoken to from another thread.
    let mut out = std::io::stdout();
    let done = runtime.map_err(anyhow::Error::from).and_then(|runtime| {
        let done = runtime.block_on(commands::run(cli, &mut out));
        // A reader that is still busy with a file need not finish it.
        runtime.shutdown_background();
        done
    });
    let done = done.and_then(|code| Ok(out.flush().map(|()| code)?));
    match done {
        Ok(code) => code,
        // Whoever reads the output has read enough, as in `inroad review | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // If even this cannot be written, the exit code still tells.
            let _unwritable = writeln!(std::io::stderr(), "inroad: {}", in_words(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error with its causes, each said once: many errors repeat their cause in their own words.
fn in_words(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| match () {
        () if said.is_empty() => cause,
        () if said.contains(&cause) => said,
        () => said + ": " + &cause,
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
