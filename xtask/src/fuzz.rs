//! Feeds rubbish to the readers: builds `fuzz/` with the flags that libFuzzer wants, and runs it.
//!
//! On stable Rust: the compiler's own coverage counters are switched on by flags, and the targets
//! carry libFuzzer in them. `--target` keeps the flags away from build scripts.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::need::{Met, Need};
use crate::project::Project;

/// A C++ compiler, which libFuzzer is built by.
const COMPILER: Need =
    Need { programs: &["c++", "g++"], purpose: "builds libFuzzer", packages: &["g++"] };

const FLAGS: [&str; 7] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
];

/// Longest input. What needs a larger one is tested in `tests/it/hostile.rs`.
const INPUT_BYTES_MAX: u32 = 8 << 10;

/// Runs one target, or all in turn, so many seconds each. An error if it finds something.
pub(crate) fn run(
    project: &Project,
    target: Option<&str>,
    seconds: u32,
    seeds: &[PathBuf],
) -> Result<()> {
    let all = targets(project)?;
    let wanted: Vec<&String> =
        all.iter().filter(|name| target.is_none_or(|wanted| wanted == *name)).collect();
    if wanted.is_empty() {
        bail!("There is no such target; there are: {}", all.join(", "));
    }
    let programs = build(project)?;
    for name in wanted {
        feed(project, name, &programs.join(name), seconds, seeds)?;
    }
    Ok(())
}

fn targets(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(project.path("fuzz/targets"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// Builds all targets; returns the folder that they are in.
fn build(project: &Project) -> Result<PathBuf> {
    if let Met::No(why) = COMPILER.meet() {
        bail!("{why}");
    }
    let host =
        command::answer("rustc", &["--print", "host-tuple"]).context("rustc does not answer")?;
    let folder = project.path("target/fuzz");
    command::run(
        Command::new("cargo")
            .args(["build", "--release", "--locked", "--bins", "--target", &host])
            .arg("--target-dir")
            .arg(&folder)
            .current_dir(project.path("fuzz"))
            .env("RUSTFLAGS", FLAGS.join(" ")),
    )?;
    Ok(folder.join(host).join("release"))
}

fn feed(
    project: &Project,
    name: &str,
    program: &PathBuf,
    seconds: u32,
    seeds: &[PathBuf],
) -> Result<()> {
    // What was found to be interesting is kept between runs; what was found to be wrong as well.
    let corpus = project.path("fuzz/corpus").join(name);
    let artifacts = project.path("fuzz/artifacts").join(name);
    std::fs::create_dir_all(&corpus)?;
    std::fs::create_dir_all(&artifacts)?;
    let mut command = Command::new(program);
    command.arg(corpus).arg(project.path("fuzz/seeds").join(name)).args(seeds);
    command.arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-max_len={INPUT_BYTES_MAX}"));
    command.args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=0"]);
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    command::run(&mut command).with_context(|| {
        format!(
            "{name}: the input that did it lies in {}; start from it with a test",
            artifacts.display()
        )
    })
}
