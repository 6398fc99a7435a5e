//! `cargo xtask sayings`: learns what sentences of drafts say from the sentences in `playbook/coach/sayings`, writes
//! the weights that ship and the page that says how good they are.
//!
//! The same sentences give the same bytes, so `--check` can tell whether what ships is what they make.
//!
//! Must not: look at drafts that are set aside.

mod lessons;
mod report;
mod threshold;

use anyhow::Result;

use crate::linear::keep::Keep;
use crate::linear::set_aside::SetAside;
use crate::linear::train::Learner;
use crate::project::Project;
use lessons::Lessons;

/// How sayings are learnt; chosen by drafts to build on that were set aside in turn.
const LEARNER: Learner = Learner { penalty: 1.0, lessons_min: 4, share_min: 0.06 };
/// So many parts of the sentences are set aside in turn.
const PARTS: usize = 5;
const WEIGHTS: &str = "crates/coach/src/reading/sayings.bin.zst";
/// How hard they are packed: once, for every copy of the program.
const PACKED: i32 = 19;
const PAGE: &str = "docs/benchmarks/sayings.md";

/// Learns and writes, or learns and compares.
pub(crate) fn run(project: &Project, keep: Keep) -> Result<()> {
    let Lessons { sayings, lessons } = lessons::read(project)?;
    println!("{} sayings, {} sentences", sayings.len(), lessons.len());
    let mut aside = SetAside::new(&sayings);
    for part in 0..PARTS {
        aside.add_part(LEARNER, &lessons, |_, lesson| lesson.part % PARTS == part)?;
    }
    let calibration = threshold::calibrated(&aside)?;
    let everything: Vec<&lessons::Saying> = lessons.iter().collect();
    let bytes = LEARNER.learn(&sayings, &everything, &calibration)?;
    let bytes = zstd::bulk::compress(&bytes, PACKED)?;
    let page = report::page(&aside, &calibration, bytes.len());
    let files = [(WEIGHTS, bytes.as_slice()), (PAGE, page.as_bytes())];
    keep.files(project, "cargo xtask sayings", &files)
}
