//! What it costs to try one passphrase: the parameters of Argon2id, which stand in each file.
//!
//! Source: RFC 9106 (Biryukov, Dinu, Khovratovich, Josefsson, 2021), section 4.

/// Memory, passes and lanes of Argon2id. A file is opened by the cost that it was sealed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// A file that asks for more was not written by us and would stall the machine.
const MEMORY_KIB_MAX: u32 = 512 << 10;
const PASSES_MAX: u32 = 32;
const LANES_MAX: u32 = 8;
/// What Argon2 needs for one lane.
const MEMORY_KIB_MIN: u32 = 8;

impl Cost {
    /// What new files are sealed with: 64 MiB and three passes, the second choice of RFC 9106, with
    /// one lane since we compute on one core. About a fifth of a second.
    pub const USUAL: Self = Self { memory_kib: 64 << 10, passes: 3, lanes: 1 };

    /// The least that Argon2 allows. It protects nothing; tests use it.
    pub const LEAST: Self = Self { memory_kib: MEMORY_KIB_MIN, passes: 1, lanes: 1 };

    /// A cost within bounds; `None` beyond them.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        let fits = (1..=LANES_MAX).contains(&lanes)
            && (1..=PASSES_MAX).contains(&passes)
            && (MEMORY_KIB_MIN * lanes..=MEMORY_KIB_MAX).contains(&memory_kib);
        fits.then_some(Self { memory_kib, passes, lanes })
    }

    pub(crate) fn parts(self) -> [u32; 3] {
        [self.memory_kib, self.passes, self.lanes]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds() {
        for good in [Cost::USUAL, Cost::LEAST] {
            let [memory, passes, lanes] = good.parts();
            assert_eq!(Cost::new(memory, passes, lanes), Some(good));
        }
        for (memory, passes, lanes) in [
            (0, 1, 1),
            (7, 1, 1),
            (8, 0, 1),
            (8, 1, 0),
            (8, 1, 2),
            (u32::MAX, 1, 1),
            (64, 33, 1),
            (64, 1, 9),
        ] {
            assert_eq!(Cost::new(memory, passes, lanes), None, "{memory} {passes} {lanes}");
        }
    }
}
