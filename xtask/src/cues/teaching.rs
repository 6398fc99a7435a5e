//! What corrections by a user teach: wrong readings of hands that were set aside are corrected, and the
//! other sentences of these hands are read again.
//!
//! Must not: judge a corrected sentence itself, which is read as the user says anyhow.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::Result;
use inroad_language::cues::taught::Taught;
use inroad_language::cues::weights::Weights;
use inroad_language::linear::features::{Token, tokens_of};
use inroad_language::linear::reader::Reader;
use inroad_model::{Correction, Cue, MessageId, Sentence};

use super::examples::Example;

/// So many wrong readings are corrected.
const COUNTS: [usize; 3] = [1, 5, 20];
/// So many other wrong readings have to be left to be counted.
const LEFT_MIN: usize = 10;

/// What one number of corrections did, over all cues and parts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taken {
    trials: usize,
    /// Of other sentences that were read wrongly in the cue: before there is no hit among them.
    wrong: Counted,
    /// Of all other sentences, before and after.
    before: Counted,
    after: Counted,
    /// Sentences that were read rightly in the cue, and those of them that are not any more.
    right: usize,
    spoilt: usize,
    /// Sentences that carry neither the cue nor were told so, and how far their probability moved.
    unrelated: usize,
    moved: f64,
    moved_most: f64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    hits: usize,
    alarms: usize,
    missed: usize,
}

impl Counted {
    fn take(&mut self, told: bool, carries: bool) {
        self.hits += usize::from(told && carries);
        self.alarms += usize::from(told && !carries);
        self.missed += usize::from(!told && carries);
    }

    fn f1(self) -> f64 {
        2.0 * self.hits as f64 / (2 * self.hits + self.alarms + self.missed).max(1) as f64
    }
}

/// Teaches weights that are calibrated for the hands set aside.
pub(super) fn teach(
    weights: &Weights,
    apart: &[&Example],
    taken: &mut [Taken; COUNTS.len()],
) -> Result<()> {
    let mut reader = Reader::new(weights);
    let tokens: Vec<Vec<Token>> = apart.iter().map(|example| tokens_of(&example.text)).collect();
    let told =
        tokens.iter().map(|tokens| reader.read(tokens).iter().map(|told| told.label).collect());
    let told: Vec<BTreeSet<Cue>> = told.collect();
    let scores: Vec<Vec<f32>> = tokens.iter().map(|tokens| reader.scores(tokens)).collect();
    for cue in Cue::ALL {
        let is_wrong = |at: &usize| apart[*at].cues.contains(cue) != told[*at].contains(cue);
        let mut wrong: Vec<usize> = (0..apart.len()).filter(is_wrong).collect();
        // An order that has nothing to do with hands or languages.
        wrong.sort_by_key(|at| shuffled(&apart[*at].text));
        for (count, taken) in COUNTS.iter().zip(taken.iter_mut()) {
            if wrong.len() < count + LEFT_MIN {
                continue;
            }
            let corrected: BTreeSet<&str> =
                wrong.iter().take(*count).map(|at| apart[*at].text.as_str()).collect();
            let corrections = wrong.iter().take(*count).map(|at| correction(apart[*at], *cue));
            let taught = Taught::with(weights, corrections.collect::<Result<_>>()?);
            taken.trials += 1;
            for (at, example) in apart.iter().enumerate() {
                if !corrected.contains(example.text.as_str()) {
                    let (before, after) = taught.probabilities(&scores[at], &tokens[at], *cue);
                    let threshold = weights.labels().iter().find(|known| known.label == *cue);
                    let is_told = threshold.is_some_and(|known| after >= known.threshold);
                    let carries = example.cues.contains(cue);
                    let moved = f64::from(after - before);
                    taken.count(told[at].contains(cue), is_told, carries, moved);
                }
            }
        }
    }
    Ok(())
}

impl Taken {
    fn count(&mut self, was_told: bool, is_told: bool, carries: bool, moved: f64) {
        self.before.take(was_told, carries);
        self.after.take(is_told, carries);
        if was_told == carries {
            self.right += 1;
            self.spoilt += usize::from(is_told != carries);
        } else {
            self.wrong.take(is_told, carries);
        }
        if !was_told && !carries {
            self.unrelated += 1;
            self.moved += moved.abs();
            self.moved_most = self.moved_most.max(moved.abs());
        }
    }
}

fn correction(example: &Example, cue: Cue) -> Result<Correction> {
    Ok(Correction {
        message: MessageId::new("set-aside@example")?,
        sentence: Sentence::new(&example.text)?,
        cue,
        holds: example.cues.contains(&cue),
        told_at: "2026-01-01T00:00:00Z".parse()?,
    })
}

/// FNV-1a.
fn shuffled(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

const HEAD: &str = "\
# What corrections teach

A user who says that a sentence was read wrongly teaches how sentences like it are read
(`inroad_language::cues::taught`). The sentence itself is read as the user says, for certain. The score of
any other sentence for that cue is moved by the corrections of the cue, each by its pull times how
alike both sentences are in words, neighbours and pieces of words. The pulls are found together, as the
least ones that bring each corrected sentence just past the border of its cue. Each pull has a bound, so that
contradicting corrections cannot drive each other up. No other cue of any sentence moves, and without
corrections the same bytes are read. Squaring how alike they are, or leaving out what is less alike than a
twentieth, moved fewer right sentences, and next to no wrong one.

Measured by `cargo xtask cues --teach` on a fifth of the hands of the examples that [cues.md](cues.md)
speaks of, by weights that never saw them. Of each cue one, five or twenty wrong readings are corrected, and all
other sentences of these hands are read again. In the third column a sentence that was wrong counts as a
hit when it is told rightly now; before, F1 among them is 0. Unrelated sentences neither carry the cue nor
were told so.

";

/// The page as Markdown.
pub(super) fn page(hands: &[&str], sentences: usize, taken: &[Taken]) -> String {
    let mut out = HEAD.to_owned();
    let _ = writeln!(out, "{sentences} sentences of {} hands, read in two halves.\n", hands.len());
    out.push_str(
        "| corrections | trials | F1 of other wrong sentences | F1 of all others, before | after | \
         right ones spoilt | mean move of the unrelated | greatest |\n",
    );
    out.push_str("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (count, taken) in COUNTS.iter().zip(taken) {
        let Taken { trials, wrong, before, after, .. } = *taken;
        let _ = writeln!(
            out,
            "| {count} | {trials} | {:.3} | {:.3} | {:.3} | {:.3} % | {:.5} | {:.2} |",
            wrong.f1(),
            before.f1(),
            after.f1(),
            100.0 * taken.spoilt as f64 / taken.right.max(1) as f64,
            taken.moved / taken.unrelated.max(1) as f64,
            taken.moved_most,
        );
    }
    out
}
