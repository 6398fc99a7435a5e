//! How the names of two persons agree.

use crate::levels::Pattern;
use crate::names::Names;
use crate::near::{Nearness, nearness};
use crate::person::{FAMILY, GIVEN, shared_rarity};
use crate::text::Word;

/// Levels of given names.
mod given {
    pub(super) const FORMS: u8 = 1;
    pub(super) const NEAR: u8 = 2;
    pub(super) const INITIAL: u8 = 3;
    pub(super) const ALIKE: u8 = 4;
    pub(super) const SWAPPED: u8 = 5;
    pub(super) const OTHER: u8 = 6;
}

/// Levels of family names.
mod family {
    pub(super) const NEAR: u8 = 1;
    pub(super) const PART: u8 = 2;
    pub(super) const ALIKE: u8 = 3;
    pub(super) const SWAPPED: u8 = 4;
    pub(super) const OTHER: u8 = 5;
}

/// Fewest characters of a name that another may begin with, as `Alex` of `Alexander`.
const BEGINNING_MIN: usize = 3;

/// Puts both names, straight or, where that does not fit at all, swapped.
pub(crate) fn put(a: &Names, b: &Names, pattern: &mut Pattern) {
    let given = given_level(a, b);
    let family = family_level(a, b);
    let straight = given.is_some_and(|level| level < given::INITIAL)
        || family.is_some_and(|level| level < family::ALIKE);
    if !straight && is_swapped(a, b) {
        if given.is_some() || family.is_none() {
            pattern.put(GIVEN, given::SWAPPED);
        }
        if family.is_some() {
            pattern.put(FAMILY, family::SWAPPED);
        }
        return;
    }
    match (given, a.given.first(), b.given.first()) {
        (Some(0), Some(x), Some(y)) => pattern.put_same(GIVEN, shared_rarity(x, y)),
        (Some(level), ..) => pattern.put(GIVEN, level),
        _ => {}
    }
    match (family, &a.family.joined, &b.family.joined) {
        (Some(0), Some(x), Some(y)) => pattern.put_same(FAMILY, shared_rarity(x, y)),
        (Some(level), ..) => pattern.put(FAMILY, level),
        _ => {}
    }
}

fn given_level(a: &Names, b: &Names) -> Option<u8> {
    let (x, y) = (a.given.first()?, b.given.first()?);
    let joined = a.given_joined.as_ref()?.is(b.given_joined.as_ref()?);
    let middle = middles(a, b);
    let level = match () {
        () if joined => 0,
        // Father and son are often told apart by their second name alone.
        () if x.is(y) && middle == Some(false) => given::ALIKE,
        () if x.chars() == 1 || y.chars() == 1 => initials(a, b),
        () if x.is(y) => 0,
        () if a.forms.iter().any(|form| b.forms.contains(form)) => given::FORMS,
        // Whoever goes by the second name.
        () if a.given.iter().skip(1).any(|second| second.is(y)) => given::FORMS,
        () if b.given.iter().skip(1).any(|second| second.is(x)) => given::FORMS,
        () => match nearness(x, y) {
            Nearness::Same | Nearness::Near => given::NEAR,
            _ if begins(x, y) || begins(y, x) => given::FORMS,
            _ if joined_near(a, b) => given::NEAR,
            Nearness::Alike => given::ALIKE,
            Nearness::Far => given::OTHER,
        },
    };
    Some(level)
}

fn joined_near(a: &Names, b: &Names) -> bool {
    let words = a.given.len().max(b.given.len());
    let joined = a.given_joined.as_ref().zip(b.given_joined.as_ref());
    words > 1 && joined.is_some_and(|(x, y)| nearness(x, y) >= Nearness::Near)
}

fn begins(short: &Word, long: &Word) -> bool {
    short.chars() >= BEGINNING_MIN && long.text.starts_with(&*short.text)
}

/// Whether second names or their initials fit, where both have one.
fn middles(a: &Names, b: &Names) -> Option<bool> {
    let (x, y) = (a.given.get(1)?, b.given.get(1)?);
    Some(first_letter(x) == first_letter(y) || nearness(x, y) >= Nearness::Near)
}

fn first_letter(word: &Word) -> Option<char> {
    word.text.chars().next()
}

/// Where one side has an initial: of the first name or, as in `J. Edgar`, with a second that decides.
fn initials(a: &Names, b: &Names) -> u8 {
    let all_fit = a
        .given
        .iter()
        .zip(&b.given)
        .all(|(x, y)| x.is(y) || fits_initial(x, y) || fits_initial(y, x));
    let second = |one: &Names, other: &Names| {
        one.given.get(1).zip(other.given.first()).is_some_and(|(x, y)| x.is(y) && x.chars() > 1)
    };
    if all_fit || second(a, b) || second(b, a) { given::INITIAL } else { given::OTHER }
}

fn fits_initial(initial: &Word, name: &Word) -> bool {
    initial.chars() == 1 && first_letter(initial) == first_letter(name)
}

fn family_level(a: &Names, b: &Names) -> Option<u8> {
    let (x, y) = (a.family.joined.as_ref()?, b.family.joined.as_ref()?);
    let level = match nearness(x, y) {
        Nearness::Same => 0,
        Nearness::Near => family::NEAR,
        _ if fits_initial(x, y) || fits_initial(y, x) => family::ALIKE,
        other => {
            let part = |word: &&Word| word.chars() > 2;
            let shares =
                a.family.words.iter().filter(part).any(|x| b.family.words.iter().any(|y| x.is(y)));
            match other {
                _ if shares => family::PART,
                Nearness::Alike => family::ALIKE,
                _ => family::OTHER,
            }
        }
    };
    Some(level)
}

/// Whether the one's given name is the other's family name, and the other way round where both speak.
fn is_swapped(a: &Names, b: &Names) -> bool {
    let cross = |given: &Names, family: &Names| {
        let given = given.given_joined.as_ref()?;
        let near = nearness(given, family.family.joined.as_ref()?);
        Some(given.chars() > 1 && near >= Nearness::Near)
    };
    match (cross(a, b), cross(b, a)) {
        (Some(x), Some(y)) => x && y,
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => false,
    }
}
