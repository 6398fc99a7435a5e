//! `cargo xtask bench fit`: the estimators beside lifelines, lifetimes, scikit-learn and
//! PyMC-Marketing, on the same simulated data in the same run.
//!
//! Seconds of processor, not of the clock. `--pymc PYTHON` names a Python that has PyMC-Marketing;
//! `--sizes 10000,1000000` other numbers of rows.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::beside::{self, Run};
use super::page::Page;
use crate::command;
use crate::project::Project;

const SCRIPT: &str = "xtask/src/bench/fit.py";
const SIZES: &str = "1000,10000,1000000";
/// What the figures do not say themselves.
const REMARKS: [&str; 4] = [
    "PyMC-Marketing has priors of its own, so its figures differ where there are few members. Its MAP \
     gives the maximum alone and has to build the model first, which takes more than a second whatever \
     there is to fit; its draws (500 to tune and 500 kept, twice) give a whole posterior. \
     Ours gives the maximum and its curvature.",
    "Of 20,000 members and more, BG/NBD fits each sixteenth first; Newton's method then needs two looks \
     at all, and stops where the next step would be shorter than a hundred-thousandth of a standard \
     error.",
    "Logistic regression: scikit-learn's lbfgs stops earlier (its figures differ in the fourth digit) \
     and gives no curvature, into which more than half of our time goes.",
    "Pareto/NBD takes an integral for each member; that is most of its cost.",
];
/// How often ours are fitted; the middle is told.
const RUNS: usize = 3;

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let (mut pymc, mut sizes) = (None, SIZES.to_owned());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().with_context(|| format!("{arg} wants a value"))?;
        match arg.as_str() {
            "--pymc" => pymc = Some(value.clone()),
            "--sizes" => sizes.clone_from(value),
            _ => bail!("Options: --pymc PYTHON, --sizes N,N"),
        }
    }
    let sizes: Vec<&str> = sizes.split(',').collect();
    let folder = project.path("target/bench/fit");
    let python = |program: &str, task: &str| {
        let mut command = Command::new(program);
        command.arg(project.path(SCRIPT)).arg(task).arg(&folder).args(&sizes);
        // One thread each, so that seconds of processor are comparable.
        command.env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1");
        command
    };
    command::run(&mut python("python3", "data"))?;
    let ours = ours(project, &folder, &sizes)?;
    let mut peers = beside::runs(&mut python("python3", "peers"))?;
    if let Some(pymc) = pymc {
        peers.extend(beside::runs(&mut python(&pymc, "pymc"))?);
    }
    Ok(page(&ours, &peers))
}

/// Ours, the middle of some runs.
fn ours(project: &Project, folder: &Path, sizes: &[&str]) -> Result<Vec<Run>> {
    beside::middle(RUNS, || {
        let mut command = Command::new("cargo");
        command.args(["run", "--quiet", "--release", "--locked", "--package", "inroad-stats"]);
        command.args(["--example", "fit", "--"]).arg(folder).args(sizes);
        beside::runs(command.current_dir(project.root()))
    })
}

fn page(ours: &[Run], peers: &[Run]) -> Page {
    let mut page = beside::page("rows", ours, peers);
    page.notes.push(format!(
        "Seconds of processor in one thread; ours the median of {RUNS}, the peers' too where one \
         fit takes less than 10 s. The machine was busy with other work, so compare ratios. The \
         data are simulated (xtask/src/bench/fit.py): waits with five covariates of which some are \
         cut off, repeats of members who stop, 150 columns and an outcome."
    ));
    page.notes.extend(REMARKS.map(str::to_owned));
    page
}
