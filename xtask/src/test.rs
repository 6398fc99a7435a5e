//! All tests: what they need is installed, corpora are fetched, servers would be started here.
//!
//! The one way to run everything, on a new machine too. Its last line counts passed, failed and
//! skipped tests.

mod tally;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::command::shown;
use crate::corpus;
use crate::need::{BROWSER, EDITOR, Met};
use crate::project::Project;
use crate::radicale::Radicale;
use crate::walk;
use tally::Tally;

/// How much is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Tests inside of the crates only.
    Quick,
    /// Everything: programs, corpora, documentation, pages in a browser.
    All,
}

/// Runs the tests; an error if one fails or none ran.
pub(crate) fn run(project: &Project, extent: Extent) -> Result<()> {
    let start = Instant::now();
    prepare(project, extent);
    let mut tally = Tally::default();
    let servers = servers(project, extent);
    let done = cargo_test(project, extent, servers.as_ref(), &mut tally);
    drop(servers);
    let walked = if extent == Extent::All { walks(project, &mut tally) } else { Ok(()) };
    for line in tally.skipped() {
        println!("{line}");
    }
    println!("Tests took {} s.", start.elapsed().as_secs());
    println!("{}", tally.closing_line());
    done.and(walked)?;
    ensure!(tally.passed() > 0, "No test ran");
    Ok(())
}

/// The servers that tests speak with; without one, its tests say SKIPPED.
fn servers(project: &Project, extent: Extent) -> Option<Radicale> {
    if extent == Extent::Quick {
        return None;
    }
    Radicale::start(project).map_err(|why| println!("{why}")).ok()
}

/// Brings what tests need beyond what building this program needed.
fn prepare(project: &Project, extent: Extent) {
    if extent == Extent::Quick {
        return;
    }
    // Without them those tests that open pages or drafts say SKIPPED, and so do the walks.
    for need in [BROWSER, EDITOR] {
        if let Met::No(why) = need.meet() {
            println!("{why}");
        }
    }
    corpus::fetch(project);
}

/// The walks through the pages, counted with the tests.
fn walks(project: &Project, tally: &mut Tally) -> Result<()> {
    walk::run(project, &walk::Wanted::default(), |line| {
        if tally.take(line) {
            println!("{line}");
        }
    })
}

fn cargo_test(
    project: &Project,
    extent: Extent,
    servers: Option<&Radicale>,
    tally: &mut Tally,
) -> Result<()> {
    let mut command = Command::new("cargo");
    command.envs(servers.into_iter().flat_map(Radicale::environment));
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    if extent == Extent::Quick {
        command.args(["--lib", "--bins"]);
    }
    // The output of tests that pass is where they say what they skipped; `Tally` hides the rest.
    command.args(["--", "--show-output"]).current_dir(project.root()).stdout(Stdio::piped());
    let line = shown(&command);
    println!("$ {line}");
    let mut child = command.spawn().with_context(|| format!("{line} cannot be started"))?;
    let out = child.stdout.take().context("cargo has no output")?;
    for line in BufReader::new(out).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        if tally.take(&line) {
            println!("{line}");
        }
    }
    let status = child.wait()?;
    ensure!(status.success(), "{} failed", if tally.failed() > 0 { "Tests" } else { "The build" });
    Ok(())
}
