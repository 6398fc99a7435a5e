//! Where the project lies and which files belong to it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The project on this machine.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The project that this program was started in.
    pub(crate) fn find() -> Result<Self> {
        // Cargo says so where it starts us; a copied program is asked to stand in the project.
        let from = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => std::env::current_dir()?,
        };
        let root = from
            .ancestors()
            .find(|folder| folder.join("xtask").is_dir() && folder.join("crates").is_dir())
            .context("Start this in the folder of the project")?;
        Ok(Self { root: root.to_owned() })
    }

    /// A path of the project.
    pub(crate) fn path(&self, inner: impl AsRef<Path>) -> PathBuf {
        self.root.join(inner)
    }

    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The files of the project, as paths below its root with `/`: those that git knows, and new
    /// ones that it does not ignore.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let out = Command::new("git")
            .args(args)
            .current_dir(&self.root)
            .output()
            .context("git cannot be started")?;
        ensure!(out.status.success(), "git ls-files: {}", String::from_utf8_lossy(&out.stderr));
        let names = String::from_utf8(out.stdout).context("A file name is no UTF-8")?;
        let mut files: Vec<String> = names
            .split_terminator('\0')
            .filter(|name| self.path(name).is_file())
            .map(str::to_owned)
            .collect();
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// What `cargo metadata` says of our own crates.
    pub(crate) fn metadata(&self) -> Result<serde_json::Value> {
        let out = Command::new("cargo")
            .args(["metadata", "--format-version", "1", "--no-deps", "--locked"])
            .current_dir(&self.root)
            .output()
            .context("cargo cannot be started")?;
        ensure!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
        Ok(serde_json::from_slice(&out.stdout)?)
    }
}
