//! Programs that a task needs, and how they come onto a Debian machine.
//!
//! Must not: install anything without being asked to, or anything that is there already.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command;

/// A program that is needed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need {
    /// One of its names, the usual one first.
    pub programs: &'static [&'static str],
    /// What needs it.
    pub purpose: &'static str,
    /// The packages of Debian that bring it.
    pub packages: &'static [&'static str],
}

/// The browser that shows our pages: in tests, in walks, and where pictures are taken.
pub(crate) const BROWSER: Need = Need {
    programs: &["chromium", "chromium-browser", "google-chrome"],
    purpose: "shows pages in tests and pictures",
    packages: &["chromium"],
};

/// The editor in which a test writes a draft.
pub(crate) const EDITOR: Need =
    Need { programs: &["nvim"], purpose: "writes drafts in tests", packages: &["neovim"] };

/// Whether a need is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Met {
    /// By the program at this path.
    By(PathBuf),
    /// No, for this reason.
    No(String),
}

/// Looks for a program on the search path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

impl Need {
    /// The program if it is there.
    fn present(&self) -> Option<PathBuf> {
        self.programs.iter().find_map(|program| find(program))
    }

    /// Looks for it, and installs it if it is missing, this is Debian and we are root.
    pub(crate) fn meet(&self) -> Met {
        if let Some(path) = self.present() {
            return Met::By(path);
        }
        let name = self.programs.first().copied().unwrap_or_default();
        let packages = self.packages.join(" ");
        if find("apt-get").is_none() {
            return Met::No(format!("{name} is missing ({}); install it", self.purpose));
        }
        if command::answer("id", &["-u"]).as_deref() != Some("0") {
            return Met::No(format!(
                "{name} is missing ({}) and only root may install it: apt-get install {packages}",
                self.purpose
            ));
        }
        println!("{name} is missing ({}); installing {packages}", self.purpose);
        if let Err(error) = install(self.packages) {
            return Met::No(format!("{name} could not be installed: {error:#}"));
        }
        match self.present() {
            Some(path) => Met::By(path),
            None => Met::No(format!("{packages} is installed, yet {name} is not on the path")),
        }
    }
}

fn install(packages: &[&str]) -> anyhow::Result<()> {
    let quiet = |command: &mut Command| {
        command.env("DEBIAN_FRONTEND", "noninteractive").stdin(std::process::Stdio::null());
        // A server that comes along is for tests alone: the system does not start it.
        command.env("RUNLEVEL", "1");
    };
    // The list of a fresh machine is empty or old.
    let mut update = Command::new("apt-get");
    update.args(["update", "-qq"]);
    quiet(&mut update);
    command::run(&mut update)?;
    let mut install = Command::new("apt-get");
    install.args(["install", "-qq", "-y", "--no-install-recommends"]).args(packages);
    quiet(&mut install);
    command::run(&mut install)
}

/// Whether a file can be started.
pub(crate) fn is_program(path: &Path) -> bool {
    Command::new(path).arg("--version").output().is_ok_and(|out| out.status.success())
}
