//! Walks through the pages in a real browser: `crates/web/walk`, run by node, counted with the tests.
//!
//! What they borrow (a hand for the browser, a judge of how accessible a page is) is installed into
//! `target/tools` at the versions of the lock file. Where it cannot be had, the walks are skipped,
//! and the reason is said.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::command::{self, shown};
use crate::need::{BROWSER, Met};
use crate::npm;
use crate::project::Project;
use crate::test::TEAMS;

/// Where walks stand, one a file.
const WALKS: &str = "crates/web/walk";
const SUFFIX: &str = ".test.js";

/// Two at once: each has its own program and its own browser, and more than these wait for each other.
const AT_ONCE: &str = "--test-concurrency=2";

/// What is to be walked.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// The walk of one file, by its name; all where none is named.
    pub name: Option<String>,
    /// Whether the reference pictures become what the pages look like now.
    pub renew: bool,
    /// How walks find the servers that they meet, as variables of the environment.
    pub servers: Vec<(&'static str, String)>,
}

/// What the walks need, at hand.
#[derive(Debug)]
struct Tools {
    node: PathBuf,
    browser: PathBuf,
    modules: PathBuf,
    program: PathBuf,
}

/// Walks, and hands every line that is said to `told`; an error if a walk fails. Where something is
/// missing one line tells so, with SKIPPED.
pub(crate) fn run(project: &Project, wanted: &Wanted, mut told: impl FnMut(&str)) -> Result<()> {
    let tools = match tools(project)? {
        Ok(tools) => tools,
        Err(why) => {
            told(&format!("SKIPPED: walks through the pages: {why}"));
            return Ok(());
        }
    };
    let mut walks = walks(project)?;
    if let Some(name) = &wanted.name {
        let file = format!("{name}{SUFFIX}");
        walks.retain(|path| path.ends_with(&file));
        ensure!(!walks.is_empty(), "There is no walk {WALKS}/{file}");
    }
    let mut node = Command::new(&tools.node);
    node.args(["--test", "--test-reporter=spec", AT_ONCE])
        .args(&walks)
        .current_dir(project.root())
        .env("INROAD_PROGRAM", &tools.program)
        .env("INROAD_BROWSER", &tools.browser)
        .env("INROAD_TOOLS", &tools.modules)
        .env("INROAD_PICTURES", project.path("target/walk"))
        .envs(wanted.servers.clone())
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    if wanted.renew {
        node.env("INROAD_RENEW", "1");
    }
    println!("$ {}", shown(&node));
    let mut child = node.spawn().context("node cannot be started")?;
    let out = child.stdout.take().context("node has no output")?;
    for line in BufReader::new(out).split(b'\n') {
        told(&String::from_utf8_lossy(&line?));
    }
    ensure!(child.wait()?.success(), "Walks through the pages failed");
    Ok(())
}

fn walks(project: &Project) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(project.path(WALKS))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|path| path.to_string_lossy().ends_with(SUFFIX));
    files.sort();
    ensure!(!files.is_empty(), "{WALKS} holds no walk");
    Ok(files)
}

/// Everything that walks need, or why it cannot be had.
fn tools(project: &Project) -> Result<Result<Tools, String>> {
    let browser = match BROWSER.meet() {
        Met::By(path) => path,
        Met::No(why) => return Ok(Err(why)),
    };
    let borrowed = project.path("target/tools");
    let node = match npm::node().and_then(|node| {
        npm::install(&project.path(WALKS), &borrowed)?;
        Ok(node)
    }) {
        Ok(node) => node,
        Err(why) => return Ok(Err(format!("{why:#}"))),
    };
    // From where node finds what is borrowed.
    let modules = borrowed.join("package.json");
    let mut build = Command::new("cargo");
    // With everything that tests are built with, so that nothing is built twice.
    build.args(["build", "--locked", "--quiet", "--workspace", "--features", TEAMS]);
    build.args(["--bin", "inroad"]).current_dir(project.root());
    command::run(&mut build)?;
    let program = project.path("target/debug/inroad");
    Ok(Ok(Tools { node, browser, modules, program }))
}
