//! Who writes while things are killed: each note once, under a key of its own, until somebody says that it is there.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use super::super::site::Site;
use super::chosen;

/// Nobody waits longer for an answer.
const ANSWER: Duration = Duration::from_secs(40);
/// No program has a note under way for so long.
const UNDER_WAY: Duration = Duration::from_secs(45);
/// Whoever is not answered for so long will not be.
const PATIENCE: Duration = Duration::from_mins(3);
/// Before the same is asked again.
const PAUSE: Duration = Duration::from_millis(150);

/// Where a program is asked, and what lets in.
#[derive(Debug, Clone)]
pub(super) struct Door {
    host: String,
    cookie: String,
}

impl Door {
    pub(super) fn of(site: &Site) -> Self {
        Self { host: site.host.clone(), cookie: site.cookie.clone() }
    }

    /// The status and what stands behind it; an error where there was no answer.
    fn ask(
        &self,
        method: &str,
        path: &str,
        more: &str,
        body: &str,
    ) -> std::io::Result<(u16, String)> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(ANSWER))?;
        let (host, cookie, length) = (&self.host, &self.cookie, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: {cookie}\r\n\
             Content-Length: {length}\r\n{more}\r\n{body}"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        status
            .map(|status| (status, answer))
            .ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }
}

/// What is known of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Acknowledged,
    /// Nobody knows: a program that was killed had begun it.
    Unknown,
}

/// A note.
#[derive(Debug)]
pub(super) struct Written {
    pub text: String,
    pub outcome: Outcome,
    /// How often it was asked for.
    pub asked: u32,
    pub took_ms: f64,
}

fn one_of(doors: &RwLock<Vec<Door>>) -> Option<Door> {
    let doors = doors.read().unwrap_or_else(PoisonError::into_inner);
    doors.get(usize::try_from(chosen(0..doors.len() as u64)).ok()?).cloned()
}

/// Writes note after note.
pub(super) fn write(
    writer: usize,
    deals: &[String],
    doors: &RwLock<Vec<Door>>,
    until: Instant,
) -> Result<Vec<Written>> {
    let mut all = Vec::new();
    for (number, deal) in deals.iter().cycle().enumerate() {
        if Instant::now() >= until {
            break;
        }
        all.push(note(format!("written {writer}-{number}"), deal, doors)?);
    }
    Ok(all)
}

fn note(text: String, deal: &str, doors: &RwLock<Vec<Door>>) -> Result<Written> {
    let key = format!("{}-{:x}", text.replace(' ', "-"), chosen(0..u64::MAX));
    let more = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
    let body = serde_json::json!({ "text": text }).to_string();
    let (begun, mut asked) = (Instant::now(), 0);
    let path = format!("/api/v1/deals/{deal}/notes");
    loop {
        asked += 1;
        let answer = one_of(doors).map(|door| door.ask("POST", &path, &more, &body));
        let outcome = match &answer {
            Some(Ok((201, _))) => Some(Outcome::Acknowledged),
            Some(Ok((409, words))) if words.contains("outcome-unknown") => Some(Outcome::Unknown),
            // Whoever had it under way that long was killed; only after ten minutes is that certain.
            Some(Ok((409, words)))
                if words.contains("under-way") && begun.elapsed() > UNDER_WAY =>
            {
                Some(Outcome::Unknown)
            }
            // Under way, a fault while something was down, or no answer at all.
            Some(Ok((409 | 500..=599, _)) | Err(_)) | None => None,
            Some(Ok((status, words))) => bail!("{text}: {status} {words}"),
        };
        if let Some(outcome) = outcome {
            let took_ms = begun.elapsed().as_secs_f64() * 1e3;
            return Ok(Written { text, outcome, asked, took_ms });
        }
        ensure!(
            begun.elapsed() < PATIENCE,
            "{text}: nobody settles it; the last answer: {answer:?}"
        );
        std::thread::sleep(PAUSE);
    }
}

/// Reads one thing after the other, and counts the answers.
pub(super) fn read(doors: &RwLock<Vec<Door>>, until: Instant, count: &AtomicU64) {
    for path in ["/api/v1/review", "/api/v1/deals", "/api/v1/search?words=offer"].iter().cycle() {
        if Instant::now() >= until {
            break;
        }
        match one_of(doors).map(|door| door.ask("GET", path, "", "")) {
            Some(Ok((200, _))) => {
                count.fetch_add(1, Ordering::Relaxed);
            }
            _ => std::thread::sleep(PAUSE),
        }
    }
}
