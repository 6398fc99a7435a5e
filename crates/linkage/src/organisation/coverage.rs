//! How much of two names of organisations is covered by the other: every word counts by what it tells.
//!
//! A soft form of TF-IDF (Cohen, Ravikumar and Fienberg 2003): words pair up where they are equal, near,
//! one shortens the other, or two written apart are one written together, or initials.

use super::name::{Core, lone_bits, shared_bits, tells};
use crate::near::{Nearness, nearness};
use crate::text::Word;

/// What two names share and what they do not.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Coverage {
    /// Share of the first name that the second covers, 0 to 1.
    pub(super) first: f64,
    /// Share of the second name that the first covers, 0 to 1.
    pub(super) second: f64,
    /// Bits that the shared words tell together: what the rarest tells, and of the others a part, since words
    /// of one name are not independent of each other.
    pub(super) shared_bits: f64,
    /// Most bits of a word that is not shared.
    pub(super) lone_bits: f64,
    /// Whether a word is shared that tells something in the world.
    pub(super) tells: bool,
}

/// What words after the rarest tell, as a share of what they tell alone.
const FURTHER: f64 = 0.4;

/// What words tell together.
pub(super) fn together(bits: impl Iterator<Item = f64>) -> f64 {
    let (sum, most) = bits.fold((0.0, 0.0_f64), |(sum, most), bits| (sum + bits, most.max(bits)));
    most + (sum - most) * FURTHER
}

/// How well a word that differs stands for another.
const NEAR: f64 = 0.92;
const SHORTENED: f64 = 0.88;
const ACRONYM: f64 = 0.9;
/// Fewest characters of a beginning that stands for a whole word.
const BEGINNING_MIN: usize = 3;

/// Compares two names.
pub(super) fn coverage(a: &Core, b: &Core) -> Coverage {
    let (x, y) = (&a.text.words, &b.text.words);
    let mut taken = Taken { first: vec![0.0; x.len()], second: vec![0.0; y.len()] };
    pair_up(x, y, &mut taken, |x, y| if x.is(y) { 1.0 } else { 0.0 });
    written_together(x, y, &mut taken.first, &mut taken.second);
    written_together(y, x, &mut taken.second, &mut taken.first);
    pair_up(x, y, &mut taken, likeness);
    acronyms(x, y, &mut taken.first, &mut taken.second);
    acronyms(y, x, &mut taken.second, &mut taken.first);
    let of = |words: &[Word], taken: &[f64]| {
        let all: f64 = words.iter().map(shared_bits).sum();
        let held: f64 = words.iter().zip(taken).map(|(word, held)| shared_bits(word) * held).sum();
        let shared = words.iter().zip(taken).map(|(word, held)| shared_bits(word) * held);
        (held / all.max(1e-9), together(shared))
    };
    let (first, held_first) = of(x, &taken.first);
    let (second, held_second) = of(y, &taken.second);
    let lone = |words: &[Word], taken: &[f64]| {
        let free = words.iter().zip(taken).filter(|(_, held)| **held < 0.5);
        free.map(|(word, _)| lone_bits(word)).fold(0.0, f64::max)
    };
    Coverage {
        first,
        second,
        shared_bits: held_first.min(held_second),
        tells: x.iter().zip(&taken.first).any(|(word, held)| *held > 0.5 && tells(word)),
        lone_bits: lone(x, &taken.first).max(lone(y, &taken.second)),
    }
}

/// How much of each word is covered, 0 to 1.
struct Taken {
    first: Vec<f64>,
    second: Vec<f64>,
}

/// Pairs free words up, the best first.
fn pair_up(x: &[Word], y: &[Word], taken: &mut Taken, likeness: impl Fn(&Word, &Word) -> f64) {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, a) in x.iter().enumerate().filter(|(i, _)| is_free(&taken.first, *i)) {
        for (j, b) in y.iter().enumerate().filter(|(j, _)| is_free(&taken.second, *j)) {
            let value = likeness(a, b);
            if value > 0.0 {
                pairs.push((value, i, j));
            }
        }
    }
    // By value, then by distance of places, so that the order of the two names changes nothing.
    pairs.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2)))
            .then((a.1 + a.2).cmp(&(b.1 + b.2)))
    });
    for (value, i, j) in pairs {
        if is_free(&taken.first, i) && is_free(&taken.second, j) {
            take(&mut taken.first, i, value);
            take(&mut taken.second, j, value);
        }
    }
}

fn is_free(taken: &[f64], at: usize) -> bool {
    taken.get(at).is_some_and(|held| *held < 0.5)
}

fn take(taken: &mut [f64], at: usize, value: f64) {
    if let Some(place) = taken.get_mut(at) {
        *place = value;
    }
}

fn likeness(a: &Word, b: &Word) -> f64 {
    let number = |word: &Word| word.text.starts_with(|c: char| c.is_ascii_digit());
    if number(a) || number(b) {
        return 0.0;
    }
    let (short, long) = if a.chars() <= b.chars() { (a, b) } else { (b, a) };
    match nearness(a, b) {
        Nearness::Same => 1.0,
        Nearness::Near => NEAR,
        _ if short.chars() >= BEGINNING_MIN && long.text.starts_with(&*short.text) => SHORTENED,
        _ => 0.0,
    }
}

/// Two or three words of the one that are one word of the other.
fn written_together(apart: &[Word], whole: &[Word], taken_apart: &mut [f64], taken: &mut [f64]) {
    for (j, word) in whole.iter().enumerate() {
        for count in [2, 3] {
            for (i, run) in apart.windows(count).enumerate() {
                let free = (i..i + count).all(|at| is_free(taken_apart, at)) && is_free(taken, j);
                if free && is_run(run, word) {
                    (i..i + count).for_each(|at| take(taken_apart, at, 1.0));
                    take(taken, j, 1.0);
                }
            }
        }
    }
}

fn is_run(run: &[Word], word: &Word) -> bool {
    let mut rest = &*word.text;
    for part in run {
        match rest.strip_prefix(&*part.text) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

/// A word that is the first letters of three or more words in a row.
fn acronyms(long: &[Word], short: &[Word], taken_long: &mut [f64], taken: &mut [f64]) {
    for (j, word) in short.iter().enumerate() {
        let letters: Vec<char> = word.text.chars().collect();
        if letters.len() < 3 || letters.len() > 8 || !is_free(taken, j) {
            continue;
        }
        for (i, run) in long.windows(letters.len()).enumerate() {
            let fits = run.iter().zip(&letters).all(|(word, c)| word.text.starts_with(*c));
            if fits && (i..i + run.len()).all(|at| is_free(taken_long, at)) && is_free(taken, j) {
                (i..i + run.len()).for_each(|at| take(taken_long, at, ACRONYM));
                take(taken, j, ACRONYM);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, first: f64, second: f64) {
        let found = coverage(&Core::read(a), &Core::read(b));
        assert!((found.first - first).abs() < 0.1, "{a} {b} {found:?}");
        assert!((found.second - second).abs() < 0.1, "{a} {b} {found:?}");
        let back = coverage(&Core::read(b), &Core::read(a));
        assert!((found.first - back.second).abs() < 1e-12, "{a} {b}");
    }

    #[test]
    fn names() {
        check("Lindner Bau", "Lindner Bau GmbH", 1.0, 1.0);
        check("Lindner", "Kessler", 0.0, 0.0);
        check("Carl Zeiss", "Carlzeiss", 1.0, 1.0);
        check("IBM", "International Business Machines", 0.9, 0.9);
        check("Lindner", "Lindner Holding", 1.0, 0.7);
        check("Lindner Electr", "Lindnar Electronics", 0.9, 0.9);
    }
}
