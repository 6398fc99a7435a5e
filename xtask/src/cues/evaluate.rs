//! How well cues are read of hands that were not learnt from: a fifth of the hands is set aside in
//! turn.
//!
//! Thresholds of a hand are chosen on the others, so that no figure has seen its own answers.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use inroad_language::cues::features::{Reader, tokens_of};
use inroad_language::cues::weights::Weights;
use inroad_model::Cue;
use inroad_stats::{PlattScaling, average_precision};

use super::examples::{Example, voices};
use super::teaching;
use super::train::{Calibration, learn};

/// So many parts of the hands are set aside in turn.
const PARTS: usize = 5;

/// The scores of every example by weights that never saw its hand.
#[derive(Debug)]
pub(crate) struct SetAside<'e> {
    examples: Vec<&'e Example>,
    /// One row an example, one score a cue.
    scores: Vec<Vec<f32>>,
}

/// How well one cue is read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Figures {
    /// Sentences that carry it and are told so.
    pub hits: usize,
    /// Sentences that do not carry it and are told so.
    pub alarms: usize,
    /// Sentences that carry it and are not told so.
    pub missed: usize,
    /// The mean precision over all thresholds.
    pub average_precision: f64,
    /// The mean squared error of the probabilities.
    pub brier: f64,
}

impl Figures {
    /// The share of told sentences that carry it.
    pub(crate) fn precision(self) -> f64 {
        self.hits as f64 / (self.hits + self.alarms).max(1) as f64
    }

    /// The share of sentences that carry it that are told.
    pub(crate) fn recall(self) -> f64 {
        self.hits as f64 / (self.hits + self.missed).max(1) as f64
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        2.0 * self.hits as f64 / (2 * self.hits + self.alarms + self.missed).max(1) as f64
    }
}

/// Learns from all hands but those of one part, reads these, and so on.
pub(crate) fn set_aside(examples: &[Example]) -> Result<SetAside<'_>> {
    let mut all = SetAside { examples: Vec::new(), scores: Vec::new() };
    for part in 0..PARTS.min(voices(examples).len()) {
        all.add_part(examples, part)?;
    }
    Ok(all)
}

/// What corrections teach of the first part, by weights that never saw it: one half of its hands is
/// corrected by weights that are calibrated on the other half.
pub(crate) fn teach_first_part(examples: &[Example]) -> Result<String> {
    let mut first = SetAside { examples: Vec::new(), scores: Vec::new() };
    let weights = first.add_part(examples, 0)?;
    let hands: BTreeSet<&str> = first.examples.iter().map(|e| e.voice.as_str()).collect();
    let half: Vec<&str> = hands.iter().step_by(2).copied().collect();
    let (one, other): (Vec<usize>, Vec<usize>) = (0..first.examples.len())
        .partition(|at| half.contains(&first.examples[*at].voice.as_str()));
    let mut taken = Default::default();
    for (taught, others) in [(&one, &other), (&other, &one)] {
        let mut cues = weights.cues().to_vec();
        for (cue, calibration) in cues.iter_mut().zip(first.calibrated(others)?) {
            calibration.put_into(cue);
        }
        let weights = weights.clone().with_cues(cues);
        let apart: Vec<&Example> = taught.iter().map(|at| first.examples[*at]).collect();
        teaching::teach(&weights, &apart, &mut taken)?;
    }
    Ok(teaching::page(&hands.into_iter().collect::<Vec<_>>(), first.examples.len(), &taken))
}

impl<'e> SetAside<'e> {
    /// Learns without one part of the hands and scores it.
    fn add_part(&mut self, examples: &'e [Example], part: usize) -> Result<Weights> {
        let plain = vec![Calibration::NONE; Cue::ALL.len()];
        let apart: Vec<&str> = voices(examples).into_iter().skip(part).step_by(PARTS).collect();
        let (apart_examples, others): (Vec<&Example>, Vec<&Example>) =
            examples.iter().partition(|example| apart.contains(&example.voice.as_str()));
        let bytes = learn(&others, &plain)?;
        let weights = Weights::from_bytes(&bytes).context("What was learnt cannot be read")?;
        let mut reader = Reader::new(&weights);
        let score = |example: &&Example| reader.scores(&tokens_of(&example.text));
        self.scores.extend(apart_examples.iter().map(score));
        self.examples.extend(apart_examples);
        println!("learnt without [{}]", apart.join("], ["));
        drop(reader);
        Ok(weights)
    }

    /// The calibration of every cue on all hands, each set aside in its turn.
    pub(crate) fn calibration(&self) -> Result<Vec<Calibration>> {
        let everybody: Vec<usize> = (0..self.examples.len()).collect();
        self.calibrated(&everybody)
    }

    /// How well each cue is read, with each hand calibrated on the others.
    pub(crate) fn figures(&self) -> Result<Vec<Figures>> {
        let hands: Vec<&str> = self.examples.iter().map(|e| e.voice.as_str()).collect();
        let mut figures = vec![Figures::default(); Cue::ALL.len()];
        let mut probabilities = vec![vec![0.0; self.examples.len()]; Cue::ALL.len()];
        let each: BTreeSet<&str> = hands.iter().copied().collect();
        for hand in &each {
            let (apart, others): (Vec<usize>, Vec<usize>) =
                (0..self.examples.len()).partition(|at| hands[*at] == *hand);
            for (place, calibration) in self.calibrated(&others)?.iter().enumerate() {
                for at in &apart {
                    let probability = calibration.probability(self.scores[*at][place]);
                    probabilities[place][*at] = probability;
                    let is_told = probability >= calibration.threshold;
                    let figures = &mut figures[place];
                    match (is_told, self.carries(*at, Cue::ALL[place])) {
                        (true, true) => figures.hits += 1,
                        (true, false) => figures.alarms += 1,
                        (false, true) => figures.missed += 1,
                        (false, false) => {}
                    }
                }
            }
        }
        for ((cue, figures), found) in Cue::ALL.iter().zip(&mut figures).zip(&probabilities) {
            let carries: Vec<bool> =
                (0..self.examples.len()).map(|at| self.carries(at, *cue)).collect();
            figures.average_precision =
                average_precision(&carries, found).context("No average precision")?;
            let misses = found.iter().zip(&carries).map(|(p, y)| (p - f64::from(*y)).powi(2));
            figures.brier = misses.sum::<f64>() / found.len() as f64;
        }
        Ok(figures)
    }

    fn carries(&self, at: usize, cue: Cue) -> bool {
        self.examples[at].cues.contains(&cue)
    }

    fn calibrated(&self, among: &[usize]) -> Result<Vec<Calibration>> {
        let one = |(place, cue): (usize, &Cue)| {
            let scores: Vec<f64> =
                among.iter().map(|at| f64::from(self.scores[*at][place])).collect();
            let carries: Vec<bool> = among.iter().map(|at| self.carries(*at, *cue)).collect();
            let curve = PlattScaling::fit(&scores, &carries, None).context(cue.as_str())?;
            let threshold = curve.probability(best_threshold(&scores, &carries));
            Ok(Calibration { slope: curve.slope, offset: curve.intercept, threshold })
        };
        Cue::ALL.iter().enumerate().map(one).collect()
    }
}

impl Calibration {
    fn probability(&self, score: f32) -> f64 {
        1.0 / (1.0 + (-(self.slope * f64::from(score) + self.offset)).exp())
    }
}

/// The score from which on precision and recall balance best.
fn best_threshold(scores: &[f64], carries: &[bool]) -> f64 {
    let mut order: Vec<(f64, bool)> = scores.iter().copied().zip(carries.iter().copied()).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = carries.iter().filter(|carries| **carries).count();
    let (mut hits, mut best, mut threshold) = (0_usize, 0.0, f64::INFINITY);
    for (told, pair) in (1_usize..).zip(order.windows(2)) {
        let [(score, carries), (next, _)] = pair else { continue };
        hits += usize::from(*carries);
        let f1 = 2.0 * hits as f64 / (told + all) as f64;
        if f1 > best {
            (best, threshold) = (f1, f64::midpoint(*score, *next));
        }
    }
    threshold
}
