//! Two persons, field by field.

use super::PersonForm;
use super::fields::{EMAIL, ORGANISATION, PHONE, STYLE, TITLE};
use crate::address_levels;
use crate::contact::Email;
use crate::levels::Pattern;
use crate::name_levels;
use crate::near::{Nearness, is_one_slip};
use crate::phone_levels::put_phones;
use crate::text::{Text, Word, fold};

pub(super) fn pattern(a: &PersonForm, b: &PersonForm) -> Pattern {
    let mut pattern = Pattern::default();
    name_levels::put(&a.names, &b.names, &mut pattern);
    address_levels::put(&a.address, &b.address, &mut pattern);
    emails(a, b, &mut pattern);
    put_phones(&a.phones, &b.phones, PHONE, &mut pattern);
    firms(a, b, &mut pattern);
    titles(&a.title, &b.title, &mut pattern);
    style(a, b, &mut pattern);
    pattern
}

/// The rarity of a value that both share: whichever was counted, or the more frequent.
pub(crate) fn shared_rarity(a: &Word, b: &Word) -> f32 {
    let counted = [a.rarity, b.rarity].into_iter().filter(|rarity| *rarity < 0.0);
    counted.reduce(f32::max).unwrap_or(0.0)
}

/// The best level of any two addresses.
fn emails(a: &PersonForm, b: &PersonForm, pattern: &mut Pattern) {
    let pairs = a.emails.iter().flat_map(|x| b.emails.iter().map(move |y| (x, y)));
    let levels = pairs.map(|(x, y)| {
        let level = email_level(a, b, x, y);
        (level, if level == 0 { shared_rarity(&x.whole, &y.whole) } else { 0.0 })
    });
    let best = levels.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    match best {
        Some((0, rarity)) => pattern.put_same(EMAIL, rarity),
        Some((level, _)) => pattern.put(EMAIL, level),
        None => {}
    }
}

/// Fewest characters of the part before the `@` that tells of one person.
const LOCAL_MIN: usize = 5;

fn email_level(a: &PersonForm, b: &PersonForm, x: &Email, y: &Email) -> u8 {
    let same = x.whole.is(&y.whole);
    let tells = |email: &Email| !email.role && email.local.chars() >= LOCAL_MIN;
    match () {
        () if same && x.role => 1,
        () if same => 0,
        () if x.role || y.role => same_domain(x, y),
        () if x.local.is(&y.local)
            && tells(x)
            && !is_made_of_names(a, x)
            && !is_made_of_names(b, x) =>
        {
            2
        }
        () if tells(x) && tells(y) && is_slip(a, b, x, y) => 3,
        () => same_domain(x, y),
    }
}

/// Whether one address is the other mistyped: `s.berg` and `l.berg` are not, where they fit their names.
fn is_slip(a: &PersonForm, b: &PersonForm, x: &Email, y: &Email) -> bool {
    is_one_slip(&x.whole.text, &y.whole.text) && !(is_made_of_names(a, x) && is_made_of_names(b, y))
}

/// Whether the part before the `@` says no more than the names do: `anna.berg`, `aberg`. Two of one name have
/// it wherever they work.
fn is_made_of_names(form: &PersonForm, email: &Email) -> bool {
    let names = &form.names;
    let words = names.given.iter().chain(&names.family.words).chain(&names.family.joined);
    let letters: String = email.local.text.chars().filter(|c| c.is_alphabetic()).collect();
    let letters = fold(&letters);
    let named = words.filter(|word| word.chars() > 2).any(|word| letters.contains(&*word.text));
    named && letters.len() + 1 >= email.local.text.len()
}

fn same_domain(x: &Email, y: &Email) -> u8 {
    let same = x.domain.as_ref().zip(y.domain.as_ref()).is_some_and(|(x, y)| x.is(y));
    if same { 4 } else { 5 }
}

fn firms(a: &PersonForm, b: &PersonForm, pattern: &mut Pattern) {
    let (x, y) = (&a.organisation, &b.organisation);
    match (x.text.joined.as_ref(), y.text.joined.as_ref()) {
        (Some(first), Some(second)) if first.is(second) => {
            pattern.put_same(ORGANISATION, shared_rarity(first, second));
        }
        (Some(_), Some(_)) => pattern.put(ORGANISATION, if x.is_alike(y) { 1 } else { 2 }),
        // A domain is a hint at a firm; that it hints at another says little.
        (Some(_), None) if b.domain_name.as_ref().is_some_and(|name| x.is_called(name)) => {
            pattern.put(ORGANISATION, 1);
        }
        (None, Some(_)) if a.domain_name.as_ref().is_some_and(|name| y.is_called(name)) => {
            pattern.put(ORGANISATION, 1);
        }
        _ => {}
    }
}

fn titles(a: &Text, b: &Text, pattern: &mut Pattern) {
    let (Some(x), Some(y)) = (&a.joined, &b.joined) else { return };
    let shares = a.words.iter().any(|x| x.chars() > 2 && b.words.iter().any(|y| x.is(y)));
    match crate::near::nearness(x, y) {
        Nearness::Same => pattern.put_same(TITLE, shared_rarity(x, y).max(-8.0)),
        Nearness::Near => pattern.put(TITLE, 0),
        Nearness::Alike => pattern.put(TITLE, 1),
        Nearness::Far => pattern.put(TITLE, if shares { 1 } else { 2 }),
    }
}

fn style(a: &PersonForm, b: &PersonForm, pattern: &mut Pattern) {
    let generations = a.names.generation.zip(b.names.generation);
    let sexes = a.names.sex.zip(b.names.sex);
    match (generations, sexes) {
        (Some((x, y)), _) if x != y => pattern.put(STYLE, 2),
        (_, Some((x, y))) if x != y => pattern.put(STYLE, 1),
        (None, None) => {}
        _ => pattern.put(STYLE, 0),
    }
}
