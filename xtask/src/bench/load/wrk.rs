//! Load from a process of its own: `wrk`, told by a script what to ask of whom.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::super::meter::Request;
use crate::command;
use crate::need::{Met, Need};

const WRK: Need =
    Need { programs: &["wrk"], purpose: "asks much of servers in benchmarks", packages: &["wrk"] };
/// What it asks with, and what it says at its end.
const SCRIPT: &str = include_str!("ask.lua");
/// What it says begins with that.
const MARK: &str = "measured ";

/// A server, and what is asked of it in turn. `{n}` in a body is a number that no other request has.
pub(super) struct Target {
    pub host: String,
    pub requests: Vec<Request>,
}

/// What a while of load came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    pub per_second: f64,
    pub median_ms: f64,
    pub p99_ms: f64,
    /// Requests that were answered.
    pub answered: f64,
}

/// Brings `wrk`.
pub(super) fn bring() -> Result<()> {
    match WRK.meet() {
        Met::By(_) => Ok(()),
        Met::No(why) => bail!("{why}"),
    }
}

/// Asks all targets at once over so many connections each; every answer must be a good one.
pub(super) fn ask(
    folder: &Path,
    targets: &[Target],
    connections: usize,
    seconds: u64,
) -> Result<Rate> {
    let script = folder.join("ask.lua");
    std::fs::write(&script, format!("local targets = {{{}}}\n{SCRIPT}", told(targets)?))?;
    let first = targets.first().context("Nobody is asked")?;
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", &targets.len().to_string()])
        .args(["--connections", &(targets.len() * connections).to_string()])
        .args(["--duration", &format!("{seconds}s"), "--timeout", "60s", "--script"])
        .arg(&script)
        .arg(format!("http://{}/", first.host))
        .stdin(Stdio::null());
    let out = wrk.output().with_context(|| command::shown(&wrk))?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix(MARK));
    let line = line.with_context(|| {
        format!("wrk says nothing: {text}{}", String::from_utf8_lossy(&out.stderr))
    })?;
    let figures = line.split(' ').map(str::parse).collect::<Result<Vec<f64>, _>>()?;
    let [answered, failed, micros, median, p99] = figures.as_slice() else {
        bail!("wrk says: {line}");
    };
    ensure!(failed.total_cmp(&0.0).is_eq(), "{failed} of {answered} requests failed: {text}");
    Ok(Rate {
        per_second: answered / (micros / 1e6),
        median_ms: median / 1e3,
        p99_ms: p99 / 1e3,
        answered: *answered,
    })
}

/// The targets as the script reads them.
fn told(targets: &[Target]) -> Result<String> {
    let mut lines = Vec::new();
    for target in targets {
        let (name, port) = target.host.rsplit_once(':').context("A host without a port")?;
        let mut requests = Vec::new();
        for request in &target.requests {
            let mut headers: BTreeMap<&str, &str> = BTreeMap::from([("Host", &*target.host)]);
            headers.extend(request.headers.iter().map(|(name, value)| (&**name, &**value)));
            let headers: Vec<String> = headers
                .iter()
                .map(|(name, value)| Ok(format!("[{}]={}", quoted(name)?, quoted(value)?)))
                .collect::<Result<_>>()?;
            requests.push(format!(
                "{{{}, {}, {{{}}}, {}}}",
                quoted(&request.method)?,
                quoted(&request.address)?,
                headers.join(", "),
                if request.body.is_empty() { "nil".to_owned() } else { quoted(&request.body)? },
            ));
        }
        let requests = requests.join(",\n");
        lines.push(format!("{{{}, {}, {{{requests}}}}}", quoted(name)?, quoted(port)?));
    }
    Ok(lines.join(",\n"))
}

/// A text as Lua reads it: of what stands in ours, the same as JSON's.
fn quoted(text: &str) -> Result<String> {
    ensure!(text.is_ascii(), "Only plain letters are asked with: {text}");
    Ok(serde_json::to_string(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_told() {
        let request = Request {
            method: "POST".to_owned(),
            address: "/a?b=\"c\"".to_owned(),
            headers: BTreeMap::from([("X".to_owned(), "1".to_owned())]),
            body: "{\"n\": \"{n}\"}\n".to_owned(),
        };
        let target = Target { host: "127.0.0.1:80".to_owned(), requests: vec![request] };
        assert_eq!(
            told(&[target]).unwrap(),
            r#"{"127.0.0.1", "80", {{"POST", "/a?b=\"c\"", {["Host"]="127.0.0.1:80", ["X"]="1"}, "{\"n\": \"{n}\"}\n"}}}"#
        );
    }
}
