//! Tools of others that stand beside ours, installed into `target/tools` and never into the system.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};

use crate::command;
use crate::need::find;
use crate::project::Project;

/// The program of a Python of its own that has the packages; `alone` are those whose own list of others is
/// not followed.
pub(super) fn python(
    project: &Project,
    name: &str,
    packages: &[&str],
    alone: &[&str],
) -> Result<PathBuf> {
    let folder = project.path("target/tools").join(name);
    let python = folder.join("bin/python");
    let ready = folder.join("ready");
    if ready.exists() {
        return Ok(python);
    }
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let pip = |options: &[&str], packages: &[&str]| {
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet"]).args(options).args(packages);
        command::run(&mut pip)
    };
    pip(&[], packages)?;
    if !alone.is_empty() {
        pip(&["--no-deps"], alone)?;
    }
    std::fs::write(ready, "")?;
    Ok(python)
}

/// The folder that holds `node_modules` with the packages. No script of a package is run.
pub(super) fn node(project: &Project, name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = project.path("target/tools").join(name);
    let ready = folder.join("ready");
    if ready.exists() {
        return Ok(folder);
    }
    ensure!(find("npm").is_some(), "npm is missing: apt-get install npm");
    std::fs::create_dir_all(&folder)?;
    // Without a file of its own, npm would look for one in the folders above.
    std::fs::write(folder.join("package.json"), "{}")?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"])
        .args(packages)
        .current_dir(&folder)
        .stdin(Stdio::null());
    command::run(&mut npm)?;
    std::fs::write(ready, "")?;
    Ok(folder)
}
