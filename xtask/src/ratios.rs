//! `cargo xtask ratios`: fits the likelihood ratios of the cues in `playbook/scenarios` to the runs of
//! letters in `playbook/letters`, whose causes were named by those who wrote them, and writes to `playbook/usual.toml`
//! how often a cue is told in a letter where nothing is wrong.
//!
//! Cues are taken as the program reads them, not as they were labelled, by what was learnt of other hands
//! (`cargo xtask cues` leaves it in `target`): a cue that is often read where there is none has to count for less.
//!
//! What a person had set stays beside as `guess`, and the fit is drawn towards it, so a cue that no
//! run shows keeps its guess. Signals (who wrote when) are in no run: theirs stay as they were set.
//!
//! Must not: look at anything but the playbook. Stories stay aside, so that they can tell what it is
//! worth.

mod file;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use inroad_advice::playbook::scenario::Scenario;
use inroad_advice::playbook::signs::Sign;
use inroad_advice::playbook::usual::strength_beside;
use inroad_model::{Cause, Cue};
use inroad_stats::Multinomial;

use crate::cues::READINGS;
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
    let readings = readings(&project.path(READINGS))?;
    let runs = letters::read(&project.path("playbook/letters"))?;
    let runs = runs.iter().map(|run| Heard::of(run, &readings)).collect::<Result<Vec<_>>>()?;
    let usual = usual(&runs);
    std::fs::write(project.path("playbook/usual.toml"), usual_file(&usual))?;
    let runs: Vec<Signed> = runs.iter().map(|run| Signed::of(run, &usual)).collect();
    let prior = prior(&scenarios);
    told(&runs, &scenarios, &prior)?;
    let everything: Vec<&Signed> = runs.iter().collect();
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
    runs: &[&Signed],
    scenarios: &BTreeMap<Case, Scenario>,
    prior: &Multinomial,
) -> Result<Multinomial> {
    let rows: Vec<Vec<f64>> = runs.iter().map(|run| run.signs.clone()).collect();
    let kinds: Vec<usize> = runs.iter().map(|run| kind(run, scenarios)).collect();
    Multinomial::fit(&rows, &kinds, prior, PENALTY).context("The ratios cannot be fitted")
}

/// How likely each sentence of a hand carries which cues.
type Readings = BTreeMap<(String, String), Vec<(Cue, f64)>>;

fn readings(file: &Path) -> Result<Readings> {
    let way_out = || format!("{} is not here: run `cargo xtask cues` first", file.display());
    let text = std::fs::read_to_string(file).with_context(way_out)?;
    let cue = |told: &str| -> Option<(Cue, f64)> {
        let (name, probability) = told.split_once('=')?;
        let cue = Cue::ALL.iter().find(|cue| cue.as_str() == name)?;
        Some((*cue, probability.parse().ok()?))
    };
    let line = |(number, line): (usize, &str)| {
        let mut parts = line.split('\t');
        let (hand, words) = parts.next().zip(parts.next()).context("a hand and words")?;
        let cues = parts.map(|told| cue(told).context("a cue")).collect::<Result<_>>()?;
        anyhow::Ok(((hand.to_owned(), words.to_owned()), cues)).with_context(|| number.to_string())
    };
    text.lines()
        .enumerate()
        .map(line)
        .collect::<Result<_>>()
        .with_context(|| file.display().to_string())
}

/// What is read of a run.
#[derive(Debug)]
struct Heard {
    cause: Case,
    letters: usize,
    /// How often each cue is told: of each letter the plainest sentence.
    times: BTreeMap<Cue, f64>,
}

impl Heard {
    fn of(run: &Run, readings: &Readings) -> Result<Self> {
        let mut times: BTreeMap<Cue, f64> = BTreeMap::new();
        for letter in &run.letters {
            let mut plainest: BTreeMap<Cue, f64> = BTreeMap::new();
            for sentence in letter {
                let place = (sentence.voice.clone(), sentence.text.clone());
                let read = readings.get(&place).with_context(|| {
                    format!("'{}' was not read: run `cargo xtask cues` anew", sentence.text)
                })?;
                for (cue, probability) in read {
                    let known = plainest.entry(*cue).or_default();
                    *known = known.max(*probability);
                }
            }
            for (cue, probability) in plainest {
                *times.entry(cue).or_default() += probability;
            }
        }
        Ok(Self { cause: run.cause, letters: run.letters.len(), times })
    }
}

/// How often each cue is told in a letter where nothing is wrong.
fn usual(runs: &[Heard]) -> BTreeMap<Cue, f64> {
    let healthy = || runs.iter().filter(|run| run.cause.is_none());
    let letters = healthy().map(|run| run.letters).sum::<usize>().max(1) as f64;
    let times = |cue: &Cue| healthy().filter_map(|run| run.times.get(cue)).sum::<f64>();
    // As it is written, so that the fit is to what the program will see.
    let rounded = |cue: &Cue| (1e4 * times(cue) / letters).round() / 1e4;
    Cue::ALL.iter().map(|cue| (*cue, rounded(cue).max(1e-4))).collect()
}

fn usual_file(usual: &BTreeMap<Cue, f64>) -> String {
    let mut text = "# How often each cue is told in a letter where nothing is wrong, as the program reads it. Written by\n\
                    # `cargo xtask ratios` from playbook/letters.\n\n[per_letter]\n"
        .to_owned();
    for (cue, times) in usual {
        let _ = writeln!(text, "{} = {times:?}", cue.as_str());
    }
    text
}

/// A run as the playbook sees it.
#[derive(Debug)]
struct Signed {
    cause: Case,
    /// How strong a sign each cue is.
    signs: Vec<f64>,
}

impl Signed {
    fn of(run: &Heard, usual: &BTreeMap<Cue, f64>) -> Self {
        let sign = |cue: &Cue| {
            let times = run.times.get(cue).copied().unwrap_or_default();
            let usual = usual.get(cue).copied().unwrap_or_default();
            strength_beside(usual, times, run.letters as f64)
        };
        Self { cause: run.cause, signs: Cue::ALL.iter().map(sign).collect() }
    }
}

fn kind(run: &Signed, scenarios: &BTreeMap<Case, Scenario>) -> usize {
    scenarios.keys().position(|case| *case == run.cause).unwrap_or(usize::MAX)
}

/// Tells how often the cause of a run is found when its cues are known, by what was set by hand and
/// by a fit that has not seen it.
fn told(runs: &[Signed], scenarios: &BTreeMap<Case, Scenario>, prior: &Multinomial) -> Result<()> {
    let places = |model: &Multinomial, run: &Signed| -> usize {
        let likely = model.probabilities(&run.signs);
        let right = likely.get(kind(run, scenarios)).copied().unwrap_or_default();
        likely.iter().filter(|p| **p > right).count()
    };
    let mut by_hand = Vec::new();
    let mut by_fit = Vec::new();
    for part in 0..PARTS {
        let is_apart = |at: usize| at % PARTS == part;
        let others: Vec<&Signed> =
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
