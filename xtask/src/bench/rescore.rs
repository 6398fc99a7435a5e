//! `cargo xtask bench rescore`: what one new letter costs until its deal is reviewed again, in one
//! process with the data file open, on a made-up mailbox of 200 deals.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::page::Page;
use crate::command;
use crate::project::Project;

pub(super) fn measure(project: &Project, _args: &[String]) -> Result<Page> {
    let folder = project.path("target/bench/rescore");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--release", "--locked", "--package", "inroad-service"]);
    command.args(["--example", "rescore", "--"]).arg(&folder);
    let line = command::shown(&command);
    let out = command.current_dir(project.root()).stderr(Stdio::inherit()).output();
    let out = out.with_context(|| line.clone())?;
    ensure!(out.status.success(), "{line} failed");
    let mut page = Page::default();
    page.notes.push(String::from_utf8(out.stdout)?.trim().to_owned());
    page.notes.push(
        "Milliseconds of the clock, medians of 15 letters (of 3 for all deals). Taking a letter in \
         reads a file, keeps original, words and facts, and looks whether there are deals to propose. \
         A deal is reviewed as `inroad deal NAME` does it."
            .to_owned(),
    );
    page.notes.push(
        "What falls short: a deal is meant to be reviewed in 5 ms. What rhythm computes for it hardly \
         shows in a sampled profile; most of the time goes into fetching its letters from the data \
         file."
            .to_owned(),
    );
    Ok(page)
}
