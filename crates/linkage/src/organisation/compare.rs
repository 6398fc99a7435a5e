//! Two organisations, field by field.

use super::OrganisationForm;
use super::coverage::{Coverage, coverage, together};
use super::fields::{DOMAIN, LEGAL, NAME, NUMBER, NUMERAL, PHONE, PLACE, POSTCODE, STREET};
use super::name::{Core, shared_bits};
use crate::address_levels::{put_number, put_place, put_postcode, street_level};
use crate::levels::Pattern;
use crate::person::shared_rarity;
use crate::phone_levels::put_phones;

pub(super) fn pattern(a: &OrganisationForm, b: &OrganisationForm) -> Pattern {
    let mut pattern = Pattern::default();
    names(a, b, &mut pattern);
    domains(a, b, &mut pattern);
    put_phones(&a.phones, &b.phones, PHONE, &mut pattern);
    let (x, y) = (&a.address, &b.address);
    match street_level(&x.street, &y.street) {
        Some(0) => {
            let joined = x.street.joined.as_ref().zip(y.street.joined.as_ref());
            pattern.put_same(STREET, joined.map_or(0.0, |(x, y)| shared_rarity(x, y)));
        }
        Some(level) => pattern.put(STREET, level.min(3)),
        None => {}
    }
    put_number(x.number.as_ref(), y.number.as_ref(), NUMBER, &mut pattern);
    put_place(&x.place, &y.place, PLACE, &mut pattern);
    put_postcode(x.postcode.as_ref(), y.postcode.as_ref(), POSTCODE, &mut pattern);
    pattern
}

/// The best of any two names.
fn names(a: &OrganisationForm, b: &OrganisationForm, pattern: &mut Pattern) {
    let pairs = a.names.iter().flat_map(|x| b.names.iter().map(move |y| (x, y)));
    let told = pairs.map(|(x, y)| (name_level(x, y), x, y));
    let best =
        told.min_by(|one, other| one.0.0.cmp(&other.0.0).then(one.0.1.total_cmp(&other.0.1)));
    let Some(((level, rarity), x, y)) = best else { return };
    pattern.put_rare(NAME, level, rarity);
    if let (Some(x), Some(y)) = (&x.legal, &y.legal) {
        pattern.put(LEGAL, u8::from(!x.is(y)));
    }
    if !x.numbers.is_empty() && !y.numbers.is_empty() {
        let holds =
            |x: &Core, y: &Core| y.numbers.iter().all(|n| x.numbers.iter().any(|m| n.is(m)));
        pattern.put(NUMERAL, u8::from(!holds(x, y) && !holds(y, x)));
    }
}

/// Most bits of a word that tells little.
const LITTLE_BITS: f64 = 7.0;
/// A whole name of several words is at least as rare as this, bits, however little each tells.
const SEVERAL_BITS_MIN: f64 = 11.0;
/// However rare the words, a name that a stranger has is not rarer than this, bits.
const RARITY_BITS_MAX: f64 = 20.0;

/// The level of two names, with the rarity of what both have.
fn name_level(x: &Core, y: &Core) -> (u8, f32) {
    let same = x.text.joined.as_ref().zip(y.text.joined.as_ref()).is_some_and(|(x, y)| x.is(y));
    if same {
        let told = |core: &Core| together(core.text.words.iter().map(shared_bits));
        let several = x.text.words.len().min(y.text.words.len()) > 1;
        return (0, rarity(told(x).min(told(y)).max(if several { SEVERAL_BITS_MIN } else { 0.0 })));
    }
    let found = coverage(x, y);
    match level_of(found) {
        OTHER => (OTHER, 0.0),
        level => (level, rarity(found.shared_bits)),
    }
}

fn rarity(bits: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm between -20 and -1")]
    return -bits.clamp(1.0, RARITY_BITS_MAX) as f32;
}

/// The level of names that have nothing to do with each other.
const OTHER: u8 = 6;

fn level_of(found: Coverage) -> u8 {
    let (least, most) = (found.first.min(found.second), found.first.max(found.second));
    match f64::midpoint(least, most) {
        _ if least >= 0.88 => 1,
        _ if (most >= 0.6 || found.tells) && found.lone_bits < LITTLE_BITS => 2,
        _ if most >= 0.88 => 3,
        mean if mean >= 0.6 => 4,
        mean if mean >= 0.3 => 5,
        _ => OTHER,
    }
}

fn domains(a: &OrganisationForm, b: &OrganisationForm, pattern: &mut Pattern) {
    let pairs = a.domains.iter().flat_map(|x| b.domains.iter().map(move |y| (x, y)));
    let levels = pairs.map(|(x, y)| match () {
        () if x.whole.is(&y.whole) => (0, shared_rarity(&x.whole, &y.whole)),
        // `lindner.example` and `lindner.test`.
        () if x.name.as_ref().zip(y.name.as_ref()).is_some_and(|(x, y)| x.is(y)) => (1, 0.0),
        () => (2, 0.0),
    });
    match levels.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))) {
        Some((0, rarity)) => pattern.put_same(DOMAIN, rarity),
        Some((level, _)) => pattern.put(DOMAIN, level),
        None => {}
    }
}
