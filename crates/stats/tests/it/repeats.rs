//! BG/NBD and Pareto/NBD: the fits of lifetimes on simulated counts and on CDNOW, and what must
//! hold for any counts.

#![expect(clippy::disallowed_methods, reason = "the test of CDNOW reads a corpus if it is there")]

use std::sync::LazyLock;

use inroad_stats::{BgNbd, ParetoNbd, Repeat, Repeats};
use proptest::prelude::*;

use crate::table::{assert_near, lines, number};

#[derive(Debug, Clone, Default)]
struct Table {
    counts: Vec<u32>,
    lasts: Vec<f64>,
    watched: Vec<f64>,
}

impl Table {
    /// The columns `count`, `last` and `watched` begin at `first`.
    fn read(text: &str, first: usize) -> Table {
        let mut table = Table::default();
        for line in lines(text) {
            table.counts.push(line[first].parse().unwrap());
            table.lasts.push(number(line[first + 1]));
            table.watched.push(number(line[first + 2]));
        }
        table
    }

    fn repeats(&self) -> Repeats<'_> {
        Repeats { counts: &self.counts, lasts: &self.lasts, watched: &self.watched }
    }
}

/// Tolerances of parameters and of what follows from them; lifetimes stops its minimiser of
/// Pareto/NBD early, so there the likelihood shows who is nearer.
fn check(table: &Table, golden: &str, bg_tolerance: f64, pareto_tolerance: f64) {
    let bg = BgNbd::fit(&table.repeats()).unwrap();
    let pareto = ParetoNbd::fit(&table.repeats()).unwrap();
    for line in lines(golden) {
        let is_bg = line[0].starts_with("bg");
        let tolerance = if is_bg { bg_tolerance } else { pareto_tolerance };
        let what = line.join(" ");
        if matches!(line[0], "bg" | "pareto") {
            let (found, ln_likelihood) = if is_bg {
                ([bg.r, bg.alpha, bg.a, bg.b], bg.ln_likelihood)
            } else {
                ([pareto.r, pareto.alpha, pareto.s, pareto.beta], pareto.ln_likelihood)
            };
            for (found, expected) in found.iter().zip(&line[1..5]) {
                assert_near(found.value, number(expected), tolerance, &what);
                assert!(found.error > 0.0 && found.error.is_finite(), "{what}");
            }
            let expected = number(line[5]);
            assert_near(ln_likelihood, expected, 1e-6, &what);
            assert!(ln_likelihood >= expected - 1e-6, "{what}: {ln_likelihood} is lower");
            continue;
        }
        let one = Repeat {
            count: line[1].parse().unwrap(),
            last: number(line[2]),
            watched: number(line[3]),
        };
        let ahead = number(line[4]);
        let found = match line[0] {
            "bg-alive" => bg.probability_alive(&one),
            "bg-expected" => bg.expected(&one, ahead),
            "pareto-alive" => pareto.probability_alive(&one),
            _ => pareto.expected(&one, ahead),
        };
        assert_near(found, number(line[5]), tolerance, &what);
    }
}

#[test]
fn agrees_with_lifetimes() {
    let table = Table::read(include_str!("../oracles/repeats_rows.csv"), 0);
    check(&table, include_str!("../oracles/repeats.csv"), 1e-4, 1e-3);
}

#[test]
fn agrees_with_lifetimes_on_cdnow_to_four_digits() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../target/corpora/lifetimes/package/lifetimes/datasets/cdnow_customers_summary.csv"
    );
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("SKIPPED: CDNOW is not here (cargo xtask corpus)");
        return;
    };
    let table = Table::read(text.split_once('\n').unwrap().1, 1);
    assert_eq!(table.counts.len(), 2357);
    check(&table, include_str!("../oracles/cdnow.csv"), 1e-4, 1e-4);
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |counts: &[u32], lasts: &[f64], watched: &[f64]| {
        let repeats = Repeats { counts, lasts, watched };
        BgNbd::fit(&repeats).is_err() && ParetoNbd::fit(&repeats).is_err()
    };
    assert!(refused(&[], &[], &[]));
    assert!(refused(&[0, 0], &[0.0, 0.0], &[5.0, 6.0]), "nobody came again");
    assert!(refused(&[1], &[f64::NAN], &[5.0]));
    assert!(refused(&[1], &[1.0], &[f64::INFINITY]));
    assert!(refused(&[1], &[6.0], &[5.0]), "after the watching");
    assert!(refused(&[1, 2], &[1.0], &[5.0]));
    // Too little to learn four parameters from: an error or an estimate, never a panic or NaN.
    for (count, last) in [(1, 1.0), (3, 5.0), (u32::MAX, 5.0), (2, 0.0)] {
        let repeats = Repeats { counts: &[count], lasts: &[last], watched: &[5.0] };
        if let Ok(fit) = BgNbd::fit(&repeats) {
            assert!(fit.r.value.is_finite());
        }
        if let Ok(fit) = ParetoNbd::fit(&repeats) {
            assert!(fit.r.value.is_finite());
        }
    }
}

fn simulated() -> Table {
    Table::read(include_str!("../oracles/repeats_rows.csv"), 0)
}

#[test]
fn another_unit_of_time_or_order_changes_nothing() {
    let table = simulated();
    let mut other = table.clone();
    for time in other.lasts.iter_mut().chain(&mut other.watched) {
        *time *= 24.0;
    }
    other.counts.reverse();
    other.lasts.reverse();
    other.watched.reverse();
    let (one, two) = (BgNbd::fit(&table.repeats()).unwrap(), BgNbd::fit(&other.repeats()).unwrap());
    assert_near(two.r.value, one.r.value, 1e-7, "r");
    assert_near(two.alpha.value, 24.0 * one.alpha.value, 1e-7, "alpha");
    let (one, two) =
        (ParetoNbd::fit(&table.repeats()).unwrap(), ParetoNbd::fit(&other.repeats()).unwrap());
    assert_near(two.s.value, one.s.value, 1e-6, "s");
    assert_near(two.beta.value, 24.0 * one.beta.value, 1e-6, "beta");
}

static FITTED: LazyLock<(BgNbd, ParetoNbd)> = LazyLock::new(|| {
    let table = simulated();
    (BgNbd::fit(&table.repeats()).unwrap(), ParetoNbd::fit(&table.repeats()).unwrap())
});

proptest! {
    #[test]
    fn silence_makes_a_stop_likelier(count in 1_u32..200, last in 0.1_f64..50.0, silence in 0.0_f64..50.0, more in 0.0_f64..50.0, ahead in 0.0_f64..100.0) {
        let (bg, pareto) = &*FITTED;
        let early = Repeat { count, last, watched: last + silence };
        let late = Repeat { watched: last + silence + more, ..early };
        for alive in [|bg: &BgNbd, _: &ParetoNbd, one: &Repeat| bg.probability_alive(one), |_: &BgNbd, pareto: &ParetoNbd, one: &Repeat| pareto.probability_alive(one)] {
            let (one, two) = (alive(bg, pareto, &early), alive(bg, pareto, &late));
            prop_assert!((0.0..=1.0).contains(&one) && two <= one + 1e-9);
        }
        for (soon, later) in [(bg.expected(&early, ahead), bg.expected(&early, ahead + 1.0)), (pareto.expected(&early, ahead), pareto.expected(&early, ahead + 1.0))] {
            prop_assert!(soon.is_finite() && soon >= -1e-9 && later >= soon - 1e-9, "{} {}", soon, later);
        }
    }
}
