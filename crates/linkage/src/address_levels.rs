//! How two addresses agree.

use crate::address::Address;
use crate::levels::Pattern;
use crate::near::{Nearness, is_one_slip, nearness};
use crate::person::{LINES, NUMBER, PLACE, POSTCODE, REGION, STREET, shared_rarity};
use crate::text::{Text, Word};

/// Puts every field of an address but the kind of street.
pub(crate) fn put(a: &Address, b: &Address, pattern: &mut Pattern) {
    put_street(a, b, pattern);
    put_lines(a, b, pattern);
    put_number(a.number.as_ref(), b.number.as_ref(), NUMBER, pattern);
    put_place(&a.place, &b.place, PLACE, pattern);
    put_postcode(a.postcode.as_ref(), b.postcode.as_ref(), POSTCODE, pattern);
    if let (Some(x), Some(y)) = (&a.region, &b.region) {
        if x.is(y) {
            pattern.put_same(REGION, shared_rarity(x, y));
        } else {
            pattern.put(REGION, u8::from(!abbreviates(x, y) && !abbreviates(y, x)));
        }
    }
}

/// `CA` is short for `California`, and so is `nsw` mistyped as `nws` for `nsw`.
fn abbreviates(short: &Word, long: &Word) -> bool {
    short.chars() >= 2 && short.chars() <= 3 && long.text.starts_with(&*short.text)
}

fn put_street(a: &Address, b: &Address, pattern: &mut Pattern) {
    if let Some(level) = street_level(&a.street, &b.street) {
        if level == 0 {
            put_joined(&a.street, &b.street, STREET, pattern);
            return;
        }
        let found_elsewhere =
            level > 2 && (stands_in(&a.street, &b.lines) || stands_in(&b.street, &a.lines));
        pattern.put(STREET, if found_elsewhere { 3 } else { level });
    } else if stands_in(&a.street, &b.lines) || stands_in(&b.street, &a.lines) {
        pattern.put(STREET, 3);
    }
}

/// 0 the same, 1 near, 2 shares a word, 4 another.
pub(crate) fn street_level(a: &Text, b: &Text) -> Option<u8> {
    Some(match nearness(a.joined.as_ref()?, b.joined.as_ref()?) {
        Nearness::Same => 0,
        Nearness::Near => 1,
        _ if shares_word(a, b) => 2,
        _ => 4,
    })
}

fn put_joined(a: &Text, b: &Text, field: usize, pattern: &mut Pattern) {
    if let (Some(x), Some(y)) = (&a.joined, &b.joined) {
        pattern.put_same(field, shared_rarity(x, y));
    }
}

/// Fewest characters of a word that tells something when it is shared.
const WORD_MIN: usize = 4;

fn shares_word(a: &Text, b: &Text) -> bool {
    a.words
        .iter()
        .any(|x| x.chars() >= WORD_MIN && b.words.iter().any(|y| nearness(x, y) >= Nearness::Near))
}

/// Whether all words of a street stand in the lines of another record.
fn stands_in(street: &Text, lines: &Text) -> bool {
    let Some((x, y)) = street.joined.as_ref().zip(lines.joined.as_ref()) else { return false };
    if x.chars() < WORD_MIN {
        return false;
    }
    nearness(x, y) >= Nearness::Near
        || street.words.iter().all(|x| lines.words.iter().any(|y| nearness(x, y) >= Nearness::Near))
}

fn put_lines(a: &Address, b: &Address, pattern: &mut Pattern) {
    let (Some(x), Some(y)) = (&a.lines.joined, &b.lines.joined) else { return };
    let crossed = pattern.level(STREET) == Some(3);
    match nearness(x, y) {
        Nearness::Same => pattern.put_same(LINES, shared_rarity(x, y)),
        Nearness::Near => pattern.put(LINES, 1),
        // The lines stand in the other's street, which says the same once more.
        _ if crossed && (stands_in(&a.lines, &b.street) || stands_in(&b.lines, &a.street)) => {
            pattern.put(LINES, 1);
        }
        _ if shares_word(&a.lines, &b.lines) => pattern.put(LINES, 2),
        _ => pattern.put(LINES, 3),
    }
}

/// 0 the same, 1 near, 2 another.
pub(crate) fn put_number(a: Option<&Word>, b: Option<&Word>, field: usize, pattern: &mut Pattern) {
    let (Some(x), Some(y)) = (a, b) else { return };
    let digits =
        |word: &Word| -> String { word.text.chars().filter(char::is_ascii_digit).collect() };
    match () {
        () if x.is(y) => pattern.put_same(field, shared_rarity(x, y)),
        () if digits(x) == digits(y) || is_one_slip(&x.text, &y.text) => pattern.put(field, 1),
        () => pattern.put(field, 2),
    }
}

/// 0 the same, 1 near, 2 shares a word, 3 another.
pub(crate) fn put_place(a: &Text, b: &Text, field: usize, pattern: &mut Pattern) {
    let (Some(x), Some(y)) = (&a.joined, &b.joined) else { return };
    match nearness(x, y) {
        Nearness::Same => pattern.put_same(field, shared_rarity(x, y)),
        Nearness::Near => pattern.put(field, 1),
        _ if shares_word(a, b) => pattern.put(field, 2),
        _ => pattern.put(field, 3),
    }
}

/// 0 the same, 1 a slip, 2 the same area, 3 another.
pub(crate) fn put_postcode(
    a: Option<&Word>,
    b: Option<&Word>,
    field: usize,
    pattern: &mut Pattern,
) {
    let (Some(x), Some(y)) = (a, b) else { return };
    // American codes of nine digits begin with the usual five.
    let longer = |x: &Word, y: &Word| y.chars() >= 5 && x.text.starts_with(&*y.text);
    let area = |word: &Word| word.text.chars().take(2).collect::<String>();
    match () {
        () if x.is(y) => pattern.put_same(field, shared_rarity(x, y)),
        () if longer(x, y) || longer(y, x) => pattern.put(field, 0),
        () if is_one_slip(&x.text, &y.text) => pattern.put(field, 1),
        () if area(x) == area(y) => pattern.put(field, 2),
        () => pattern.put(field, 3),
    }
}
