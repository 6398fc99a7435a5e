//! Several `inroad serve` on one workspace in one database, as a team runs them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::site::Site;
use crate::server::Server;

/// How long one may take until it serves again.
const START: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(200);

/// A program that serves, and how it is asked.
pub(super) struct Member {
    server: Server,
    /// How it is asked.
    pub site: Site,
}

impl Member {
    /// The number of its process.
    pub(super) fn process(&self) -> u32 {
        self.server.process()
    }
}

/// What serves a workspace.
pub(super) struct Fleet {
    program: PathBuf,
    /// The workspace file of each, which says how it reaches the database.
    files: Vec<PathBuf>,
    /// Those that run.
    pub members: Vec<Member>,
}

impl Fleet {
    /// Starts one for each address of the database; all serve the same workspace.
    pub(super) fn start(program: &Path, folder: &Path, urls: &[String]) -> Result<Self> {
        let mut fleet =
            Self { program: program.to_owned(), files: Vec::new(), members: Vec::new() };
        for (at, url) in urls.iter().enumerate() {
            let file = folder.join(format!("member-{at}.toml"));
            std::fs::write(&file, workspace_file(url))?;
            fleet.files.push(file);
            let member = fleet.begin(at)?;
            fleet.members.push(member);
        }
        Ok(fleet)
    }

    fn begin(&self, at: usize) -> Result<Member> {
        let file = self.files.get(at).context("There is no such member")?;
        let file = file.to_str().context("The path is no UTF-8")?;
        let server = Server::start(&self.program, &["--data", file, "serve"])?;
        let site = Site::of(&server.link)?;
        Ok(Member { server, site })
    }

    /// Kills one in the middle of whatever it does, and starts another one in its place.
    pub(super) fn kill(&mut self, at: usize) -> Result<()> {
        let member = self.members.get_mut(at).context("There is no such member")?;
        member.server.kill();
        let until = Instant::now() + START;
        // Where the database is away, a program says so and ends; whoever watches over it starts it again.
        let next = loop {
            match self.begin(at) {
                Err(_) if Instant::now() < until => std::thread::sleep(PAUSE),
                next => break next?,
            }
        };
        if let Some(member) = self.members.get_mut(at) {
            *member = next;
        }
        Ok(())
    }
}

/// What the file of the workspace says that is measured.
pub(super) fn workspace_file(url: &str) -> String {
    workspace_file_of(url, "measured")
}

/// The same of any workspace.
pub(super) fn workspace_file_of(url: &str, name: &str) -> String {
    format!("database = \"{url}\"\nworkspace = \"{name}\"\n")
}

/// Puts the sample into the workspace, with its deals.
pub(super) fn fill(program: &Path, file: &Path, inputs: &[PathBuf]) -> Result<()> {
    for input in inputs {
        let mut import = Command::new(program);
        import.arg("--data").arg(file).arg("import").arg(input);
        let done = import.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
        ensure!(done.success(), "{} could not be imported", input.display());
    }
    Ok(())
}
