//! The scores that are compared: for each of the last answers how much speaks for a change.

use inroad_advice::rhythm::turn::weigh::{Evidence, weigh, weigh_delays};
use inroad_stats::{
    BernoulliRun, ChangeOptions, ChangePoints, NormalRun, PoissonRun, RunModel, Sometimes,
};

use crate::splice::{AFTER, Case};

const DELAY: NormalRun = NormalRun { mean: 1.5, mean_weight: 0.3, shape: 2.0, rate: 4.0 };
const LETTERS: PoissonRun = PoissonRun { sum: 0.33, weight: 0.3 };
const BEGAN: BernoulliRun = BernoulliRun { yes: 0.3, no: 1.7 };
const OTHERS: Sometimes<PoissonRun> = Sometimes(PoissonRun { sum: 0.24, weight: 0.3 });

/// Ours, of delays alone.
pub(crate) fn delays(case: &Case) -> Vec<f64> {
    by_levels(case, weigh_delays)
}

/// Ours.
pub(crate) fn all(case: &Case) -> Vec<f64> {
    by_levels(case, weigh)
}

fn by_levels(
    case: &Case,
    weigh: fn(&[inroad_advice::rhythm::turn::answers::Answer]) -> Option<Evidence>,
) -> Vec<f64> {
    let ends = case.answers.len() - AFTER + 1..=case.answers.len();
    ends.map(|end| weigh(&case.answers[..end]).unwrap().ln_factor).collect()
}

/// The probability that a run of delays began within the last twelve.
pub(crate) fn delays_by_runs(case: &Case) -> Vec<f64> {
    by_runs(DELAY, case.answers.iter().map(|answer| answer.ln_hours))
}

/// The same of all streams, their logarithms added.
pub(crate) fn all_by_runs(case: &Case) -> Vec<f64> {
    let model = ((DELAY, LETTERS), (BEGAN, OTHERS));
    let observations = case.answers.iter();
    by_runs(
        model,
        observations
            .map(|answer| ((answer.ln_hours, answer.letters), (answer.began, answer.others))),
    )
}

fn by_runs<M: RunModel>(
    model: M,
    observations: impl ExactSizeIterator<Item = M::Observation>,
) -> Vec<f64> {
    let from = observations.len() - AFTER;
    let mut runs = ChangePoints::new(model, ChangeOptions::default()).unwrap();
    let scores = observations.map(|observation| {
        runs.observe(observation).unwrap();
        runs.changed_within(AFTER as u64)
    });
    scores.skip(from).collect()
}
