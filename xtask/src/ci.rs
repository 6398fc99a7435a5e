//! All checks and all tests, in one go, with the time that each took.
//!
//! A failed check does not keep the others from running: one run tells everything. Tests come
//! last, so that their closing line ends the output.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::project::Project;
use crate::test::Extent;
use crate::{command, deny, test, tidy};

type Step = (&'static str, fn(&Project) -> Result<()>);

const STEPS: [Step; 7] = [
    ("format", |project| cargo(project, &["fmt", "--all", "--check"])),
    ("tidy", tidy::run),
    ("deny", deny::run),
    ("clippy", |project| {
        cargo(
            project,
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--features",
                test::TEAMS,
                "--locked",
                "--quiet",
                "--",
                "-D",
                "warnings",
            ],
        )
    }),
    // As everybody gets it who does not ask for a server.
    ("alone", |project| {
        cargo(
            project,
            &[
                "clippy",
                "--package",
                "inroad-store",
                "--package",
                "inroad-service",
                "--package",
                "inroad",
                "--all-targets",
                "--locked",
                "--quiet",
                "--",
                "-D",
                "warnings",
            ],
        )
    }),
    ("doc", document),
    ("test", |project| test::run(project, Extent::All)),
];

/// What came of one step.
struct Done {
    name: &'static str,
    time: Duration,
    error: Option<anyhow::Error>,
}

/// Runs all steps; an error names those that failed.
pub(crate) fn run(project: &Project) -> Result<()> {
    let mut all = Vec::new();
    for (name, step) in STEPS {
        // The test step prints the closing line of all tests, so the table stands before it.
        if name == "test" {
            summarise(&all);
        }
        println!("\n== {name}");
        let start = Instant::now();
        let error = step(project).err();
        if let Some(error) = &error {
            println!("{name} failed: {error:#}");
        }
        all.push(Done { name, time: start.elapsed(), error });
    }
    let failed: Vec<&str> =
        all.iter().filter(|done| done.error.is_some()).map(|done| done.name).collect();
    if failed.is_empty() {
        return Ok(());
    }
    bail!("failed: {}", failed.join(", "))
}

fn summarise(all: &[Done]) {
    println!("\n== the checks before the tests");
    for done in all {
        let word = if done.error.is_some() { "FAILED" } else { "ok" };
        println!("{:<8} {word:<6} {:>5} s", done.name, done.time.as_secs());
    }
}

fn cargo(project: &Project, args: &[&str]) -> Result<()> {
    command::run(Command::new("cargo").args(args).current_dir(project.root()))
}

fn document(project: &Project) -> Result<()> {
    command::run(
        Command::new("cargo")
            .args([
                "doc",
                "--no-deps",
                "--workspace",
                "--features",
                test::TEAMS,
                "--locked",
                "--quiet",
            ])
            .current_dir(project.root())
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}
