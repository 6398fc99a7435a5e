//! `cargo xtask cues`: learns the cues from the examples in `playbook/cues` and `playbook/letters`, writes the weights
//! that ship and the page that says how good they are.
//!
//! The same examples give the same bytes, so `--check` can tell whether what ships is what the
//! examples make.
//!
//! Must not: look at anything but the examples.

mod evaluate;
pub(crate) mod examples;
pub(crate) mod letters;
mod report;
mod teaching;
mod train;

use anyhow::{Result, ensure};

use crate::project::Project;
use examples::Example;

const WEIGHTS: &str = "crates/language/src/cues/weights.bin.zst";
/// How hard they are packed: once, for every copy of the program.
const PACKED: i32 = 19;
const PAGE: &str = "docs/cues.md";
const TEACHING: &str = "docs/corrections.md";

/// What to do with what was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Write it.
    Write,
    /// Compare it with what is there.
    Check,
}

/// Measures what corrections teach, and writes the page that says it.
pub(crate) fn teach(project: &Project) -> Result<()> {
    let examples = all_examples(project)?;
    std::fs::write(project.path(TEACHING), evaluate::teach_first_part(&examples)?)?;
    println!("figures in {TEACHING}");
    Ok(())
}

fn all_examples(project: &Project) -> Result<Vec<Example>> {
    let mut examples = examples::read(&project.path("playbook/cues"))?;
    let runs = letters::read(&project.path("playbook/letters"))?;
    examples.extend(letters::sentences(&runs).cloned());
    println!("{} examples of {} hands", examples.len(), examples::voices(&examples).len());
    Ok(examples)
}

/// Learns and writes, or learns and compares.
pub(crate) fn run(project: &Project, keep: Keep) -> Result<()> {
    let examples = all_examples(project)?;
    let set_aside = evaluate::set_aside(&examples)?;
    let everything: Vec<&Example> = examples.iter().collect();
    let calibration = set_aside.calibration()?;
    let bytes = train::learn(&everything, &calibration)?;
    let bytes = zstd::bulk::compress(&bytes, PACKED)?;
    let page = report::page(&examples, &set_aside.figures()?, bytes.len());
    match keep {
        Keep::Write => {
            std::fs::write(project.path(WEIGHTS), &bytes)?;
            std::fs::write(project.path(PAGE), page)?;
            println!("{} bytes in {WEIGHTS}, figures in {PAGE}", bytes.len());
        }
        Keep::Check => {
            let way_out = "run `cargo xtask cues` and commit what it writes";
            let is_same = std::fs::read(project.path(WEIGHTS))? == bytes;
            ensure!(is_same, "{WEIGHTS} is not what the examples make: {way_out}");
            let is_same = std::fs::read_to_string(project.path(PAGE))? == page;
            ensure!(is_same, "{PAGE} is not what the examples make: {way_out}");
            println!("{WEIGHTS} and {PAGE} are what the examples make");
        }
    }
    Ok(())
}
