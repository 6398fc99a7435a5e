//! `cargo xtask ratios`: fits the likelihood ratios of the cues in `playbook/scenarios` to the runs of
//! letters in `playbook/letters`, whose cues and causes were named by those who wrote them.
//!
//! What a person had set stays beside as `guess`, and the fit is drawn towards it, so a cue that no
//! run shows keeps its guess. Signals (who wrote when) are in no run: theirs stay as they were set.
//!
//! Must not: look at anything but the playbook. Stories stay aside, so that they can tell what it is
//! worth.

mod file;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use inroad_advice::playbook::scenario::Scenario;
use inroad_advice::playbook::signs::Sign;
use inroad_model::{Cause, Cue};
use inroad_stats::Multinomial;

use crate::cues::letters::{self, Run};
use crate::project::Project;

/// How strongly the fit is drawn towards what was set by hand: chosen on runs set aside in five
/// parts, where 0.3 to 3 are alike.
const PENALTY: f64 = 3.0;
/// Parts in turn set aside.
const PARTS: usize = 5;

/// The cases of a file: the cause, or none where nothing is wrong.
type Case = Option<Cause>;

/// Fits and writes the files.
pub(crate) fn run(project: &Project) -> Result<()> {
    let folder = project.path("playbook/scenarios");
    let mut files = BTreeMap::new();
    let mut scenarios = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let scenario = Scenario::read(&name, &text)?;
        files.insert(scenario.cause, (path, text));
        scenarios.insert(scenario.cause, scenario);
    }
    let runs = letters::read(&project.path("playbook/letters"))?;
    let prior = prior(&scenarios);
    told(&runs, &scenarios, &prior)?;
    let everything: Vec<&Run> = runs.iter().collect();
    let fitted = fit(&everything, &scenarios, &prior)?;
    let of_files = files.values().zip(scenarios.values()).zip(&fitted.coefficients);
    for (((path, text), scenario), weights) in of_files {
        let ratios = Cue::ALL.iter().copied().zip(weights.iter().map(|weight| weight.exp()));
        std::fs::write(path, file::with_ratios(text, scenario, &ratios.collect())?)?;
    }
    println!("{} files in {} written", scenarios.len(), folder.display());
    Ok(())
}

/// What was set by hand: shares, and the log of each ratio.
fn prior(scenarios: &BTreeMap<Case, Scenario>) -> Multinomial {
    let weights = |scenario: &Scenario| -> Vec<f64> {
        let guess = |cue: &Cue| {
            let clue = scenario.evidence.iter().find(|clue| clue.sign == Sign::Cue(*cue));
            clue.map_or(1.0, |clue| clue.guess.unwrap_or(1.0)).ln()
        };
        Cue::ALL.iter().map(guess).collect()
    };
    Multinomial {
        intercepts: scenarios.values().map(|scenario| scenario.share.ln()).collect(),
        coefficients: scenarios.values().map(weights).collect(),
    }
}

fn fit(
    runs: &[&Run],
    scenarios: &BTreeMap<Case, Scenario>,
    prior: &Multinomial,
) -> Result<Multinomial> {
    let rows: Vec<Vec<f64>> = runs.iter().map(|run| row(run)).collect();
    let kinds: Vec<usize> = runs.iter().map(|run| kind(run, scenarios)).collect();
    Multinomial::fit(&rows, &kinds, prior, PENALTY).context("The ratios cannot be fitted")
}

/// Which cues a run has.
fn row(run: &Run) -> Vec<f64> {
    let carried: BTreeSet<Cue> =
        run.letters.iter().flatten().flat_map(|sentence| sentence.cues.iter().copied()).collect();
    Cue::ALL.iter().map(|cue| f64::from(u8::from(carried.contains(cue)))).collect()
}

fn kind(run: &Run, scenarios: &BTreeMap<Case, Scenario>) -> usize {
    scenarios.keys().position(|case| *case == run.cause).unwrap_or(usize::MAX)
}

/// Tells how often the cause of a run is found when its cues are known, by what was set by hand and
/// by a fit that has not seen it.
fn told(runs: &[Run], scenarios: &BTreeMap<Case, Scenario>, prior: &Multinomial) -> Result<()> {
    let places = |model: &Multinomial, run: &Run| -> usize {
        let likely = model.probabilities(&row(run));
        let right = likely.get(kind(run, scenarios)).copied().unwrap_or_default();
        likely.iter().filter(|p| **p > right).count()
    };
    let mut by_hand = Vec::new();
    let mut by_fit = Vec::new();
    for part in 0..PARTS {
        let is_apart = |at: usize| at % PARTS == part;
        let others: Vec<&Run> =
            runs.iter().enumerate().filter(|(at, _)| !is_apart(*at)).map(|(_, run)| run).collect();
        let fitted = fit(&others, scenarios, prior)?;
        for (_, run) in runs.iter().enumerate().filter(|(at, _)| is_apart(*at)) {
            by_hand.push(places(prior, run));
            by_fit.push(places(&fitted, run));
        }
    }
    for (what, places) in [("set by hand", by_hand), ("fitted", by_fit)] {
        let share = |most: usize| {
            let found = places.iter().filter(|place| **place < most).count();
            100.0 * found as f64 / places.len() as f64
        };
        println!(
            "{} runs, ratios {what}: cause first {:.0} %, in first three {:.0} %",
            runs.len(),
            share(1),
            share(3)
        );
    }
    Ok(())
}
