//! A second server that follows the first: what is written there comes here by streaming.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Result, ensure};

use super::{CONNECTIONS_MAX, Postgres, START, USER, as_server, free_port, url};
use crate::command;

/// A server that follows another; it ends with this value.
#[derive(Debug)]
pub(crate) struct Follower {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
}

impl Follower {
    /// Copies the first server and follows it from there.
    pub(crate) fn of(first: &Postgres) -> Result<Self> {
        let (folder, port) = (first.folder.join("follower"), free_port()?);
        let follower = Self { folder, programs: first.programs.clone(), port };
        let mut copy = as_server(&first.programs.join("pg_basebackup"));
        copy.args(["-h", "127.0.0.1", "-U", USER, "-p", &first.port.to_string()]);
        copy.args(["--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf", "-D"]);
        command::run(copy.arg(&follower.folder).stdin(Stdio::null()))?;
        let options = format!(
            "-p {port} -h 127.0.0.1 -k {} -c max_connections={CONNECTIONS_MAX}",
            first.folder.display()
        );
        let log = first.folder.join("follower.log").display().to_string();
        follower.control(&["-o", &options, "-l", &log, "-w", "start"])?;
        Ok(follower)
    }

    /// Waits until it has all that the first has by now.
    pub(crate) fn catch_up(&self, first: &Postgres) -> Result<()> {
        let end = first.ask("SELECT pg_current_wal_lsn()")?;
        let until = Instant::now() + START;
        let has = format!("SELECT coalesce(pg_last_wal_replay_lsn() >= '{end}', false)");
        while super::ask(&url(self.port), &has)? != "t" {
            ensure!(Instant::now() < until, "The follower does not catch up");
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        Ok(())
    }

    /// What it answers.
    pub(crate) fn ask(&self, sql: &str) -> Result<String> {
        super::ask(&url(self.port), sql)
    }

    fn control(&self, action: &[&str]) -> Result<()> {
        let mut control: Command = as_server(&self.programs.join("pg_ctl"));
        control.arg("-D").arg(&self.folder).args(action);
        command::run(control.stdin(Stdio::null()).stdout(Stdio::null()))
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _stopped = self.control(&["stop", "-m", "immediate"]);
    }
}
