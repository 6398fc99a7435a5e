//! How long a server takes to answer, ours and others alike: the same requests, the same clock.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use anyhow::{Result, ensure};
use serde::Deserialize;

/// How often a page is asked for.
pub(super) const RUNS: usize = 40;

/// What is asked of a server.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Request {
    pub method: String,
    /// Path and query.
    pub address: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

/// A page, asked for often; of all its requests together.
pub(super) struct Figure {
    median_ms: f64,
    p95_ms: f64,
    kilobytes: f64,
}

impl Request {
    /// The whole answer, on a connection of its own.
    pub(super) fn ask(&self, host: &str) -> Result<Vec<u8>> {
        let mut stream = TcpStream::connect(host)?;
        stream.write_all(self.text(host).as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let is_good =
            [&b"HTTP/1.1 2"[..], b"HTTP/1.0 2"].iter().any(|good| answer.starts_with(good));
        let begin = answer.get(..60).unwrap_or(&answer);
        ensure!(is_good, "{}: {}", self.address, String::from_utf8_lossy(begin));
        Ok(answer)
    }

    fn text(&self, host: &str) -> String {
        let mut lines = vec![
            format!("{} {} HTTP/1.1", self.method, self.address),
            format!("Host: {host}"),
            "Connection: close".to_owned(),
        ];
        lines.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        if !self.body.is_empty() {
            lines.push(format!("Content-Length: {}", self.body.len()));
        }
        format!("{}\r\n\r\n{}", lines.join("\r\n"), self.body)
    }
}

impl Figure {
    /// Median and 95 % in milliseconds, and kilobytes.
    pub(super) fn cells(&self) -> [String; 3] {
        [
            format!("{:.1}", self.median_ms),
            format!("{:.1}", self.p95_ms),
            format!("{:.0}", self.kilobytes),
        ]
    }
}

/// Asks once, and then often, each request when the one before it is answered.
pub(super) fn often(host: &str, requests: &[Request]) -> Result<Figure> {
    let ask = || requests.iter().map(|request| Ok(request.ask(host)?.len())).sum::<Result<usize>>();
    let bytes = ask()?;
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        ask()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(f64::NAN);
    Ok(Figure { median_ms: at(50), p95_ms: at(95), kilobytes: bytes as f64 / 1000.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_with_a_body() {
        let request: Request = serde_json::from_str(
            r#"{"method": "POST", "address": "/a?b=c", "headers": {"Cookie": "k=v"}, "body": "[]"}"#,
        )
        .unwrap();
        assert_eq!(
            request.text("h:1"),
            "POST /a?b=c HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\nCookie: k=v\r\n\
             Content-Length: 2\r\n\r\n[]"
        );
    }
}
