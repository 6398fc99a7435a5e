//! The package in a clean Debian: it installs with what it depends on, the service's own user serves a page
//! with it, the doctor finds all well, and it goes without a trace but the data.
//!
//! debootstrap makes the Debian, once, below `target`; each try works on a copy. There is no systemd in it, so
//! the unit is looked at by `systemd-analyze` of this machine, and the program is started as the unit does.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::command;
use crate::need::{self, Met, Need};
use crate::package::{self, Build};
use crate::project::Project;

const DEBOOTSTRAP: Need = Need {
    programs: &["debootstrap"],
    purpose: "makes a clean Debian to try the package in",
    packages: &["debootstrap"],
};

/// The Debian for which the package is made.
const RELEASE: &str = "bookworm";
/// How open the service may be to the rest of the machine, in tenths, as `systemd-analyze security` counts.
const EXPOSURE_MAX: &str = "20";
const DATA: &str = "/var/lib/inroad/inroad.db";

/// Packs, installs, serves, asks, looks, removes; an error names the first thing that is wrong.
pub(crate) fn run(project: &Project, build: Build) -> Result<()> {
    ensure!(
        command::answer("id", &["-u"]).as_deref() == Some("0"),
        "Only root can make a Debian in a folder"
    );
    look_at_unit(project)?;
    let package = package::run(project, build)?;
    let root = fresh_root(project)?;
    let tried = try_in(&root, &package);
    fs::remove_dir_all(&root).with_context(|| root.display().to_string())?;
    tried?;
    println!("The package installs, serves, is looked after, and goes.");
    Ok(())
}

fn look_at_unit(project: &Project) -> Result<()> {
    if need::find("systemd-analyze").is_none() {
        println!("SKIPPED: there is no systemd-analyze to look at the unit");
        return Ok(());
    }
    command::run(
        Command::new("systemd-analyze")
            .args(["security", "--offline=yes", "--no-pager", "--threshold", EXPOSURE_MAX])
            .arg(project.path("packaging/systemd/inroad.service"))
            .stdout(Stdio::null()),
    )
    .context("The unit is more open to the machine than it may be")
}

/// A copy of a clean Debian, which is made where there is none.
fn fresh_root(project: &Project) -> Result<PathBuf> {
    let clean = project.path("target/debian-clean");
    // Written last, so that one that was cut short is made anew.
    let whole = clean.join(".whole");
    if !whole.is_file() {
        if clean.exists() {
            fs::remove_dir_all(&clean)?;
        }
        let program = match DEBOOTSTRAP.meet() {
            Met::By(program) => program,
            Met::No(why) => bail!(why),
        };
        command::run(
            Command::new(program)
                .args(["--variant=minbase", RELEASE])
                .arg(&clean)
                .stdin(Stdio::null()),
        )?;
        fs::write(&whole, RELEASE)?;
    }
    let root = project.path("target/debian-root");
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    command::run(Command::new("cp").args(["--archive", "--reflink=auto"]).arg(&clean).arg(&root))?;
    // Names of servers are found as this machine finds them.
    fs::copy("/etc/resolv.conf", root.join("etc/resolv.conf"))?;
    Ok(root)
}

fn try_in(root: &Path, package: &Path) -> Result<()> {
    let name = package.file_name().context("The package has no name")?.to_string_lossy();
    fs::copy(package, root.join(format!("tmp/{name}")))?;
    let inside = |words: &[&str]| {
        let mut command = Command::new("chroot");
        command.arg(root).args(words).stdin(Stdio::null());
        command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        command.env("DEBIAN_FRONTEND", "noninteractive").env("LC_ALL", "C.UTF-8");
        command
    };
    command::run(&mut inside(&["apt-get", "update", "-qq"]))?;
    let install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"];
    command::run(inside(&install).arg(format!("/tmp/{name}")))
        .context("The package does not install")?;
    for path in [
        "usr/lib/systemd/system/inroad.service",
        "lib/systemd/system/inroad.service",
        "etc/default/inroad",
        "usr/share/bash-completion/completions/inroad",
        "usr/share/doc/inroad/copyright",
    ] {
        // On a merged system both places of the unit are one.
        ensure!(root.join(path).exists(), "/{path} is not there once the package is installed");
    }
    for page in ["inroad.1.gz", "inroad-serve.1.gz"] {
        let page = root.join("usr/share/man/man1").join(page);
        // A minimal system may be told to leave manuals out.
        let is_packed = String::from_utf8_lossy(
            &Command::new("dpkg-deb").arg("--contents").arg(package).output()?.stdout,
        )
        .contains(&*page.file_name().unwrap_or_default().to_string_lossy());
        ensure!(is_packed, "{} is not in the package", page.display());
    }
    serve(&inside)?;
    let doctor = ["inroad", "--data", DATA, "doctor"];
    command::run(as_service(&mut inside(&[]), &doctor)).context("The doctor finds fault")?;
    command::run(&mut inside(&["apt-get", "purge", "-qq", "-y", "inroad"]))
        .context("The package cannot be removed")?;
    ensure!(!root.join("usr/bin/inroad").exists(), "The program stays when the package goes");
    ensure!(
        root.join(DATA.trim_start_matches('/')).is_file(),
        "The data went with the package, and must not"
    );
    Ok(())
}

/// As the unit starts it: by the service's user, with its words for where the data lies.
fn as_service<'c>(command: &'c mut Command, words: &[&str]) -> &'c mut Command {
    command
        .args(["setpriv", "--reuid=inroad", "--regid=inroad", "--init-groups", "--no-new-privs"])
        .args(["--", "env", "HOME=/var/lib/inroad", "XDG_DATA_HOME=/var/lib"])
        .args(words)
}

fn serve(inside: &impl Fn(&[&str]) -> Command) -> Result<()> {
    let mut command = inside(&[]);
    as_service(&mut command, &["inroad", "serve", "--port", "0"]);
    println!("$ {}", command::shown(&command));
    let mut served = Served::start(&mut command)?;
    let page = served.ask()?;
    ensure!(page.starts_with("HTTP/1.1 200"), "The page is not answered well:\n{page}");
    ensure!(page.contains("<title>"), "The answer is no page:\n{page}");
    let ready = served.get("/readyz")?;
    ensure!(ready.starts_with("HTTP/1.1 200"), "It is not ready:\n{ready}");
    served.stop()
}

/// The program that serves; it is killed with this value.
struct Served {
    child: Child,
    _out: BufReader<ChildStdout>,
    address: String,
    key: String,
}

impl Served {
    fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut out =
            BufReader::new(child.stdout.take().context("inroad has no output in the Debian")?);
        let mut said = String::new();
        let link = loop {
            let mut line = String::new();
            if out.read_line(&mut line)? == 0 {
                let status = child.wait()?;
                bail!("inroad serve ended ({status}) before it named its page:\n{said}");
            }
            if let Some((_, link)) = line.split_once("http://") {
                break link.trim().to_owned();
            }
            said.push_str(&line);
        };
        let (address, key) = link.split_once("/?key=").context("The link holds no key")?;
        Ok(Self { child, _out: out, address: address.to_owned(), key: key.to_owned() })
    }

    /// The first page, as somebody sees it who opened the link: nothing was imported yet, so it leads on.
    fn ask(&self) -> Result<String> {
        let mut path = "/".to_owned();
        loop {
            let answer = self.get(&path)?;
            let leads = answer.lines().find_map(|line| line.strip_prefix("location: "));
            match leads {
                Some(next) if next != path => next.clone_into(&mut path),
                _ => return Ok(answer),
            }
        }
    }

    fn get(&self, path: &str) -> Result<String> {
        let Self { address, key, .. } = self;
        let port = address.rsplit(':').next().unwrap_or_default();
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Cookie: inroad_key_{port}={key}\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// As systemd stops it.
    fn stop(&mut self) -> Result<()> {
        command::run(Command::new("kill").args(["-TERM", &self.child.id().to_string()]))?;
        let status = self.child.wait()?;
        ensure!(status.success(), "inroad serve did not end well on SIGTERM: {status}");
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}
