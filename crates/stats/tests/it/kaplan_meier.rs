//! Kaplan-Meier: the curves of lifelines, and what must hold for any waits.

use inroad_stats::{KaplanMeier, Waits};
use proptest::prelude::*;

use crate::survival_rows::{some_waits, table};
use crate::table::{assert_near, lines, number};

#[test]
fn agrees_with_lifelines() {
    let table = table();
    for line in lines(include_str!("../oracles/kaplan_meier.csv")) {
        let case = line[0];
        let is_weighted = matches!(case, "weights" | "both");
        let waits = if is_weighted { table.weighted() } else { table.plain() };
        let is_late = matches!(case, "entries" | "both");
        let curve = KaplanMeier::fit(&waits, is_late.then_some(table.entries.as_slice())).unwrap();
        if line[1] == "median" {
            assert_near(curve.median().unwrap(), number(line[2]), 1e-12, case);
            continue;
        }
        let expected: Vec<f64> = line[1..].iter().map(|word| number(word)).collect();
        let step = curve.at(expected[0]).unwrap();
        let (lower, upper) = curve.interval(expected[0], 0.95);
        let found = [step.at_risk, step.survival, step.variance, lower, upper];
        for (found, expected) in found.into_iter().zip(&expected[1..]) {
            assert_near(found, *expected, 1e-9, &format!("{case} at {}", step.time));
        }
    }
}

#[test]
fn edges() {
    let curve = KaplanMeier::fit(&Waits::new(&[2.0, 3.0], &[false, false]), None).unwrap();
    assert_eq!((curve.survival(5.0), curve.median()), (1.0, None));
    let curve = KaplanMeier::fit(&Waits::new(&[2.0, 2.0], &[true, true]), None).unwrap();
    assert_eq!((curve.survival(2.0), curve.median()), (0.0, Some(2.0)));
    assert_eq!(curve.interval(2.0, 0.95), (0.0, 0.0));
    // Who enters at the moment of an event is not at risk for it.
    let waits = Waits::new(&[2.0, 2.5, 4.0], &[true, false, true]);
    let curve = KaplanMeier::fit(&waits, Some(&[0.0, 0.0, 2.0])).unwrap();
    assert_near(curve.survival(2.0), 0.5, 1e-12, "entry at an event");
    for (durations, happened, entries) in [
        (&[][..], &[][..], None),
        (&[1.0], &[], None),
        (&[f64::NAN], &[true], None),
        (&[f64::INFINITY], &[true], None),
        (&[0.0], &[true], None),
        (&[1.0], &[true], Some(&[1.0][..])),
        (&[1.0], &[true], Some(&[f64::NAN][..])),
        (&[1.0], &[true], Some(&[][..])),
    ] {
        assert!(KaplanMeier::fit(&Waits::new(durations, happened), entries).is_err());
    }
}

proptest! {
    #[test]
    fn falls_and_does_not_depend_on_order(table in some_waits()) {
        let curve = KaplanMeier::fit(&table.weighted(), None).unwrap();
        let falls = curve.steps().windows(2).all(|two| two[1].survival <= two[0].survival && two[0].time < two[1].time);
        prop_assert!(falls);
        let other = table.reversed();
        prop_assert_eq!(&KaplanMeier::fit(&other.weighted(), None).unwrap(), &curve);
        let zeros = vec![0.0; table.durations.len()];
        prop_assert_eq!(&KaplanMeier::fit(&table.weighted(), Some(&zeros)).unwrap(), &curve);
        let twice = table.scaled(2.0);
        let twice = KaplanMeier::fit(&twice.weighted(), None).unwrap();
        prop_assert!((twice.survival(8.0) - curve.survival(4.0)).abs() < 1e-12);
    }

    #[test]
    fn a_weight_is_a_repetition(table in some_waits(), time in 0.0_f64..20.0) {
        let curve = KaplanMeier::fit(&table.weighted(), None).unwrap();
        let other = KaplanMeier::fit(&table.repeated().plain(), None).unwrap();
        prop_assert!((curve.survival(time) - other.survival(time)).abs() < 1e-12);
        prop_assert_eq!(curve.interval(time, 0.9), other.interval(time, 0.9));
    }
}
