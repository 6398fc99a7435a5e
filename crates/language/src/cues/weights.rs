//! The weights of cues that ship.
//!
//! Must not: trust the file. What does not fit is no weights at all.

use std::sync::LazyLock;

use inroad_model::Cue;

use crate::linear::{Label, Reach, weights};

/// Packed, since every byte of it is a byte of the program.
static SHIPPED: &[u8] = include_bytes!("weights.bin.zst");

/// What each feature of a sentence says for and against each cue.
pub type Weights = weights::Weights<Cue>;

impl Label for Cue {
    const MAGIC: &'static [u8; 5] = b"CUES\x01";
    const RIVALRY: f32 = 0.25;
    const REACH: Reach = Reach::Three;

    fn from_name(name: &str) -> Option<Self> {
        Self::from_name(name)
    }

    fn name(&self) -> &str {
        self.as_str()
    }
}

impl Weights {
    /// Those that ship with the program; read when they are first asked for.
    pub fn shipped() -> &'static Self {
        static WEIGHTS: LazyLock<Weights> =
            LazyLock::new(|| Weights::from_packed(SHIPPED).unwrap_or_default());
        &WEIGHTS
    }

    /// Which weights ship: other bytes give another number. (FNV-1a, 64 bits.)
    pub fn shipped_fingerprint() -> u64 {
        static NUMBER: LazyLock<u64> = LazyLock::new(|| {
            SHIPPED.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            })
        });
        *NUMBER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_ship_know_every_cue() {
        assert_eq!(Weights::shipped().labels().len(), Cue::ALL.len());
    }
}
