//! What disturbs a reading, as the tests do it, at greater length: what they print becomes a part of the page.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::command;
use crate::dovecot::Dovecot;
use crate::project::Project;

const KILLS: u32 = 200;
const DAYS: &str = "3";

/// Days of following two mailboxes of ten folders each.
pub(super) fn days(project: &Project, folder: &Path) -> Result<String> {
    eprintln!("days …");
    let server = Dovecot::start(project)?;
    let mut run = Command::new("cargo");
    run.args(["run", "--quiet", "--locked", "--package", "inroad-service", "--example", "day"]);
    run.arg("--").arg(folder).arg(DAYS).envs(server.variables());
    let table = printed(project, &mut run)?;
    Ok(format!(
        "## Days of following\n\nTwo mailboxes, ten folders each, 2,000 letters at the beginning. A day has 480 \
         rounds, since all folders are asked every three minutes; here a round takes a third of a second. In \
         each round a letter comes into the inbox or another folder, marks change, or letters are moved and \
         deleted; on the last day none is new, and some are marked and moved. Memory of the process that follows both, built as tests are.\n\n{}",
        table.trim()
    ))
}

/// A reading that is killed.
pub(super) fn kills(project: &Project) -> Result<String> {
    eprintln!("kills …");
    let server = Dovecot::start(project)?;
    let mut test = Command::new("cargo");
    test.args(["test", "--quiet", "--locked", "--package", "inroad", "--test", "it"]);
    test.args(["a_killed_reading", "--", "--show-output"]).envs(server.variables());
    test.env("INROAD_SYNC_KILLS", KILLS.to_string());
    let said = line(&printed(project, &mut test)?, "killed ")?;
    Ok(format!(
        "## Killed\n\n`inroad sync` of 24 folders from Dovecot, killed (SIGKILL) at moments spread over its whole \
         run, then run once more: {said}. Each time the data file was whole and ended with the very digest of \
         a reading that nothing disturbed."
    ))
}

/// A reading while its server fails.
pub(super) fn faults(project: &Project) -> Result<String> {
    eprintln!("faults …");
    let mut test = Command::new("cargo");
    test.args(["test", "--quiet", "--locked", "--package", "inroad-service", "--test", "it"]);
    test.args(["live_faults", "--", "--show-output"]);
    let printed = printed(project, &mut test)?;
    let said = ["the first reading:", "the second reading:", "at first:", "later:"];
    let said: Result<Vec<String>> = said.iter().map(|words| line(&printed, words)).collect();
    let said: Vec<String> = said?.into_iter().map(|line| format!("- {line}")).collect();
    Ok(format!(
        "## Disturbed\n\nA server in the test's own process cuts the connection at every command and every few \
         bytes, once or each time, takes leave, falls silent, or says what it should not, while the clock \
         jumps by hours and a year. What is read next, undisturbed, ends with the digest of an undisturbed \
         reading (where whole folders came in another order: with the same counts and the same review); each \
         failure is told with a way out; and there were never more than 8 connections for one reading.\n\n{}",
        said.join("\n")
    ))
}

fn printed(project: &Project, run: &mut Command) -> Result<String> {
    let line = command::shown(run);
    let out = run.current_dir(project.root()).stderr(Stdio::inherit()).output();
    let out = out.with_context(|| line.clone())?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    ensure!(out.status.success(), "{line} failed: {text}");
    Ok(text)
}

fn line(printed: &str, words: &str) -> Result<String> {
    let found = printed.lines().find(|line| line.contains(words));
    found.map(str::to_owned).with_context(|| format!("Nothing was said of: {words}"))
}
