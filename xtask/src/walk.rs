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
use crate::need::{BROWSER, Met, Need};
use crate::project::Project;
use crate::test::TEAMS;

/// Where walks stand, one a file.
const WALKS: &str = "crates/web/walk";
const SUFFIX: &str = ".test.js";

/// The first version of node that the borrowed modules run on.
const NODE_MIN: u32 = 20;

/// Two at once: each has its own program and its own browser, and more than these wait for each other.
const AT_ONCE: &str = "--test-concurrency=2";

const NODE: Need =
    Need { programs: &["node"], purpose: "runs walks through the pages", packages: &["nodejs"] };
const NPM: Need =
    Need { programs: &["npm"], purpose: "installs what walks borrow", packages: &["npm"] };
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
    let mut found = Vec::new();
    for need in [NODE, BROWSER] {
        match need.meet() {
            Met::By(path) => found.push(path),
            Met::No(why) => return Ok(Err(why)),
        }
    }
    let (Some(browser), Some(node)) = (found.pop(), found.pop()) else {
        return Ok(Err("Neither node nor a browser was found".to_owned()));
    };
    let version = command::answer(&node.to_string_lossy(), &["--version"]).unwrap_or_default();
    if major(&version).is_none_or(|major| major < NODE_MIN) {
        return Ok(Err(format!("node is {version}, and {NODE_MIN} or later is needed")));
    }
    let modules = match borrow(project) {
        Ok(modules) => modules,
        Err(error) => return Ok(Err(format!("{error:#}"))),
    };
    let mut build = Command::new("cargo");
    // With everything that tests are built with, so that nothing is built twice.
    build.args(["build", "--locked", "--quiet", "--workspace", "--features", TEAMS]);
    build.args(["--bin", "inroad"]).current_dir(project.root());
    command::run(&mut build)?;
    let program = project.path("target/debug/inroad");
    Ok(Ok(Tools { node, browser, modules, program }))
}

/// The first number of `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs what the lock file names beside the build, never into the source; gives the file from
/// where node finds it. What is there already is left alone.
fn borrow(project: &Project) -> Result<PathBuf> {
    let tools = project.path("target/tools");
    std::fs::create_dir_all(&tools)?;
    let lock = std::fs::read(project.path(WALKS).join("package-lock.json"))?;
    let is_there = std::fs::read(tools.join("package-lock.json")).is_ok_and(|kept| kept == lock)
        && tools.join("node_modules/.package-lock.json").is_file();
    if !is_there {
        if let Met::No(why) = NPM.meet() {
            anyhow::bail!("{why}");
        }
        for file in ["package.json", "package-lock.json"] {
            std::fs::copy(project.path(WALKS).join(file), tools.join(file))?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&tools)
            // The browser is the system's own.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .stdin(Stdio::null());
        command::run(&mut npm)?;
    }
    Ok(tools.join("package.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_node() {
        assert_eq!(major("v20.11.1"), Some(20));
        assert_eq!(major("v8"), Some(8));
        assert_eq!(major(""), None);
    }
}
