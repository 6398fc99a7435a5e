//! Which records are worth comparing: those that share something rare.
//!
//! Every record gives keys: its words, by the part of the record in which they stand, names also with each
//! letter left out, so that a slip leaves something to share, and what is exact, as addresses and numbers
//! to call. A key that few records have brings them together. A key that many have counts only together
//! with another of that kind: John finds nobody, John of Elm Street does. So the work grows with the number
//! of records and not with its square (blocking by an inverted index, Christen 2012, chapter 4).
//!
//! Must not: decide anything.

use crate::text::{Text, Word, mixed};

/// Part of a record in which a word stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Zone {
    Name = 1,
    Nickname = 2,
    Address = 3,
    Number = 4,
    Place = 5,
    Postcode = 6,
    Email = 7,
    Phone = 8,
    Firm = 9,
}

/// A key with the share of its rarity that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Key {
    hash: u64,
    part: f32,
}

/// The keys of one record.
#[derive(Debug, Default)]
pub struct Keys {
    all: Vec<Key>,
}

/// Most keys of a record.
const KEYS_MAX: usize = 160;
/// Letters of a word that may be left out; slips further behind leave the beginning to share.
const LEFT_OUT_MAX: usize = 10;
/// Fewest letters of a word that is also sought with one left out.
const MISSPELT_MIN: usize = 4;
/// How much a word with a letter left out counts.
const MISSPELT_PART: f32 = 0.7;

impl Keys {
    fn add(&mut self, zone: Zone, value: u64, part: f32) {
        if self.all.len() < KEYS_MAX {
            self.all.push(Key { hash: mixed(value ^ ((zone as u64) << 56)), part });
        }
    }

    /// A number of a table.
    pub(crate) fn number(&mut self, zone: Zone, value: u64) {
        self.add(zone, value, 1.0);
    }

    /// A word as it is.
    pub(crate) fn word(&mut self, zone: Zone, word: &Word) {
        self.add(zone, word.hash, 1.0);
    }

    /// Each word of a text, and all of them as one.
    pub(crate) fn text(&mut self, zone: Zone, text: &Text) {
        for word in &text.words {
            self.word(zone, word);
        }
        self.joined(zone, text);
    }

    /// The words of a text as one, if there are several.
    pub(crate) fn joined(&mut self, zone: Zone, text: &Text) {
        if let Some(joined) = text.joined.as_ref().filter(|_| text.words.len() > 1) {
            self.word(zone, joined);
        }
    }

    /// A word as it is and with each of its letters left out: two words that differ by a letter share at
    /// least one of these.
    pub(crate) fn misspelt(&mut self, zone: Zone, word: &Word) {
        self.word(zone, word);
        if word.chars() < MISSPELT_MIN {
            return;
        }
        let mut rest = String::with_capacity(word.text.len());
        let mut before = None;
        for (at, c) in word.text.char_indices().take(LEFT_OUT_MAX) {
            // Of two equal letters either leaves the same.
            if before.replace(c) == Some(c) {
                continue;
            }
            rest.clear();
            rest.extend(word.text.char_indices().filter(|(i, _)| *i != at).map(|(_, c)| c));
            self.add(zone, crate::text::hash(&rest), MISSPELT_PART);
        }
    }

    /// The first letters of a word.
    pub(crate) fn beginning(&mut self, zone: Zone, word: &Word, letters: usize) {
        let head: String = word.text.chars().take(letters).collect();
        if head.len() < word.text.len() {
            self.add(zone, crate::text::hash(&head), MISSPELT_PART);
        }
    }

    /// The last letters of a word.
    pub(crate) fn tail(&mut self, zone: Zone, word: &Word, letters: usize) {
        let at = word.text.len().checked_sub(letters).filter(|at| *at > 0);
        if let Some(tail) = at.and_then(|at| word.text.get(at..)) {
            self.add(zone, crate::text::hash(tail), 1.0);
        }
    }

    /// Each key once.
    fn finished(mut self) -> Vec<Key> {
        self.all.sort_by(|a, b| a.hash.cmp(&b.hash).then(b.part.total_cmp(&a.part)));
        self.all.dedup_by_key(|key| key.hash);
        self.all
    }
}

/// A key that more records than this have counts only together with another.
const RECORDS_MAX: usize = 60;
/// So many frequent keys of a record are taken in twos, the rarest first.
const FREQUENT_MAX: usize = 10;
/// Most records that are compared with one.
const NEIGHBOURS_MAX: usize = 32;
/// Least share of the bits that single out a record that two must share to be compared.
const SHARED_MIN: f32 = 0.5;

/// Which records have which keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    singles: Postings,
    /// Two frequent keys as one.
    twos: Postings,
    count: usize,
}

/// Keys with the records that have them.
#[derive(Debug, Clone, Default)]
struct Postings {
    /// In order.
    all: Vec<(u64, u32)>,
    /// Where keys begin that have these first bits; keys are spread evenly.
    starts: Vec<u32>,
    /// How many bits are left out of a key to find its place in `starts`.
    shift: u32,
}

/// Keys that share a place in `starts`, about.
const PLACE_BITS: u32 = 2;

impl Postings {
    fn new(mut all: Vec<(u64, u32)>) -> Self {
        all.sort_unstable();
        all.dedup();
        let bits = usize::BITS.saturating_sub(all.len().leading_zeros() + PLACE_BITS).clamp(1, 28);
        let shift = u64::BITS - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for (key, _) in &all {
            if let Some(count) = starts.get_mut(place(*key, shift) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { all, starts, shift }
    }

    /// The records that have a key.
    fn having(&self, key: u64) -> &[(u64, u32)] {
        let at = place(key, self.shift);
        let start = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        let near = self.all.get(start(at)..start(at + 1)).unwrap_or_default();
        let from = near.partition_point(|(known, _)| *known < key);
        let rest = near.get(from..).unwrap_or_default();
        let count = rest.partition_point(|(known, _)| *known == key);
        rest.get(..count).unwrap_or_default()
    }
}

fn place(key: u64, shift: u32) -> usize {
    usize::try_from(key >> shift.min(63)).unwrap_or(0)
}

/// How often each record was met, and how much it shares.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    shared: Vec<f32>,
    met: Vec<u32>,
}

impl Index {
    /// Of the keys of each record.
    pub(crate) fn new(records: Vec<Keys>) -> Self {
        let keys: Vec<Vec<Key>> = records.into_iter().map(Keys::finished).collect();
        let mut index = Self { count: keys.len(), ..Self::default() };
        let singles =
            (0..).zip(&keys).flat_map(|(record, keys)| keys.iter().map(move |k| (k.hash, record)));
        index.singles = Postings::new(singles.collect());
        let mut twos = Vec::new();
        for (record, keys) in (0..).zip(&keys) {
            twos.extend(in_twos(&index.frequent(keys)).map(|hash| (hash, record)));
        }
        index.twos = Postings::new(twos);
        index
    }

    /// Keys of a record that too many have, the rarest first.
    fn frequent(&self, keys: &[Key]) -> Vec<u64> {
        let counted = keys.iter().map(|key| (self.singles.having(key.hash).len(), key.hash));
        rarest(counted.filter(|(count, _)| *count > RECORDS_MAX).collect())
    }

    /// The records that share most with one that has these keys, at most [`NEIGHBOURS_MAX`]; only those
    /// that are wanted.
    pub(crate) fn neighbours(
        &self,
        keys: Keys,
        tally: &mut Tally,
        wanted: impl Fn(u32) -> bool,
    ) -> Vec<u32> {
        tally.shared.resize(self.count, 0.0);
        let keys = keys.finished();
        let mut frequent = Vec::new();
        for key in &keys {
            let found = self.singles.having(key.hash);
            if found.len() <= RECORDS_MAX {
                tally.add(found, self.bits(found.len()) * key.part, &wanted);
            } else {
                frequent.push((found.len(), key.hash));
            }
        }
        for hash in in_twos(&rarest(frequent)) {
            let found = self.twos.having(hash);
            if found.len() <= RECORDS_MAX {
                // Keys come in several twos, which must not count as several facts.
                tally.add(found, self.bits(found.len()) * 0.5, &wanted);
            }
        }
        tally.most(self.bits(1) * SHARED_MIN)
    }

    /// Bits that a key tells which so many records have.
    fn bits(&self, count: usize) -> f32 {
        (self.count.max(2) as f32 / count.max(1) as f32).log2().max(0.1)
    }
}

/// The rarest of frequent keys with their counts, at most [`FREQUENT_MAX`].
fn rarest(mut counted: Vec<(usize, u64)>) -> Vec<u64> {
    counted.sort_unstable();
    counted.truncate(FREQUENT_MAX);
    counted.into_iter().map(|(_, hash)| hash).collect()
}

fn in_twos(keys: &[u64]) -> impl Iterator<Item = u64> {
    let pairs =
        keys.iter().enumerate().flat_map(|(at, a)| keys.iter().skip(at + 1).map(move |b| (a, b)));
    pairs.map(|(a, b)| mixed(a.wrapping_add(*b)))
}

impl Tally {
    fn add(&mut self, found: &[(u64, u32)], bits: f32, wanted: &impl Fn(u32) -> bool) {
        for (_, record) in found.iter().filter(|(_, record)| wanted(*record)) {
            if let Some(shared) = self.shared.get_mut(*record as usize) {
                if *shared <= 0.0 {
                    self.met.push(*record);
                }
                *shared += bits;
            }
        }
    }

    /// Those that share most, and empties the tally.
    fn most(&mut self, least: f32) -> Vec<u32> {
        let mut met = std::mem::take(&mut self.met);
        let shared = |record: &u32| self.shared.get(*record as usize).copied().unwrap_or(0.0);
        let mut all: Vec<(f32, u32)> = met
            .iter()
            .map(|record| (shared(record), *record))
            .filter(|(shared, _)| *shared >= least)
            .collect();
        for record in met.drain(..) {
            if let Some(shared) = self.shared.get_mut(record as usize) {
                *shared = 0.0;
            }
        }
        self.met = met;
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if all.len() > NEIGHBOURS_MAX {
            all.select_nth_unstable_by(NEIGHBOURS_MAX, order);
            all.truncate(NEIGHBOURS_MAX);
        }
        all.sort_unstable_by_key(|(_, record)| *record);
        all.into_iter().map(|(_, record)| record).collect()
    }
}
