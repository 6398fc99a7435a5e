//! Starting other programs, and saying so.

use std::process::Command;

use anyhow::{Context, Result, ensure};

/// A command line as one types it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Runs it with its output on our own; an error if it does not succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = shown(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("{line} cannot be started"))?;
    ensure!(status.success(), "{line} failed ({status})");
    Ok(())
}

/// Runs it and returns what it prints, without the last line end; `None` if it does not succeed.
pub(crate) fn answer(program: &str, args: &[&str]) -> Option<String> {
    let out = Command::new(program).args(args).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim_end().to_owned())
}
