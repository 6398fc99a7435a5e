//! The interval of a median, against the binomial distribution counted in whole numbers.

use inroad_stats::median;
use proptest::prelude::*;

/// Of 2^n equally likely rows of heads and tails, how many have fewer than `k` heads.
fn fewer_than(k: usize, n: usize) -> u128 {
    let mut choose = 1_u128;
    let mut sum = 0;
    for heads in 0..k {
        sum += choose;
        choose = choose * (n - heads) as u128 / (heads as u128 + 1);
    }
    sum
}

#[test]
fn its_ranks_leave_out_what_they_may() {
    for n in 1..=100_usize {
        let numbers: Vec<f64> = (1..=n).map(|number| number as f64).collect();
        let told = median(&numbers, 0.95).unwrap();
        let all = 1_u128 << n;
        // 40 of them are one 2.5 %.
        let Some(told) = told else {
            assert!(fewer_than(1, n) * 40 > all, "{n}");
            continue;
        };
        let k =
            numbers.iter().position(|number| number.to_bits() == told.low.to_bits()).unwrap() + 1;
        assert!(fewer_than(k, n) * 40 <= all, "{n}: {k} is too much");
        assert!(fewer_than(k + 1, n) * 40 > all || 2 * k >= n, "{n}: {k} could be more");
        assert!((told.low + told.high - (n + 1) as f64).abs() < 1e-9, "{n}");
    }
}

#[test]
fn many_are_no_zero() {
    let numbers: Vec<f64> = (0..20_000_u32).map(f64::from).collect();
    let told = median(&numbers, 0.95).unwrap().unwrap();
    assert!((9_850.0..9_870.0).contains(&told.low), "{told:?}");
    assert!(median(&[f64::NAN], 0.95).is_err() && median(&[], 0.95).unwrap().is_none());
}

proptest! {
    #[test]
    fn it_holds_the_middle(numbers in prop::collection::vec(-1e6..1e6_f64, 0..60)) {
        if let Some(told) = median(&numbers, 0.95).unwrap() {
            prop_assert!(told.low <= told.value && told.value <= told.high);
            let mut turned = numbers;
            turned.reverse();
            prop_assert_eq!(median(&turned, 0.95).unwrap(), Some(told));
        }
    }
}
