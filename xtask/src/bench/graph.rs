//! `cargo xtask bench graph`: the algorithms over graphs beside networkx, igraph, leidenalg and scipy,
//! on the same drawn graphs in the same run.
//!
//! Seconds of processor, not of the clock. `--python PYTHON` names a Python that has them;
//! `--sizes 10000,100000` other numbers of edges.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::beside::{self, Run};
use super::page::Page;
use crate::command;
use crate::project::Project;

const SCRIPT: &str = "xtask/src/bench/graph.py";
const SIZES: &str = "10000,100000,1000000";
/// How often ours are run; the middle is told.
const RUNS: usize = 3;
/// What the figures do not say themselves.
const REMARKS: [&str; 5] = [
    "A graph has ten edges a node, in groups of about a hundred with 70 % of the edges within \
     (xtask/src/bench/graph.py). What a tool needs to have the graph in its own form is not counted, \
     but what an algorithm builds for itself is, as the ties without direction of constraint.",
    "Yen: ten shortest paths between each of ten pairs, by weight. Communities: Leiden until nothing \
     moves, from one seed, ours by the crate leiden-rs; the figure is the modularity.",
    "PageRank: ours stops when the shares together are surely within 1e-9, the peers when a round \
     changes less than 1e-10 together. SpringRank: ours to a rest of 1e-10, scipy to 1e-8. Friedkin \
     and Johnsen: ours until a round changes 1e-11, scipy 1e-10.",
    "Exact betweenness is measured up to 100,000 edges. networkx takes minutes to hours beyond 10,000 \
     edges, but for PageRank, for which it uses scipy.",
    "networkx has neither SpringRank nor the model of Friedkin and Johnsen; scipy stands for what one \
     would write in a few lines.",
];

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let (mut python, mut sizes) = ("python3".to_owned(), SIZES.to_owned());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().with_context(|| format!("{arg} wants a value"))?;
        match arg.as_str() {
            "--python" => python.clone_from(value),
            "--sizes" => sizes.clone_from(value),
            _ => bail!("Options: --python PYTHON, --sizes N,N"),
        }
    }
    let sizes: Vec<&str> = sizes.split(',').collect();
    let folder = project.path("target/bench/graph");
    let script = |task: &str| {
        let mut command = Command::new(&python);
        command.arg(project.path(SCRIPT)).arg(task).arg(&folder).args(&sizes);
        // One thread each, so that seconds of processor are comparable.
        command.env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1");
        command
    };
    command::run(&mut script("data"))?;
    let ours = ours(project, &folder, &sizes)?;
    let peers = beside::runs(&mut script("peers"))?;
    let mut page = beside::page("edges", &ours, &peers);
    page.notes.push(format!(
        "Seconds of processor in one thread; ours the median of {RUNS}, the peers' of three too where \
         one run takes less than 2 s. The machine was busy with other work, so compare ratios."
    ));
    page.notes.extend(REMARKS.map(str::to_owned));
    Ok(page)
}

/// Ours, the middle of some runs.
fn ours(project: &Project, folder: &Path, sizes: &[&str]) -> Result<Vec<Run>> {
    beside::middle(RUNS, || {
        let mut command = Command::new("cargo");
        command.args(["run", "--quiet", "--release", "--locked", "--package", "inroad-graph"]);
        command.args(["--example", "algorithms", "--"]).arg(folder).args(sizes);
        beside::runs(command.current_dir(project.root()))
    })
}
