//! `inroad serve` as a program of its own, asked over HTTP as a browser does, and told to stop as systemd does.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What a program that is told to stop may take at the most before a test fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// A program that serves; it is killed with this value.
pub(crate) struct Served {
    child: Child,
    /// Held, since whoever cannot print ends.
    _out: BufReader<ChildStdout>,
    errors: Option<JoinHandle<String>>,
    /// The host and the port.
    pub address: String,
    key: String,
}

impl Served {
    /// Starts it over a data file, at any free port.
    pub(crate) fn start(data: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_inroad"))
            .arg("--data")
            .arg(data)
            .args(["serve", "--port", "0"])
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = child.stderr.take().unwrap();
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            errors.read_to_string(&mut text).unwrap();
            text
        });
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let link = loop {
            let mut line = String::new();
            assert!(out.read_line(&mut line).unwrap() > 0, "no link: {}", errors.join().unwrap());
            if let Some((_, link)) = line.split_once("http://") {
                break link.trim().to_owned();
            }
        };
        let (address, key) = link.split_once("/?key=").unwrap();
        let (address, key) = (address.to_owned(), key.to_owned());
        Self { child, _out: out, errors: Some(errors), address, key }
    }

    fn head(&self, method: &str, path: &str) -> String {
        let port = self.address.rsplit(':').next().unwrap();
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: inroad_key_{port}={}\r\n",
            self.address, self.key
        )
    }

    /// The answer to somebody who opened the link.
    pub(crate) fn see(&self, path: &str) -> String {
        ask(&self.address, &format!("{}\r\n", self.head("GET", path)))
    }

    /// The key of the forms, as a page holds it.
    pub(crate) fn form_key(&self) -> String {
        let page = self.see("/import");
        let (_, rest) = page.split_once("name=\"form_key\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// A request that sends a form, in two parts: its head, and the form.
    pub(crate) fn post(&self, path: &str, form: &str) -> (String, String) {
        let head = format!(
            "{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            self.head("POST", path),
            form.len()
        );
        (head, form.to_owned())
    }

    /// Asks it to end, as systemd does.
    #[cfg(unix)]
    pub(crate) fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// Whether it runs.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// How it ended, and what it wrote on the error output.
    pub(crate) fn ended(mut self) -> (ExitStatus, String) {
        let begun = Instant::now();
        while self.runs() {
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
        (self.child.wait().unwrap(), self.errors.take().unwrap().join().unwrap())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// The whole answer to a request.
pub(crate) fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    rest(&mut stream)
}

/// What is still to come.
pub(crate) fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// A text as it stands in a form.
pub(crate) fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        write!(all, "%{byte:02X}").unwrap();
        all
    })
}
