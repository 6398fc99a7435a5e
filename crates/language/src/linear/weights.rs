//! What each feature of a sentence says for and against each label: the file that ships, in memory.
//!
//! The file, numbers little-endian: four letters and a version of one byte; how many labels (u16) and
//! features (u32); for each label the length of its name (u8), its name, and five f32: intercept,
//! the weight that 127 stands for, slope and intercept of the calibration, threshold; for all
//! features their hashes (u32, rising); for all features their rarity in 28ths (u8); for all
//! features how many weights they have (u8); and then those weights: label (u8) and size (i8).
//!
//! Must not: trust the file. What does not fit is no weights at all.

use super::Label;

/// The weights are far smaller than this.
const UNPACKED_MAX: usize = 16 << 20;
/// Features are looked up through the first bits of their hashes, no more of them than these: enough that
/// what follows lies within one line of the processor's cache.
const PREFIX_BITS_MAX: u32 = 16;
/// A rarity of 1 is written as this.
pub const RARITY_UNIT: f32 = 28.0;

/// What belongs to one label.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelWeights<L> {
    /// Which.
    pub label: L,
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

impl<L> LabelWeights<L> {
    /// The calibrated probability of a score, from 0 to 1.
    pub fn probability(&self, score: f32) -> f32 {
        1.0 / (1.0 + (-(self.slope * score + self.offset)).exp())
    }

    /// The score from which on it is told; `None` where no score or every score is.
    pub(crate) fn border(&self) -> Option<f32> {
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
    /// The place of a label and the weight in units of its scale.
    pub weights: Vec<(u8, i8)>,
}

/// All weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights<L> {
    labels: Vec<LabelWeights<L>>,
    hashes: Vec<u32>,
    /// Where the features begin whose hashes have that prefix.
    prefixes: Vec<u32>,
    /// How long a prefix is.
    prefix_bits: u32,
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

impl<L> Default for Weights<L> {
    fn default() -> Self {
        Self {
            labels: Vec::new(),
            hashes: Vec::new(),
            prefixes: Vec::new(),
            prefix_bits: 1,
            says: Vec::new(),
            entries: Vec::new(),
        }
    }
}

impl<L: Label> Weights<L> {
    /// Reads a file packed by Zstandard, as those that ship are; `None` if it is not one.
    pub fn from_packed(bytes: &[u8]) -> Option<Self> {
        Self::from_bytes(&zstd::bulk::decompress(bytes, UNPACKED_MAX).ok()?)
    }

    /// Reads a file; `None` if it is not one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(L::MAGIC)?;
        let label_count = u16::from_le_bytes(take(&mut rest)?);
        let count = u32::from_le_bytes(take(&mut rest)?) as usize;
        let mut weights = Self::default();
        for _ in 0..label_count {
            weights.labels.push(read_label(&mut rest)?);
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
        weights.entries =
            entries.iter().map(|[label, size]| (*label, size.cast_signed())).collect();
        let fits = weights.entries.iter().all(|(label, _)| u16::from(*label) < label_count);
        let rising = weights.hashes.is_sorted_by(|a, b| a < b);
        if !fits || !rising || end as usize != weights.entries.len() {
            return None;
        }
        weights.prefix_bits = prefix_bits(count);
        weights.prefixes = prefixes(&weights.hashes, weights.prefix_bits);
        Some(weights)
    }

    /// Writes a file. `features` are to come with rising hashes.
    pub fn to_bytes(labels: &[LabelWeights<L>], features: &[FeatureWeights]) -> Vec<u8> {
        let mut out = L::MAGIC.to_vec();
        out.extend(u16::try_from(labels.len()).unwrap_or(u16::MAX).to_le_bytes());
        out.extend(u32::try_from(features.len()).unwrap_or(u32::MAX).to_le_bytes());
        for of in labels {
            let name = of.label.name();
            out.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
            out.extend(name.bytes());
            for number in [of.intercept, of.scale * 127.0, of.slope, of.offset, of.threshold] {
                out.extend(number.to_le_bytes());
            }
        }
        out.extend(features.iter().flat_map(|feature| feature.hash.to_le_bytes()));
        out.extend(features.iter().map(|feature| feature.rarity));
        let length = |feature: &FeatureWeights| u8::try_from(feature.weights.len());
        out.extend(features.iter().map(|feature| length(feature).unwrap_or(u8::MAX)));
        let entries = features.iter().flat_map(|feature| &feature.weights);
        out.extend(entries.flat_map(|(label, size)| [*label, size.cast_unsigned()]));
        out
    }

    /// The labels, in the order of their places.
    pub fn labels(&self) -> &[LabelWeights<L>] {
        &self.labels
    }

    /// The same weights with other calibrations, in the same order.
    #[must_use]
    pub fn with_labels(mut self, labels: Vec<LabelWeights<L>>) -> Self {
        self.labels = labels;
        self
    }

    /// How rare the rarest feature is.
    pub(crate) fn rarest(&self) -> f32 {
        self.says.iter().map(|says| says.rarity()).fold(1.0, f32::max)
    }

    /// How many features are known.
    pub fn features(&self) -> usize {
        self.hashes.len()
    }

    /// The number of a feature, if it is known.
    pub(crate) fn find(&self, hash: u32) -> Option<usize> {
        let prefix = (hash >> (32 - self.prefix_bits)) as usize;
        let start = *self.prefixes.get(prefix)? as usize;
        let end = *self.prefixes.get(prefix + 1)? as usize;
        let near = self.hashes.get(start..end)?;
        near.iter().position(|known| *known == hash).map(|at| start + at)
    }

    /// How rare a feature is.
    pub(crate) fn rarity(&self, feature: usize) -> f32 {
        self.says.get(feature).map_or(0.0, |says| says.rarity())
    }

    /// Adds what a feature says to the sums of all labels, in units of their scales.
    pub(crate) fn add(&self, feature: usize, sums: &mut [f32]) {
        let rarity = self.rarity(feature);
        for (label, size) in self.entries_of(feature) {
            if let Some(sum) = sums.get_mut(usize::from(*label)) {
                *sum += f32::from(*size) * rarity;
            }
        }
    }

    /// What a feature says of one label, in units of its scale.
    pub(crate) fn weight(&self, feature: usize, place: usize) -> f32 {
        let of_label = |(label, _): &&(u8, i8)| usize::from(*label) == place;
        let entry = self.entries_of(feature).iter().find(of_label);
        entry.map_or(0.0, |(_, size)| f32::from(*size) * self.rarity(feature))
    }

    fn entries_of(&self, feature: usize) -> &[(u8, i8)] {
        let Some(says) = self.says.get(feature) else { return &[] };
        let start = says.start as usize;
        self.entries.get(start..start + usize::from(says.count)).unwrap_or_default()
    }
}

fn read_label<L: Label>(rest: &mut &[u8]) -> Option<LabelWeights<L>> {
    let [length] = take(rest)?;
    let name = std::str::from_utf8(split(rest, usize::from(length))?).ok()?;
    let mut number = || Some(f32::from_le_bytes(take(rest)?)).filter(|number| number.is_finite());
    Some(LabelWeights {
        label: L::from_name(name)?,
        intercept: number()?,
        scale: number()? / 127.0,
        slope: number()?,
        offset: number()?,
        threshold: number()?,
    })
}

/// About as many prefixes as there are features.
fn prefix_bits(features: usize) -> u32 {
    features.checked_ilog2().map_or(1, |bits| (bits + 1).min(PREFIX_BITS_MAX))
}

fn prefixes(hashes: &[u32], bits: u32) -> Vec<u32> {
    let mut starts = Vec::with_capacity((1 << bits) + 1);
    for (at, hash) in (0_u32..).zip(hashes) {
        let prefix = (hash >> (32 - bits)) as usize;
        while starts.len() <= prefix {
            starts.push(at);
        }
    }
    starts.resize((1 << bits) + 1, u32::try_from(hashes.len()).unwrap_or(u32::MAX));
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
    use inroad_model::Cue;

    use super::*;

    fn small() -> Vec<u8> {
        let label = LabelWeights {
            label: Cue::Warmth,
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
        Weights::to_bytes(&[label], &features)
    }

    #[test]
    fn what_is_written_is_read() {
        let weights = Weights::<Cue>::from_bytes(&small()).expect("weights");
        assert_eq!(weights.features(), 3);
        assert_eq!(weights.find(900), Some(1));
        assert_eq!(weights.find(901), None);
        let mut sums = [0.0];
        weights.add(2, &mut sums);
        assert!((sums[0] - 14.0).abs() < 1e-6 && (weights.weight(1, 0) + 10.0).abs() < 1e-6);
        assert!((weights.labels()[0].scale - 2.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_no_file_is_no_weights() {
        let bytes = small();
        for end in 0..bytes.len() {
            assert_eq!(Weights::<Cue>::from_bytes(&bytes[..end]), None, "{end}");
        }
    }
}
