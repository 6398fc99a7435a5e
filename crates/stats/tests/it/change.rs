//! Change points: the recursion in numpy, and what must hold for any stream.

use inroad_stats::{
    BernoulliRun, ChangeOptions, ChangePoints, NormalRun, PoissonRun, RunModel, Sometimes,
};
use proptest::prelude::*;

use crate::table::{assert_near, lines, number};

const NORMAL: NormalRun = NormalRun { mean: 1.5, mean_weight: 0.3, shape: 2.0, rate: 4.0 };
const BERNOULLI: BernoulliRun = BernoulliRun { yes: 1.0, no: 2.0 };
const POISSON: PoissonRun = PoissonRun { sum: 3.0, weight: 1.5 };

fn changes<M: RunModel>(model: M, runs_max: usize) -> ChangePoints<M> {
    ChangePoints::new(model, ChangeOptions { hazard: 1.0 / 60.0, runs_max }).unwrap()
}

#[test]
fn agrees_with_numpy() {
    let mut numbers = changes(NORMAL, 1000);
    let mut answers = changes(BERNOULLI, 1000);
    let mut counts = changes(POISSON, 1000);
    let mut all = changes((NORMAL, (BERNOULLI, Sometimes(POISSON))), 1000);
    let mut few = changes(NORMAL, 30);
    for line in lines(include_str!("../oracles/change.csv")) {
        let (x, y, c) = (number(line[0]), line[1] == "1", line[2].parse().unwrap());
        numbers.observe(x).unwrap();
        answers.observe(y).unwrap();
        counts.observe(c).unwrap();
        all.observe((x, (y, Some(c)))).unwrap();
        few.observe(x).unwrap();
        let found = [
            numbers.changed_within(12),
            answers.changed_within(12),
            counts.changed_within(12),
            all.changed_within(12),
        ];
        for (found, expected) in found.into_iter().zip(&line[3..]) {
            assert_near(found, number(expected), 1e-9, &line.join(" "));
        }
        // Thirty runs are nearly as good as all.
        assert_near(few.changed_within(12), number(line[3]), 0.02, "few runs");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    for (hazard, runs_max) in [(0.0, 9), (1.0, 9), (f64::NAN, 9), (0.1, 1)] {
        assert!(ChangePoints::new(NORMAL, ChangeOptions { hazard, runs_max }).is_err());
    }
    let mut stream = changes(NORMAL, 9);
    assert!(stream.observe(f64::NAN).is_err() && stream.observe(f64::INFINITY).is_err());
    assert_eq!(stream.seen(), 0, "what was refused left no trace");
    assert_near(stream.changed_within(5), 0.0, 1e-12, "nothing seen");
    for x in [1e200, -1e200, 0.0, 1e308, 1e-300, 1e308] {
        stream.observe(x).unwrap();
        let total: f64 = stream.run_lengths().map(|(_, p)| p).sum();
        assert_near(total, 1.0, 1e-9, "huge numbers");
    }
    let mut level = changes(NORMAL, 9);
    (0..100).for_each(|_| level.observe(2.0).unwrap());
    assert!(level.changed_within(12) < 0.2, "nothing changes in a level stream");
}

#[test]
fn a_silent_stream_only_ages() {
    let mut stream = changes(Sometimes(NORMAL), 50);
    stream.observe(Some(2.0)).unwrap();
    let before = stream.ln_predictive(Some(2.0));
    stream.observe(None).unwrap();
    assert_eq!(stream.seen(), 2);
    assert!(stream.ln_predictive(Some(2.0)) <= before + 1e-12, "a change became possible");
}

proptest! {
    #[test]
    fn run_lengths_are_probabilities_and_few(values in prop::collection::vec(-50.0_f64..50.0, 1..80), runs_max in 2_usize..20, window in 0_u64..40) {
        let mut stream = changes(NORMAL, runs_max);
        for x in &values {
            stream.observe(*x).unwrap();
            let runs: Vec<(u64, f64)> = stream.run_lengths().collect();
            prop_assert!(runs.len() <= runs_max);
            prop_assert!((runs.iter().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(runs.iter().all(|(length, p)| *length <= stream.seen() && (0.0..=1.0).contains(p)));
        }
        prop_assert!(stream.changed_within(window) <= stream.changed_within(window + 1));
    }

    #[test]
    fn units_do_not_matter(values in prop::collection::vec(-50.0_f64..50.0, 1..40), unit in 0.01_f64..100.0, zero in -10.0_f64..10.0) {
        let moved = NormalRun { mean: NORMAL.mean * unit + zero, rate: NORMAL.rate * unit * unit, ..NORMAL };
        let (mut one, mut other) = (changes(NORMAL, 100), changes(moved, 100));
        for x in &values {
            one.observe(*x).unwrap();
            other.observe(x * unit + zero).unwrap();
        }
        prop_assert!((one.changed_within(5) - other.changed_within(5)).abs() < 1e-6);
    }
}
