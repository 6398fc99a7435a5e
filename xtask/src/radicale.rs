//! Radicale, a server for calendars and address books, for as long as tests run.
//!
//! It comes by pip at the versions of `xtask/radicale.txt` into `target/tools/radicale`, and serves
//! a folder of its own on a free port of this machine, to one user with a password of this start.
//! Its certificate is made anew for each start. Where it cannot be had, tests say `SKIPPED`.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::command;
use crate::need::{Met, Need};
use crate::project::Project;

const PYTHON: Need = Need {
    programs: &["python3"],
    purpose: "runs Radicale for tests",
    packages: &["python3", "python3-venv"],
};
const OPENSSL: Need = Need {
    programs: &["openssl"],
    purpose: "makes certificates for tests",
    packages: &["openssl"],
};

const USER: &str = "jana";
/// How long it may take to start.
const START: Duration = Duration::from_secs(20);

/// A running server; it ends with this value.
#[derive(Debug)]
pub(crate) struct Radicale {
    child: Child,
    port: u16,
    password: String,
    certificate: PathBuf,
}

impl Radicale {
    /// Brings and starts it, or tells why it cannot be had.
    pub(crate) fn start(project: &Project) -> Result<Self, String> {
        let mut programs = Vec::new();
        for need in [PYTHON, OPENSSL] {
            match need.meet() {
                Met::By(path) => programs.push(path),
                Met::No(why) => return Err(why),
            }
        }
        let [python, openssl] = programs.as_slice() else { return Err(String::new()) };
        begin(project, python, openssl).map_err(|error| format!("Radicale: {error:#}"))
    }

    /// By what tests find it.
    pub(crate) fn environment(&self) -> [(&'static str, String); 4] {
        [
            ("INROAD_RADICALE_URL", format!("https://127.0.0.1:{}/", self.port)),
            ("INROAD_RADICALE_USER", USER.to_owned()),
            ("INROAD_RADICALE_PASSWORD", self.password.clone()),
            ("INROAD_RADICALE_ROOTS", self.certificate.display().to_string()),
        ]
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

fn begin(project: &Project, python: &Path, openssl: &Path) -> Result<Radicale> {
    let program = borrow(project, python)?;
    let folder = project.path("target/radicale");
    // What an earlier run left behind is nothing to a test.
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    certify(openssl, &folder)?;
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let password = format!("of-{}-{port}", std::process::id());
    std::fs::write(folder.join("users"), format!("{USER}:{password}\n"))?;
    let settings = std::fs::read_to_string(project.path("xtask/radicale.conf"))?
        .replace("<port>", &port.to_string())
        .replace("<folder>", &folder.display().to_string());
    std::fs::write(folder.join("settings"), settings)?;
    let mut start = Command::new(program);
    start.args(["-m", "radicale", "--config"]).arg(folder.join("settings")).stdin(Stdio::null());
    start.stdout(Stdio::null()).stderr(std::fs::File::create(folder.join("log"))?);
    println!("$ {}", command::shown(&start));
    let child = start.spawn().context("Radicale cannot be started")?;
    let mut radicale =
        Radicale { child, port, password, certificate: folder.join("certificate.pem") };
    let until = Instant::now() + START;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        let ended = radicale.child.try_wait()?;
        ensure!(
            ended.is_none() && Instant::now() < until,
            "it does not answer; {} may say why",
            folder.join("log").display()
        );
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(radicale)
}

/// Installs what the list names beside the build; gives the python that knows it. What is there
/// already is left alone.
fn borrow(project: &Project, python: &Path) -> Result<PathBuf> {
    let tools = project.path("target/tools/radicale");
    let (own, list) = (tools.join("bin/python"), project.path("xtask/radicale.txt"));
    let kept = tools.join("radicale.txt");
    if own.is_file()
        && std::fs::read(&kept).is_ok_and(|kept| Some(kept) == std::fs::read(&list).ok())
    {
        return Ok(own);
    }
    command::run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&tools))
        .context("python3 cannot make a place of its own (Debian: apt-get install python3-venv)")?;
    command::run(
        Command::new(&own)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement"])
            .arg(&list)
            .stdin(Stdio::null()),
    )?;
    std::fs::copy(list, kept)?;
    Ok(own)
}

/// Makes a key and a certificate that vouches for itself, and for nothing else.
fn certify(openssl: &Path, folder: &Path) -> Result<()> {
    let wanted = folder.join("certificate.conf");
    std::fs::write(
        &wanted,
        "[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = with\n[name]\nCN = tests\n\
         [with]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = IP:127.0.0.1, DNS:localhost\n",
    )?;
    let out = Command::new(openssl)
        .args(["req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"])
        .args(["-pkeyopt", "ec_paramgen_curve:prime256v1", "-config"])
        .arg(&wanted)
        .arg("-keyout")
        .arg(folder.join("key.pem"))
        .arg("-out")
        .arg(folder.join("certificate.pem"))
        .output()?;
    ensure!(out.status.success(), "openssl: {}", String::from_utf8_lossy(&out.stderr));
    Ok(())
}
