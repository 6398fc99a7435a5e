//! `cargo xtask bench imap`: a mailbox fetched from Dovecot over loopback, in the open and encrypted.
//!
//! `--messages N` another number of messages; `--unoptimised` as tests are built, which is only good
//! for a look.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use super::cost;
use super::page::Page;
use crate::command;
use crate::dovecot::Dovecot;
use crate::project::Project;

const PERSON: &str = "seller8";
const MESSAGES: u32 = 20_000;
/// Of ordinary business mail, with what was quoted.
const LINES_MAX: u32 = 160;

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let (mut messages, mut is_optimised) = (MESSAGES, true);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--messages" => {
                let count = args.next().context("--messages wants a number")?;
                messages = count.parse().context("--messages wants a number")?;
            }
            "--unoptimised" => is_optimised = false,
            other => bail!("There is no option {other}"),
        }
    }
    let kind = if is_optimised { "release" } else { "debug" };
    let mut build = Command::new("cargo");
    build.args([
        "build",
        "--locked",
        "--quiet",
        "--package",
        "inroad-imap",
        "--example",
        "read_all",
    ]);
    if is_optimised {
        build.arg("--release");
    }
    command::run(build.current_dir(project.root()))?;
    let target = std::env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| project.path("target"), |folder| project.path(folder));
    let program = target.join(kind).join("examples/read_all");

    let server = Dovecot::start(project)?;
    server.fill(PERSON, messages, message)?;
    let folder = project.path("target/bench/imap");
    std::fs::create_dir_all(&folder)?;
    let mut run = Command::new(program);
    run.arg(PERSON).envs(server.variables());
    // The first run lets Dovecot make its index.
    let warm = run.output()?;
    ensure!(warm.status.success(), "{}", String::from_utf8_lossy(&warm.stderr));
    let said = folder.join("said.txt");
    let out = std::fs::File::create(&said)?;
    let (cost, status) = cost::timed(&run, &folder.join("time.txt"), |time| {
        time.stdout(Stdio::from(out)).stdin(Stdio::null());
    })?;
    ensure!(status.success(), "{} failed", command::shown(&run));
    let mut page = Page::table(&["connection", "step", "count", "MB", "s", "a second"]);
    for line in std::fs::read_to_string(said)?.lines() {
        page.row(&row(line).with_context(|| format!("It says: {line}"))?);
    }
    page.notes.push(format!(
        "One connection; the program took {:.1} s of processor and {:.0} MB of memory for both. Built \
         for {kind}.",
        cost.processor_s(),
        cost.resident_mb,
    ));
    Ok(page)
}

fn row(line: &str) -> Option<[String; 6]> {
    let mut cells = line.split('\t');
    let (connection, step) = (cells.next()?.to_owned(), cells.next()?.to_owned());
    let count: u32 = cells.next()?.parse().ok()?;
    let megabytes = cells.next()?.parse::<f64>().ok()? / 1e6;
    let seconds: f64 = cells.next()?.parse().ok()?;
    let rate = f64::from(count) / seconds.max(1e-3);
    let cell = |value: f64| format!("{value:.2}");
    Some([
        connection,
        step,
        count.to_string(),
        cell(megabytes),
        cell(seconds),
        format!("{rate:.0}"),
    ])
}

fn message(n: u32) -> String {
    let line = "Dear Anna, thank you for the call; the offer that we spoke of is below.\r\n";
    format!(
        "From: me@lindner.example\r\nTo: anna@lindner.example\r\nSubject: letter {n}\r\n\
         Message-ID: <m{n}@lindner.example>\r\nDate: Thu, 01 Feb 2024 10:20:30 +0100\r\n\r\n{}",
        line.repeat(usize::try_from(n.wrapping_mul(2_654_435_761) % LINES_MAX).unwrap_or(1)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_printed() {
        let cells = row("encrypted\tmessages\t100\t2000000\t0.500").unwrap();
        assert_eq!(cells, ["encrypted", "messages", "100", "2.00", "0.50", "200"]);
        assert!(row("encrypted").is_none());
    }
}
