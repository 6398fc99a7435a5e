//! Weibull and log-normal waits, with covariates and cured shares: the fits of lifelines and scipy,
//! and what must hold for any waits.

use inroad_stats::{Estimate, Family, FitError, LogNormalWaits, Waits, Weibull, accelerated};
use proptest::prelude::*;

use crate::survival_rows::{some_waits, table};
use crate::table::{assert_near, lines, number};

/// lifelines stops its minimiser early, so its figures hold to so many digits; its errors, which
/// come from second derivatives there, to fewer. The likelihood shows who is nearer.
const VALUES: f64 = 1e-4;
const ERRORS: f64 = 2e-3;
const LIKELIHOOD: f64 = 1e-7;

fn check(case: &str, found: &[Estimate], ln_likelihood: f64, line: &[&str]) {
    let numbers: Vec<f64> = line[1..].iter().map(|word| number(word)).collect();
    assert_eq!(numbers.len(), 2 * found.len() + 1, "{case}");
    for (found, expected) in found.iter().zip(numbers.chunks(2)) {
        assert_near(found.value, expected[0], VALUES, case);
        assert_near(found.error, expected[1], ERRORS, case);
    }
    assert_near(ln_likelihood, numbers[numbers.len() - 1], LIKELIHOOD, case);
}

#[test]
fn agrees_with_lifelines_and_scipy() {
    let table = table();
    let rows: Vec<f64> = table.rows.chunks(3).flat_map(|x| [1.0, x[0], x[1], x[2]]).collect();
    for line in lines(include_str!("../oracles/parametric.csv")) {
        let case = line[0];
        let is_plain = matches!(case, "weibull" | "lognormal");
        let waits = if is_plain { table.plain() } else { table.weighted() };
        let (estimates, ln_likelihood) = match case {
            "weibull" | "weibull-weights" => {
                let fit = Weibull::fit(&waits).unwrap();
                (vec![fit.scale, fit.shape], fit.ln_likelihood)
            }
            "lognormal" | "lognormal-weights" => {
                let fit = LogNormalWaits::fit(&waits).unwrap();
                (vec![fit.location, fit.scale], fit.ln_likelihood)
            }
            "cured-weibull" => {
                let fit = Weibull::fit_cured(&waits).unwrap();
                (vec![fit.scale, fit.shape, fit.never.unwrap()], fit.ln_likelihood)
            }
            "cured-lognormal" => {
                let fit = LogNormalWaits::fit_cured(&waits).unwrap();
                (vec![fit.location, fit.scale, fit.never.unwrap()], fit.ln_likelihood)
            }
            _ => aft(case, &waits, &rows),
        };
        check(case, &estimates, ln_likelihood, &line);
    }
}

/// In the order and the form of lifelines: intercept first, then the logarithm of `ρ` or `σ`.
fn aft(case: &str, waits: &Waits<'_>, rows: &[f64]) -> (Vec<Estimate>, f64) {
    let family = if case == "aft-weibull" { Family::Weibull } else { Family::LogNormal };
    let fit = accelerated(family, waits, rows, 4).unwrap();
    let sign = if family == Family::Weibull { -1.0 } else { 1.0 };
    let mut estimates = fit.coefficients.clone();
    let scale = fit.scale;
    estimates.push(Estimate { value: sign * scale.value.ln(), error: scale.error / scale.value });
    (estimates, fit.ln_likelihood)
}

#[test]
fn no_share_that_never_comes_is_said() {
    let durations: Vec<f64> = (1..200).map(|i| (-(f64::from(i) / 200.0).ln()).sqrt()).collect();
    let waits = Waits::new(&durations, &[true; 199]);
    assert!(matches!(Weibull::fit_cured(&waits), Err(FitError::Undetermined { .. })));
    let fit = Weibull::fit(&waits).unwrap();
    assert!((fit.shape.value - 2.0).abs() < 0.1 && (fit.scale.value - 1.0).abs() < 0.05);
}

#[test]
fn what_cannot_be_is_refused() {
    for (durations, happened) in [
        (&[][..], &[][..]),
        (&[1.0, 2.0], &[false, false]),
        (&[1.0, f64::NAN], &[true, true]),
        (&[1.0, f64::INFINITY], &[true, true]),
        (&[1.0, -1.0], &[true, true]),
        (&[1.0, 0.0], &[true, true]),
        (&[1.0], &[true, true]),
        // All the same: no scale.
        (&[2.0, 2.0, 2.0], &[true, true, true]),
        (&[2.0], &[true]),
    ] {
        let waits = Waits::new(durations, happened);
        assert!(Weibull::fit(&waits).is_err(), "{durations:?}");
        assert!(LogNormalWaits::fit(&waits).is_err(), "{durations:?}");
        assert!(Weibull::fit_cured(&waits).is_err(), "{durations:?}");
        assert!(LogNormalWaits::fit_cured(&waits).is_err(), "{durations:?}");
    }
    let waits = Waits::new(&[1.0, 2.0, 3.0], &[true, true, false]);
    let twice = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    assert!(accelerated(Family::Weibull, &waits, &twice, 2).is_err());
    assert!(accelerated(Family::Weibull, &waits, &[f64::NAN; 3], 1).is_err());
    assert!(accelerated(Family::Weibull, &waits, &[], 0).is_err());
    // From one end of the numbers to the other.
    let far = Waits::new(&[1e-300, 1.0, 1e300], &[true, true, false]);
    assert!(Weibull::fit(&far).is_ok_and(|fit| fit.scale.value.is_finite()));
}

proptest! {
    #[test]
    fn order_weights_and_units(table in some_waits(), unit in 0.01_f64..100.0) {
        let fit = Weibull::fit(&table.weighted()).unwrap();
        for other in [table.reversed().weighted(), table.repeated().plain()] {
            let other = Weibull::fit(&other).unwrap();
            prop_assert!((fit.scale.value / other.scale.value - 1.0).abs() < 1e-7);
            prop_assert!((fit.shape.error / other.shape.error - 1.0).abs() < 1e-6);
        }
        let other = Weibull::fit(&table.scaled(unit).weighted()).unwrap();
        prop_assert!((other.scale.value / (fit.scale.value * unit) - 1.0).abs() < 1e-7);
        prop_assert!((other.shape.value / fit.shape.value - 1.0).abs() < 1e-7);
        let normal = LogNormalWaits::fit(&table.weighted()).unwrap();
        let other = LogNormalWaits::fit(&table.scaled(unit).weighted()).unwrap();
        prop_assert!((other.median() / (normal.median() * unit) - 1.0).abs() < 1e-7);
    }

    #[test]
    fn survival_falls_and_a_cured_share_is_a_share(table in some_waits(), a in 0.0_f64..30.0, b in 0.0_f64..30.0) {
        let (low, high) = (a.min(b), a.max(b));
        let fit = Weibull::fit(&table.plain()).unwrap();
        prop_assert!(fit.survival(high) <= fit.survival(low));
        if let Ok(fit) = LogNormalWaits::fit_cured(&table.plain()) {
            prop_assert!(fit.survival(high) <= fit.survival(low));
            prop_assert!(fit.survival(1e9) >= fit.never.unwrap().value - 1e-12);
        }
    }
}
