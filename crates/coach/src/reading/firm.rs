//! The firm in a draft against the record: a slip of typing, or another firm of the same name.

use std::ops::Range;

use super::Seen;
use super::words::words;
use crate::audience::Person;
use crate::draft::Draft;

/// Words in a firm's name that many firms have.
pub(super) const COMMON: [&str; 28] = [
    "gmbh",
    "ag",
    "ltd",
    "limited",
    "inc",
    "llc",
    "plc",
    "co",
    "company",
    "group",
    "sa",
    "bv",
    "nv",
    "ab",
    "oy",
    "spa",
    "srl",
    "kg",
    "the",
    "and",
    "of",
    "corp",
    "corporation",
    "partners",
    "holding",
    "services",
    "solutions",
    "consulting",
];
/// A firm's name shorter than this is too easily like another word.
const FIRM_LETTERS_MIN: usize = 5;

/// Words behind a name that tell one firm from its namesake.
const KINDS: [&str; 18] = [
    "brothers",
    "bros",
    "sons",
    "daughters",
    "sisters",
    "partners",
    "associates",
    "group",
    "holdings",
    "industries",
    "systems",
    "international",
    "ltd",
    "limited",
    "llc",
    "gmbh",
    "ag",
    "inc",
];

/// The firm's name with a slip in it: one letter off, or two in a long one.
pub(super) fn look(draft: &Draft<'_>, person: &Person, seen: &mut Vec<Seen>) {
    let Some(firm) = &person.firm else { return };
    another_kind(draft, firm, seen);
    another_name(draft, firm, seen);
    let main: Vec<String> = words(firm)
        .map(|(_, word)| word)
        .filter(|word| word.chars().count() >= FIRM_LETTERS_MIN && !COMMON.contains(&word.as_str()))
        .collect();
    for (range, word) in words(&draft.words) {
        let written = draft.sentence(&range);
        if !written.starts_with(char::is_uppercase) {
            continue;
        }
        let close = main.iter().find(|name| **name != word && is_slip(&word, name));
        if close.is_some() && !main.contains(&word) && !belongs_to(&word, person) {
            let as_recorded = words(firm)
                .find(|(_, word)| Some(word) == close)
                .and_then(|(at, _)| firm.get(at).map(str::to_owned));
            let found = Seen::at("wrong-firm", range, format!("The record says {firm}"));
            seen.push(found.instead(as_recorded));
        }
    }
}

/// The firm's own word with another word of kinship or form behind it: "Hale Brothers" for Hale & Sons.
fn another_kind(draft: &Draft<'_>, firm: &str, seen: &mut Vec<Seen>) {
    let record: Vec<String> = words(firm).map(|(_, word)| word).collect();
    let Some(first) = record.first() else { return };
    if !record.iter().any(|word| KINDS.contains(&word.as_str())) {
        return;
    }
    let found: Vec<(Range<usize>, String)> = words(draft.source).collect();
    for pair in found.windows(2) {
        let [(name, word), (kind, next)] = pair else { continue };
        let written = draft.sentence(kind);
        let is_other = KINDS.contains(&next.as_str()) && !record.contains(next);
        if word == first && is_other && written.starts_with(char::is_uppercase) {
            let at = name.start..kind.end;
            seen.push(Seen::at("wrong-firm", at, format!("The record says {firm}")));
        }
    }
}

/// A name that begins like the firm's own and goes on like it: "Hallmark Hotels" for Hallbrook Hotels.
fn another_name(draft: &Draft<'_>, firm: &str, seen: &mut Vec<Seen>) {
    let record: Vec<String> = words(firm).map(|(_, word)| word).collect();
    let [first, second, ..] = record.as_slice() else { return };
    let found: Vec<(Range<usize>, String)> = words(draft.source).collect();
    for pair in found.windows(2) {
        let [(name, word), (kind, next)] = pair else { continue };
        let alike = word.chars().zip(first.chars()).take_while(|(a, b)| a == b).count();
        let is_name = |at| draft.sentence(at).starts_with(char::is_uppercase);
        let is_near = alike >= ALIKE_LETTERS_MIN && word != first && !is_slip(word, first);
        if is_near && next == second && is_name(name) && is_name(kind) {
            let at = name.start..kind.end;
            seen.push(Seen::at("wrong-firm", at, format!("The record says {firm}")));
        }
    }
}

/// So many letters at the beginning make two names alike.
const ALIKE_LETTERS_MIN: usize = 4;

fn belongs_to(word: &str, person: &Person) -> bool {
    person
        .name
        .iter()
        .chain(&person.also)
        .chain(&person.group)
        .any(|name| words(name).any(|(_, part)| part == word))
}

/// Whether two words differ by a slip of typing: letters changed, added, left out or swapped with their
/// neighbour, one of them, or two in a long word.
fn is_slip(word: &str, name: &str) -> bool {
    let same_start = word.chars().next() == name.chars().next();
    let most = if name.chars().count() >= LONG_LETTERS { 2 } else { 1 };
    same_start && strsim::osa_distance(word, name) <= most
}

/// A word of so many letters may have two slips in it.
const LONG_LETTERS: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_words() {
        for (word, name, expected) in [
            ("nordhaven", "nordhafen", true),
            ("nordhafne", "nordhafen", true),
            ("northwind", "nordhafen", false),
            ("acmee", "acmes", true),
            ("brenner", "renner", false),
        ] {
            assert_eq!(is_slip(word, name), expected, "{word} {name}");
        }
    }
}
