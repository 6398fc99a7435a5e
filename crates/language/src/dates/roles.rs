//! What the small words around a day say about it: until, by, from, since, after, before, on.

use std::sync::LazyLock;

use super::Role;
use super::tokens::{Token, tokens as tokenise, word_set};
use crate::word_table::WordSet;

/// Words that are skipped between the preposition and the day.
const SKIPPED: &str = "the den dem der die das le la el il l ' lo de het einschließlich inclusive \
    including incl inkl einschl approximately about around roughly circa ca approx etwa ungefähr . \
    voraussichtlich wohl mindestens dia at least le dagen week wc w c beginning \
    commencing monday morning";

const ROLES: &[(Role, &str)] = &[
    (
        Role::Until,
        "until, till, til, through, thru, bis, bis zum, bis und mit, bis zu, jusqu'au, \
      jusqu'à, jusqu'en, jusque, hasta, fino al, fino a, fino all', tot, tot en met, t/m, até, \
      ate o, ate, till och med, t.o.m., til og med, t.o.m, up to, up until, do, до, по, through to, \
      al, to, zum, thru to, sino al, fins",
    ),
    (
        Role::By,
        "by, spätestens, bis spätestens, not later than, no later than, d'ici, avant le, \
      antes del, entro, uiterlijk, senest, senast, к",
    ),
    (
        Role::From,
        "from, as from, as of, starting, beginning, ab, von, vom, à partir du, à partir de, \
      dès le, dès, a partir del, a partir de, desde, a partire dal, dal, vanaf, van, från, fra, \
      fr.o.m., от, с, od, du, del, onwards from, start",
    ),
    (Role::Since, "since, seit, depuis, desde el pasado, da, sinds, sedan, siden, seit dem"),
    (
        Role::After,
        "after, nach, après, después del, después de, dopo, na, depois de, efter, etter, \
      после, po, following, tras",
    ),
    (
        Role::Before,
        "before, vor, avant, antes de, antes, prima del, prima di, voor, före, innan, \
      ennen, przed, до начала",
    ),
];

static SKIPPED_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set(SKIPPED));

/// The phrases as words, longest first.
static PHRASES: LazyLock<Vec<(Vec<String>, Role)>> = LazyLock::new(|| {
    let mut phrases: Vec<(Vec<String>, Role)> = ROLES
        .iter()
        .flat_map(|(role, phrases)| phrases.split(',').map(move |phrase| (phrase, *role)))
        .map(|(phrase, role)| (tokenise(phrase).into_iter().map(|t| t.folded).collect(), role))
        .filter(|(words, _): &(Vec<String>, Role)| !words.is_empty())
        .collect();
    phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    phrases
});

/// Words behind a day that make it the end (Finnish, "14. asti").
const UNTIL_BEHIND: [&str; 4] = ["asti", "saakka", "mennessa", "onwards"];

/// What the words before (and behind) the day at `start..end` say.
pub(super) fn role(tokens: &[Token], start: usize, end: usize) -> Role {
    if let Some(token) = tokens.get(end)
        && let Some(word) = UNTIL_BEHIND.iter().find(|word| token.is(word))
    {
        return if *word == "onwards" { Role::From } else { Role::Until };
    }
    let mut at = start;
    for _ in 0..5 {
        if let Some(role) = ending_at(tokens, at) {
            return role;
        }
        let Some(token) = at.checked_sub(1).and_then(|n| tokens.get(n)) else { break };
        if !SKIPPED_WORDS.contains(&token.folded)
            && super::words::weekday(&token.folded).is_none()
            && !token.is(",")
            && !token.is("(")
        {
            break;
        }
        at -= 1;
    }
    Role::On
}

/// The role whose longest phrase ends right before a token.
fn ending_at(tokens: &[Token], at: usize) -> Option<Role> {
    PHRASES.iter().find_map(|(words, role)| {
        let from = at.checked_sub(words.len())?;
        let fits = words
            .iter()
            .enumerate()
            .all(|(n, word)| tokens.get(from + n).is_some_and(|token| token.is(word)));
        fits.then_some(*role)
    })
}
