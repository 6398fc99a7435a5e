//! What the program costs that does nothing yet: disk, start, idle memory.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::page::Page;
use super::{median, release};
use crate::command;
use crate::project::Project;
use crate::server::Server;

/// Starts are short and vary; the middle of so many is told.
const STARTS: usize = 11;

pub(super) fn measure(project: &Project, _args: &[String]) -> Result<Page> {
    let program = release(project)?;
    let megabytes = program.metadata()?.len() as f64 / 1e6;
    let folder = project.path("target/bench/size");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let data = folder.join("inroad.db");
    let data = data.to_str().context("The path is no UTF-8")?;
    // A data file is made by whoever says something to keep.
    command::run(Command::new(&program).args(["--data", data, "me", "ada@brandt-advice.example"]))?;
    let mut starts = Vec::new();
    let mut resident = Vec::new();
    // The first start reads the program from the disk; it is told apart.
    for _ in 0..=STARTS {
        let server = Server::start(&program, &["--data", data, "serve"])?;
        starts.push(server.first_answer.as_secs_f64() * 1000.0);
        std::thread::sleep(Duration::from_millis(200));
        resident.push(server.resident_mb().unwrap_or(f64::NAN));
    }
    let first = starts.remove(0);
    let mut page = Page::table(&["what", "figure"]);
    page.row(&["size of the program".to_owned(), format!("{megabytes:.1} MB")]);
    page.row(&["start to first answer, the first time".to_owned(), format!("{first:.0} ms")]);
    page.row(&[
        format!("start to first answer, median of {STARTS}"),
        format!("{:.0} ms", median(starts)),
    ]);
    page.row(&["resident memory, idle".to_owned(), format!("{:.1} MB", median(resident))]);
    page.notes.push("The data file is empty; the server is asked for its page once.".to_owned());
    Ok(page)
}
