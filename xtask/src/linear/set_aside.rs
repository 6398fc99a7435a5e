//! Sentences read by what was learnt of the others: a part of them is set aside in turn.

use anyhow::{Context, Result};
use inroad_language::linear::features::tokens_of;
use inroad_language::linear::reader::Reader;
use inroad_language::linear::weights::Weights;
use inroad_stats::PlattScaling;

use super::train::{Calibration, Learner};
use super::{Label, Lesson};

/// The scores of lessons by weights that never saw them.
#[derive(Debug)]
pub(crate) struct SetAside<'e, L, E> {
    /// What is learnt.
    pub labels: &'e [L],
    /// The lessons, part by part.
    pub lessons: Vec<&'e E>,
    /// One row a lesson, one score a label.
    pub scores: Vec<Vec<f32>>,
}

impl<'e, L: Label, E: Lesson<L>> SetAside<'e, L, E> {
    /// Nothing read yet.
    pub(crate) fn new(labels: &'e [L]) -> Self {
        Self { labels, lessons: Vec::new(), scores: Vec::new() }
    }

    /// Learns without those lessons that are apart and scores them.
    pub(crate) fn add_part(
        &mut self,
        learner: Learner,
        lessons: &'e [E],
        is_apart: impl Fn(usize, &E) -> bool,
    ) -> Result<Weights<L>> {
        let plain = vec![Calibration::NONE; self.labels.len()];
        let (mut apart, mut others) = (Vec::new(), Vec::new());
        for (at, lesson) in lessons.iter().enumerate() {
            let part = if is_apart(at, lesson) { &mut apart } else { &mut others };
            part.push(lesson);
        }
        let bytes = learner.learn(self.labels, &others, &plain)?;
        let weights = Weights::from_bytes(&bytes).context("What was learnt cannot be read")?;
        let mut reader = Reader::new(&weights);
        self.scores.extend(apart.iter().map(|lesson| reader.scores(&tokens_of(lesson.text()))));
        self.lessons.extend(apart);
        drop(reader);
        Ok(weights)
    }

    /// The calibration of every label on some of the lessons, by their numbers; `threshold` chooses from which
    /// score on it is told, of scores and whether each carries it.
    pub(crate) fn calibrated(
        &self,
        among: &[usize],
        threshold: impl Fn(&[f64], &[bool]) -> f64,
    ) -> Result<Vec<Calibration>> {
        let one = |(place, label): (usize, &L)| {
            let known = among.iter().filter(|at| self.lessons[**at].weight(label) > 0.0);
            let pairs = known
                .map(|at| (f64::from(self.scores[*at][place]), self.lessons[*at].carries(label)));
            let (scores, carries): (Vec<f64>, Vec<bool>) = pairs.unzip();
            let curve = PlattScaling::fit(&scores, &carries, None)
                .with_context(|| label.name().to_owned())?;
            let threshold = curve.probability(threshold(&scores, &carries));
            Ok(Calibration { slope: curve.slope, offset: curve.intercept, threshold })
        };
        self.labels.iter().enumerate().map(one).collect()
    }
}
