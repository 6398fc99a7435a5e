//! Logistic regression: scikit-learn's and scipy's modes, and what must hold for any rows.

use inroad_stats::{FitError, Precision, Prior, Symmetric, logistic};
use proptest::prelude::*;

use crate::table::{assert_near, lines, number, numbers};

const K: usize = 4;

fn rows() -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let table = numbers(include_str!("../oracles/logistic_rows.csv"));
    let rows = table.iter().flat_map(|line| line[..K].to_vec()).collect();
    let column = |at: usize| table.iter().map(|line| line[at]).collect();
    (rows, column(K), column(K + 1))
}

fn prior(case: &str) -> Prior {
    let mean = vec![0.2, -0.3, 0.0, 1.0];
    match case {
        "flat" => Prior::flat(K),
        "ridge" => Prior::ridge(K, 0.7),
        "diagonal" => Prior::diagonal(mean, vec![0.1, 4.0, 0.0, 2.0]),
        _ => {
            let precision = [
                [2.0, 0.3, 0.0, 0.1],
                [0.3, 1.0, -0.2, 0.0],
                [0.0, -0.2, 3.0, 0.4],
                [0.1, 0.0, 0.4, 0.7],
            ];
            let precision = Symmetric::from_rows(K, precision.concat()).unwrap();
            Prior { mean, precision: Precision::Full(precision) }
        }
    }
}

#[test]
fn agrees_with_scikit_learn_and_scipy() {
    let (rows, outcomes, weights) = rows();
    for line in lines(include_str!("../oracles/logistic.csv")) {
        let case = line[0];
        let expected: Vec<f64> = line[1..].iter().map(|word| number(word)).collect();
        let weights = (case != "flat").then_some(weights.as_slice());
        let fit = logistic(&rows, K, &outcomes, weights, &prior(case)).unwrap();
        for (found, expected) in fit.mode.iter().zip(&expected[..K]) {
            assert_near(*found, *expected, 1e-6, case);
        }
        for (found, expected) in fit.precision.values().iter().zip(&expected[K..]) {
            assert_near(*found, *expected, 1e-6, case);
        }
        assert_near(fit.probability_averaged(&[1.0; K]), expected[K + K * K], 1e-6, case);
    }
}

#[test]
fn many_rows_give_the_same_as_few_that_are_counted_often() {
    // Enough rows that the start is guessed from some of them.
    let (rows, outcomes, _) = rows();
    let few = logistic(&rows, K, &outcomes, Some(&vec![100.0; outcomes.len()]), &prior("full"));
    let many = logistic(&rows.repeat(100), K, &outcomes.repeat(100), None, &prior("full"));
    for (a, b) in few.unwrap().mode.iter().zip(&many.unwrap().mode) {
        assert_near(*a, *b, 1e-8, "mode");
    }
}

#[test]
fn what_is_not_determined_is_said() {
    let separated = [1.0, -1.0, 1.0, 1.0, 1.0, 2.0, 1.0, -2.0];
    let outcomes = [0.0, 1.0, 1.0, 0.0];
    let flat = logistic(&separated, 2, &outcomes, None, &Prior::flat(2));
    assert!(matches!(flat, Err(FitError::Undetermined { .. })), "{flat:?}");
    assert!(logistic(&separated, 2, &outcomes, None, &Prior::ridge(2, 0.1)).is_ok());
    let twice = [1.0, 1.0, 2.0, 2.0, 0.5, 0.5, 3.0, 3.0];
    assert!(logistic(&twice, 2, &outcomes, None, &Prior::flat(2)).is_err());
    assert!(logistic(&twice, 2, &outcomes, None, &Prior::ridge(2, 0.1)).is_ok());
}

#[test]
fn no_rows_give_the_prior_back() {
    let fit = logistic(&[], K, &[], None, &prior("full")).unwrap();
    assert_eq!(fit.mode, prior("full").mean);
    assert!(logistic(&[], K, &[], None, &Prior::flat(K)).is_err());
}

#[test]
fn what_cannot_be_is_refused() {
    let prior = Prior::ridge(1, 1.0);
    let fit = |rows: &[f64], outcomes: &[f64], weights: Option<&[f64]>| {
        logistic(rows, 1, outcomes, weights, &prior).err()
    };
    assert!(fit(&[f64::NAN], &[1.0], None).is_some());
    assert!(fit(&[f64::INFINITY], &[1.0], None).is_some());
    assert!(fit(&[1.0], &[2.0], None).is_some());
    assert!(fit(&[1.0], &[f64::NAN], None).is_some());
    assert!(fit(&[1.0], &[1.0], Some(&[-1.0])).is_some());
    assert!(fit(&[1.0], &[1.0], Some(&[])).is_some());
    assert!(fit(&[1.0, 2.0], &[1.0], None).is_some());
    assert!(logistic(&[], 0, &[], None, &Prior::flat(0)).is_err());
    assert!(logistic(&[1.0], 1, &[1.0], None, &Prior::ridge(2, 1.0)).is_err());
    assert!(logistic(&[1.0], 1, &[1.0], None, &Prior::ridge(1, -1.0)).is_err());
    // Huge numbers overflow somewhere: an error or an estimate, never a panic or NaN.
    if let Ok(fit) = logistic(&[1e300, -1e300], 1, &[1.0, 0.0], None, &prior) {
        assert!(fit.mode[0].is_finite());
    }
}

prop_compose! {
    fn some_rows()(n in 1_usize..40)(
        rows in prop::collection::vec(-3.0_f64..3.0, n * 3),
        outcomes in prop::collection::vec(prop::bool::ANY, n),
        weights in prop::collection::vec(1_usize..4, n),
    ) -> (Vec<f64>, Vec<f64>, Vec<usize>) {
        let outcomes = outcomes.into_iter().map(|y| f64::from(u8::from(y))).collect();
        (rows, outcomes, weights)
    }
}

proptest! {
    #[test]
    fn order_does_not_matter((rows, outcomes, times) in some_rows()) {
        let prior = Prior::ridge(3, 0.3);
        let weights: Vec<f64> = times.iter().map(|times| *times as f64).collect();
        let fit = logistic(&rows, 3, &outcomes, Some(&weights), &prior).unwrap();
        let rows: Vec<f64> = rows.chunks(3).rev().flatten().copied().collect();
        let back = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
        let other = logistic(&rows, 3, &back(&outcomes), Some(&back(&weights)), &prior).unwrap();
        for (a, b) in fit.mode.iter().zip(&other.mode) {
            prop_assert!((a - b).abs() < 1e-7);
        }
    }

    #[test]
    fn a_weight_is_a_repetition((rows, outcomes, times) in some_rows()) {
        let prior = Prior::ridge(3, 0.3);
        let weights: Vec<f64> = times.iter().map(|times| *times as f64).collect();
        let fit = logistic(&rows, 3, &outcomes, Some(&weights), &prior).unwrap();
        let (mut all, mut all_outcomes) = (Vec::new(), Vec::new());
        for ((row, outcome), times) in rows.chunks(3).zip(&outcomes).zip(&times) {
            for _ in 0..*times {
                all.extend_from_slice(row);
                all_outcomes.push(*outcome);
            }
        }
        let other = logistic(&all, 3, &all_outcomes, None, &prior).unwrap();
        for (a, b) in fit.mode.iter().zip(&other.mode) {
            prop_assert!((a - b).abs() < 1e-7);
        }
    }

    #[test]
    fn a_column_in_another_unit_changes_its_coefficient_only((rows, outcomes, _) in some_rows(), unit in 0.1_f64..10.0) {
        let fit = logistic(&rows, 3, &outcomes, None, &Prior::ridge(3, 0.3)).unwrap();
        let scaled: Vec<f64> = rows.chunks(3).flat_map(|row| [row[0] * unit, row[1], row[2]]).collect();
        let prior = Prior::diagonal(vec![0.0; 3], vec![0.3 * unit * unit, 0.3, 0.3]);
        let other = logistic(&scaled, 3, &outcomes, None, &prior).unwrap();
        prop_assert!((fit.mode[0] - other.mode[0] * unit).abs() < 1e-6);
        prop_assert!((fit.mode[1] - other.mode[1]).abs() < 1e-6);
    }

    #[test]
    fn a_posterior_as_prior_learns_the_same_twice((rows, outcomes, _) in some_rows()) {
        // Exact for a quadratic only; near for few and weak rows.
        let prior = Prior::ridge(3, 50.0);
        let all = logistic(&rows, 3, &outcomes, None, &prior).unwrap();
        let cut = outcomes.len() / 2;
        let first = logistic(&rows[..cut * 3], 3, &outcomes[..cut], None, &prior).unwrap();
        let then = logistic(&rows[cut * 3..], 3, &outcomes[cut..], None, &first.as_prior()).unwrap();
        for (a, b) in all.mode.iter().zip(&then.mode) {
            prop_assert!((a - b).abs() < 0.05);
        }
    }
}
