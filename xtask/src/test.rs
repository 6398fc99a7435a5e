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
use crate::receiver::Receiver;
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
    let receiver = prepare(project, extent);
    let mut tally = Tally::default();
    let mut what = vec!["--workspace"];
    if extent == Extent::Quick {
        what.extend(["--lib", "--bins"]);
    }
    let done = cargo_test(project, &what, receiver.as_ref(), &mut tally);
    drop(receiver);
    // Nothing that is built by default uses the system's keyring.
    let keyring = if extent == Extent::All {
        let what = ["--package", "inroad-secrets", "--features", "keyring"];
        cargo_test(project, &what, None, &mut tally)
    } else {
        Ok(())
    };
    let walked = if extent == Extent::All { walks(project, &mut tally) } else { Ok(()) };
    for line in tally.skipped() {
        println!("{line}");
    }
    println!("Tests took {} s.", start.elapsed().as_secs());
    println!("{}", tally.closing_line());
    done.and(keyring).and(walked)?;
    ensure!(tally.passed() > 0, "No test ran");
    Ok(())
}

/// Runs the tests of one crate, with the servers that they hand letters to.
pub(crate) fn run_one(project: &Project, package: &str) -> Result<()> {
    let receiver = receiver(project);
    let mut tally = Tally::default();
    let done = cargo_test(project, &["--package", package], receiver.as_ref(), &mut tally);
    drop(receiver);
    for line in tally.skipped() {
        println!("{line}");
    }
    println!("{}", tally.closing_line());
    done
}

/// Brings what tests need beyond what building this program needed. Servers start here, and nowhere
/// else; they end with what is given back.
fn prepare(project: &Project, extent: Extent) -> Option<Receiver> {
    if extent == Extent::Quick {
        return None;
    }
    // Without them those tests that open pages or drafts say SKIPPED, and so do the walks.
    for need in [BROWSER, EDITOR] {
        if let Met::No(why) = need.meet() {
            println!("{why}");
        }
    }
    corpus::fetch(project);
    receiver(project)
}

/// The mail server to which tests hand letters; without it, they say SKIPPED.
fn receiver(project: &Project) -> Option<Receiver> {
    match Receiver::start(project) {
        Ok(receiver) => Some(receiver),
        Err(error) => {
            println!("There is no mail server to hand letters to: {error:#}");
            None
        }
    }
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
    what: &[&str],
    receiver: Option<&Receiver>,
    tally: &mut Tally,
) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["test", "--locked", "--no-fail-fast"]).args(what);
    // The output of tests that pass is where they say what they skipped; `Tally` hides the rest.
    command.args(["--", "--show-output"]).current_dir(project.root()).stdout(Stdio::piped());
    if let Some(receiver) = receiver {
        command.envs(receiver.variables());
    }
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
