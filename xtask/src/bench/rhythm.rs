//! `cargo xtask bench rhythm`: who answers and who falls silent, on archives of letters, by the
//! protocol and the scorer that lie beside the repository.
//!
//! The archives are no part of the project; where they are missing nothing is measured. Each is
//! forecast with the prior that was fitted without it: as shipped, with what its first part
//! taught, and with all that was known at each moment.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::page::Page;
use super::{built, release};
use crate::command;
use crate::project::Project;

/// Archives with the days after which somebody counts as dark.
const ARCHIVES: [(&str, &str); 4] =
    [("btrfs", "60"), ("radoslaw", "30"), ("openbmc", "60"), ("collegemsg", "30")];
const SCRIPT: &str = "xtask/src/bench/rhythm.py";
const FEW_PAIRS: &str = "xtask/src/bench/few_pairs.py";

/// What each part of the page says so far.
#[derive(Debug, Default)]
struct Printed {
    forecasts: String,
    few_pairs: String,
    cost: String,
}

/// An archive with what measures on it.
struct Subject<'a> {
    project: &'a Project,
    name: &'static str,
    /// The protocol and the scorer.
    eval: PathBuf,
    /// Where its letters lie.
    log: PathBuf,
    /// Where its cases lie.
    cases: PathBuf,
}

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let eval = project.path("../shared/eval/rhythm");
    ensure!(eval.is_dir(), "The archives are not here: {} is missing", eval.display());
    let program = release(project)?;
    let example = example(project)?;
    let mut printed = Printed::default();
    for (name, horizon) in ARCHIVES {
        let subject = Subject {
            project,
            name,
            eval: eval.clone(),
            log: eval.join("data").join(name),
            cases: project.path("target/bench/rhythm").join(name),
        };
        subject.make_cases(horizon)?;
        printed.forecasts += &subject.forecasts(&program, args)?;
        printed.few_pairs += &subject.few_pairs(&example)?;
        printed.cost += &subject.cost(&example)?;
        eprintln!("{name}: done");
    }
    let Printed { forecasts, few_pairs, cost } = printed;
    Ok(Page {
        printed: Some(format!("{forecasts}\n{few_pairs}\n{cost}")),
        notes: NOTES.map(str::to_owned).to_vec(),
        ..Page::default()
    })
}

const NOTES: [&str; 3] = [
    "`shipped` is the prior fitted on the other archives, `first part` learns from what was known \
     when the test part begins, `always` (the default, a rolling refit) from all that was known at \
     each case's moment. `peer` is the mean of gradient boosting and a linear model fitted on the \
     archive's own first part. auc: of answers within each elapsed day; of silences over all. \
     rule30: share of dark silences that a rule of 30 days finds, and what the forecast finds at the \
     same rate of false alarms; warm: the same among pairs with ten letters or more; within 14: dark \
     silences flagged within 14 days at that rate.",
    "The second part: areas, and calibration errors in brackets, of the prior as shipped, and after \
     the train cases of all pairs, or of twenty drawn thrice (the mean), taught it; the protocol of \
     `transfer.py` beside the archives.",
    "The third part: seconds in one thread, the least of three runs; reading is done once for each \
     question.",
];

/// The example that measures on archives, as it is built for use.
fn example(project: &Project) -> Result<PathBuf> {
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--locked", "--quiet", "--package", "inroad-advice"]);
    command::run(build.args(["--example", "archive"]).current_dir(project.root()))?;
    Ok(built(project, "examples/archive"))
}

impl Subject<'_> {
    fn events(&self) -> PathBuf {
        self.log.join("events.csv")
    }

    fn make_cases(&self, horizon: &str) -> Result<()> {
        if self.cases.join("meta.json").is_file() {
            return Ok(());
        }
        let mut command = Command::new("python3");
        command.arg(self.eval.join("gen_cases.py"));
        command.args(["--name", self.name, "--horizon", horizon, "--events"]).arg(self.events());
        command::run(command.arg("--out").arg(&self.cases))
    }

    /// As shipped, after the first part, and following always.
    fn forecasts(&self, program: &Path, args: &[String]) -> Result<String> {
        let split = split_of(&self.cases)?;
        let mut lines = String::new();
        for (way, follow) in [("shipped", "never"), ("first part", &split), ("always", "always")] {
            let mut predict = Command::new(program);
            predict.args(["rhythm", "predict", "--follow", follow, "--log"]).arg(&self.log);
            for cases in ["cases_A.csv", "cases_B.csv"] {
                predict.arg("--cases").arg(self.cases.join(cases));
            }
            let answers =
                self.cases.with_file_name(format!("{}-{}.csv", self.name, way.replace(' ', "-")));
            std::fs::write(&answers, printed_by(&mut predict)?)?;
            let mut score = Command::new("python3");
            score.arg(self.project.path(SCRIPT)).arg(&self.eval).arg(self.name).arg(way);
            score.arg(&self.cases).arg(&self.log).arg(&answers).args(args);
            lines += &printed_by(&mut score)?;
        }
        Ok(lines)
    }

    /// What twenty pairs teach.
    fn few_pairs(&self, example: &Path) -> Result<String> {
        let script = |task: &str| {
            let mut command = Command::new("python3");
            command.arg(self.project.path(FEW_PAIRS)).arg(task).arg(&self.eval);
            command
        };
        let (pairs, told) = (self.cases.join("pairs.csv"), self.cases.join("taught.csv"));
        std::fs::write(&pairs, printed_by(script("pairs").arg(&self.cases))?)?;
        let mut teach = Command::new(example);
        teach.args(["taught", self.name]).arg(self.events()).arg(&self.cases).arg(&pairs);
        std::fs::write(&told, printed_by(&mut teach)?)?;
        printed_by(script("score").arg(self.name).arg(&self.cases).arg(&told))
    }

    /// What the measures of all cases cost.
    fn cost(&self, example: &Path) -> Result<String> {
        let seconds =
            printed_by(Command::new(example).arg("cost").arg(self.events()).arg(&self.cases))?;
        let cells: Vec<&str> = seconds.split_whitespace().collect();
        let [cases, measuring, forecasting, reading] = cells.as_slice() else {
            bail!("'{seconds}' is not what the example prints");
        };
        Ok(format!(
            "{:10} {cases} cases: measures {measuring} s, forecasts from them {forecasting} s, \
             reading log and cases {reading} s\n",
            self.name
        ))
    }
}

fn printed_by(command: &mut Command) -> Result<String> {
    let line = command::shown(command);
    let out = command.output().with_context(|| line.clone())?;
    ensure!(out.status.success(), "{line}: {}", String::from_utf8_lossy(&out.stderr));
    Ok(String::from_utf8(out.stdout)?)
}

/// When the part begins that is forecast, in seconds since 1970.
fn split_of(cases: &Path) -> Result<String> {
    let meta = std::fs::read_to_string(cases.join("meta.json"))?;
    let after = meta.split_once("\"T0\":").context("meta.json names no T0")?.1;
    let number: String =
        after.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    Ok(number)
}
