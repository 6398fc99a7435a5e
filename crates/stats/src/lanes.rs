//! The exponential and the logarithm of many numbers at once.
//!
//! The same steps for each number and no branch, so that the compiler does several in one go; the
//! library's functions are called for one at a time. Where they lie within the range that is asked
//! for, they are right to a few units of the last digit.
//!
//! Source: Muller (2016), Elementary Functions, chapters 4 and 11 (range reduction, polynomials).
//! Checked against: the library's functions (tests, relative tolerance 1e-15).

/// So many numbers at once.
pub(crate) const LANES: usize = 64;

/// Adding and taking away this rounds to a whole number; the number then stands in the last bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// The bits of 2^52: or-ed with a small whole number they are the sum as a float.
const WHOLE: u64 = 0x4330_0000_0000_0000;
const WHOLE_VALUE: f64 = 4_503_599_627_370_496.0;
const FRACTION_BITS: u32 = 52;
const BIAS: f64 = 1023.0;
/// ln 2 in two parts, of which the first times a small whole number is exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// Below this the exponential is as good as 0.
const LEAST: f64 = -700.0;

/// `exp` of numbers at or below 0.
pub(crate) fn exp_of_negative(values: &mut [f64; LANES]) {
    for value in values {
        let x = value.max(LEAST);
        let shifted = x * std::f64::consts::LOG2_E + ROUNDER;
        let twos = shifted - ROUNDER;
        let r = (x - twos * LN_2_HIGH) - twos * LN_2_LOW;
        let mut sum = 1.0 / 6_227_020_800.0;
        for factorial in [
            479_001_600.0,
            39_916_800.0,
            3_628_800.0,
            362_880.0,
            40_320.0,
            5_040.0,
            720.0,
            120.0,
            24.0,
            6.0,
            2.0,
            1.0,
            1.0,
        ] {
            sum = sum * r + 1.0 / factorial;
        }
        *value = f64::from_bits(sum.to_bits().wrapping_add(shifted.to_bits() << FRACTION_BITS));
    }
}

/// `ln` of numbers at or above 1.
pub(crate) fn ln_of_large(values: &mut [f64; LANES]) {
    for value in values {
        // Halved from the square root of 2 on, so that the fraction is near 1.
        let bits = value.to_bits();
        let exponent = f64::from_bits((bits >> FRACTION_BITS) | WHOLE) - WHOLE_VALUE - BIAS;
        let fraction = f64::from_bits((bits & ((1 << FRACTION_BITS) - 1)) | 1.0_f64.to_bits());
        let is_great = fraction > std::f64::consts::SQRT_2;
        let fraction = if is_great { 0.5 * fraction } else { fraction };
        let twos = if is_great { exponent + 1.0 } else { exponent };
        let s = (fraction - 1.0) / (fraction + 1.0);
        let z = s * s;
        let mut sum = 1.0 / 21.0;
        for odd in [19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
            sum = sum * z + 1.0 / odd;
        }
        let tail = 2.0 * s * z * sum;
        *value = twos * LN_2_HIGH + (2.0 * s + (tail + twos * LN_2_LOW));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_library_says() {
        let mut worst = (0.0_f64, 0.0_f64);
        for round in 0..2_000 {
            let x: [f64; LANES] = std::array::from_fn(|at| {
                let spread = f64::from(round) * 64.0 + at as f64;
                -(spread * 0.37).rem_euclid(699.0) * (spread * 0.61).rem_euclid(1.0).powi(3)
            });
            let mut exponentials = x;
            exp_of_negative(&mut exponentials);
            let y = x.map(|x| (-x).min(690.0).exp());
            let mut logarithms = y;
            ln_of_large(&mut logarithms);
            for at in 0..LANES {
                worst.0 = worst.0.max((exponentials[at] / x[at].exp() - 1.0).abs());
                let expected = y[at].ln();
                worst.1 = worst.1.max((logarithms[at] - expected).abs() / expected.max(1e-3));
            }
        }
        assert!(worst.0 < 1e-15 && worst.1 < 1e-15, "{worst:?}");
    }

    #[test]
    fn at_the_ends() {
        let mut values = [0.0; LANES];
        values[1] = -1e300;
        values[2] = f64::NEG_INFINITY;
        exp_of_negative(&mut values);
        assert!((values[0] - 1.0).abs() < 1e-16 && values[1] < 1e-300 && values[2] < 1e-300);
        let mut values = [1.0; LANES];
        values[1] = f64::MAX;
        ln_of_large(&mut values);
        assert!(values[0].abs() < 1e-16 && (values[1] - f64::MAX.ln()).abs() < 1e-12);
    }
}
