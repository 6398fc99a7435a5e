//! From examples to the file of weights: one border for each cue against all the rest.
//!
//! Must not: depend on the order of threads or maps.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use inroad_language::cues::features::{Feature, features, tokens_of};
use inroad_language::cues::weights::{CueWeights, FeatureWeights, RARITY_UNIT, Weights};
use inroad_model::Cue;
use inroad_stats::{SparseMargin, SparseRows};

use super::examples::Example;

/// How much large weights are held down.
const PENALTY: f64 = 2.0;
/// What stands in fewer examples is not learnt.
const EXAMPLES_MIN: u32 = 2;
/// Weights below this share of the greatest of a cue are left out.
const SHARE_MIN: f64 = 0.03;

/// From scores to probabilities, for one cue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Calibration {
    /// How much the logit rises with the score.
    pub slope: f64,
    /// The logit at a score of 0.
    pub offset: f64,
    /// From which probability on the cue is told.
    pub threshold: f64,
}

impl Calibration {
    /// Scores as they are.
    pub(crate) const NONE: Self = Self { slope: 1.0, offset: 0.0, threshold: 0.5 };

    /// Takes the place of another one.
    pub(super) fn put_into(self, cue: &mut CueWeights) {
        cue.slope = single(self.slope);
        cue.offset = single(self.offset);
        cue.threshold = single(self.threshold);
    }
}

/// What is known of the features: their column and rarity.
#[derive(Debug)]
struct Known {
    columns: BTreeMap<u32, u32>,
    rarity: Vec<u8>,
}

/// Learns the file from examples, with one calibration for each cue.
pub(crate) fn learn(examples: &[&Example], calibration: &[Calibration]) -> Result<Vec<u8>> {
    let found: Vec<Vec<Feature>> = examples.iter().map(|example| found_in(example)).collect();
    let known = known(&found);
    let mut rows = SparseRows::default();
    for features in &found {
        rows.push(row(features, &known));
    }
    let fits = fit_all(examples, &rows)?;
    Ok(written(&known, &fits, calibration))
}

/// The features of an example, each once.
fn found_in(example: &Example) -> Vec<Feature> {
    let mut found = Vec::new();
    features(&tokens_of(&example.text), |feature| found.push(feature));
    found.sort_by_key(|feature| feature.hash);
    found.dedup_by_key(|feature| feature.hash);
    found
}

fn known(found: &[Vec<Feature>]) -> Known {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in found.iter().flatten() {
        *counts.entry(feature.hash).or_default() += 1;
    }
    counts.retain(|_, count| *count >= EXAMPLES_MIN);
    let examples = found.len() as f64;
    let rarity = counts.values().map(|count| {
        let rarity = ((1.0 + examples) / (1.0 + f64::from(*count))).ln() + 1.0;
        rounded_to_byte(rarity * f64::from(RARITY_UNIT))
    });
    let rarity = rarity.collect();
    let columns = counts.keys().copied().zip(0..).collect();
    Known { columns, rarity }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to a byte")]
fn rounded_to_byte(number: f64) -> u8 {
    number.round().clamp(0.0, 255.0) as u8
}

#[expect(clippy::cast_possible_truncation, reason = "held to a byte")]
fn rounded_to_signed(number: f64) -> i8 {
    number.round().clamp(-127.0, 127.0) as i8
}

/// The numbers of an example as the reader computes them: both groups of length 1.
fn row(found: &[Feature], known: &Known) -> Vec<(u32, f32)> {
    let mut row = Vec::new();
    for is_piece in [false, true] {
        let group = found.iter().filter(|feature| feature.is_piece == is_piece);
        let columns = group.filter_map(|feature| known.columns.get(&feature.hash));
        let rarity = |column: u32| f32::from(known.rarity[column as usize]) / RARITY_UNIT;
        let numbers: Vec<(u32, f32)> = columns.map(|column| (*column, rarity(*column))).collect();
        let squares: f32 = numbers.iter().map(|(_, number)| number.powi(2)).sum();
        let length = squares.sqrt().max(f32::MIN_POSITIVE);
        row.extend(numbers.into_iter().map(|(column, number)| (column, number / length)));
    }
    row
}

/// One border a cue; whichever core is free takes the next.
fn fit_all(examples: &[&Example], rows: &SparseRows) -> Result<Vec<SparseMargin>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let fit = |cue: &Cue| {
        let carries: Vec<bool> = examples.iter().map(|e| e.cues.contains(cue)).collect();
        SparseMargin::fit(rows, &carries, None, PENALTY).context(cue.as_str())
    };
    let share = Cue::ALL.len().div_ceil(cores);
    std::thread::scope(|scope| {
        let mut parts = Vec::new();
        for cues in Cue::ALL.chunks(share) {
            parts.push(scope.spawn(move || cues.iter().map(fit).collect::<Vec<_>>()));
        }
        let joined = parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|_| vec![Err(anyhow!("A fit stopped"))]));
        joined.collect()
    })
}

fn written(known: &Known, fits: &[SparseMargin], calibration: &[Calibration]) -> Vec<u8> {
    let mut features: Vec<FeatureWeights> = known
        .columns
        .iter()
        .zip(&known.rarity)
        .map(|((hash, _), rarity)| FeatureWeights { hash: *hash, rarity: *rarity, weights: vec![] })
        .collect();
    let mut cues = Vec::new();
    for (((place, cue), fit), calibration) in (0_u8..).zip(Cue::ALL).zip(fits).zip(calibration) {
        let greatest = fit.coefficients.iter().fold(0.0_f64, |max, weight| max.max(weight.abs()));
        let scale = greatest / 127.0;
        for (feature, weight) in features.iter_mut().zip(&fit.coefficients) {
            if weight.abs() >= SHARE_MIN * greatest {
                feature.weights.push((place, rounded_to_signed(weight / scale)));
            }
        }
        cues.push(CueWeights {
            cue: *cue,
            intercept: single(fit.intercept),
            scale: single(scale),
            slope: single(calibration.slope),
            offset: single(calibration.offset),
            threshold: single(calibration.threshold),
        });
    }
    Weights::to_bytes(&cues, &features)
}

#[expect(clippy::cast_possible_truncation, reason = "the file has single precision")]
fn single(number: f64) -> f32 {
    number as f32
}
