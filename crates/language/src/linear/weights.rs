//! What each feature of a sentence says for and against each cue: the file that ships, in memory.
//!
//! The file, numbers little-endian: `CUES` and a version of one byte; how many cues (u16) and
//! features (u32); for each cue the length of its name (u8), its name, and five f32: intercept,
//! the weight that 127 stands for, slope and intercept of the calibration, threshold; for all
//! features their hashes (u32, rising); for all features their rarity in 28ths (u8); for all
//! features how many weights they have (u8); and then those weights: cue (u8) and size (i8).
//!
//! Must not: trust the file. What does not fit is no weights at all.

use std::sync::LazyLock;

use inroad_model::Cue;

const MAGIC: &[u8; 5] = b"CUES\x01";
/// Packed, since every byte of it is a byte of the program.
static SHIPPED: &[u8] = include_bytes!("weights.bin.zst");
/// The weights are far smaller than this.
const UNPACKED_MAX: usize = 16 << 20;
/// Features are looked up through the first bits of their hashes: enough of them that what follows
/// lies within one line of the processor's cache.
const PREFIX_BITS: u32 = 16;
/// A rarity of 1 is written as this.
pub const RARITY_UNIT: f32 = 28.0;

/// What belongs to one cue.
#[derive(Debug, Clone, PartialEq)]
pub struct CueWeights {
    /// Which.
    pub cue: Cue,
    /// The score of a sentence of which nothing is known.
    pub intercept: f32,
    /// What one unit of a stored weight is worth.
    pub scale: f32,
    /// From score to logit: how much it rises.
    pub slope: f32,
    /// From score to logit: the logit at 0.
    pub offset: f32,
    /// The probability from which on it is told.
    pub threshold: f32,
}

impl CueWeights {
    /// The calibrated probability of a score, from 0 to 1.
    pub fn probability(&self, score: f32) -> f32 {
        1.0 / (1.0 + (-(self.slope * score + self.offset)).exp())
    }

    /// The score from which on it is told; `None` where no score or every score is.
    pub(super) fn border(&self) -> Option<f32> {
        let logit = (self.threshold / (1.0 - self.threshold)).ln();
        Some((logit - self.offset) / self.slope).filter(|border| border.is_finite())
    }
}

/// A feature with what it says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FeatureWeights {
    /// Its hash.
    pub hash: u32,
    /// How rare it is, in 28ths: its weight within its sentence.
    pub rarity: u8,
    /// The place of a cue and the weight in units of its scale.
    pub weights: Vec<(u8, i8)>,
}

/// All weights.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weights {
    cues: Vec<CueWeights>,
    hashes: Vec<u32>,
    /// Where the features begin whose hashes have that prefix.
    prefixes: Vec<u32>,
    says: Vec<Says>,
    entries: Vec<(u8, i8)>,
}

/// What is known of a feature, side by side: each feature of a sentence lies somewhere else, and
/// going there is what takes the time.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Says {
    /// Where its entries begin.
    start: u32,
    /// How many they are.
    count: u8,
    /// How rare it is, in 28ths.
    rarity: u8,
}

impl Says {
    fn rarity(self) -> f32 {
        f32::from(self.rarity) / RARITY_UNIT
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

    /// Reads a file packed by Zstandard, as those that ship are; `None` if it is not one.
    pub fn from_packed(bytes: &[u8]) -> Option<Self> {
        Self::from_bytes(&zstd::bulk::decompress(bytes, UNPACKED_MAX).ok()?)
    }

    /// Reads a file; `None` if it is not one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let cue_count = u16::from_le_bytes(take(&mut rest)?);
        let count = u32::from_le_bytes(take(&mut rest)?) as usize;
        let mut weights = Self::default();
        for _ in 0..cue_count {
            weights.cues.push(read_cue(&mut rest)?);
        }
        let hashes = split(&mut rest, count.checked_mul(4)?)?;
        weights.hashes = hashes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
        let (rarities, counts) = (split(&mut rest, count)?, split(&mut rest, count)?);
        let mut end = 0;
        for (rarity, count) in rarities.iter().zip(counts) {
            weights.says.push(Says { start: end, count: *count, rarity: *rarity });
            end += u32::from(*count);
        }
        let (entries, []) = rest.as_chunks::<2>() else { return None };
        weights.entries = entries.iter().map(|[cue, size]| (*cue, size.cast_signed())).collect();
        let fits = weights.entries.iter().all(|(cue, _)| u16::from(*cue) < cue_count);
        let rising = weights.hashes.is_sorted_by(|a, b| a < b);
        if !fits || !rising || end as usize != weights.entries.len() {
            return None;
        }
        weights.prefixes = prefixes(&weights.hashes);
        Some(weights)
    }

    /// Writes a file. `features` are to come with rising hashes.
    pub fn to_bytes(cues: &[CueWeights], features: &[FeatureWeights]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(u16::try_from(cues.len()).unwrap_or(u16::MAX).to_le_bytes());
        out.extend(u32::try_from(features.len()).unwrap_or(u32::MAX).to_le_bytes());
        for cue in cues {
            let name = cue.cue.as_str();
            out.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
            out.extend(name.bytes());
            for number in [cue.intercept, cue.scale * 127.0, cue.slope, cue.offset, cue.threshold] {
                out.extend(number.to_le_bytes());
            }
        }
        out.extend(features.iter().flat_map(|feature| feature.hash.to_le_bytes()));
        out.extend(features.iter().map(|feature| feature.rarity));
        let length = |feature: &FeatureWeights| u8::try_from(feature.weights.len());
        out.extend(features.iter().map(|feature| length(feature).unwrap_or(u8::MAX)));
        let entries = features.iter().flat_map(|feature| &feature.weights);
        out.extend(entries.flat_map(|(cue, size)| [*cue, size.cast_unsigned()]));
        out
    }

    /// The cues, in the order of their places.
    pub fn cues(&self) -> &[CueWeights] {
        &self.cues
    }

    /// The same weights with other calibrations, in the same order.
    #[must_use]
    pub fn with_cues(mut self, cues: Vec<CueWeights>) -> Self {
        self.cues = cues;
        self
    }

    /// How rare the rarest feature is.
    pub(super) fn rarest(&self) -> f32 {
        self.says.iter().map(|says| says.rarity()).fold(1.0, f32::max)
    }

    /// How many features are known.
    pub fn features(&self) -> usize {
        self.hashes.len()
    }

    /// The number of a feature, if it is known.
    pub(super) fn find(&self, hash: u32) -> Option<usize> {
        let prefix = (hash >> (32 - PREFIX_BITS)) as usize;
        let start = *self.prefixes.get(prefix)? as usize;
        let end = *self.prefixes.get(prefix + 1)? as usize;
        let near = self.hashes.get(start..end)?;
        near.iter().position(|known| *known == hash).map(|at| start + at)
    }

    /// How rare a feature is.
    pub(super) fn rarity(&self, feature: usize) -> f32 {
        self.says.get(feature).map_or(0.0, |says| says.rarity())
    }

    /// Adds what a feature says to the sums of all cues, in units of their scales.
    pub(super) fn add(&self, feature: usize, sums: &mut [f32]) {
        let rarity = self.rarity(feature);
        for (cue, size) in self.entries_of(feature) {
            if let Some(sum) = sums.get_mut(usize::from(*cue)) {
                *sum += f32::from(*size) * rarity;
            }
        }
    }

    /// What a feature says of one cue, in units of its scale.
    pub(super) fn weight(&self, feature: usize, place: usize) -> f32 {
        let of_cue = |(cue, _): &&(u8, i8)| usize::from(*cue) == place;
        let entry = self.entries_of(feature).iter().find(of_cue);
        entry.map_or(0.0, |(_, size)| f32::from(*size) * self.rarity(feature))
    }

    fn entries_of(&self, feature: usize) -> &[(u8, i8)] {
        let Some(says) = self.says.get(feature) else { return &[] };
        let start = says.start as usize;
        self.entries.get(start..start + usize::from(says.count)).unwrap_or_default()
    }
}

fn read_cue(rest: &mut &[u8]) -> Option<CueWeights> {
    let [length] = take(rest)?;
    let name = std::str::from_utf8(split(rest, usize::from(length))?).ok()?;
    let mut number = || Some(f32::from_le_bytes(take(rest)?)).filter(|number| number.is_finite());
    Some(CueWeights {
        cue: Cue::from_name(name)?,
        intercept: number()?,
        scale: number()? / 127.0,
        slope: number()?,
        offset: number()?,
        threshold: number()?,
    })
}

fn prefixes(hashes: &[u32]) -> Vec<u32> {
    let mut starts = Vec::with_capacity((1 << PREFIX_BITS) + 1);
    for (at, hash) in (0_u32..).zip(hashes) {
        let prefix = (hash >> (32 - PREFIX_BITS)) as usize;
        while starts.len() <= prefix {
            starts.push(at);
        }
    }
    starts.resize((1 << PREFIX_BITS) + 1, u32::try_from(hashes.len()).unwrap_or(u32::MAX));
    starts
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn split<'b>(rest: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Vec<u8> {
        let cue = CueWeights {
            cue: Cue::Warmth,
            intercept: -1.0,
            scale: 2.0,
            slope: 1.0,
            offset: 0.5,
            threshold: 0.4,
        };
        let feature = |hash, weights: &[(u8, i8)]| FeatureWeights {
            hash,
            rarity: 56,
            weights: weights.into(),
        };
        let features = [feature(3, &[]), feature(900, &[(0, -5)]), feature(u32::MAX, &[(0, 7)])];
        Weights::to_bytes(&[cue], &features)
    }

    #[test]
    fn what_is_written_is_read() {
        let weights = Weights::from_bytes(&small()).expect("weights");
        assert_eq!(weights.features(), 3);
        assert_eq!(weights.find(900), Some(1));
        assert_eq!(weights.find(901), None);
        let mut sums = [0.0];
        weights.add(2, &mut sums);
        assert!((sums[0] - 14.0).abs() < 1e-6 && (weights.weight(1, 0) + 10.0).abs() < 1e-6);
        assert!((weights.cues()[0].scale - 2.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_no_file_is_no_weights() {
        let bytes = small();
        for end in 0..bytes.len() {
            assert_eq!(Weights::from_bytes(&bytes[..end]), None, "{end}");
        }
    }

    #[test]
    fn those_that_ship_know_every_cue() {
        assert_eq!(Weights::shipped().cues().len(), Cue::ALL.len());
    }
}
