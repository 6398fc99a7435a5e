//! Reading cues as the user taught it: what was said of a sentence counts for it, and moves sentences
//! that are like it.
//!
//! Of a corrected sentence what the user says is certain. The score of any other sentence is moved by
//! the sum, over the corrections of a cue, of a pull times how much it is like the corrected sentence
//! (`cues::kinship`). The pulls are found together, as a margin is: the least ones that
//! bring each corrected sentence just past the border of its cue, each in the direction of its own
//! correction and none beyond a bound. So ten corrections of nearly the same sentence pull no more than
//! one, and two that contradict each other cannot drive each other up.
//!
//! Must not: move a cue that was not corrected, or change what is read without corrections.

use std::collections::BTreeMap;
use std::ops::Range;

use inroad_model::{Correction, Cue, FoundCue, Gist, Message};

use super::kinship::{Kinship, Vector, vector};
use super::weights::Weights;
use super::{Reader, Told, beginning, folded, greeting, of_sentence};
use crate::linear::features::{self, Token};
use crate::linear::weights::LabelWeights;
use crate::private;
use crate::text::Text;

/// So far past the border a corrected sentence is brought, in units of a score.
const MARGIN: f32 = 0.25;
/// No pull is greater: about the way from a sentence that says nothing to one that says it plainly.
const PULL_MAX: f32 = 2.0;
/// Only so many corrections pull, the latest; all count for their own sentences.
const PULLING_MAX: usize = 400;
/// The pulls are improved in turn so often; a few dozen times bring them to rest.
const SWEEPS: usize = 60;
/// A smaller shift is none, so that a word in common moves nothing.
const SHIFT_MIN: f32 = 0.02;

/// What the user taught; a pure function of the corrections, in whatever order they come.
#[derive(Debug, Clone)]
pub struct Taught<'w> {
    weights: &'w Weights,
    rarest: f32,
    /// One for each sentence and cue, sorted by them.
    corrections: Vec<Correction>,
    kinship: Kinship,
    /// Beside each sentence of the kinship the correction, the place of its cue, and its pull.
    pulls: Vec<Pull>,
}

#[derive(Debug, Clone, Copy)]
struct Pull {
    correction: usize,
    place: usize,
    size: f32,
}

/// A cue that is read otherwise, or confirmed, because of a correction.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The cue.
    pub cue: Cue,
    /// The sentence, in bytes of the text.
    pub range: Range<usize>,
    /// The sentence, with its white space folded.
    pub quote: String,
    /// Whether it is told now.
    pub holds: bool,
    /// Whether the correction is of this very sentence; else of one like it.
    pub is_same: bool,
    /// The correction that did most.
    pub by: Correction,
}

/// A text, read as it was taught.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaughtReading {
    /// The cues, as [`read`](super::read) gives them.
    pub cues: Vec<FoundCue>,
    /// What the corrections did, sentence by sentence.
    pub changes: Vec<Change>,
}

impl Taught<'static> {
    /// Teaches the weights that ship.
    ///
    /// ```
    /// use inroad_language::cues::{read, taught::Taught};
    /// let text = "Dear Ann,\n\nSorry for the late reply.";
    /// assert_eq!(Taught::new(Vec::new()).read(text).cues, read(text));
    /// ```
    pub fn new(corrections: Vec<Correction>) -> Self {
        Self::with(Weights::shipped(), corrections)
    }
}

impl<'w> Taught<'w> {
    /// Teaches other weights.
    pub fn with(weights: &'w Weights, corrections: Vec<Correction>) -> Self {
        let corrections = last_words(corrections);
        let rarest = if corrections.is_empty() { 1.0 } else { weights.rarest() };
        let kinship = Kinship::default();
        let mut taught = Self { weights, rarest, corrections, kinship, pulls: Vec::new() };
        if !taught.corrections.is_empty() {
            taught.find_pulls();
        }
        taught
    }

    /// Whether nothing was taught.
    pub fn is_empty(&self) -> bool {
        self.corrections.is_empty()
    }

    /// The corrections that count, by sentence and cue.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Reads the cues of a letter's new text.
    pub fn read(&self, new_text: &str) -> TaughtReading {
        self.read_by(&mut Reader::new(self.weights), new_text)
    }

    /// The same of a message: nothing of what a machine wrote or what went to many.
    pub fn of_message(&self, message: &Message, new_text: &str) -> TaughtReading {
        if message.nature.is_correspondence() {
            self.read(new_text)
        } else {
            TaughtReading::default()
        }
    }

    /// How likely a cue of a sentence with these scores is, by itself and as sentences like it taught;
    /// both 0 for a cue that the weights do not know.
    pub fn probabilities(&self, scores: &[f32], tokens: &[Token], cue: Cue) -> (f32, f32) {
        let mut cues = self.weights.labels().iter().zip(scores).enumerate();
        let Some((place, (cue, score))) = cues.find(|(_, (known, _))| known.label == cue) else {
            return (0.0, 0.0);
        };
        let shifts = self.shifts(tokens);
        let shift = shifts.iter().find(|shift| shift.place == place).map_or(0.0, |s| s.size);
        (cue.probability(*score), cue.probability(score + shift))
    }

    fn read_by(&self, reader: &mut Reader<'w>, new_text: &str) -> TaughtReading {
        let text = Text::new(beginning(new_text));
        let mut out = TaughtReading::default();
        for sentence in &text.sentences {
            let quote = folded(text.quote(sentence));
            let said = self.said(&quote);
            let is_greeting = greeting::is_one(&text, sentence);
            if is_greeting && said.is_empty() {
                continue;
            }
            let tokens = features::tokens(&text, sentence);
            let scores = reader.scores(&tokens);
            let plain = if is_greeting { Vec::new() } else { reader.told(&scores) };
            let shifts = if is_greeting { Vec::new() } else { self.shifts(&tokens) };
            let (told, reasons) = self.taught(&scores, plain, said, &shifts);
            let range = &sentence.source;
            out.changes.extend(reasons.into_iter().map(|(cue, holds, is_same, by)| Change {
                cue,
                range: range.clone(),
                quote: quote.clone(),
                holds,
                is_same,
                by: by.clone(),
            }));
            out.cues.extend(of_sentence(reader, &tokens, told, range, &quote));
        }
        out
    }

    /// What a sentence tells, and why it tells something else than by itself.
    fn taught<'t>(
        &'t self,
        scores: &[f32],
        mut told: Vec<Told>,
        said: &'t [Correction],
        shifts: &[Shift],
    ) -> (Vec<Told>, Vec<Reason<'t>>) {
        let mut reasons = Vec::new();
        for shift in shifts {
            let Some(cue) = self.weights.labels().get(shift.place) else { continue };
            if said.iter().any(|own| own.cue == cue.label) {
                continue;
            }
            let score = scores.get(shift.place).copied().unwrap_or_default();
            let probability = cue.probability(score + shift.size);
            let holds = probability >= cue.threshold;
            let was_told = told.iter().any(|told| told.label == cue.label);
            told.retain(|told| told.label != cue.label);
            if holds {
                told.push(Told { label: cue.label, probability });
            }
            if let Some(by) = self.corrections.get(shift.by).filter(|_| holds != was_told) {
                reasons.push((cue.label, holds, false, by));
            }
        }
        for own in said {
            told.retain(|told| told.label != own.cue);
            if own.holds {
                told.push(Told { label: own.cue, probability: 1.0 });
            }
            reasons.push((own.cue, own.holds, true, own));
        }
        (told, reasons)
    }

    /// What was said of this very sentence.
    fn said(&self, quote: &str) -> &[Correction] {
        let from = self.corrections.partition_point(|own| own.sentence.as_str() < quote);
        let rest = self.corrections.get(from..).unwrap_or_default();
        let same = rest.iter().take_while(|own| own.sentence.as_str() == quote).count();
        rest.get(..same).unwrap_or_default()
    }

    /// How far a sentence is moved, cue by cue.
    fn shifts(&self, tokens: &[Token]) -> Vec<Shift> {
        if self.pulls.is_empty() {
            return Vec::new();
        }
        let like = self.kinship.of(&vector(self.weights, self.rarest, tokens));
        let mut shifts: BTreeMap<usize, (Shift, f32)> = BTreeMap::new();
        for (pull, like) in self.pulls.iter().zip(like) {
            let part = pull.size * like;
            let none = Shift { place: pull.place, size: 0.0, by: pull.correction };
            let (shift, most) = shifts.entry(pull.place).or_insert((none, 0.0));
            shift.size += part;
            if part.abs() > *most {
                (*most, shift.by) = (part.abs(), pull.correction);
            }
        }
        let mut shifts: Vec<Shift> = shifts.into_values().map(|(shift, _)| shift).collect();
        for shift in &mut shifts {
            shift.size = shift.size.clamp(-PULL_MAX, PULL_MAX);
        }
        shifts.retain(|shift| shift.size.abs() >= SHIFT_MIN);
        shifts
    }

    fn find_pulls(&mut self) {
        let mut latest: Vec<usize> = (0..self.corrections.len()).collect();
        let told_at = |at: &usize| self.corrections.get(*at).map(|own| own.told_at.timestamp());
        latest.sort_by_key(|at| (std::cmp::Reverse(told_at(at)), *at));
        latest.truncate(PULLING_MAX);
        latest.sort_unstable();
        let mut reader = Reader::new(self.weights);
        let mut by_cue: BTreeMap<usize, Vec<Wanted>> = BTreeMap::new();
        for at in latest {
            let Some(own) = self.corrections.get(at) else { continue };
            let cues = self.weights.labels();
            let Some(place) = cues.iter().position(|known| known.label == own.cue) else {
                continue;
            };
            let tokens = features::tokens_of(own.sentence.as_str());
            let score = reader.scores(&tokens).get(place).copied().unwrap_or_default();
            let Some(shift) = cues.get(place).and_then(|cue| wanted(cue, score, own.holds)) else {
                continue;
            };
            let vector = vector(self.weights, self.rarest, &tokens);
            by_cue.entry(place).or_default().push(Wanted { correction: at, shift, vector });
        }
        let mut vectors = Vec::new();
        for (place, wanted) in by_cue {
            for (wanted, size) in wanted.iter().zip(solved(&wanted)) {
                if size != 0.0 {
                    self.pulls.push(Pull { correction: wanted.correction, place, size });
                    vectors.push(wanted.vector.clone());
                }
            }
        }
        self.kinship = Kinship::new(&vectors);
    }
}

/// A cue, whether it is told now, whether the very sentence was corrected, and by what.
type Reason<'t> = (Cue, bool, bool, &'t Correction);

#[derive(Debug, Clone, Copy)]
struct Shift {
    place: usize,
    size: f32,
    by: usize,
}

/// A correction with the shift that its own sentence needs; its sign is that of the correction.
struct Wanted {
    correction: usize,
    shift: Needed,
    vector: Vector,
}

#[derive(Debug, Clone, Copy)]
struct Needed {
    size: f32,
    up: bool,
}

fn wanted(cue: &LabelWeights<Cue>, score: f32, up: bool) -> Option<Needed> {
    let border = cue.border()?;
    let margin = if up { MARGIN } else { -MARGIN };
    Some(Needed { size: border + margin - score, up })
}

/// The least pulls that bring all of them past the border, as far as the bound lets them: one after
/// the other is set to what the others leave to be done, in their order, until they rest.
fn solved(wanted: &[Wanted]) -> Vec<f32> {
    let vectors: Vec<Vector> = wanted.iter().map(|wanted| wanted.vector.clone()).collect();
    let kinship = Kinship::new(&vectors);
    let like: Vec<Vec<f32>> = vectors.iter().map(|vector| kinship.of(vector)).collect();
    let mut pulls = vec![0.0_f32; wanted.len()];
    for _ in 0..SWEEPS {
        for (at, (wanted, like)) in wanted.iter().zip(&like).enumerate() {
            let moved: f32 = pulls.iter().zip(like).map(|(pull, like)| pull * like).sum();
            let Some(pull) = pulls.get_mut(at) else { continue };
            let better = *pull + wanted.shift.size - moved;
            *pull = if wanted.shift.up {
                better.clamp(0.0, PULL_MAX)
            } else {
                better.clamp(-PULL_MAX, 0.0)
            };
        }
    }
    pulls
}

/// The last word on each sentence and cue, sorted by them.
fn last_words(mut corrections: Vec<Correction>) -> Vec<Correction> {
    corrections.sort_by(|a, b| {
        let key = |c: &Correction| (c.told_at.timestamp(), c.holds);
        let place = (&a.sentence, a.cue).cmp(&(&b.sentence, b.cue));
        place.then(key(b).cmp(&key(a))).then_with(|| a.message.cmp(&b.message))
    });
    corrections.dedup_by(|next, kept| next.sentence == kept.sentence && next.cue == kept.cue);
    corrections
}

/// Asks what was kept of letters again, with what was taught.
#[derive(Debug)]
pub struct Retelling<'t> {
    taught: &'t Taught<'t>,
    reader: Reader<'t>,
}

impl<'t> Retelling<'t> {
    /// For letters one after the other.
    pub fn new(taught: &'t Taught<'t>) -> Self {
        Self { taught, reader: Reader::new(taught.weights) }
    }

    /// Reads a letter anew whose words are there.
    pub fn read(&mut self, gist: &mut Gist, new_text: &str) {
        let before = std::mem::take(&mut gist.cues);
        gist.cues = self.taught.read_by(&mut self.reader, new_text).cues;
        gist.taught.clear();
        note_privacy(gist, before.iter().any(private::may_tell));
    }

    /// Asks the sentences that were kept of a letter again. Sentences that were not kept are not known.
    pub fn ask(&mut self, gist: &mut Gist) {
        if gist.cues.is_empty() && gist.taught.is_empty() {
            return;
        }
        let was_private = gist.cues.iter().any(private::may_tell);
        let mut kept = std::mem::take(&mut gist.cues);
        let own = kept.len();
        kept.append(&mut gist.taught);
        let mut rest = kept.as_slice();
        let mut at = 0;
        let mut told: Vec<FoundCue> = Vec::new();
        while let Some(first) = rest.first() {
            let length = rest.iter().take_while(|found| found.range == first.range).count();
            let (sentence, others) = rest.split_at(length);
            let plain = sentence.get(..own.saturating_sub(at).min(length)).unwrap_or_default();
            for found in self.sentence(first, plain) {
                let is_same = |kept: &FoundCue| kept.range == found.range && kept.cue == found.cue;
                if !told.iter().any(is_same) {
                    told.push(found);
                }
            }
            (rest, at) = (others, at + length);
        }
        told.sort_by_key(|found| found.range.start);
        gist.cues = told;
        note_privacy(gist, was_private);
    }

    fn sentence(&mut self, first: &FoundCue, plain: &[FoundCue]) -> Vec<FoundCue> {
        let said = self.taught.said(&first.quote);
        let tokens = features::tokens_of(&first.quote);
        let shifts = self.taught.shifts(&tokens);
        if said.is_empty() && shifts.is_empty() {
            return plain.to_vec();
        }
        let scores = self.reader.scores(&tokens);
        let told_before =
            plain.iter().map(|found| Told { label: found.cue, probability: found.probability });
        let (told, _) = self.taught.taught(&scores, told_before.collect(), said, &shifts);
        let found = told.into_iter().map(|told| FoundCue {
            cue: told.label,
            probability: told.probability,
            range: first.range.clone(),
            quote: first.quote.clone(),
            words: Vec::new(),
        });
        found.collect()
    }
}

/// What was private and is not told any more stays hidden.
fn note_privacy(gist: &mut Gist, was_private: bool) {
    gist.was_private |= was_private && !gist.cues.iter().any(private::may_tell);
}
