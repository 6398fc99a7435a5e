//! `cargo xtask bench server`: what the same work costs with the data in a file and in PostgreSQL, and whether one
//! letter more costs more where there are many.
//!
//! The server is a new cluster on this machine, with its log written through to the disk as it comes. Seconds of the
//! clock, since the server works in processes of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::cost::timed;
use super::import::mail_folder;
use super::page::Page;
use super::{median, release_for_teams};
use crate::postgres::{Postgres, WritesThrough};
use crate::project::Project;

/// How many messages a workspace has before one more comes in.
const SIZES: [usize; 3] = [1_000, 10_000, 50_000];
/// The middle of so many is told.
const RUNS: usize = 5;

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let program = release_for_teams(project)?;
    let mail = mail_folder(project, args)?.join("all.mbox");
    let scratch = project.path("target/bench/server");
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)?;
    }
    std::fs::create_dir_all(&scratch)?;
    let postgres = Postgres::start(WritesThrough::Yes).map_err(anyhow::Error::msg)?;
    let url = postgres.url();
    let mut page = Page::table(&["what", "file, s", "server, s"]);
    for size in SIZES {
        let part = scratch.join(format!("{size}.mbox"));
        cut(&mail, size, &part)?;
        let file = scratch.join(format!("{size}.db"));
        let server = scratch.join(format!("{size}.toml"));
        let named = format!("database = \"{url}\"\nworkspace = \"of {size}\"\n");
        std::fs::write(&server, named)?;
        let places = [file.as_path(), server.as_path()];
        let part = part.to_str().context("The path is no UTF-8")?;
        row(&mut page, &format!("import of {size} messages"), &places, 1, |place, _| {
            run(&program, place, &["import", part], &scratch)
        })?;
        row(&mut page, "the same again, nothing new", &places, 3, |place, _| {
            run(&program, place, &["import", part], &scratch)
        })?;
        row(&mut page, "one letter more", &places, RUNS, |place, n| {
            let letter = scratch.join("one.eml");
            std::fs::write(&letter, one_letter(place, n))?;
            run(&program, place, &["import", letter.to_str().unwrap_or_default()], &scratch)
        })?;
        for words in ["invoice payment", "kowalski"] {
            row(&mut page, &format!("search `{words}`"), &places, RUNS, |place, _| {
                run(&program, place, &["search", words], &scratch)
            })?;
        }
        row(&mut page, "review of all deals", &places, RUNS, |place, _| {
            run(&program, place, &["review", "--as-of", "2026-01-01", "--format", "json"], &scratch)
        })?;
    }
    let largest = scratch.join("50000.db");
    let taken =
        run(&program, &largest, &["migrate", "--to", &url, "--workspace", "moved"], &scratch)?;
    page.row(&[
        "a file of 50000 messages to the server, compared".to_owned(),
        String::new(),
        format!("{taken:.1}"),
    ]);
    page.notes.push(format!(
        "Each figure is a run of the program from its start to its end, with opening the data; the middle of {RUNS} where \
         it can be repeated. PostgreSQL runs beside it on the same two cores, with `fsync` on and nothing tuned."
    ));
    Ok(page)
}

/// Measures the same at both places.
fn row(
    page: &mut Page,
    what: &str,
    places: &[&Path; 2],
    runs: usize,
    mut once: impl FnMut(&Path, usize) -> Result<f64>,
) -> Result<()> {
    let mut cells = vec![what.to_owned()];
    for place in places {
        let taken = (0..runs).map(|n| once(place, n)).collect::<Result<Vec<_>>>()?;
        cells.push(format!("{:.2}", median(taken)));
    }
    // It takes minutes: what is known by now is told at once.
    eprintln!("{}", cells.join(" | "));
    page.row(&cells);
    Ok(())
}

/// Runs the program to its end; gives the seconds of the clock.
fn run(program: &Path, data: &Path, args: &[&str], scratch: &Path) -> Result<f64> {
    let mut command = Command::new(program);
    command.arg("--data").arg(data).args(args);
    let (cost, status) = timed(&command, &scratch.join("time"), |time| {
        time.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    })?;
    // A search that finds nothing says so by its end.
    ensure!(
        status.success() || args.first() == Some(&"search"),
        "{args:?} failed on {}",
        data.display()
    );
    Ok(cost.clock_s)
}

/// A letter that no place has yet.
fn one_letter(place: &Path, n: usize) -> String {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    format!(
        "From: Jana Kern <jana@measured.example>\nTo: me@brandt-advice.example\nSubject: One more\n\
         Message-ID: <{n}.{name}@measured.example>\nDate: Mon, 5 Jan 2026 09:00:0{n} +0000\n\n\
         We have read your offer, and would like to talk about the second part.\n"
    )
}

/// Writes the first messages of a mailbox into another.
fn cut(mail: &Path, messages: usize, to: &Path) -> Result<PathBuf> {
    let mut from = BufReader::new(std::fs::File::open(mail)?);
    let mut written = std::io::BufWriter::new(std::fs::File::create(to)?);
    let (mut line, mut count, mut after_blank) = (Vec::new(), 0, true);
    while from.read_until(b'\n', &mut line)? > 0 {
        if after_blank && line.starts_with(b"From ") {
            count += 1;
            if count > messages {
                break;
            }
        }
        after_blank = matches!(line.as_slice(), b"\n" | b"\r\n");
        written.write_all(&line)?;
        line.clear();
    }
    written.flush()?;
    Ok(to.to_owned())
}
