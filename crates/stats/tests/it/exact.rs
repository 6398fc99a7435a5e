//! Exact tests and intervals of shares: scipy's figures, and what must hold for any counts.

use inroad_stats::{
    CASES_MIN, Conclusion, Counted, Side, WIDTH_MAX, binomial_test, clopper_pearson, conclude,
    fisher_test, jeffreys, wilson,
};
use proptest::prelude::*;

use crate::table::{lines, number};

fn side(name: &str) -> Side {
    match name {
        "less" => Side::Less,
        "greater" => Side::Greater,
        _ => Side::Both,
    }
}

fn check(found: f64, expected: &str, line: &[&str]) {
    // By share also where the probability is small.
    let expected = number(expected);
    let is_near = (found - expected).abs() <= 1e-9 * expected.abs().max(1e-3);
    assert!(is_near, "{line:?}: {found} is not {expected}");
}

#[test]
fn agrees_with_scipy() {
    for line in lines(include_str!("../oracles/exact.csv")) {
        let count = |at: usize| line[at].parse::<u64>().unwrap();
        match line[0] {
            "fisher" => {
                let table = [[count(2), count(3)], [count(4), count(5)]];
                check(fisher_test(table, side(line[1])).unwrap(), line[6], &line);
            }
            "binomial" => {
                let counted = Counted { events: count(2), of: count(3) };
                let p = binomial_test(counted, number(line[4]), side(line[1])).unwrap();
                check(p, line[5], &line);
            }
            _ => {
                let counted = Counted { events: count(2), of: count(3) };
                let interval = match line[1] {
                    "wilson" => wilson(counted, number(line[4])),
                    "jeffreys" => jeffreys(counted, number(line[4])),
                    _ => clopper_pearson(counted, number(line[4])),
                };
                let (low, high) = interval.unwrap();
                check(low, line[5], &line);
                check(high, line[6], &line);
            }
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let more = Counted { events: 2, of: 1 };
    let some = Counted { events: 1, of: 2 };
    for interval in [wilson, clopper_pearson, jeffreys] {
        assert!(interval(more, 0.95).is_err());
        assert!(interval(some, f64::NAN).is_err() && interval(some, 1.5).is_err());
        assert_eq!(interval(Counted { events: 0, of: 0 }, 0.95), Ok((0.0, 1.0)));
        assert!(interval(some, 0.0).is_ok() && interval(some, 1.0).is_ok());
    }
    assert!(binomial_test(more, 0.5, Side::Both).is_err());
    assert!(binomial_test(some, f64::NAN, Side::Both).is_err());
    let huge = Counted { events: 1, of: u64::MAX };
    assert!(binomial_test(huge, 0.5, Side::Both).is_err());
    assert!(fisher_test([[u64::MAX, 1], [1, 1]], Side::Both).is_err());
    assert!(fisher_test([[u64::MAX / 4; 2]; 2], Side::Both).is_err());
    assert!(wilson(huge, 0.95).is_ok());
    assert!(conclude(more).is_err());
}

proptest! {
    #[test]
    fn tables_may_be_turned(a in 0_u64..40, b in 0_u64..40, c in 0_u64..40, d in 0_u64..40) {
        let p = fisher_test([[a, b], [c, d]], Side::Both).unwrap();
        prop_assert!((0.0..=1.0).contains(&p));
        for table in [[[c, d], [a, b]], [[b, a], [d, c]], [[a, c], [b, d]]] {
            prop_assert!((fisher_test(table, Side::Both).unwrap() - p).abs() < 1e-9);
        }
        let less = fisher_test([[a, b], [c, d]], Side::Less).unwrap();
        let greater = fisher_test([[a, b], [c, d]], Side::Greater).unwrap();
        prop_assert!(less + greater >= 1.0 - 1e-9, "what was seen counts on both sides");
    }

    #[test]
    fn intervals_hold_the_share_and_shrink(events in 0_u64..50, rest in 0_u64..50, level in 0.5_f64..0.99) {
        let counted = Counted { events, of: events + rest };
        let many = Counted { events: events * 10, of: (events + rest) * 10 };
        let share = if counted.of == 0 { 0.5 } else { events as f64 / counted.of as f64 };
        for interval in [wilson, clopper_pearson, jeffreys] {
            let (low, high) = interval(counted, level).unwrap();
            prop_assert!(low <= share + 1e-12 && share <= high + 1e-12);
            let (a, b) = interval(many, level).unwrap();
            prop_assert!(b - a <= high - low + 1e-12);
            let other = interval(Counted { events: rest, of: counted.of }, level).unwrap();
            prop_assert!((other.0 - (1.0 - high)).abs() < 1e-9, "the other share is the mirror");
        }
    }

    #[test]
    fn nothing_is_concluded_from_few(events in 0_u64..60, rest in 0_u64..60) {
        let counted = Counted { events, of: events + rest };
        match conclude(counted).unwrap() {
            Conclusion::TooFew => {
                let (low, high) = clopper_pearson(counted, 0.95).unwrap();
                prop_assert!(counted.of < CASES_MIN || high - low > WIDTH_MAX);
                prop_assert!(counted.of < 20, "any twenty cases are enough");
            }
            Conclusion::Share { share, low, high } => {
                prop_assert!(counted.of >= CASES_MIN && high - low <= WIDTH_MAX);
                prop_assert!(low <= share && share <= high);
            }
        }
    }

    #[test]
    fn the_exact_interval_undoes_the_test(events in 1_u64..30, rest in 1_u64..30) {
        let counted = Counted { events, of: events + rest };
        let (low, high) = clopper_pearson(counted, 0.9).unwrap();
        prop_assert!((binomial_test(counted, low, Side::Greater).unwrap() - 0.05).abs() < 1e-9);
        prop_assert!((binomial_test(counted, high, Side::Less).unwrap() - 0.05).abs() < 1e-9);
    }
}
