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
use crate::identity_provider::IdentityProvider;
use crate::need::{BROWSER, EDITOR, Met};
use crate::postgres::{Postgres, WritesThrough};
use crate::project::Project;
use crate::radicale::Radicale;
use crate::receiver::Receiver;
use crate::walk;
use tally::Tally;

/// What programs of teams are built with.
pub(crate) const TEAMS: &str =
    "inroad/postgres,inroad/mcp,inroad/api,inroad/operations,inroad/oidc,inroad/passkeys";
/// How tests find a database.
const POSTGRES: &str = "INROAD_POSTGRES";

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
    let mut what = vec!["--workspace", "--features", TEAMS];
    if extent == Extent::Quick {
        what.extend(["--lib", "--bins"]);
    }
    let done = cargo_test(project, &what, &servers, &mut tally);
    // Mailboxes are as the tests have left them: those that run once more need new ones.
    drop(servers);
    let servers = if extent == Extent::All { Servers::start(project) } else { Servers::default() };
    let on_server =
        if extent == Extent::All { on_server(project, &servers, &mut tally) } else { Ok(()) };
    // Nothing that is built by default uses the system's keyring.
    let keyring = if extent == Extent::All {
        let what = ["--package", "inroad-secrets", "--features", "keyring"];
        cargo_test(project, &what, &Servers::default(), &mut tally)
    } else {
        Ok(())
    };
    let walked = if extent == Extent::All { walks(project, &servers, &mut tally) } else { Ok(()) };
    drop(servers);
    for line in tally.skipped() {
        println!("{line}");
    }
    println!("Tests took {} s.", start.elapsed().as_secs());
    println!("{}", tally.closing_line());
    done.and(on_server).and(keyring).and(walked)?;
    ensure!(tally.passed() > 0, "No test ran");
    Ok(())
}

/// Runs the tests of one crate, with the servers that they talk with.
pub(crate) fn run_one(project: &Project, package: &str) -> Result<()> {
    let mut tally = Tally::default();
    let done = cargo_test(project, &["--package", package], &Servers::start(project), &mut tally);
    for line in tally.skipped() {
        println!("{line}");
    }
    println!("{}", tally.closing_line());
    done
}

/// Runs a command beside the servers that tests talk with.
pub(crate) fn beside(project: &Project, command: &[String]) -> Result<()> {
    let servers = Servers::start(project);
    let (program, args) = command.split_first().context("There is no command")?;
    command::run(Command::new(program).args(args).envs(servers.variables()))
}

/// Walks through the pages, beside the servers that some of them meet.
pub(crate) fn walk(project: &Project, name: Option<String>, renew: bool) -> Result<()> {
    let servers = Servers::start(project);
    let wanted = walk::Wanted { name, renew, servers: servers.variables() };
    walk::run(project, &wanted, |line| println!("{line}"))
}

/// Servers that tests talk with, for as long as tests run.
#[derive(Debug, Default)]
pub(crate) struct Servers {
    dovecot: Option<Dovecot>,
    receiver: Option<Receiver>,
    radicale: Option<Radicale>,
    postgres: Option<Postgres>,
    identity_provider: Option<IdentityProvider>,
}

impl Servers {
    /// Installs what is missing and starts them all; tests say SKIPPED without the one that they need.
    pub(crate) fn start(project: &Project) -> Self {
        Self {
            dovecot: started_or_told("mailbox", Dovecot::start(project)),
            receiver: started_or_told("server to hand letters to", Receiver::start(project)),
            radicale: started_or_told("calendar server", Radicale::start(project)),
            postgres: started_or_told("database of a team", Postgres::start(WritesThrough::No)),
            identity_provider: started_or_told(
                "identity provider",
                IdentityProvider::start(project),
            ),
        }
    }

    /// How tests find them, as variables of the environment.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        let dovecot = self.dovecot.iter().flat_map(Dovecot::variables);
        let receiver = self.receiver.iter().flat_map(Receiver::variables);
        let radicale = self.radicale.iter().flat_map(Radicale::environment);
        let postgres = self.postgres.iter().flat_map(Postgres::environment);
        let provider = self.identity_provider.iter().flat_map(IdentityProvider::variables);
        dovecot.chain(receiver).chain(radicale).chain(postgres).chain(provider).collect()
    }
}

/// Brings what tests need beyond what building this program needed, and starts the servers that
/// they talk with, here and nowhere else.
fn prepare(project: &Project, extent: Extent) -> Servers {
    if extent == Extent::Quick {
        return Servers::default();
    }
    // Without them those tests that open pages or drafts say SKIPPED, and so do the walks.
    for need in [BROWSER, EDITOR] {
        if let Met::No(why) = need.meet() {
            println!("{why}");
        }
    }
    corpus::fetch(project);
    Servers::start(project)
}

fn started_or_told<S, E: std::fmt::Display>(what: &str, started: Result<S, E>) -> Option<S> {
    started.inspect_err(|error| println!("There is no {what} for tests: {error:#}")).ok()
}

/// The tests of the store and of every action once more, with the data on a server.
fn on_server(project: &Project, servers: &Servers, tally: &mut Tally) -> Result<()> {
    let mut variables = servers.variables();
    let Some((_, url)) = variables.iter().find(|(name, _)| *name == POSTGRES) else {
        return Ok(());
    };
    variables.push(("INROAD_TEST_DATABASE", url.clone()));
    // With the features of the whole, so that nothing is built twice.
    let what = [
        "--package",
        "inroad-store",
        "--package",
        "inroad-service",
        "--package",
        "inroad-api",
        "--lib",
        "--test",
        "it",
    ];
    // A thousand broken lines to a mailbox take minutes, and are the same with any database.
    let what =
        [&what[..], &["--features", "inroad-service/postgres", "--", "--skip", "live_faults"]]
            .concat();
    cargo_test_with(project, &what, &variables, tally)
}

/// The walks through the pages, counted with the tests.
fn walks(project: &Project, servers: &Servers, tally: &mut Tally) -> Result<()> {
    let wanted = walk::Wanted { servers: servers.variables(), ..walk::Wanted::default() };
    walk::run(project, &wanted, |line| {
        if tally.take(line) {
            println!("{line}");
        }
    })
}

fn cargo_test(
    project: &Project,
    what: &[&str],
    servers: &Servers,
    tally: &mut Tally,
) -> Result<()> {
    cargo_test_with(project, what, &servers.variables(), tally)
}

fn cargo_test_with(
    project: &Project,
    what: &[&str],
    variables: &[(&'static str, String)],
    tally: &mut Tally,
) -> Result<()> {
    let mut command = Command::new("cargo");
    let (what, which) =
        what.split_at(what.iter().position(|arg| *arg == "--").unwrap_or(what.len()));
    command.args(["test", "--locked", "--no-fail-fast"]).args(what);
    // The output of tests that pass is where they say what they skipped; `Tally` hides the rest.
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command
        .arg("--")
        .args(which.iter().skip(1))
        .arg("--show-output")
        .current_dir(project.root())
        .stdout(Stdio::piped());
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
