//! The mail server to which tests hand letters: aiosmtpd, for as long as they run.
//!
//! It is installed into `target/tools/receiver` at the versions that `crates/submission/receiver` names,
//! proves itself by an authority that is made anew at each start, and listens on this machine alone. Where
//! it cannot be had, those tests say SKIPPED.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::command;
use crate::need::{Met, Need};
use crate::project::Project;

/// Its program, and what that is made of.
const SOURCE: &str = "crates/submission/receiver";

const PYTHON: Need = Need {
    programs: &["python3"],
    purpose: "runs the mail server of the tests",
    packages: &["python3", "python3-venv"],
};

const OPENSSL: Need = Need {
    programs: &["openssl"],
    purpose: "makes the certificates of the tests' mail server",
    packages: &["openssl"],
};

/// A running server; it ends with this value.
#[derive(Debug)]
pub(crate) struct Receiver {
    child: Child,
    folder: PathBuf,
    tls_port: String,
    start_tls_port: String,
}

impl Receiver {
    /// Installs it if need be, and starts it.
    pub(crate) fn start(project: &Project) -> Result<Self> {
        let python = install(project)?;
        let folder = project.path("target/receiver");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        certify(&folder)?;
        let mut child = Command::new(&python)
            .arg(project.path(SOURCE).join("receiver.py"))
            .arg(&folder)
            // It ends when nobody holds the other end any more.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("{} cannot be started", python.display()))?;
        let out = child.stdout.take().context("The mail server has no output")?;
        // From here on it ends with us, whatever goes wrong.
        let mut receiver =
            Self { child, folder, tls_port: String::new(), start_tls_port: String::new() };
        let line = BufReader::new(out).lines().next().context("The mail server said nothing")??;
        let ["ready", tls_port, start_tls_port] = *line.split(' ').collect::<Vec<_>>() else {
            bail!("The mail server said: {line}");
        };
        (receiver.tls_port, receiver.start_tls_port) =
            (tls_port.to_owned(), start_tls_port.to_owned());
        Ok(receiver)
    }

    /// By what tests find it.
    pub(crate) fn variables(&self) -> [(&'static str, String); 4] {
        let path = |name| self.folder.join(name).to_string_lossy().into_owned();
        [
            ("INROAD_RECEIVER_TLS_PORT", self.tls_port.clone()),
            ("INROAD_RECEIVER_STARTTLS_PORT", self.start_tls_port.clone()),
            ("INROAD_RECEIVER_AUTHORITY", path("authority.pem")),
            ("INROAD_RECEIVER_FOLDER", path("letters")),
        ]
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// Gives the Python of an environment that holds what the server is made of. What is there is left alone.
fn install(project: &Project) -> Result<PathBuf> {
    let place = project.path("target/tools/receiver");
    let python = place.join("bin/python");
    let wanted = project.path(SOURCE).join("requirements.txt");
    let installed = place.join("requirements.txt");
    if python.is_file() && std::fs::read(&wanted)? == std::fs::read(&installed).unwrap_or_default()
    {
        return Ok(python);
    }
    let system = match PYTHON.meet() {
        Met::By(path) => path,
        Met::No(why) => bail!("{why}"),
    };
    command::run(Command::new(system).args(["-m", "venv", "--clear"]).arg(&place))?;
    command::run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--only-binary", ":all:", "--require-hashes", "--requirement"])
            .arg(&wanted)
            .stdin(Stdio::null()),
    )?;
    // Last, so that a half-made environment is made anew.
    std::fs::copy(&wanted, &installed)?;
    Ok(python)
}

/// Makes an authority, and a certificate by it for this machine, both good for two days.
fn certify(folder: &Path) -> Result<()> {
    let openssl = match OPENSSL.meet() {
        Met::By(path) => path,
        Met::No(why) => bail!("{why}"),
    };
    let make = |name: &str, rest: &[&str]| {
        let mut request = Command::new(&openssl);
        request
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
            .args(["-nodes", "-days", "2", "-keyout", &format!("{name}.key"), "-out"])
            .arg(format!("{name}.pem"))
            .args(rest)
            .current_dir(folder)
            .stdin(Stdio::null());
        let made = request.output().context("openssl cannot be started")?;
        if made.status.success() {
            return Ok(());
        }
        bail!("openssl: {}", String::from_utf8_lossy(&made.stderr).trim());
    };
    make("authority", &["-subj", "/CN=inroad test authority"])?;
    let names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
    let by = ["-CA", "authority.pem", "-CAkey", "authority.key", "-subj", "/CN=localhost"];
    let rest = ["-addext", names, "-addext", "basicConstraints=critical,CA:FALSE"];
    make("server", &[by.as_slice(), &rest].concat())
}
