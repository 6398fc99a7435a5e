//! From lessons to the file of weights: one border for each label against all the rest.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use inroad_language::linear::features::{Feature, features, tokens_of};
use inroad_language::linear::weights::{FeatureWeights, LabelWeights, RARITY_UNIT, Weights};
use inroad_stats::{SparseMargin, SparseRows};

use super::{Label, Lesson};

/// How it is learnt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Learner {
    /// How much large weights are held down.
    pub penalty: f64,
    /// What stands in fewer lessons is not learnt.
    pub lessons_min: u32,
    /// Weights below this share of the greatest of a label are left out.
    pub share_min: f64,
}

/// From scores to probabilities, for one label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Calibration {
    /// How much the logit rises with the score.
    pub slope: f64,
    /// The logit at a score of 0.
    pub offset: f64,
    /// From which probability on the label is told.
    pub threshold: f64,
}

impl Calibration {
    /// Scores as they are.
    pub(crate) const NONE: Self = Self { slope: 1.0, offset: 0.0, threshold: 0.5 };

    /// The probability of a score.
    pub(crate) fn probability(&self, score: f32) -> f64 {
        1.0 / (1.0 + (-(self.slope * f64::from(score) + self.offset)).exp())
    }

    /// Takes the place of another one.
    pub(crate) fn put_into<L>(self, label: &mut LabelWeights<L>) {
        label.slope = single(self.slope);
        label.offset = single(self.offset);
        label.threshold = single(self.threshold);
    }
}

/// What is known of the features: their column and rarity.
#[derive(Debug)]
struct Known {
    columns: BTreeMap<u32, u32>,
    rarity: Vec<u8>,
}

impl Learner {
    /// Learns the file from lessons, with one calibration for each label.
    pub(crate) fn learn<L: Label, E: Lesson<L>>(
        self,
        labels: &[L],
        lessons: &[&E],
        calibration: &[Calibration],
    ) -> Result<Vec<u8>> {
        let found: Vec<Vec<Feature>> =
            lessons.iter().map(|one| found_in::<L>(one.text())).collect();
        let known = known(&found, self.lessons_min);
        let mut rows = SparseRows::default();
        for features in &found {
            rows.push(row(features, &known));
        }
        let fits = self.fit_all(labels, lessons, &rows)?;
        Ok(self.written(&known, labels, &fits, calibration))
    }

    /// One border a label; whichever core is free takes the next.
    fn fit_all<L: Label, E: Lesson<L>>(
        self,
        labels: &[L],
        lessons: &[&E],
        rows: &SparseRows,
    ) -> Result<Vec<SparseMargin>> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let fit = |label: &L| {
            let carries: Vec<bool> = lessons.iter().map(|one| one.carries(label)).collect();
            let weights: Vec<f64> = lessons.iter().map(|one| one.weight(label)).collect();
            let counts = weights.iter().any(|weight| (weight - 1.0).abs() > f64::EPSILON);
            let weights = counts.then_some(weights.as_slice());
            SparseMargin::fit(rows, &carries, weights, self.penalty)
                .with_context(|| label.name().to_owned())
        };
        let share = labels.len().div_ceil(cores);
        std::thread::scope(|scope| {
            let mut parts = Vec::new();
            for labels in labels.chunks(share) {
                parts.push(scope.spawn(move || labels.iter().map(fit).collect::<Vec<_>>()));
            }
            let joined = parts.into_iter().flat_map(|part| {
                part.join().unwrap_or_else(|_| vec![Err(anyhow!("A fit stopped"))])
            });
            joined.collect()
        })
    }

    fn written<L: Label>(
        self,
        known: &Known,
        labels: &[L],
        fits: &[SparseMargin],
        calibration: &[Calibration],
    ) -> Vec<u8> {
        let features = known.columns.keys().zip(&known.rarity);
        let mut features: Vec<FeatureWeights> = features
            .map(|(hash, rarity)| FeatureWeights { hash: *hash, rarity: *rarity, weights: vec![] })
            .collect();
        let mut written = Vec::new();
        for (((place, label), fit), calibration) in (0_u8..).zip(labels).zip(fits).zip(calibration)
        {
            let sizes = fit.coefficients.iter().map(|weight| weight.abs());
            let greatest = sizes.fold(0.0_f64, f64::max);
            let scale = greatest / 127.0;
            for (feature, weight) in features.iter_mut().zip(&fit.coefficients) {
                if weight.abs() >= self.share_min * greatest {
                    feature.weights.push((place, rounded_to_signed(weight / scale)));
                }
            }
            written.push(LabelWeights {
                label: label.clone(),
                intercept: single(fit.intercept),
                scale: single(scale),
                slope: single(calibration.slope),
                offset: single(calibration.offset),
                threshold: single(calibration.threshold),
            });
        }
        Weights::to_bytes(&written, &features)
    }
}

/// The features of a sentence, each once.
fn found_in<L: Label>(text: &str) -> Vec<Feature> {
    let mut found = Vec::new();
    features(L::REACH, &tokens_of(text), |feature| found.push(feature));
    found.sort_by_key(|feature| feature.hash);
    found.dedup_by_key(|feature| feature.hash);
    found
}

fn known(found: &[Vec<Feature>], lessons_min: u32) -> Known {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in found.iter().flatten() {
        *counts.entry(feature.hash).or_default() += 1;
    }
    counts.retain(|_, count| *count >= lessons_min);
    let lessons = found.len() as f64;
    let rarity = counts.values().map(|count| {
        let rarity = ((1.0 + lessons) / (1.0 + f64::from(*count))).ln() + 1.0;
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

/// The numbers of a lesson as the reader computes them: both groups of length 1.
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

#[expect(clippy::cast_possible_truncation, reason = "the file has single precision")]
fn single(number: f64) -> f32 {
    number as f32
}
