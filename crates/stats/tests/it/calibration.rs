//! Platt scaling and isotonic regression: scikit-learn's curves, and what must hold for any scores.

use inroad_stats::{Isotonic, PlattScaling};
use proptest::prelude::*;

use crate::table::{assert_near, lines, number, numbers};

fn rows() -> (Vec<f64>, Vec<bool>, Vec<f64>) {
    let table = numbers(include_str!("../oracles/calibration_rows.csv"));
    let column = |at: usize| table.iter().map(|line| line[at]).collect::<Vec<f64>>();
    (column(0), column(1).iter().map(|y| *y > 0.5).collect(), column(2))
}

fn floats(outcomes: &[bool]) -> Vec<f64> {
    outcomes.iter().map(|came| f64::from(u8::from(*came))).collect()
}

#[test]
fn platt_agrees_with_scikit_learn() {
    let (scores, outcomes, weights) = rows();
    for line in lines(include_str!("../oracles/platt.csv")) {
        let weights = (line[0] == "weights").then_some(weights.as_slice());
        let curve = PlattScaling::fit(&scores, &outcomes, weights).unwrap();
        assert_near(curve.slope, number(line[1]), 1e-5, line[0]);
        assert_near(curve.intercept, number(line[2]), 1e-5, line[0]);
    }
}

#[test]
fn isotonic_agrees_with_scikit_learn() {
    let (scores, outcomes, weights) = rows();
    for line in lines(include_str!("../oracles/isotonic.csv")) {
        let weights = (line[0] == "weights").then_some(weights.as_slice());
        let curve = Isotonic::fit(&scores, &floats(&outcomes), weights).unwrap();
        assert_near(curve.value(number(line[1])), number(line[2]), 1e-9, &line.join(" "));
    }
}

#[test]
fn what_cannot_be_is_refused() {
    assert!(PlattScaling::fit(&[], &[], None).is_err());
    assert!(PlattScaling::fit(&[1.0, 1.0], &[true, false], None).is_err(), "all the same");
    assert!(PlattScaling::fit(&[1.0, f64::NAN], &[true, false], None).is_err());
    assert!(PlattScaling::fit(&[1.0, 2.0], &[true], None).is_err());
    let apart = PlattScaling::fit(&[1.0, 2.0, 3.0, 4.0], &[false, false, true, true], None);
    assert!(apart.is_ok_and(|curve| curve.slope.is_finite()), "scores that separate");
    assert!(PlattScaling::fit(&[1.0, 2.0], &[true, true], None).is_ok(), "one outcome only");
    assert!(Isotonic::fit(&[], &[], None).is_err());
    assert!(Isotonic::fit(&[1.0], &[1.0], Some(&[0.0])).is_err(), "nothing counts");
    assert!(Isotonic::fit(&[f64::NAN], &[1.0], None).is_err());
    assert!(Isotonic::fit(&[1.0], &[f64::INFINITY], None).is_err());
    assert!(Isotonic::fit(&[1.0], &[], None).is_err());
    let level = Isotonic::fit(&[2.0, 2.0], &[0.0, 1.0], None).unwrap();
    assert_near(level.value(-9.0), 0.5, 1e-12, "one place");
}

prop_compose! {
    fn some_scores()(n in 3_usize..40)(
        scores in prop::collection::vec(-20_i8..20, n),
        outcomes in prop::collection::vec(prop::bool::ANY, n),
        times in prop::collection::vec(1_usize..4, n),
    ) -> (Vec<f64>, Vec<bool>, Vec<usize>) {
        (scores.into_iter().map(|score| f64::from(score) / 4.0).collect(), outcomes, times)
    }
}

proptest! {
    #[test]
    fn isotonic_rises_and_keeps_the_mean((scores, outcomes, _) in some_scores(), a in -6.0_f64..6.0, b in -6.0_f64..6.0) {
        let outcomes = floats(&outcomes);
        let curve = Isotonic::fit(&scores, &outcomes, None).unwrap();
        prop_assert!(curve.value(a.min(b)) <= curve.value(a.max(b)) + 1e-12);
        prop_assert!((-1e-12..=1.0 + 1e-12).contains(&curve.value(a)));
        let fitted: f64 = scores.iter().map(|score| curve.value(*score)).sum();
        prop_assert!((fitted - outcomes.iter().sum::<f64>()).abs() < 1e-9);
    }

    #[test]
    fn order_weights_and_units((scores, outcomes, times) in some_scores(), place in -6.0_f64..6.0, unit in 0.1_f64..10.0) {
        let weights: Vec<f64> = times.iter().map(|times| *times as f64).collect();
        let repeat = |values: &[f64]| -> Vec<f64> {
            values.iter().zip(&times).flat_map(|(value, times)| vec![*value; *times]).collect()
        };
        let (more, came) = (repeat(&scores), repeat(&floats(&outcomes)));
        let curve = Isotonic::fit(&scores, &floats(&outcomes), Some(&weights)).unwrap();
        let other = Isotonic::fit(&more, &came, None).unwrap();
        prop_assert!((curve.value(place) - other.value(place)).abs() < 1e-9);
        let back: Vec<f64> = more.iter().rev().map(|score| score * unit).collect();
        let back_came: Vec<f64> = came.iter().rev().copied().collect();
        let other = Isotonic::fit(&back, &back_came, None).unwrap();
        prop_assert!((curve.value(place) - other.value(place * unit)).abs() < 1e-9);
        // Scores that are all the same are no curve.
        if let Ok(curve) = PlattScaling::fit(&scores, &outcomes, Some(&weights)) {
            let came: Vec<bool> = back_came.iter().map(|y| *y > 0.5).collect();
            let other = PlattScaling::fit(&back, &came, None).unwrap();
            prop_assert!((curve.probability(place) - other.probability(place * unit)).abs() < 1e-6);
        }
    }
}
