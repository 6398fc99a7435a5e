//! Dovecot, a mail server, on free ports of this machine for as long as tests or measurements need
//! it. Everything of it lies in `target/dovecot`, which is made anew each time.
//!
//! It knows the people `seller1` to `seller12`, with a password and with access tokens, and has a
//! certificate of an authority that is made here and thrown away. Whoever talks with it is told how
//! by the variables of [`Dovecot::variables`].

mod token;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, Result, bail, ensure};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::command;
use crate::need::{Met, Need};
use crate::project::Project;

const DOVECOT: Need = Need {
    programs: &["dovecot", "/usr/sbin/dovecot"],
    purpose: "serves mail in tests",
    packages: &["dovecot-imapd"],
};

const CONFIGURATION: &str = include_str!("dovecot/dovecot.conf");
const TOKENS: &str = include_str!("dovecot/token.conf");
const PASSWORD: &str = "loopback only";
/// Signs tokens that are good for nothing but this server.
const KEY: &[u8] = b"a key for tests on this machine!";
const PEOPLE: std::ops::RangeInclusive<u32> = 1..=12;
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; it ends with this value.
#[derive(Debug)]
pub(crate) struct Dovecot {
    child: Child,
    folder: PathBuf,
    port: u16,
    tls_port: u16,
    /// Whose files mail is, where we are not the only ones who run programs here.
    owner: Option<String>,
}

impl Dovecot {
    /// Installs what is missing, starts it, and signs in once to see that it works.
    pub(crate) fn start(project: &Project) -> Result<Self> {
        let program = match DOVECOT.meet() {
            Met::By(program) => program,
            Met::No(why) => bail!(why),
        };
        let folder = project.path("target/dovecot");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        for inner in ["run", "state", "mail", "keys/default/HS256"] {
            std::fs::create_dir_all(folder.join(inner))?;
        }
        let user = command::answer("id", &["-un"]).context("id does not answer")?;
        let group = command::answer("id", &["-gn"]).context("id does not answer")?;
        // Mail of the system's own user is refused, so the package's users serve then.
        let is_root = user == "root";
        let [internal, login, owner, group] = if is_root {
            ["dovecot", "dovenull", "dovecot", "dovecot"].map(str::to_owned)
        } else {
            [user.clone(), user.clone(), user, group]
        };
        let (port, tls_port) = (free_port()?, free_port()?);
        let filled = |text: &str| {
            [
                ("@FOLDER@", folder.display().to_string()),
                ("@INTERNAL@", internal.clone()),
                ("@LOGIN@", login.clone()),
                ("@OWNER@", owner.clone()),
                ("@GROUP@", group.clone()),
                ("@PORT@", port.to_string()),
                ("@TLS_PORT@", tls_port.to_string()),
            ]
            .iter()
            .fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
        };
        let configuration = folder.join("dovecot.conf");
        std::fs::write(&configuration, filled(CONFIGURATION))?;
        std::fs::write(folder.join("token.conf"), filled(TOKENS))?;
        let key = padded(&token::base64url(KEY).replace('-', "+").replace('_', "/"));
        std::fs::write(folder.join("keys/default/HS256/default"), key)?;
        let people = PEOPLE.map(|n| format!("seller{n}:{PASSWORD}::::::\n"));
        std::fs::write(folder.join("people"), people.collect::<String>())?;
        certify(&folder)?;
        if is_root {
            own(&owner, &folder)?;
        }
        let log = std::fs::File::create(folder.join("start.txt"))?;
        let child = Command::new(program)
            .arg("-c")
            .arg(&configuration)
            .arg("-F")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("dovecot cannot be started")?;
        let owner = is_root.then_some(owner);
        let mut server = Self { child, folder, port, tls_port, owner };
        server.wait()?;
        Ok(server)
    }

    /// Waits until somebody can sign in.
    fn wait(&mut self) -> Result<()> {
        let start = Instant::now();
        loop {
            let tried = sign_in(self.port);
            match tried {
                Ok(()) => return Ok(()),
                Err(error) if start.elapsed() > PATIENCE || self.child.try_wait()?.is_some() => {
                    let told = ["start.txt", "log"].map(|name| {
                        std::fs::read_to_string(self.folder.join(name)).unwrap_or_default()
                    });
                    let told = told.concat();
                    let last: Vec<&str> = told.lines().rev().take(3).collect();
                    return Err(error.context(format!("dovecot says: {}", last.join(" / "))));
                }
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// How to talk with it, as variables of the environment.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let now = now.map_or(0, |since| since.as_secs());
        let token = |until| token::token("seller1", until, KEY);
        vec![
            ("INROAD_IMAP_PORT", self.port.to_string()),
            ("INROAD_IMAP_TLS_PORT", self.tls_port.to_string()),
            ("INROAD_IMAP_AUTHORITY", self.folder.join("authority.der").display().to_string()),
            // Of seller1 to seller12.
            ("INROAD_IMAP_PASSWORD", PASSWORD.to_owned()),
            // Of seller1.
            ("INROAD_IMAP_TOKEN", token(now + 86_400)),
            ("INROAD_IMAP_TOKEN_OLD", token(now.saturating_sub(3_600))),
        ]
    }

    /// Puts so many messages into a person's inbox, by writing files as other programs do.
    pub(crate) fn fill(
        &self,
        person: &str,
        count: u32,
        message: impl Fn(u32) -> String,
    ) -> Result<()> {
        let inbox = self.folder.join("mail").join(person);
        for inner in ["cur", "new", "tmp"] {
            std::fs::create_dir_all(inbox.join(inner))?;
        }
        for n in 0..count {
            let name = format!("cur/{}.n{n}.here:2,S", 1_700_000_000 + n);
            std::fs::write(inbox.join(name), message(n))?;
        }
        match &self.owner {
            Some(owner) => own(owner, &inbox),
            None => Ok(()),
        }
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // Asked, it ends those that it started; killed, it leaves that to them.
        let pid = self.child.id().to_string();
        let _asked = Command::new("kill").arg(pid).stderr(Stdio::null()).status();
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(5) {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

fn own(owner: &str, folder: &Path) -> Result<()> {
    let mut own = Command::new("chown");
    own.arg("-R").arg(format!("{owner}:{owner}")).arg(folder);
    ensure!(own.status()?.success(), "{} failed", command::shown(&own));
    Ok(())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn padded(base64: &str) -> String {
    let missing = base64.len().next_multiple_of(4) - base64.len();
    format!("{base64}{}", "=".repeat(missing))
}

/// Makes an authority, and a certificate for this machine that it signs.
fn certify(folder: &Path) -> Result<()> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
    let here = ["127.0.0.1", "localhost"].map(str::to_owned);
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(here)?.signed_by(&key, &authority)?;
    std::fs::write(folder.join("authority.der"), authority.der())?;
    std::fs::write(folder.join("certificate.pem"), certificate.pem())?;
    std::fs::write(folder.join("key.pem"), key.serialize_pem())?;
    Ok(())
}

fn sign_in(port: u16) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "a LOGIN seller9 \"{PASSWORD}\"\r\nb LOGOUT\r\n")?;
    let lines: Vec<String> = BufReader::new(stream).lines().map_while(Result::ok).collect();
    let answer = lines.iter().find(|line| line.starts_with("a "));
    let answer = answer.context("It does not answer")?;
    ensure!(answer.starts_with("a OK"), "It says: {answer}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_filled_in() {
        let known =
            ["@FOLDER@", "@INTERNAL@", "@LOGIN@", "@OWNER@", "@GROUP@", "@PORT@", "@TLS_PORT@"];
        for text in [CONFIGURATION, TOKENS] {
            let left = known.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
            let settings = left.lines().filter(|line| !line.starts_with('#'));
            assert!(settings.clone().count() > 2);
            assert!(settings.into_iter().all(|line| !line.contains('@')), "{left}");
        }
        assert_eq!(padded("abcde"), "abcde===");
    }
}
