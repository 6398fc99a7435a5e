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

use anyhow::Result;
use inroad_model::Cue;

use crate::linear::Lesson;
use crate::linear::keep::Keep;
use crate::linear::train::Learner;
use crate::project::Project;
use examples::Example;

/// How cues are learnt; chosen on hands that were set aside.
const LEARNER: Learner = Learner { penalty: 2.0, lessons_min: 2, share_min: 0.03 };

const WEIGHTS: &str = "crates/language/src/cues/weights.bin.zst";
/// How hard they are packed: once, for every copy of the program.
const PACKED: i32 = 19;
const PAGE: &str = "docs/cues.md";
const TEACHING: &str = "docs/corrections.md";

impl Lesson<Cue> for Example {
    fn text(&self) -> &str {
        &self.text
    }

    fn carries(&self, cue: &Cue) -> bool {
        self.cues.contains(cue)
    }
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
    let calibration = evaluate::calibration(&set_aside)?;
    let bytes = LEARNER.learn(Cue::ALL, &everything, &calibration)?;
    let bytes = zstd::bulk::compress(&bytes, PACKED)?;
    let page = report::page(&examples, &evaluate::figures(&set_aside)?, bytes.len());
    let files = [(WEIGHTS, bytes.as_slice()), (PAGE, page.as_bytes())];
    keep.files(project, "cargo xtask cues", &files)
}
