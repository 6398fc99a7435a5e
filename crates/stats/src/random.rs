//! Random numbers from a seed: the same seed gives the same numbers on every machine.
//!
//! Draws: 64 bits by `SplitMix64`, whole numbers below a bound without bias, and numbers from 0 to 1.
//!
//! Misleads: when used for anything secret; it can be predicted. Why our own: ten lines, whose
//! numbers never change with a version of a crate.
//!
//! Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators;
//! Lemire (2019), Fast random integer generation in an interval. Checked against: the
//! first numbers of the published C program for the seed 1234567 (see the test).

/// A source of random numbers.
///
/// ```
/// use inroad_stats::Random;
/// let mut random = Random::new(7);
/// assert!(random.below(6) < 6);
/// assert_eq!(Random::new(7).bits(), Random::new(7).bits());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random {
    state: u64,
}

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

impl Random {
    /// Starts at a seed.
    pub fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        scramble(self.state)
    }

    /// A whole number from 0 to below `bound`, each as likely; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The bits that would make small numbers likelier are drawn again.
        let threshold = if bound == 0 { 0 } else { bound.wrapping_neg() % bound };
        loop {
            let (low, high) = self.bits().carrying_mul(bound, 0);
            if low >= threshold {
                return high;
            }
        }
    }

    /// A number from 0 to below 1, with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Bits that depend on all bits of a number: a hash for taking rows evenly.
pub(crate) fn mix(number: u64) -> u64 {
    scramble(number.wrapping_add(GAMMA))
}

fn scramble(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_numbers() {
        let mut random = Random::new(1_234_567);
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(published.map(|_| random.bits()), published);
    }

    #[test]
    fn evenly_below_a_bound() {
        let mut random = Random::new(1);
        let mut counts = [0; 5];
        for _ in 0..50_000 {
            counts[usize::try_from(random.below(5)).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
        assert_eq!(random.below(0), 0);
        assert!((0..1_000).all(|_| (0.0..1.0).contains(&random.unit())));
    }
}
