//! PostgreSQL and two poolers before it, for as long as tests run.
//!
//! Debian brings them. The cluster is a new one in a folder of its own, on a free port of this machine; it is
//! gone with the tests. Who is root hands it to the user `postgres`, since the server refuses root. One pooler
//! keeps a session to itself, the other gives each transaction another one, which inroad must refuse.

mod follower;

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::command;
use crate::need::{Met, Need};

pub(crate) use follower::Follower;

const SERVER: Need = Need {
    programs: &["psql"],
    purpose: "is the database of teams in tests",
    packages: &["postgresql"],
};
const POOLER: Need = Need {
    programs: &["pgbouncer"],
    purpose: "stands before the database in tests",
    packages: &["pgbouncer"],
};

const USER: &str = "inroad";
/// A follower must allow as many as what it follows.
const CONNECTIONS_MAX: u32 = 400;
/// How long one of them may take to start.
const START: Duration = Duration::from_secs(30);

/// Whether the server's log is on the disk before a write counts, as it is for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WritesThrough {
    Yes,
    No,
}

/// A running server with its poolers; they end with this value.
#[derive(Debug)]
pub(crate) struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
    poolers: Vec<(Child, u16)>,
}

impl Postgres {
    /// Brings and starts them, or tells why they cannot be had.
    pub(crate) fn start(through: WritesThrough) -> Result<Self, String> {
        for need in [SERVER, POOLER] {
            if let Met::No(why) = need.meet() {
                return Err(why);
            }
        }
        begin(through).map_err(|error| format!("PostgreSQL: {error:#}"))
    }

    /// By what tests find them.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let mut environment = vec![("INROAD_POSTGRES", url(self.port))];
        let names = ["INROAD_POOLER_OF_SESSIONS", "INROAD_POOLER_OF_TRANSACTIONS"];
        environment.extend(
            names.into_iter().zip(&self.poolers).map(|(name, (_, port))| (name, url(*port))),
        );
        environment
    }

    /// The database.
    pub(crate) fn url(&self) -> String {
        url(self.port)
    }

    /// The database through the pooler that keeps sessions.
    pub(crate) fn url_of_sessions(&self) -> Result<String> {
        let (_, port) = self.poolers.first().context("There is no pooler")?;
        Ok(url(*port))
    }

    /// Where the server writes down what it does.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// Makes another database that holds the same; nobody may be in the first one meanwhile.
    pub(crate) fn copy(&self, name: &str) -> Result<()> {
        self.ask(&format!("CREATE DATABASE {name} TEMPLATE {USER}")).map(drop)
    }

    /// The file that names the first of its processes.
    pub(crate) fn named_by(&self) -> PathBuf {
        self.folder.join("data/postmaster.pid")
    }

    /// What it answers, as `psql` prints it: a line a row.
    pub(crate) fn ask(&self, sql: &str) -> Result<String> {
        ask(&self.url(), sql)
    }

    /// Ends all its processes at once, as a crash does, and starts it again.
    pub(crate) fn crash(&self) -> Result<()> {
        self.control(&["restart", "-m", "immediate", "-w"])
    }

    /// Kills the pooler that keeps sessions, and starts another one in its place.
    pub(crate) fn kill_pooler(&mut self) -> Result<()> {
        let (pooler, port) = self.poolers.first_mut().context("There is no pooler")?;
        pooler.kill()?;
        pooler.wait()?;
        *pooler = begin_pooler(&self.folder, "session", *port)?;
        Ok(())
    }

    fn control(&self, action: &[&str]) -> Result<()> {
        let mut control = as_server(&self.programs.join("pg_ctl"));
        control.arg("-D").arg(self.folder.join("data")).args(action);
        command::run(control.stdin(Stdio::null()).stdout(Stdio::null()))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        for (pooler, _) in &mut self.poolers {
            // It may have ended by itself; there is nobody to tell.
            let _ended = pooler.kill();
            let _status = pooler.wait();
        }
        let _stopped = self.control(&["stop", "-m", "immediate"]);
        let _removed = std::fs::remove_dir_all(&self.folder);
    }
}

#[expect(clippy::disallowed_methods, reason = "the server's user may not go into the project")]
fn begin(through: WritesThrough) -> Result<Postgres> {
    let folder = std::env::temp_dir().join(format!("inroad-postgres-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    if is_root() {
        command::run(Command::new("chown").arg("postgres").arg(&folder))?;
    }
    let programs = programs()?;
    let mut make = as_server(&programs.join("initdb"));
    // Nobody but this machine reaches it, and nothing in it is kept.
    make.args(["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]);
    make.args(["--username", USER, "-D"]).arg(folder.join("data"));
    command::run(make.stdout(Stdio::null()))?;
    let port = free_port()?;
    let mut postgres = Postgres { folder, programs, port, poolers: Vec::new() };
    let options = format!(
        "-p {port} -h 127.0.0.1 -k {} -c fsync={} -c max_connections={CONNECTIONS_MAX}",
        postgres.folder.display(),
        if through == WritesThrough::Yes { "on" } else { "off" }
    );
    let log = postgres.folder.join("log").display().to_string();
    postgres.control(&["-o", &options, "-l", &log, "-w", "start"])?;
    let mut database = Command::new("createdb");
    database.args(["-h", "127.0.0.1", "-U", USER, "-p", &port.to_string(), USER]);
    command::run(&mut database)?;
    for mode in ["session", "transaction"] {
        let pooler = pooler(&postgres.folder, port, mode)?;
        postgres.poolers.push(pooler);
    }
    Ok(postgres)
}

/// Starts a pooler; gives it and its port.
fn pooler(folder: &Path, server: u16, mode: &str) -> Result<(Child, u16)> {
    let port = free_port()?;
    let [settings, users] = ["ini", "users"].map(|ending| folder.join(format!("{mode}.{ending}")));
    std::fs::write(&users, format!("\"{USER}\" \"\"\n"))?;
    std::fs::write(
        &settings,
        format!(
            "[databases]\n* = host=127.0.0.1 port={server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
             listen_port = {port}\nunix_socket_dir =\nauth_type = trust\nauth_file = {}\n\
             pool_mode = {mode}\nmax_client_conn = 300\ndefault_pool_size = 100\n",
            users.display()
        ),
    )?;
    if is_root() {
        command::run(Command::new("chown").arg("postgres").args([&settings, &users]))?;
    }
    Ok((begin_pooler(folder, mode, port)?, port))
}

/// Starts the pooler whose settings are there, and waits until it answers.
fn begin_pooler(folder: &Path, mode: &str, port: u16) -> Result<Child> {
    let mut start = as_server(Path::new("pgbouncer"));
    start.arg(folder.join(format!("{mode}.ini"))).stdin(Stdio::null()).stdout(Stdio::null());
    start.stderr(std::fs::File::create(folder.join(format!("{mode}.log")))?);
    println!("$ {}", command::shown(&start));
    let mut child = start.spawn().context("pgbouncer cannot be started")?;
    let until = Instant::now() + START;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        ensure!(
            child.try_wait()?.is_none() && Instant::now() < until,
            "pgbouncer does not answer; {mode}.log in {} may say why",
            folder.display()
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(child)
}

/// What a database answers, as `psql` prints it.
fn ask(url: &str, sql: &str) -> Result<String> {
    let asked =
        command::answer("psql", &[url, "--no-psqlrc", "--tuples-only", "--no-align", "-c", sql]);
    asked.with_context(|| format!("The database does not answer: {sql}"))
}

/// A command as the user who may run a server.
fn as_server(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]).arg(program);
    // The server goes to where it was started, which may be closed to it.
    command.current_dir("/");
    command
}

fn is_root() -> bool {
    command::answer("id", &["-u"]).as_deref() == Some("0")
}

/// Where Debian puts the programs of the newest server.
fn programs() -> Result<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .context("There is no server in /usr/lib/postgresql")?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))
        })
        .filter(|(_, programs): &(u32, PathBuf)| programs.join("initdb").is_file())
        .collect();
    versions.sort();
    Ok(versions.pop().context("There is no server in /usr/lib/postgresql")?.1)
}

fn url(port: u16) -> String {
    format!("postgres://{USER}@127.0.0.1:{port}/{USER}")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
