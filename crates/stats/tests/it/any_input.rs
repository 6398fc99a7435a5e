//! Whatever numbers come in, an estimator gives finite numbers or says why not.

use inroad_stats::{
    BgNbd, Bootstrap, ChangeOptions, ChangePoints, Counted, Estimate, Family, Isotonic,
    KaplanMeier, LogNormalWaits, NormalRun, ParetoNbd, PlattScaling, Prior, Repeats, Side, Waits,
    Weibull, accelerated, auc, auc_interval, average_precision, binomial_test, brier_score,
    calibration_error, clopper_pearson, cox, fisher_test, jeffreys, log_loss, logistic, wilson,
};
use proptest::prelude::*;

/// Numbers of all kinds: usual ones, extreme ones, a few that are none.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -3.0_f64..3.0,
        4 => 0.0_f64..100.0,
        2 => prop::sample::select(vec![0.0, 1.0, 2.0, -0.0]),
        1 => prop::num::f64::POSITIVE | prop::num::f64::NEGATIVE | prop::num::f64::SUBNORMAL,
        1 => prop::num::f64::ANY,
    ]
}

/// Above 0, over the whole range.
fn duration() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => 0.01_f64..100.0,
        2 => prop::sample::select(vec![1.0, 2.0, 3.0]),
        1 => prop::num::f64::POSITIVE | prop::num::f64::SUBNORMAL,
    ]
}

fn finite(numbers: &[f64]) -> bool {
    numbers.iter().all(|number| number.is_finite())
}

fn known(estimates: &[Estimate]) -> bool {
    estimates.iter().all(|one| one.value.is_finite() && one.error >= 0.0)
}

prop_compose! {
    fn rows()(n in 0_usize..12, k in 0_usize..4)(
        rows in prop::collection::vec(number(), n * k),
        k in Just(k),
        outcomes in prop::collection::vec(prop::bool::ANY, n),
        durations in prop::collection::vec(duration(), n),
        weights in prop::collection::vec(prop_oneof![Just(1.0), 0.0_f64..5.0], n),
    ) -> (Vec<f64>, usize, Vec<bool>, Vec<f64>, Vec<f64>) {
        (rows, k, outcomes, durations, weights)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn regressions((rows, k, outcomes, durations, weights) in rows(), strength in prop_oneof![Just(0.0), 0.0_f64..10.0]) {
        let came: Vec<f64> = outcomes.iter().map(|came| f64::from(u8::from(*came))).collect();
        let prior = Prior::ridge(k, strength);
        if let Ok(fit) = logistic(&rows, k, &came, Some(&weights), &prior) {
            prop_assert!(finite(&fit.mode) && finite(fit.precision.values()), "{:?}", fit);
        }
        let waits = Waits { durations: &durations, happened: &outcomes, weights: Some(&weights) };
        if let Ok(fit) = cox(&waits, &rows, k, &prior) {
            prop_assert!(finite(&fit.coefficients) && finite(&fit.errors), "{:?}", fit);
        }
        for family in [Family::Weibull, Family::LogNormal] {
            if let Ok(fit) = accelerated(family, &waits, &rows, k) {
                prop_assert!(known(&fit.coefficients) && known(&[fit.scale]), "{:?}", fit);
            }
        }
    }

    #[test]
    fn waits((_, _, happened, durations, weights) in rows()) {
        let waits = Waits { durations: &durations, happened: &happened, weights: Some(&weights) };
        if let Ok(curve) = KaplanMeier::fit(&waits, None) {
            let fine = curve.steps().iter().all(|step| (0.0..=1.0).contains(&step.survival) && step.variance.is_finite());
            prop_assert!(fine, "{:?}", curve);
        }
        for fit in [Weibull::fit(&waits), Weibull::fit_cured(&waits)].into_iter().flatten() {
            prop_assert!(known(&[fit.scale, fit.shape]), "{:?}", fit);
        }
        for fit in [LogNormalWaits::fit(&waits), LogNormalWaits::fit_cured(&waits)].into_iter().flatten() {
            prop_assert!(known(&[fit.location, fit.scale]), "{:?}", fit);
        }
    }

    #[test]
    fn scores(numbers in prop::collection::vec((number(), prop::bool::ANY, 0_u64..4), 0..20)) {
        let scores: Vec<f64> = numbers.iter().map(|(score, ..)| *score).collect();
        let outcomes: Vec<bool> = numbers.iter().map(|(_, came, _)| *came).collect();
        let clusters: Vec<u64> = numbers.iter().map(|(.., cluster)| *cluster).collect();
        let all = [
            auc(&outcomes, &scores),
            average_precision(&outcomes, &scores),
            brier_score(&outcomes, &scores),
            log_loss(&outcomes, &scores, 1e-6),
            calibration_error(&outcomes, &scores, 5),
            auc_interval(&outcomes, &scores, &clusters, &Bootstrap { draws: 9, ..Bootstrap::default() }).map(|(low, _)| low),
        ];
        prop_assert!(all.into_iter().flatten().all(f64::is_finite));
        if let Ok(curve) = PlattScaling::fit(&scores, &outcomes, None) {
            prop_assert!(finite(&[curve.slope, curve.intercept]), "{:?}", curve);
        }
        if let Ok(curve) = Isotonic::fit(&scores, &scores, None) {
            prop_assert!(scores.iter().all(|score| curve.value(*score).is_finite()), "{:?}", curve);
        }
    }

    #[test]
    fn streams(values in prop::collection::vec(number(), 0..30)) {
        let model = NormalRun { mean: 0.0, mean_weight: 1.0, shape: 1.0, rate: 1.0 };
        let mut changes = ChangePoints::new(model, ChangeOptions { hazard: 0.1, runs_max: 5 }).unwrap();
        for value in values {
            prop_assert_eq!(changes.observe(value).is_ok(), value.is_finite());
            prop_assert!((0.0..=1.0).contains(&changes.changed_within(3)));
        }
    }

    #[test]
    fn counts(table in prop::array::uniform4(prop_oneof![0_u64..9, any::<u64>()]), share in number(), level in number()) {
        let [a, b, c, d] = table;
        for side in [Side::Less, Side::Greater, Side::Both] {
            let tests = [fisher_test([[a, b], [c, d]], side), binomial_test(Counted { events: a, of: b }, share, side)];
            prop_assert!(tests.into_iter().flatten().all(|p| (0.0..=1.0).contains(&p)));
        }
        for interval in [wilson, clopper_pearson, jeffreys] {
            if let Ok((low, high)) = interval(Counted { events: a, of: b }, level) {
                prop_assert!(0.0 <= low && low <= high && high <= 1.0, "{} {}", low, high);
            }
        }
    }
}

proptest! {
    // Too little to learn from takes all the steps that are allowed.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn repeats(members in prop::collection::vec((0_u32..50, 0.0_f64..1.0, duration()), 0..10)) {
        let counts: Vec<u32> = members.iter().map(|(count, ..)| *count).collect();
        let lasts: Vec<f64> = members.iter().map(|(_, part, watched)| part * watched).collect();
        let watched: Vec<f64> = members.iter().map(|(.., watched)| *watched).collect();
        let repeats = Repeats { counts: &counts, lasts: &lasts, watched: &watched };
        if let Ok(fit) = BgNbd::fit(&repeats) {
            prop_assert!(known(&[fit.r, fit.alpha, fit.a, fit.b]), "{:?}", fit);
        }
        if let Ok(fit) = ParetoNbd::fit(&repeats) {
            prop_assert!(known(&[fit.r, fit.alpha, fit.s, fit.beta]), "{:?}", fit);
        }
    }
}
