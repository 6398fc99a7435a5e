//! `cargo xtask bench fit`: the estimators beside lifelines, lifetimes, scikit-learn and
//! PyMC-Marketing, on the same simulated data in the same run.
//!
//! Seconds of processor, not of the clock. `--pymc PYTHON` names a Python that has PyMC-Marketing;
//! `--sizes 10000,1000000` other numbers of rows.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::median;
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
    "Of 20,000 members and more, BG/NBD fits each eighth first and looks at all once; what lies beyond \
     the second order comes from the eighth, unless that may be off by more than a thousandth of a \
     standard error.",
    "Logistic regression: scikit-learn's lbfgs stops earlier (its figures differ in the fourth digit) \
     and gives no curvature, into which more than half of our time goes.",
    "Pareto/NBD takes an integral for each member; that is most of its cost.",
];
/// How often ours are fitted; the middle is told.
const RUNS: usize = 3;

/// One fit, of ours or of a peer.
#[derive(Debug, Clone)]
struct Fit {
    name: String,
    tool: String,
    rows: String,
    seconds: f64,
    figures: String,
}

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
    let mut peers = fits(&mut python("python3", "peers"))?;
    if let Some(pymc) = pymc {
        peers.extend(fits(&mut python(&pymc, "pymc"))?);
    }
    Ok(page(&ours, &peers))
}

/// Ours, the middle of some runs.
fn ours(project: &Project, folder: &Path, sizes: &[&str]) -> Result<Vec<Fit>> {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let mut command = Command::new("cargo");
        command.args(["run", "--quiet", "--release", "--locked", "--package", "inroad-stats"]);
        command.args(["--example", "fit", "--"]).arg(folder).args(sizes);
        runs.push(fits(command.current_dir(project.root()))?);
    }
    let first = runs.first().cloned().unwrap_or_default();
    let middle = first.into_iter().enumerate().map(|(at, fit)| {
        let seconds = runs.iter().filter_map(|run| run.get(at)).map(|fit| fit.seconds).collect();
        Fit { seconds: median(seconds), ..fit }
    });
    Ok(middle.collect())
}

fn fits(command: &mut Command) -> Result<Vec<Fit>> {
    let line = command::shown(command);
    eprintln!("$ {line}");
    let out = command.stderr(Stdio::inherit()).output().with_context(|| line.clone())?;
    ensure!(out.status.success(), "{line} failed");
    let text = String::from_utf8(out.stdout)?;
    Ok(text.lines().filter_map(parsed).collect())
}

/// A line of a fit; peers print other things too.
fn parsed(line: &str) -> Option<Fit> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [name, tool, rows, seconds, figures] = cells.as_slice() else { return None };
    let owned = |text: &str| text.to_owned();
    Some(Fit {
        name: owned(name),
        tool: owned(tool),
        rows: owned(rows),
        seconds: seconds.parse().ok()?,
        figures: owned(figures),
    })
}

fn page(ours: &[Fit], peers: &[Fit]) -> Page {
    let head =
        ["what", "rows", "ours s", "peer", "peer s", "times faster", "ours says", "peer says"];
    let mut page = Page::table(&head);
    for fit in ours {
        let mut alike = peers
            .iter()
            .filter(|peer| peer.name == fit.name && peer.rows == fit.rows)
            .map(|peer| {
                let times = ratio(peer.seconds / fit.seconds);
                [peer.tool.clone(), seconds(peer.seconds), times, peer.figures.clone()]
            })
            .collect::<Vec<_>>();
        if alike.is_empty() {
            alike.push(["not measured", "", "", ""].map(str::to_owned));
        }
        for [tool, spent, times, says] in alike {
            let own = [fit.name.clone(), fit.rows.clone(), seconds(fit.seconds)];
            let mut row = own.to_vec();
            row.extend([tool, spent, times, fit.figures.clone(), says]);
            page.row(&row);
        }
    }
    page.notes.push(format!(
        "Seconds of processor in one thread; ours the median of {RUNS}, the peers' too where one \
         fit takes less than 10 s. The machine was busy with other work, so compare ratios. The \
         data are simulated (xtask/src/bench/fit.py): waits with five covariates of which some are \
         cut off, repeats of members who stop, 150 columns and an outcome."
    ));
    page.notes.extend(REMARKS.map(str::to_owned));
    page
}

/// Two digits at least.
fn seconds(value: f64) -> String {
    match value {
        0.0..0.01 => format!("{value:.5}"),
        0.0..1.0 => format!("{value:.3}"),
        _ => format!("{value:.1}"),
    }
}

fn ratio(value: f64) -> String {
    if value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_beside_each_peer() {
        let fit = |line| parsed(line).unwrap();
        let ours = [fit("Cox\tours\t10\t0.5\t1.0"), fit("Weibull\tours\t10\t0.1\t2.0")];
        let peers = [fit("Cox\ta\t10\t5.0\t1.1"), fit("Cox\tb\t99\t5.0\t1.1")];
        let page = page(&ours, &peers);
        assert_eq!(page.rows[1], ["Cox", "10", "0.500", "a", "5.0", "10", "1.0", "1.1"]);
        assert_eq!(page.rows[2][3], "not measured");
        assert!(parsed("some words").is_none());
    }
}
