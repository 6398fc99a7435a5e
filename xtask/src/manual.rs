//! `cargo xtask manual`: writes the chapters of the manual that are made from the files of the
//! playbook, so that the two never say different things.
//!
//! Must not: say anything that stands in no file.

mod coach_rules;

use std::fmt::Write;

use anyhow::{Context, Result};
use inroad_advice::playbook::Playbook;
use inroad_advice::playbook::scenario::{Play, Scenario, Whom};
use inroad_advice::playbook::signs::Sign;

use crate::project::Project;

/// Where a chapter stands, of which folder it is made, and its text.
type Chapter = (&'static str, &'static str, fn() -> String);

/// The chapters that are made.
const CHAPTERS: [Chapter; 2] = [
    ("docs/playbook.md", "playbook/scenarios", chapter),
    ("docs/coach-rules.md", "playbook/coach", coach_rules::chapter),
];
/// From this likelihood ratio on, or its inverse, a sign is worth a word.
const WORTH_SAYING: f64 = 1.3;

/// Writes the chapters.
pub(crate) fn write(project: &Project) -> Result<()> {
    for (place, _, chapter) in CHAPTERS {
        std::fs::write(project.path(place), chapter()).context(place)?;
        println!("{place} written");
    }
    Ok(())
}

/// The chapters that are not what the files make, each with the folder of these.
pub(crate) fn stale(project: &Project) -> Vec<(&'static str, &'static str)> {
    let is_current = |place: &str, text: String| {
        std::fs::read_to_string(project.path(place)).is_ok_and(|stands| stands == text)
    };
    let stale = CHAPTERS.into_iter().filter(|(place, _, chapter)| !is_current(place, chapter()));
    stale.map(|(place, folder, _)| (place, folder)).collect()
}

fn chapter() -> String {
    let mut text = String::from(
        "# The playbook\n\nWhy a deal may have gone quiet, what it looks like, what to ask and what to do. This chapter\nis made from the files in [playbook/scenarios](../playbook/scenarios) by `cargo xtask manual`;\n[the manual](manual.md) says how to add files of your own. No cause is ever certain: a sign only makes\none likelier than another.\n",
    );
    for (name, scenario) in Playbook::shipped().scenarios() {
        if scenario.cause.is_some() {
            about(&mut text, name, scenario);
        }
    }
    text
}

fn about(text: &mut String, name: &str, scenario: &Scenario) {
    let mut paragraph = |line: &str| {
        text.push('\n');
        text.push_str(line);
        text.push('\n');
    };
    paragraph(&format!("## {}", scenario.name));
    paragraph(&format!("`{name}` · as a rule: {}", scenario.advice.in_words()));
    paragraph(&scenario.looks_like);
    for (what, speaks) in [("Speaks for it", true), ("Speaks against it", false)] {
        let signs = signs(scenario, speaks);
        if !signs.is_empty() {
            paragraph(&format!("{what}: {}.", signs.join("; ")));
        }
    }
    for question in &scenario.question {
        paragraph(&format!("Ask {}: *{}*", whom(question.whom), unnamed(&question.text)));
    }
    for play in &scenario.play {
        paragraph(&played(play));
    }
    for never in &scenario.never {
        paragraph(&format!("**Never:** {never}"));
    }
    if !scenario.worked.is_empty() {
        paragraph(&format!("It worked when: {}", scenario.worked));
    }
}

/// What a sign says, those that weigh most first.
fn signs(scenario: &Scenario, speaks: bool) -> Vec<String> {
    let weight = |times: f64| if speaks { times } else { 1.0 / times };
    let mut clues: Vec<_> =
        scenario.evidence.iter().filter(|clue| weight(clue.times) >= WORTH_SAYING).collect();
    clues.sort_by(|a, b| weight(b.times).total_cmp(&weight(a.times)));
    let says = |sign: Sign| match sign {
        Sign::Cue(cue) => format!("somebody {}", cue.says()),
        Sign::Signal(signal) => begins_small(signal.says()),
    };
    clues.iter().map(|clue| format!("{} (×{})", says(clue.sign), clue.times)).collect()
}

fn begins_small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn played(play: &Play) -> String {
    let mut text = format!("**{}**", play.name);
    if !play.when.is_empty() {
        let _ = write!(text, ", when {}", play.when);
    }
    text.push('\n');
    for (step, number) in play.steps.iter().zip(1..) {
        let step = step.replace("{name}", whom(play.whom));
        let _ = write!(text, "\n{number}. {step}");
    }
    text
}

fn whom(whom: Whom) -> &'static str {
    match whom {
        Whom::Contact => "your contact",
        Whom::Another => "somebody else there",
        Whom::DecisionMaker => "whoever decides",
        Whom::Nobody => "nobody",
    }
}

/// A question without the name of whoever is asked.
fn unnamed(text: &str) -> String {
    text.replace(", {name},", "").replace(", {name}", "")
}
