//! One sentence after the other, weighed for everything that it may carry.
//!
//! Must not: trust weights to fit; what they do not know counts for nothing.

use super::Label;
use super::features::{Feature, Token, features};
use super::weights::Weights;

/// A label that is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told<L> {
    /// Which.
    pub label: L,
    /// How likely it is.
    pub probability: f32,
}

/// Reads one sentence after the other, with room that is used again.
#[derive(Debug)]
pub struct Reader<'w, L> {
    weights: &'w Weights<L>,
    /// For each known feature a bit: whether it stands in the last sentence.
    seen: Vec<u64>,
    /// The known features of the last sentence: words and pieces, each once.
    known: [Vec<usize>; 2],
    /// All of them, with their places.
    found: Vec<(Feature, usize)>,
}

impl<'w, L: Label> Reader<'w, L> {
    /// A reader with these weights.
    pub fn new(weights: &'w Weights<L>) -> Self {
        let seen = vec![0; weights.features().div_ceil(64)];
        Self { weights, seen, known: [Vec::new(), Vec::new()], found: Vec::new() }
    }

    /// What of a sentence is likely enough to be told.
    pub fn read(&mut self, tokens: &[Token]) -> Vec<Told<L>> {
        let scores = self.scores(tokens);
        self.told(&scores)
    }

    /// The labels whose scores are high enough to be told.
    pub fn told(&self, scores: &[f32]) -> Vec<Told<L>> {
        let labels = self.weights.labels().iter().zip(scores);
        labels
            .filter_map(|(of, score)| {
                let probability = of.probability(*score);
                let told = || Told { label: of.label.clone(), probability };
                (probability >= of.threshold).then(told)
            })
            .collect()
    }

    /// The score of every label, in the order of the weights, before it is calibrated. A part of the
    /// highest score of the others is taken off: a sentence seldom tells several things.
    pub fn scores(&mut self, tokens: &[Token]) -> Vec<f32> {
        let mut scores: Vec<f32> = self.weights.labels().iter().map(|of| of.intercept).collect();
        let mut sums = vec![0.0_f32; scores.len()];
        self.find(tokens);
        for group in &self.known {
            let length = self.length(group);
            sums.fill(0.0);
            for feature in group {
                self.weights.add(*feature, &mut sums);
            }
            for ((score, sum), of) in scores.iter_mut().zip(&sums).zip(self.weights.labels()) {
                *score += sum * of.scale / length;
            }
        }
        contrast(&mut scores, L::RIVALRY);
        scores
    }

    /// The words that spoke most for each of some labels, in the order of the sentence that was read
    /// last.
    pub fn words(&self, tokens: &[Token], told: &[Told<L>], most: usize) -> Vec<Vec<String>> {
        let weights = self.weights;
        let place =
            |told: &Told<L>| weights.labels().iter().position(|known| known.label == told.label);
        let places: Vec<Option<usize>> = told.iter().map(place).collect();
        let lengths = self.known.each_ref().map(|group| self.length(group));
        let mut parts = vec![vec![0.0_f32; tokens.len()]; told.len()];
        for (feature, known) in &self.found {
            let length = lengths[usize::from(feature.is_piece)] * feature.tokens as f32;
            for (place, parts) in places.iter().zip(&mut parts) {
                let part = place.map_or(0.0, |place| weights.weight(*known, place)) / length;
                let covered = feature.token as usize..(feature.token + feature.tokens) as usize;
                for sum in parts.get_mut(covered).unwrap_or_default() {
                    *sum += part;
                }
            }
        }
        parts.iter().map(|parts| strongest(tokens, parts, most)).collect()
    }

    /// Finds the known features of a sentence, each once.
    fn find(&mut self, tokens: &[Token]) {
        for known in self.known.iter_mut().flat_map(|group| group.drain(..)) {
            if let Some(bits) = self.seen.get_mut(known / 64) {
                *bits = 0;
            }
        }
        self.found.clear();
        features(L::REACH, tokens, |feature| {
            let Some(known) = self.weights.find(feature.hash) else { return };
            self.found.push((feature, known));
            let Some(bits) = self.seen.get_mut(known / 64) else { return };
            let bit = 1 << (known % 64);
            if *bits & bit == 0 {
                *bits |= bit;
                self.known[usize::from(feature.is_piece)].push(known);
            }
        });
    }

    fn length(&self, group: &[usize]) -> f32 {
        let squares = group.iter().map(|feature| self.weights.rarity(*feature).powi(2));
        squares.sum::<f32>().sqrt().max(f32::MIN_POSITIVE)
    }
}

/// Takes a part of the highest of the others off each score.
fn contrast(scores: &mut [f32], rivalry: f32) {
    let (mut first, mut second) = (f32::MIN, f32::MIN);
    for score in scores.iter() {
        second = second.max(score.min(first));
        first = first.max(*score);
    }
    for score in scores {
        let other = if *score < first { first } else { second };
        *score -= rivalry * other.max(-1.0);
    }
}

/// Words with a share of at least a third of the strongest one.
fn strongest(tokens: &[Token], parts: &[f32], most: usize) -> Vec<String> {
    let mut order: Vec<usize> = (0..tokens.len()).collect();
    order.sort_by(|a, b| parts[*b].total_cmp(&parts[*a]).then(a.cmp(b)));
    let Some(best) = order.first().map(|at| parts[*at]) else { return Vec::new() };
    order.truncate(most);
    order.retain(|at| parts[*at] > 0.0 && parts[*at] >= best / 3.0);
    order.sort_unstable();
    let mut words: Vec<String> = Vec::new();
    for at in order {
        let word = &tokens[at].folded;
        if !words.contains(word) {
            words.push(word.clone());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_of_the_others_is_taken_off() {
        let mut scores = [1.0, 0.5, -0.5];
        contrast(&mut scores, 0.25);
        let misses = scores.iter().zip([0.875, 0.25, -0.75]).map(|(a, b)| (a - b).abs());
        assert!(misses.sum::<f32>() < 1e-6, "{scores:?}");
    }
}
