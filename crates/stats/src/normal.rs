//! The standard normal distribution, as far into its tails as estimators reach.
//!
//! Computes: the density, `ln` of the upper tail and its slope (the inverse Mills ratio), and the
//! quantile. In the far tail `1 − Φ` is 0 in floating point while its logarithm is not, so beyond
//! some deviations a continued fraction takes over.
//!
//! Source: Abramowitz and Stegun (1964), eq. 26.2.14. Checked against: `scipy.stats.norm` 1.17.1
//! (see the test, tolerance 1e-9).

use statrs::function::erf::{erfc, erfc_inv};

const SQRT_2: f64 = std::f64::consts::SQRT_2;
/// `ln √(2π)`.
pub(crate) const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_7;
/// From here on the tail is a continued fraction.
const FAR: f64 = 6.0;
const FRACTION_TERMS: u32 = 40;

/// The number below which a normal one lies with this probability.
pub(crate) fn quantile(probability: f64) -> f64 {
    -SQRT_2 * erfc_inv(2.0 * probability)
}

/// `ln P(Z > z)` and the hazard `φ(z) / P(Z > z)`.
pub(crate) fn ln_tail_and_hazard(z: f64) -> (f64, f64) {
    let ln_density = -0.5 * z * z - LN_SQRT_2PI;
    if z < 0.0 {
        // Near 1 only the part that is missing has all its digits.
        let missing = 0.5 * erfc(-z / SQRT_2);
        return ((-missing).ln_1p(), ln_density.exp() / (1.0 - missing));
    }
    if z < FAR {
        let tail = 0.5 * erfc(z / SQRT_2);
        return (tail.ln(), ln_density.exp() / tail);
    }
    // P(Z > z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))).
    let hazard = (1..=FRACTION_TERMS).rev().fold(z, |rest, n| z + f64::from(n) / rest);
    (ln_density - hazard.ln(), hazard)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with scipy 1.17.1: `norm.logsf(z)` and `exp(norm.logpdf(z) - norm.logsf(z))`.
    const ORACLE: [(f64, f64, f64); 7] = [
        (-8.0, -6.220_960_574_271_742e-16, 5.052_271_083_536_886e-15),
        (-2.0, -0.023_012_909_328_963_476, 0.055_247_862_678_989_95),
        (0.0, -std::f64::consts::LN_2, 0.797_884_560_802_865_4),
        (1.5, -2.705_944_400_823_889_8, 1.938_677_166_622_543_3),
        (5.9, -20.125_799_580_203_18, 6.060_916_625_635_373),
        (6.1, -21.357_498_419_215_563, 6.256_118_131_711_196),
        (30.0, -454.321_243_956_343_27, 30.033_259_667_436_372),
    ];

    #[test]
    fn agrees_with_scipy() {
        for (z, ln_tail, hazard) in ORACLE {
            let found = ln_tail_and_hazard(z);
            assert!((found.0 - ln_tail).abs() <= 1e-9 * ln_tail.abs(), "{z}: {found:?}");
            assert!((found.1 - hazard).abs() <= 1e-9 * hazard, "{z}: {found:?}");
        }
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-9);
        assert!((quantile(1e-6) + 4.753_424_308_822_899).abs() < 1e-9);
    }
}
