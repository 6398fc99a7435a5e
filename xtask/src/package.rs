//! The Debian package: the program as teams get it, its service, completions and manual pages.
//!
//! What is in it stands in `crates/app/Cargo.toml`; cargo-deb puts it together, after what the program writes of
//! itself was written.
//!
//! Must not: install anything on this machine but cargo-deb, below `target`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command;
use crate::need;
use crate::project::Project;
use crate::test::TEAMS;

/// The version of cargo-deb with which packages were tried.
const CARGO_DEB: &str = "3.8.0";

/// How the program in a package is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// As it is given out.
    Release,
    /// In a minute, to try the package itself.
    Debug,
}

impl Build {
    /// As the command line says it.
    pub(crate) fn asked(debug: bool) -> Self {
        if debug { Self::Debug } else { Self::Release }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Debug => "dev",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Release => "target/release",
            Self::Debug => "target/debug",
        }
    }
}

/// Builds the package; tells where it lies.
pub(crate) fn run(project: &Project, build: Build) -> Result<PathBuf> {
    let cargo_deb = cargo_deb(project)?;
    command::run(
        Command::new("cargo")
            .args(["build", "--locked", "--package", "inroad", "--features", TEAMS])
            .args(["--profile", build.profile()])
            .current_dir(project.root()),
    )?;
    let program = project.path(build.folder()).join("inroad");
    write_of_itself(&program, &project.path("target/package"))?;
    let folder = project.path("target/debian");
    clear(&folder)?;
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let mut pack = Command::new(cargo_deb);
    pack.args(["--no-build", "--locked", "--package", "inroad", "--profile", build.profile()]);
    pack.args(["--quiet", "--strip", "--output"]).arg(&folder);
    if build == Build::Debug {
        pack.arg("--fast");
    }
    command::run(pack.current_dir(project.root()))?;
    let made = fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "deb"))
        .context("cargo-deb made no package")?;
    println!("{}", made.display());
    Ok(made)
}

/// Lets the program write its manual pages and what shells need.
fn write_of_itself(program: &Path, folder: &Path) -> Result<()> {
    // A page of a command that is there no more would be packed, too.
    clear(folder)?;
    command::run(Command::new(program).args(["man", "--to"]).arg(folder.join("man")))?;
    for (shell, name) in [("bash", "inroad.bash"), ("zsh", "_inroad"), ("fish", "inroad.fish")] {
        let out = Command::new(program)
            .args(["completions", shell])
            .output()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        ensure!(out.status.success(), "There are no completions for {shell}");
        fs::write(folder.join(name), out.stdout)?;
    }
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

/// The program that packs: on the path, in `target/tools`, or built there.
fn cargo_deb(project: &Project) -> Result<PathBuf> {
    if let Some(path) = need::find("cargo-deb") {
        return Ok(path);
    }
    let folder = project.path("target/tools");
    let program = folder.join("bin/cargo-deb");
    if !need::is_program(&program) {
        command::run(
            Command::new("cargo")
                .args(["install", "cargo-deb", "--version", CARGO_DEB, "--locked", "--root"])
                .arg(&folder),
        )
        .context("cargo-deb cannot be had")?;
    }
    Ok(program)
}
