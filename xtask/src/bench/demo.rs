//! How long a newcomer waits for the sample's review once the program is built.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Result, ensure};

use super::page::Page;
use super::{median, release};
use crate::project::Project;

const RUNS: usize = 5;

pub(super) fn measure(project: &Project, _args: &[String]) -> Result<Page> {
    let program = release(project)?;
    let folder = project.path("target/bench/demo");
    let mut first = Vec::new();
    let mut again = Vec::new();
    for _ in 0..RUNS {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        for times in [&mut first, &mut again] {
            let start = Instant::now();
            let status = Command::new(&program)
                .arg("--data")
                .arg(folder.join("demo.db"))
                .args(["demo", "--no-serve"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()?;
            times.push(start.elapsed().as_secs_f64());
            ensure!(status.success(), "inroad demo failed ({status})");
        }
    }
    let mut page = Page::table(&["what", "figure"]);
    for (what, times) in [("first time, with the import", first), ("again", again)] {
        page.row(&[format!("{what}, median of {RUNS}"), format!("{:.2} s", median(times))]);
    }
    Ok(page)
}
