//! The program as a server on a free port, for as long as it is looked at.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::machine::{field, kilobytes};

/// A running server; it ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// The link that it printed.
    pub link: String,
    /// From the start of the process to its first answer.
    pub first_answer: Duration,
}

impl Server {
    /// Starts `inroad` with these arguments and `--port 0`, and asks for the page that it names.
    pub(crate) fn start(program: &Path, args: &[&str]) -> Result<Self> {
        let start = Instant::now();
        let mut child = Command::new(program)
            .args(args)
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        // Held until the first answer: whoever cannot print the next line ends.
        let mut stream = child.stdout.take().context("The server has no output")?;
        let out = &mut stream;
        // From here on it ends with us, whatever goes wrong.
        let mut server = Self { child, link: String::new(), first_answer: Duration::ZERO };
        let link = BufReader::new(out)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("http://").map(|(_, link)| link.trim().to_owned()))
            .context("The server named no link")?;
        ask(&link)?;
        server.first_answer = start.elapsed();
        server.link = format!("http://{link}");
        Ok(server)
    }

    /// Ends it at once, whatever it does.
    pub(crate) fn kill(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory in megabytes.
    pub(crate) fn resident_mb(&self) -> Option<f64> {
        let status = format!("/proc/{}/status", self.child.id());
        Some(kilobytes(&field(&status, "VmRSS")?)? as f64 / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Asks for a page `host:port/path` and wants an answer, of whatever kind.
fn ask(link: &str) -> Result<()> {
    let (host, path) = link.split_once('/').context("The link has no path")?;
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    ensure!(answer.starts_with("HTTP/1.1 "), "The server answers no HTTP");
    Ok(())
}
