//! Grouped parts and the choice of a ridge: scikit-learn's, and what must hold for any.

use std::collections::BTreeMap;

use inroad_stats::{Parted, choose_ridge, grouped_folds};
use proptest::prelude::*;

use crate::table::{assert_near, numbers};

const STRENGTHS: [f64; 3] = [0.3, 3.0, 30.0];

#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole numbers")]
fn agrees_with_scikit_learn() {
    let table = numbers(include_str!("../oracles/winning_rows.csv"));
    let groups: Vec<u64> = table.iter().map(|line| line[0] as u64).collect();
    let outcomes: Vec<bool> = table.iter().map(|line| line[1] > 0.5).collect();
    let expected: Vec<usize> = table.iter().map(|line| line[7] as usize).collect();
    let parts = grouped_folds(&outcomes, &groups, 5, 3).unwrap();
    assert_eq!(parts, expected);
    let rows: Vec<f64> = table.iter().flat_map(|line| [&[1.0][..], &line[2..7]].concat()).collect();
    let data = Parted { rows: &rows, k: 6, outcomes: &outcomes, parts: &parts };
    let choice = choose_ridge(&data, &STRENGTHS).unwrap();
    for (line, p) in table.iter().zip(&choice.probabilities) {
        assert_near(*p, line[8], 1e-6, "nested probability");
    }
    let strength = numbers(include_str!("../oracles/winning.csv"))[0][0];
    assert_near(choice.strength, strength, 1e-12, "strength");
}

#[test]
fn edges() {
    assert!(grouped_folds(&[], &[], 5, 1).is_err());
    assert!(
        grouped_folds(&[true], &[1], 1, 1).is_err() && grouped_folds(&[true], &[], 2, 1).is_err()
    );
    assert_eq!(grouped_folds(&[true, true], &[4, 4], 2, 1).unwrap(), [0, 0]);
    let data = |rows, outcomes, parts| Parted { rows, k: 1, outcomes, parts };
    let two = data(&[1.0, 1.0], &[true, false], &[0, 1]);
    assert!(choose_ridge(&two, &STRENGTHS).is_err(), "two parts");
    let same = data(&[1.0, 1.0, 1.0], &[true, true, true], &[0, 1, 2]);
    assert!(choose_ridge(&same, &STRENGTHS).is_err(), "all came");
    assert!(choose_ridge(&same, &[]).is_err() && choose_ridge(&same, &[0.0]).is_err());
}

proptest! {
    #[test]
    fn groups_stay_together_in_any_order(
        cases in prop::collection::vec((prop::bool::ANY, 0_u64..12), 1..60), seed in any::<u64>(),
    ) {
        let (outcomes, groups): (Vec<bool>, Vec<u64>) = cases.iter().copied().unzip();
        let parts = grouped_folds(&outcomes, &groups, 4, seed).unwrap();
        prop_assert!(parts.len() == cases.len() && parts.iter().all(|part| *part < 4));
        let mut of = BTreeMap::new();
        for (group, part) in groups.iter().zip(&parts) {
            prop_assert_eq!(*of.entry(*group).or_insert(*part), *part);
        }
        let (back_outcomes, back_groups): (Vec<bool>, Vec<u64>) = cases.iter().rev().copied().unzip();
        let mut back = grouped_folds(&back_outcomes, &back_groups, 4, seed).unwrap();
        back.reverse();
        prop_assert_eq!(back, parts);
    }
}
