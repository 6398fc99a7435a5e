//! All tests: what they need is installed, corpora are fetched, servers are started.
//!
//! The one way to run everything, on a new machine too. Its last line counts passed, failed and
//! skipped tests.

mod tally;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::command::{self, shown};
use crate::corpus;
use crate::dovecot::Dovecot;
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
    let servers = prepare(project, extent);
    let mut tally = Tally::default();
    let done = cargo_test(project, extent, &servers, &mut tally);
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

/// Runs a command beside the servers that tests talk with.
pub(crate) fn beside(project: &Project, command: &[String]) -> Result<()> {
    let servers = Servers { dovecot: Some(Dovecot::start(project)?), ..Servers::default() };
    let (program, args) = command.split_first().context("There is no command")?;
    command::run(Command::new(program).args(args).envs(servers.variables()))
}

/// Servers that tests talk with, for as long as tests run.
#[derive(Debug, Default)]
struct Servers {
    dovecot: Option<Dovecot>,
    receiver: Option<Receiver>,
}

impl Servers {
    /// How tests find them, as variables of the environment.
    fn variables(&self) -> Vec<(&'static str, String)> {
        let dovecot = self.dovecot.iter().flat_map(Dovecot::variables);
        dovecot.chain(self.receiver.iter().flat_map(Receiver::variables)).collect()
    }
}

/// Brings what tests need beyond what building this program needed, and starts the servers that
/// they talk with, here and nowhere else.
fn prepare(project: &Project, extent: Extent) -> Servers {
    let mut servers = Servers::default();
    if extent == Extent::Quick {
        return servers;
    }
    // Without them those tests that open pages or drafts say SKIPPED, and so do the walks.
    for need in [BROWSER, EDITOR] {
        if let Met::No(why) = need.meet() {
            println!("{why}");
        }
    }
    corpus::fetch(project);
    match Dovecot::start(project) {
        Ok(dovecot) => servers.dovecot = Some(dovecot),
        Err(error) => println!("There is no mailbox for tests: {error:#}"),
    }
    match Receiver::start(project) {
        Ok(receiver) => servers.receiver = Some(receiver),
        Err(error) => println!("There is no mail server to hand letters to: {error:#}"),
    }
    servers
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
    servers: &Servers,
    tally: &mut Tally,
) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    if extent == Extent::Quick {
        command.args(["--lib", "--bins"]);
    }
    // The output of tests that pass is where they say what they skipped; `Tally` hides the rest.
    command.envs(servers.variables());
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
