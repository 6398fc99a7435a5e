//! Functions that the crate for distributions lacks: the trigamma function, and Gauss's
//! hypergeometric series.
//!
//! Source: Abramowitz and Stegun (1964), eq. 6.4.6 and 6.4.12 (trigamma), 15.1.1 and 15.3.3
//! (hypergeometric). Checked against: `scipy.special` 1.17.1 polygamma and hyp2f1 (see the tests,
//! tolerance 1e-12 and 1e-10).

/// `ψ′(x)` for `x > 0`.
pub(crate) fn trigamma(mut x: f64) -> f64 {
    const ENOUGH: f64 = 10.0;
    let mut sum = 0.0;
    while x < ENOUGH {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series =
        1.0 / 6.0 - y * (1.0 / 30.0 - y * (1.0 / 42.0 - y * (1.0 / 30.0 - y * 5.0 / 66.0)));
    sum + 1.0 / x + y / 2.0 + y / x * series
}

/// The logarithm of `₂F₁(a, b; c; z)` for positive `a`, `b`, `c` and `z` from 0 to below 1.
///
/// The series is of positive terms; where it would be long, Euler's transformation makes it short.
/// NaN if it does not end in a hundred thousand terms, which needs a `z` within 5e-4 of 1.
pub(crate) fn ln_hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let by_itself = series(a, b, c, z);
    if c - a - b >= 0.0 || z < 0.5 {
        return by_itself.ln();
    }
    // F(a, b; c; z) = (1 − z)^(c − a − b) F(c − a, c − b; c; z).
    let turned = series(c - a, c - b, c, z);
    if turned > 0.0 { (c - a - b) * (-z).ln_1p() + turned.ln() } else { by_itself.ln() }
}

fn series(a: f64, b: f64, c: f64, z: f64) -> f64 {
    const TERMS_MAX: u32 = 100_000;
    let (mut term, mut sum) = (1.0, 1.0);
    for place in 0..TERMS_MAX {
        let place = f64::from(place);
        term *= (a + place) * (b + place) / ((c + place) * (place + 1.0)) * z;
        sum += term;
        if f64::abs(term) <= f64::EPSILON * 0.1 * f64::abs(sum) {
            return sum;
        }
    }
    f64::NAN
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with scipy 1.17.1: `polygamma(1, x)`.
    const TRIGAMMA: [(f64, f64); 5] = [
        (0.05, 401.532_357_342_115_06),
        (0.3, 12.245_364_546_107_734),
        (1.0, 1.644_934_066_848_226_6),
        (7.5, 0.142_615_896_696_703_8),
        (300.0, 0.003_338_895_061_714_677_3),
    ];

    /// Made with scipy 1.17.1: `log(hyp2f1(a, b, c, z))`.
    const HYPERGEOMETRIC: [(f64, f64, f64, f64, f64); 6] = [
        (0.25, 2.4, 2.2, 0.5, 0.193_074_171_932_554_7),
        (2.2, 4.4, 4.2, 0.9, 5.403_137_718_412_056),
        (30.2, 32.4, 32.2, 0.3, 10.839_143_183_677_661),
        (30.2, 32.4, 32.2, 0.97, 106.586_777_160_561_16),
        (0.3, 1.5, 5.0, 0.99, 0.124_058_495_129_530_84),
        (5.3, 6.4, 2.9, 0.7, 11.898_549_236_140_21),
    ];

    #[test]
    fn agrees_with_scipy() {
        for (x, expected) in TRIGAMMA {
            assert!((trigamma(x) / expected - 1.0).abs() < 1e-12, "{x}: {}", trigamma(x));
        }
        for (a, b, c, z, expected) in HYPERGEOMETRIC {
            let found = ln_hypergeometric(a, b, c, z);
            assert!(
                (found - expected).abs() < 1e-10 * expected.abs().max(1.0),
                "{a} {b} {c} {z}: {found}"
            );
        }
    }

    #[test]
    fn ends_near_one() {
        for (a, b, c) in [(0.3, 2.0, 1.9), (30.0, 40.0, 38.5), (0.01, 0.02, 5.0)] {
            assert!(ln_hypergeometric(a, b, c, 0.999).is_finite(), "{a} {b} {c}");
            assert!(ln_hypergeometric(a, b, c, 0.0).abs() < 1e-15);
        }
    }
}
