//! Scores, ranking and reliability: scikit-learn's and numpy's figures, and what must hold for any.

use inroad_stats::{
    Bootstrap, auc, auc_interval, average_precision, brier_score, brier_skill, calibration_error,
    log_loss, reliability,
};
use proptest::prelude::*;

use crate::table::{assert_near, lines, number};

fn rows() -> (Vec<bool>, Vec<f64>, Vec<u64>) {
    let table = lines(include_str!("../oracles/scores_rows.csv"));
    let outcomes = table.iter().map(|line| line[0] == "1").collect();
    let probabilities = table.iter().map(|line| number(line[1])).collect();
    (outcomes, probabilities, table.iter().map(|line| line[2].parse().unwrap()).collect())
}

#[test]
fn agrees_with_scikit_learn_and_numpy() {
    let (y, p, clusters) = rows();
    let bootstrap = Bootstrap { draws: 200, level: 0.95, seed: 42 };
    let interval = auc_interval(&y, &p, &clusters, &bootstrap).unwrap();
    for line in lines(include_str!("../oracles/scores.csv")) {
        let found = match line[0] {
            "brier" => brier_score(&y, &p).unwrap(),
            "log_loss" => log_loss(&y, &p, 1e-6).unwrap(),
            "auc" => auc(&y, &p).unwrap(),
            "average_precision" => average_precision(&y, &p).unwrap(),
            "ece15" => calibration_error(&y, &p, 15).unwrap(),
            "ece7" => calibration_error(&y, &p, 7).unwrap(),
            "auc_low" => interval.0,
            "auc_high" => interval.1,
            name => panic!("nothing is called {name}"),
        };
        assert_near(found, number(line[1]), 1e-12, line[0]);
    }
}

#[test]
fn edges() {
    let (y, p) = ([true, false], [0.5, 0.5]);
    assert!(brier_score(&[], &[]).is_err() && log_loss(&[], &[], 0.0).is_err());
    assert!(auc(&[], &[]).is_err() && average_precision(&[], &[]).is_err());
    assert!(reliability(&[], &[], 5, 0.95).is_err() && reliability(&y, &p, 0, 0.95).is_err());
    for bad in [f64::NAN, f64::INFINITY] {
        assert!(brier_score(&y, &[bad, 0.1]).is_err() && auc(&y, &[bad, 0.1]).is_err());
    }
    assert!(brier_score(&y, &[1.1, 0.0]).is_err() && brier_score(&y, &[0.5]).is_err());
    assert!(auc(&[true, true], &p).is_err() && average_precision(&[false, false], &p).is_err());
    assert!(auc_interval(&[true, true], &p, &[1, 2], &Bootstrap::default()).is_err());
    assert!(auc_interval(&y, &p, &[1], &Bootstrap::default()).is_err());
    let none = Bootstrap { draws: 0, ..Bootstrap::default() };
    assert!(auc_interval(&y, &p, &[1, 1], &none).is_err());
    assert!(brier_skill(&y, &p, &[1.0, 0.0]).is_err(), "a perfect reference");
    assert_near(brier_skill(&y, &[1.0, 0.0], &p).unwrap(), 1.0, 1e-12, "perfect");
    assert!(log_loss(&[true], &[0.0], 0.0).is_ok_and(f64::is_infinite));
    assert_eq!(reliability(&y, &p, 9, 0.95).unwrap().len(), 2, "no empty bins");
}

prop_compose! {
    fn some_probabilities()(n in 2_usize..60)(
        hundredths in prop::collection::vec(1_u8..100, n),
        outcomes in prop::collection::vec(prop::bool::ANY, n),
    ) -> (Vec<bool>, Vec<f64>) {
        let mut outcomes = outcomes;
        (outcomes[0], outcomes[1]) = (true, false);
        (outcomes, hundredths.into_iter().map(|p| f64::from(p) / 100.0).collect())
    }
}

proptest! {
    #[test]
    fn ranking_depends_on_the_order_of_scores_only((y, p) in some_probabilities()) {
        let area = auc(&y, &p).unwrap();
        let bent: Vec<f64> = p.iter().map(|p| (5.0 * p).exp() - 7.0).collect();
        prop_assert!((auc(&y, &bent).unwrap() - area).abs() < 1e-12);
        let turned: Vec<f64> = p.iter().map(|p| -p).collect();
        prop_assert!((auc(&y, &turned).unwrap() - (1.0 - area)).abs() < 1e-12);
        let (mut back_y, mut back_p) = (y.clone(), p.clone());
        back_y.reverse();
        back_p.reverse();
        prop_assert!((auc(&back_y, &back_p).unwrap() - area).abs() < 1e-12);
        let precision = average_precision(&y, &p).unwrap();
        prop_assert!((average_precision(&back_y, &back_p).unwrap() - precision).abs() < 1e-12);
        prop_assert!(precision > 0.0 && precision <= 1.0 + 1e-12);
    }

    #[test]
    fn bins_hold_all((y, p) in some_probabilities(), bins in 1_usize..20) {
        let table = reliability(&y, &p, bins, 0.9).unwrap();
        prop_assert_eq!(table.iter().map(|bin| bin.count).sum::<u64>(), y.len() as u64);
        prop_assert!(table.windows(2).all(|two| two[0].said <= two[1].said && two[0].count >= two[1].count));
        prop_assert!(table.iter().all(|bin| bin.interval.0 <= bin.came + 1e-12 && bin.came <= bin.interval.1 + 1e-12));
        prop_assert!((0.0..=1.0).contains(&calibration_error(&y, &p, bins).unwrap()));
    }

    #[test]
    fn the_true_share_has_the_best_score((y, _) in some_probabilities(), other in 0.01_f64..0.99) {
        let share = y.iter().filter(|came| **came).count() as f64 / y.len() as f64;
        let constant = |p: f64| vec![p; y.len()];
        prop_assert!(brier_score(&y, &constant(share)).unwrap() <= brier_score(&y, &constant(other)).unwrap() + 1e-12);
        prop_assert!(log_loss(&y, &constant(share), 0.0).unwrap() <= log_loss(&y, &constant(other), 0.0).unwrap() + 1e-12);
    }

    #[test]
    fn the_interval_is_the_same_each_time((y, p) in some_probabilities(), seed in 0_u64..1000) {
        let clusters: Vec<u64> = (0..y.len() as u64).map(|at| at / 2).collect();
        let bootstrap = Bootstrap { draws: 50, level: 0.9, seed };
        let interval = auc_interval(&y, &p, &clusters, &bootstrap);
        prop_assert_eq!(interval, auc_interval(&y, &p, &clusters, &bootstrap));
        if let Ok((low, high)) = interval {
            prop_assert!(0.0 <= low && low <= high && high <= 1.0);
        }
    }
}
