//! How likely a pattern is under each story, and from that how likely two are the same.
//!
//! The model is that of Fellegi and Sunter (1969): given what stands behind a pair, its fields agree
//! independently, each with its chances. Here more than two things may stand behind a pair
//! ([`crate::levels::Story`]), which takes up most of the dependence that real fields have. Where two agree on
//! a value, the chance that strangers do is the share of records that have that value (Winkler 1990,
//! adjustment by frequency).

use crate::levels::{Explains, FIELDS_MAX, Field, LEVELS_MAX, Pattern, Story};

/// Most stories, with "the same" and "strangers".
const STORIES_MAX: usize = 6;
/// Pairs that are the same for each record, where nobody counted.
pub(crate) const SAME_RATE: f64 = 0.1;

/// Logarithms to base 2 of the chances of one story.
#[derive(Debug, Clone)]
pub(crate) struct Chances {
    /// Of the story itself, among all pairs.
    pub(crate) share: f64,
    /// Of each level of each field.
    pub(crate) levels: [[f64; LEVELS_MAX]; FIELDS_MAX],
    /// Whether an agreement on a rare value is less likely than one on a frequent one: it is for whoever
    /// agrees by chance.
    pub(crate) by_rarity: [bool; FIELDS_MAX],
}

/// What all stories make likely.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// "The same" first, then the stories of the kind, "strangers" last.
    pub(crate) stories: Vec<Chances>,
}

/// What is thought of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Thought {
    /// That both are the same, 0 to 1.
    pub(crate) chance: f64,
    /// The same as bits for it (above 0) or against it.
    pub(crate) bits: f64,
    /// The likeliest story that is not "the same", by its place.
    pub(crate) otherwise: usize,
}

/// Chances of levels of each field.
pub(crate) type Table = [[f64; LEVELS_MAX]; FIELDS_MAX];

impl Weights {
    /// The shipped chances, for a file of that many records.
    pub(crate) fn shipped(fields: &[Field], stories: &[Story], records: usize) -> Self {
        let same = table(fields, |level| level.same);
        let strangers = table(fields, |level| level.strangers);
        let count = records as f64;
        let share = |rate: f64| rate * 2.0 / count;
        let mut shares = vec![share(SAME_RATE)];
        shares.extend(stories.iter().map(|story| share(story.rate)));
        Self::of(&same, &strangers, stories, &shares)
    }

    /// Of chances of levels for "the same" and "strangers", and shares of all stories but the last.
    pub(crate) fn of(same: &Table, strangers: &Table, stories: &[Story], shares: &[f64]) -> Self {
        let told = shares.iter().sum::<f64>().min(0.99);
        let chances = |share: f64, levels: [[f64; LEVELS_MAX]; FIELDS_MAX], by_rarity| Chances {
            share: share.max(1e-300).log2(),
            levels: levels.map(|levels| levels.map(|chance| chance.max(1e-12).log2())),
            by_rarity,
        };
        let mut all = Vec::with_capacity(STORIES_MAX);
        let mut shares = shares.iter().copied();
        all.push(chances(shares.next().unwrap_or(0.0), *same, [false; FIELDS_MAX]));
        for (story, share) in stories.iter().zip(shares) {
            let mut levels = *strangers;
            let mut by_rarity = [false; FIELDS_MAX];
            for (at, explains) in story.fields.iter().enumerate().take(FIELDS_MAX) {
                match explains {
                    Explains::AsSame => levels[at] = same[at],
                    Explains::AsStrangers => by_rarity[at] = true,
                    Explains::Own(own) => {
                        own.iter().zip(&mut levels[at]).for_each(|(own, level)| *level = *own);
                    }
                }
            }
            all.push(chances(share, levels, by_rarity));
        }
        all.push(chances(1.0 - told, *strangers, [true; FIELDS_MAX]));
        Self { stories: all }
    }

    /// The logarithms of the chances of a pattern with each story; how many there are.
    fn told(&self, pattern: &Pattern, partners: f64) -> ([f64; STORIES_MAX], usize) {
        let mut told = [f64::NEG_INFINITY; STORIES_MAX];
        for (story, sum) in self.stories.iter().zip(&mut told) {
            *sum = story.share;
            for (at, level) in pattern.levels.iter().enumerate() {
                *sum += story.bits(at, *level, pattern.rarity[at]);
            }
        }
        told[0] += partners;
        (told, self.stories.len().min(STORIES_MAX))
    }

    /// The chance of each story behind a pattern.
    pub(crate) fn stories_of(&self, pattern: &Pattern, partners: f64) -> [f64; STORIES_MAX] {
        let (told, count) = self.told(pattern, partners);
        let most = told.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut chances = told.map(|bits| (bits - most).exp2());
        let sum: f64 = chances.iter().take(count).sum();
        for chance in &mut chances {
            *chance /= sum.max(1e-300);
        }
        chances
    }

    /// What is thought of a pattern; `partners` are bits for the same that stand in no field.
    pub(crate) fn think(&self, pattern: &Pattern, partners: f64) -> Thought {
        let (told, count) = self.told(pattern, partners);
        let others = told.get(1..count).unwrap_or_default();
        let (at, most) =
            others.iter().copied().enumerate().fold((0, f64::NEG_INFINITY), |best, next| {
                if next.1 > best.1 { next } else { best }
            });
        let sum: f64 = others.iter().map(|bits| (bits - most).exp2()).sum();
        let bits = told[0] - (most + sum.log2());
        Thought { chance: 1.0 / (1.0 + (-bits).exp2()), bits, otherwise: at + 1 }
    }

    /// Bits that one field tells for two being the same, against strangers.
    pub(crate) fn bits_of(&self, pattern: &Pattern, field: usize) -> f64 {
        let level = pattern.levels.get(field).copied().unwrap_or(crate::levels::SILENT);
        let rarity = pattern.rarity.get(field).copied().unwrap_or(0.0);
        let bits = |story: Option<&Chances>| story.map_or(0.0, |s| s.bits(field, level, rarity));
        bits(self.stories.first()) - bits(self.stories.last())
    }
}

impl Chances {
    /// The logarithm of the chance of one field's level; 0 where a record is silent.
    fn bits(&self, field: usize, level: u8, rarity: f32) -> f64 {
        if level == crate::levels::SILENT {
            return 0.0;
        }
        if rarity < 0.0 && self.by_rarity.get(field) == Some(&true) {
            return f64::from(rarity);
        }
        let levels = self.levels.get(field);
        levels.and_then(|levels| levels.get(usize::from(level))).copied().unwrap_or(0.0)
    }
}

/// Chances of levels as a table.
pub(crate) fn table(fields: &[Field], chance: impl Fn(&crate::levels::Level) -> f64) -> Table {
    let mut table = [[0.0; LEVELS_MAX]; FIELDS_MAX];
    for (field, row) in fields.iter().zip(&mut table) {
        for (level, place) in field.levels.iter().zip(row) {
            *place = chance(level);
        }
    }
    table
}
