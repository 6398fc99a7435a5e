//! Cox regression: the fits of lifelines, and what must hold for any waits.

use inroad_stats::{FitError, Prior, Waits, cox};
use proptest::prelude::*;

use crate::survival_rows::{some_waits, table};
use crate::table::{assert_near, lines, number};

/// lifelines scales columns to unit deviation before it penalises, and counts the penalty `n` times.
fn penalty(rows: &[f64], penalty: f64) -> Prior {
    let n = (rows.len() / 3) as f64;
    let precision = (0..3).map(|column| {
        let values = || rows.iter().skip(column).step_by(3);
        let mean = values().sum::<f64>() / n;
        let variance = values().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        n * penalty * variance
    });
    Prior::diagonal(vec![0.0; 3], precision.collect())
}

#[test]
fn agrees_with_lifelines() {
    let table = table();
    for line in lines(include_str!("../oracles/cox.csv")) {
        let case = line[0];
        let waits = if case == "weights" { table.weighted() } else { table.plain() };
        let prior = if case == "penalty" { penalty(&table.rows, 0.1) } else { Prior::flat(3) };
        let fit = cox(&waits, &table.rows, 3, &prior).unwrap();
        let row = [1.0, 0.5, 1.0];
        let times = [line[8], line[9], line[10]].map(number);
        let mut found = fit.coefficients.clone();
        found.extend_from_slice(&fit.errors);
        found.push(fit.ln_likelihood);
        found.extend(times);
        found.extend(times.map(|time| fit.survival(&row, time)));
        for (at, (found, expected)) in found.iter().zip(&line[1..]).enumerate() {
            assert_near(*found, number(expected), 1e-6, &format!("{case}, figure {at}"));
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let waits = Waits::new(&[1.0, 2.0, 3.0, 4.0], &[true, true, false, false]);
    let flat = Prior::flat(1);
    let separated = [1.0, 0.9, 0.1, 0.0];
    assert!(cox(&waits, &separated, 1, &flat).is_err());
    assert!(cox(&waits, &separated, 1, &Prior::ridge(1, 0.1)).is_ok());
    let constant = cox(&waits, &[1.0; 4], 1, &flat);
    assert!(matches!(constant, Err(FitError::Undetermined { .. })), "{constant:?}");
    assert!(cox(&waits, &[f64::NAN; 4], 1, &flat).is_err());
    assert!(cox(&waits, &[1.0; 3], 1, &flat).is_err());
    assert!(cox(&waits, &[], 0, &Prior::flat(0)).is_err());
    let never = Waits::new(&[1.0, 2.0], &[false, false]);
    assert!(matches!(cox(&never, &[1.0, 2.0], 1, &flat), Err(FitError::Empty { .. })));
    if let Ok(fit) = cox(&waits, &[1e200, -1e200, 3.0, 1e100], 1, &Prior::ridge(1, 1.0)) {
        assert!(fit.coefficients[0].is_finite());
    }
}

proptest! {
    #[test]
    fn order_and_units(table in some_waits(), unit in 0.01_f64..100.0) {
        let prior = Prior::ridge(3, 0.5);
        let fit = cox(&table.weighted(), &table.rows, 3, &prior).unwrap();
        let back = table.reversed();
        let other = cox(&back.weighted(), &back.rows, 3, &prior).unwrap();
        // Only the order of waits counts, not their unit.
        let scaled = table.scaled(unit);
        let third = cox(&scaled.weighted(), &table.rows, 3, &prior).unwrap();
        for at in 0..3 {
            prop_assert!((fit.coefficients[at] - other.coefficients[at]).abs() < 1e-6);
            prop_assert!((fit.coefficients[at] - third.coefficients[at]).abs() < 1e-6);
        }
        prop_assert!((fit.survival(&[0.1, 0.2, 0.3], 4.0) - third.survival(&[0.1, 0.2, 0.3], 4.0 * unit)).abs() < 1e-6);
    }

    #[test]
    fn a_weight_of_censored_waits_is_a_repetition(table in some_waits()) {
        // Events that are repeated become ties, which Efron treats otherwise than weights.
        let mut table = table;
        for (weight, happened) in table.weights.iter_mut().zip(&table.happened) {
            *weight = if *happened { 1.0 } else { *weight };
        }
        let prior = Prior::ridge(3, 0.5);
        let fit = cox(&table.weighted(), &table.rows, 3, &prior).unwrap();
        let all = table.repeated();
        let other = cox(&all.plain(), &all.rows, 3, &prior).unwrap();
        for at in 0..3 {
            prop_assert!((fit.coefficients[at] - other.coefficients[at]).abs() < 1e-6);
        }
    }

    #[test]
    fn a_shifted_column_changes_nothing(table in some_waits(), shift in -100.0_f64..100.0) {
        let prior = Prior::ridge(3, 0.5);
        let fit = cox(&table.plain(), &table.rows, 3, &prior).unwrap();
        let rows: Vec<f64> = table.rows.iter().map(|x| x + shift).collect();
        let other = cox(&table.plain(), &rows, 3, &prior).unwrap();
        for at in 0..3 {
            prop_assert!((fit.coefficients[at] - other.coefficients[at]).abs() < 1e-6);
        }
    }
}
