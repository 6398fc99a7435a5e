//! How much a sentence is like sentences that the user corrected.
//!
//! Sentences are compared as the reader of cues sees them, by words, neighbours and pieces of words:
//! each group is brought to length 1 and both count half. What the weights do not know counts as what
//! is rarest, so that sentences about other things are not alike by their small words.
//!
//! Must not: know which cue a correction is about.

use inroad_model::Cue;

use super::weights::Weights;
use crate::linear::Label;
use crate::linear::features::{Token, features};

/// The features of a sentence with their sizes, in the order of features, of length 1.
pub(super) type Vector = Vec<(u64, f32)>;

/// Some sentences by their features.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinship {
    /// Feature, number of the sentence, size; sorted.
    entries: Vec<(u64, u32, f32)>,
    sentences: usize,
}

impl Kinship {
    pub(super) fn new(vectors: &[Vector]) -> Self {
        let numbered = (0_u32..).zip(vectors);
        let mut entries: Vec<(u64, u32, f32)> = numbered
            .flat_map(|(at, vector)| vector.iter().map(move |(key, size)| (*key, at, *size)))
            .collect();
        entries.sort_by_key(|(key, at, _)| (*key, *at));
        Self { entries, sentences: vectors.len() }
    }

    /// How like each of the sentences it is, from 0 to 1.
    pub(super) fn of(&self, vector: &Vector) -> Vec<f32> {
        let mut shares = vec![0.0_f32; self.sentences];
        for (key, size) in vector {
            let from = self.entries.partition_point(|(known, ..)| known < key);
            let same = self.entries.iter().skip(from).take_while(|(known, ..)| known == key);
            for (_, at, other) in same {
                if let Some(share) = shares.get_mut(*at as usize) {
                    *share += size * other;
                }
            }
        }
        for share in &mut shares {
            *share = share.clamp(0.0, 1.0);
        }
        shares
    }
}

/// A sentence as a vector; `rarest` is the rarity of what the weights do not know.
pub(super) fn vector(weights: &Weights, rarest: f32, tokens: &[Token]) -> Vector {
    let mut found: Vec<(u64, f32)> = Vec::new();
    features(Cue::REACH, tokens, |feature| {
        let key = u64::from(feature.hash) | (u64::from(feature.is_piece) << 32);
        found.push((key, 0.0));
    });
    found.sort_by_key(|(key, _)| *key);
    found.dedup_by_key(|(key, _)| *key);
    let mut squares = [0.0_f32; 2];
    for (key, size) in &mut found {
        let known = weights.find(u32::try_from(*key & 0xffff_ffff).unwrap_or_default());
        *size = known.map_or(rarest, |known| weights.rarity(known));
        if let Some(sum) = squares.get_mut(usize::from(*key >> 32 == 1)) {
            *sum += *size * *size;
        }
    }
    let lengths = squares.map(|sum| (2.0 * sum).sqrt().max(f32::MIN_POSITIVE));
    for (key, size) in &mut found {
        *size /= lengths[usize::from(*key >> 32 == 1)];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear::features::tokens_of;

    fn like(a: &str, b: &str) -> f32 {
        let weights = Weights::shipped();
        let of = |text| vector(weights, weights.rarest(), &tokens_of(text));
        Kinship::new(&[of(a)]).of(&of(b))[0]
    }

    #[test]
    fn the_same_is_wholly_alike_and_another_matter_is_not() {
        let told = "Our steering group will take it up again after the fair.";
        assert!((like(told, told) - 1.0).abs() < 1e-5);
        assert!(like(told, "The steering group will take it up after the summer.") > 0.3);
        assert!(like(told, "Could you send the invoice to our office in Graz?") < 0.1);
        assert!(like(told, "") < 1e-6);
    }
}
