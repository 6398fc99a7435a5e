//! `cargo xtask bench rhythm`: who answers and who falls silent, on archives of letters, by the
//! protocol and the scorer that lie beside the repository.
//!
//! The archives are no part of the project; where they are missing nothing is measured. Each is
//! forecast with the prior that was fitted without it: as shipped, with what its first part
//! taught, and with all that was known at each moment.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::page::Page;
use super::release;
use crate::command;
use crate::project::Project;

/// Archives with the days after which somebody counts as dark.
const ARCHIVES: [(&str, &str); 4] =
    [("btrfs", "60"), ("radoslaw", "30"), ("openbmc", "60"), ("collegemsg", "30")];
const SCRIPT: &str = "xtask/src/bench/rhythm.py";

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let eval = project.path("../shared/eval/rhythm");
    ensure!(eval.is_dir(), "The archives are not here: {} is missing", eval.display());
    let program = release(project)?;
    let folder = project.path("target/bench/rhythm");
    let mut printed = String::new();
    for (archive, horizon) in ARCHIVES {
        let cases = folder.join(archive);
        let log = eval.join("data").join(archive);
        if !cases.join("meta.json").is_file() {
            command::run(
                Command::new("python3")
                    .arg(eval.join("gen_cases.py"))
                    .args(["--name", archive, "--horizon", horizon, "--events"])
                    .arg(log.join("events.csv"))
                    .arg("--out")
                    .arg(&cases),
            )?;
        }
        let split = split_of(&cases)?;
        for (name, follow) in [("shipped", "never"), ("first part", &split), ("always", "always")] {
            let out = Command::new(&program)
                .args(["rhythm", "predict", "--follow", follow, "--log"])
                .arg(&log)
                .arg("--cases")
                .arg(cases.join("cases_A.csv"))
                .arg("--cases")
                .arg(cases.join("cases_B.csv"))
                .output()
                .context("the program cannot be started")?;
            let errors = String::from_utf8_lossy(&out.stderr);
            ensure!(out.status.success(), "{archive}: {errors}");
            let answers = folder.join(format!("{archive}-{}.csv", name.replace(' ', "-")));
            std::fs::write(&answers, out.stdout)?;
            let mut score = Command::new("python3");
            score.arg(project.path(SCRIPT)).arg(&eval).arg(archive).arg(name);
            let scored = score.arg(&cases).arg(&log).arg(&answers).args(args).output()?;
            let errors = String::from_utf8_lossy(&scored.stderr);
            ensure!(scored.status.success(), "{archive}: {errors}");
            printed += &String::from_utf8_lossy(&scored.stdout);
            eprintln!("{archive}, {name}: done");
        }
    }
    Ok(Page {
        printed: Some(printed),
        notes: vec![
            "`shipped` is the prior fitted on the other archives, `first part` learns from what was \
             known when the test part begins, `always` (the default, a rolling refit) from all that \
             was known at each case's moment. `peer` is the mean of gradient boosting and a linear \
             model fitted on the archive's own first part. auc: of answers within each elapsed day; \
             of silences over all. rule30: share of dark silences that a rule of 30 days finds, and \
             what the forecast finds at the same rate of false alarms; warm: the same among pairs \
             with ten letters or more; within 14: dark silences flagged within 14 days at that rate."
                .to_owned(),
        ],
        ..Page::default()
    })
}

/// When the part begins that is forecast, in seconds since 1970.
fn split_of(cases: &Path) -> Result<String> {
    let meta = std::fs::read_to_string(cases.join("meta.json"))?;
    let after = meta.split_once("\"T0\":").context("meta.json names no T0")?.1;
    let number: String =
        after.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    Ok(number)
}
