//! Where the browser comes back to: a listener on this machine's own address, open for one answer.
//!
//! Must not: listen on any other address, answer what asks for another host by name, say on its
//! page what was brought, or stay open longer than it is waited for.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::browser::{Begun, Brought};
use crate::Error;
use crate::providers::RedirectHost;

/// Longest head of a request.
const HEAD_BYTES_MAX: usize = 16 << 10;
/// How long a connection may take to say what it wants.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// More connections than that are nobody's browser.
const CONNECTIONS_MAX: usize = 50;
/// How often somebody at the door is looked for.
const LOOK: Duration = Duration::from_millis(20);

/// An open door.
#[derive(Debug)]
pub struct Door {
    listener: TcpListener,
    port: u16,
    host: RedirectHost,
}

impl Door {
    /// Opens one, at a port that the system chooses.
    ///
    /// # Errors
    /// [`Error::NoDoor`].
    pub fn open(host: RedirectHost) -> Result<Self, Error> {
        let no = |error: std::io::Error| Error::NoDoor { cause: error.to_string() };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(no)?;
        listener.set_nonblocking(true).map_err(no)?;
        let port = listener.local_addr().map_err(no)?.port();
        Ok(Self { listener, port, host })
    }

    /// The address to which the browser is sent back.
    pub fn redirect(&self) -> String {
        let host = match self.host {
            RedirectHost::Number => "127.0.0.1",
            RedirectHost::Name => "localhost",
        };
        format!("http://{host}:{}", self.port)
    }

    /// Waits for the browser's answer, and thanks on a page. The first answer of a sign-in that
    /// comes ends the waiting, ours or not; a browser's other questions do not.
    ///
    /// # Errors
    /// [`Error::NotOurs`], [`Error::Declined`] or what else the server said,
    /// [`Error::NobodyCame`], or [`Error::Stopped`] as soon as `go_on` says no.
    pub fn wait(
        self,
        begun: &Begun,
        patience: Duration,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Brought, Error> {
        let until = Instant::now() + patience;
        let (send, came) = mpsc::channel();
        let mut connections = 0;
        loop {
            if !go_on() {
                return Err(Error::Stopped);
            }
            if Instant::now() >= until {
                return Err(Error::NobodyCame { minutes: patience.as_secs().div_ceil(60).max(1) });
            }
            match self.listener.accept() {
                Ok((mut stream, _)) if connections < CONNECTIONS_MAX => {
                    connections += 1;
                    let blocking = stream.set_nonblocking(false);
                    let timed = stream.set_read_timeout(Some(HEAD_PATIENCE));
                    let send = send.clone();
                    // Browsers open connections on which they say nothing, so each is heard apart.
                    let hear = move || {
                        if let Some(head) = head(&mut stream) {
                            drop(send.send((stream, head)));
                        }
                    };
                    if blocking.is_ok() && timed.is_ok() {
                        drop(std::thread::Builder::new().spawn(hear));
                    }
                }
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::NoDoor { cause: error.to_string() }),
            }
            let Ok((mut stream, head)) = came.recv_timeout(LOOK) else { continue };
            let Some(brought) = self.brought(&head) else {
                answer(&mut stream, "404 Not Found", "Nothing is here.");
                continue;
            };
            let verdict = begun.code(&brought).map(|_| ());
            answer(&mut stream, "200 OK", page(&verdict));
            return verdict.map(|()| brought);
        }
    }

    /// What a request brings, if it is the answer of a sign-in, asked of this very door.
    fn brought(&self, head: &str) -> Option<Brought> {
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target) = (words.next()?, words.next()?);
        let host = lines.find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("host").then(|| value.trim())
        })?;
        let ours = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port));
        let query = target.strip_prefix("/?")?;
        (method == "GET" && ours.iter().any(|known| known.eq_ignore_ascii_case(host)))
            .then(|| Brought::read(query))
            .flatten()
    }
}

/// The head of a request; nothing where none comes.
fn head(stream: &mut impl Read) -> Option<String> {
    let until = Instant::now() + HEAD_PATIENCE;
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(HEAD_BYTES_MAX));
    let mut some = [0; 1024];
    while Instant::now() < until {
        let count = stream.read(&mut some).ok().filter(|count| *count > 0)?;
        if bytes.len() + count > HEAD_BYTES_MAX {
            return None;
        }
        bytes.extend_from_slice(some.get(..count)?);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            return Some(std::str::from_utf8(bytes.get(..end)?).ok()?.to_owned());
        }
    }
    None
}

fn page(verdict: &Result<(), Error>) -> &'static str {
    match verdict {
        Ok(()) => "Thank you. You may close this window and go back to inroad.",
        Err(Error::NotOurs) => {
            "This answer does not belong to the sign-in that was begun in inroad, so nothing was \
             accepted. Close this window and begin again."
        }
        Err(_) => "No access was given. You may close this window and go back to inroad.",
    }
}

/// Answers with a page of one sentence. A browser that has gone away does not matter.
fn answer(stream: &mut impl Write, status: &str, sentence: &str) {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>inroad</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head>\
         <body><h1>inroad</h1><p>{sentence}</p></body></html>"
    );
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n\
         Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        page.len()
    );
    let written =
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(page.as_bytes()));
    drop(written.and_then(|()| stream.flush()));
}
