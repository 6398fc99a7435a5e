//! How well cues are read of hands that were not learnt from: a fifth of the hands is set aside in
//! turn.
//!
//! Thresholds of a hand are chosen on the others, so that no figure has seen its own answers.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use inroad_language::cues::weights::Weights;
use inroad_model::Cue;
use inroad_stats::average_precision;

use super::examples::{Example, voices};
use super::{LEARNER, teaching};
use crate::linear::set_aside::SetAside;
use crate::linear::train::Calibration;

/// So many parts of the hands are set aside in turn.
const PARTS: usize = 5;

/// The scores of every example by weights that never saw its hand.
pub(crate) type Hands<'e> = SetAside<'e, Cue, Example>;

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
pub(crate) fn set_aside(examples: &[Example]) -> Result<Hands<'_>> {
    let mut all = SetAside::new(Cue::ALL);
    for part in 0..PARTS.min(voices(examples).len()) {
        add_part(&mut all, examples, part)?;
    }
    Ok(all)
}

/// Learns without one part of the hands and scores it.
fn add_part<'e>(all: &mut Hands<'e>, examples: &'e [Example], part: usize) -> Result<Weights> {
    let apart: Vec<&str> = voices(examples).into_iter().skip(part).step_by(PARTS).collect();
    let is_apart = |_: usize, example: &Example| apart.contains(&example.voice.as_str());
    let weights = all.add_part(LEARNER, examples, is_apart)?;
    println!("learnt without [{}]", apart.join("], ["));
    Ok(weights)
}

/// What corrections teach of the first part, by weights that never saw it: one half of its hands is
/// corrected by weights that are calibrated on the other half.
pub(crate) fn teach_first_part(examples: &[Example]) -> Result<String> {
    let mut first = SetAside::new(Cue::ALL);
    let weights = add_part(&mut first, examples, 0)?;
    let hands: BTreeSet<&str> = first.lessons.iter().map(|e| e.voice.as_str()).collect();
    let half: Vec<&str> = hands.iter().step_by(2).copied().collect();
    let (one, other): (Vec<usize>, Vec<usize>) =
        (0..first.lessons.len()).partition(|at| half.contains(&first.lessons[*at].voice.as_str()));
    let mut taken = Default::default();
    for (taught, others) in [(&one, &other), (&other, &one)] {
        let mut cues = weights.labels().to_vec();
        for (cue, calibration) in cues.iter_mut().zip(first.calibrated(others, best_threshold)?) {
            calibration.put_into(cue);
        }
        let weights = weights.clone().with_labels(cues);
        let apart: Vec<&Example> = taught.iter().map(|at| first.lessons[*at]).collect();
        teaching::teach(&weights, &apart, &mut taken)?;
    }
    Ok(teaching::page(&hands.into_iter().collect::<Vec<_>>(), first.lessons.len(), &taken))
}

/// The calibration of every cue on all hands, each set aside in its turn.
pub(crate) fn calibration(all: &Hands<'_>) -> Result<Vec<Calibration>> {
    let everybody: Vec<usize> = (0..all.lessons.len()).collect();
    all.calibrated(&everybody, best_threshold)
}

/// How well each cue is read, with each hand calibrated on the others.
pub(crate) fn figures(all: &Hands<'_>) -> Result<Vec<Figures>> {
    let hands: Vec<&str> = all.lessons.iter().map(|e| e.voice.as_str()).collect();
    let mut figures = vec![Figures::default(); Cue::ALL.len()];
    let mut probabilities = vec![vec![0.0; all.lessons.len()]; Cue::ALL.len()];
    let carries = |at: usize, cue: Cue| all.lessons[at].cues.contains(&cue);
    let each: BTreeSet<&str> = hands.iter().copied().collect();
    for hand in &each {
        let (apart, others): (Vec<usize>, Vec<usize>) =
            (0..all.lessons.len()).partition(|at| hands[*at] == *hand);
        for (place, calibration) in all.calibrated(&others, best_threshold)?.iter().enumerate() {
            for at in &apart {
                let probability = calibration.probability(all.scores[*at][place]);
                probabilities[place][*at] = probability;
                let is_told = probability >= calibration.threshold;
                let figures = &mut figures[place];
                match (is_told, carries(*at, Cue::ALL[place])) {
                    (true, true) => figures.hits += 1,
                    (true, false) => figures.alarms += 1,
                    (false, true) => figures.missed += 1,
                    (false, false) => {}
                }
            }
        }
    }
    for ((cue, figures), found) in Cue::ALL.iter().zip(&mut figures).zip(&probabilities) {
        let carries: Vec<bool> = (0..all.lessons.len()).map(|at| carries(at, *cue)).collect();
        figures.average_precision =
            average_precision(&carries, found).context("No average precision")?;
        let misses = found.iter().zip(&carries).map(|(p, y)| (p - f64::from(*y)).powi(2));
        figures.brier = misses.sum::<f64>() / found.len() as f64;
    }
    Ok(figures)
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
