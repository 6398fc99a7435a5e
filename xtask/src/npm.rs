//! Modules that others wrote for node, installed beside the build at the versions of a lock file.
//!
//! Must not: install into the source, or run what a module would run when it is installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::command;
use crate::need::{Met, Need};

/// The first version of node that the borrowed modules run on.
const NODE_MIN: u32 = 20;

const NODE: Need = Need {
    programs: &["node"],
    purpose: "runs walks and an identity provider for tests",
    packages: &["nodejs"],
};
const NPM: Need =
    Need { programs: &["npm"], purpose: "installs what those borrow", packages: &["npm"] };

/// Node, of a version that does.
pub(crate) fn node() -> Result<PathBuf> {
    let node = match NODE.meet() {
        Met::By(path) => path,
        Met::No(why) => bail!("{why}"),
    };
    let version = command::answer(&node.to_string_lossy(), &["--version"]).unwrap_or_default();
    if major(&version).is_none_or(|major| major < NODE_MIN) {
        bail!("node is {version}, and {NODE_MIN} or later is needed");
    }
    Ok(node)
}

/// Installs what the lock file in one folder names into another. What is there already is left alone.
pub(crate) fn install(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    let lock = std::fs::read(from.join("package-lock.json"))?;
    let is_there = std::fs::read(to.join("package-lock.json")).is_ok_and(|kept| kept == lock)
        && to.join("node_modules/.package-lock.json").is_file();
    if is_there {
        return Ok(());
    }
    if let Met::No(why) = NPM.meet() {
        bail!("{why}");
    }
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(from.join(file), to.join(file))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(to)
        // The browser of walks is the system's own.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .stdin(Stdio::null());
    command::run(&mut npm)
}

/// The first number of `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
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
