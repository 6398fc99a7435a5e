//! Questions with "what", "how", "when" and their kin.
//!
//! Such a word asks where its clause is inverted ("what do you"), or where a question mark stands.
//! Else it begins a clause that is part of another: "what you want is".

use super::clause::Clause;
use super::words::{
    ANYBODY, AUXILIARY, BE, CONTRACTED, DATUM, DETERMINER, DO, EMBEDS, MEASURE, PERSON,
    PREPOSITION, SAYS, SUBJECT, WH, words,
};

/// The verb of a question stands at most so many words behind its first: "what kind of car do".
const VERB_WORDS_MAX: usize = 8;
/// Fragments that ask are no longer than this.
const FRAGMENT_WORDS_MAX: usize = 6;
/// A name of so many words, and a comma, may stand before a question: "Anna Lang, who".
const NAME_WORDS_MAX: usize = 2;
/// Words before a question that only set its scene: "for the first of the two years, what".
const SCENE_WORDS_MAX: usize = 6;

/// Whether the wh-word at a place asks; `behind_closed` where a question of yes or no came before.
pub(super) fn asks(said: &Clause<'_>, at: usize, behind_closed: bool) -> bool {
    if !said.is(at, WH) {
        return false;
    }
    let named = said.asks() && said.is_parted(at) && at <= said.head + NAME_WORDS_MAX;
    let behind_preposition = at == said.head + 1 && said.is(said.head, PREPOSITION);
    let first = at == said.head || behind_preposition || named;
    let starts = first || said.starts(at);
    if said.at(at, words!["why"])
        && let Some(asks) = why(said, at, first)
    {
        return asks;
    }
    let about = said.at(at, words!["what" "how"]) && said.at(at + 1, words!["about"]);
    let about_you = about && said.left(at) == 3 && said.at(at + 2, words!["you" "yourself"]);
    let what_if = said.at(at, words!["what"]) && said.at(at + 1, words!["if"]);
    if about_you || about && (starts || said.asks()) || what_if && starts {
        return true;
    }
    if !said.asks() && leans(said, at) {
        return false;
    }
    if is_inverted(said, at) {
        return if first {
            asks_first(said, at)
        } else {
            asks_later(said, at, starts, behind_closed)
        };
    }
    first && if said.asks() { !is_subordinate(said, at) } else { is_fragment(said, at) }
}

/// What "why" has of its own; None where it is as other words.
fn why(said: &Clause<'_>, at: usize, first: bool) -> Option<bool> {
    if said.left(at) == 1 && first {
        return Some(said.asks() || !leans(said, at) && !said.stops());
    }
    if said.at(at + 1, words!["don't" "dont"]) && !said.asks() {
        // A proposal: "why don't we".
        return Some(false);
    }
    let not = said.at(at + 1, words!["not"]) && said.left(at) > 2;
    (first && (said.asks() || not)).then_some(true)
}

/// "I think what", "that's why": part of what stands before.
fn leans(said: &Clause<'_>, at: usize) -> bool {
    !said.is_parted(at)
        && said.after(at, words!["think" "guess" "see" "know" "is" "that's" "not" "just"])
}

/// An inverted clause at the head.
fn asks_first(said: &Clause<'_>, at: usize) -> bool {
    if said.asks() {
        return true;
    }
    if is_cleft(said, at) || asks_oneself(said, at) {
        return false;
    }
    // A writer who set a full stop to it may still have meant the reader, but hardly anybody else.
    !said.stops() || said.is_inverted(at + 1) && said.at(at + 2, words!["you"])
}

/// An inverted clause behind other words.
fn asks_later(said: &Clause<'_>, at: usize, starts: bool, behind_closed: bool) -> bool {
    let embedded =
        !said.is_parted(at) && at > 0 && said.is(at - 1, EMBEDS.or(SAYS).or(PREPOSITION));
    if said.is_reported(at) || embedded {
        return false;
    }
    let verb = at + 1;
    if said.asks() {
        let starts_anew =
            said.is_parted(at) && said.is(verb, AUXILIARY) && said.is(verb + 1, SUBJECT);
        return !behind_closed || starts_anew;
    }
    let verb_of_you = |verb: usize| {
        said.is_inverted(verb) && said.at(verb + 1, words!["you"])
            || said.is(verb, BE) && said.at(verb + 1, words!["your"])
    };
    let of_you = verb_of_you(verb);
    if starts {
        return of_you && !said.stops() && !is_cleft(said, at) && !asks_oneself(said, at);
    }
    let scene = said.at(said.head, words!["if" "when"])
        || said.is(said.head, PREPOSITION) && at <= said.head + SCENE_WORDS_MAX;
    // A name may stand before: "Anna what do you think".
    let late = said.is_late(at);
    of_you && at <= said.head + 1
        || (scene || late) && (verb..verb + 4).any(verb_of_you)
        || late && said.is(at, CONTRACTED) && said.at(verb, words!["your"])
}

/// Whether the clause of a wh-word has its verb before its subject, or is one of those without.
fn is_inverted(said: &Clause<'_>, at: usize) -> bool {
    let next = at + 1;
    if said.is(at, CONTRACTED) {
        return true;
    }
    if said.at(at, words!["which"]) && said.is(next, AUXILIARY) {
        return said.asks() || said.is_inverted(next) && said.is(next + 1, PERSON);
    }
    let verb = if said.at(next, words!["else"]) { next + 1 } else { next };
    if said.is(verb, AUXILIARY) || said.at(at, words!["how"]) && said.at(next, words!["come"]) {
        return true;
    }
    let places = next..(at + VERB_WORDS_MAX).min(said.words.len());
    if said.at(at, words!["when" "where" "why" "who"]) {
        // "When the plant was" is no question; "when exactly do you" is one.
        return said.at(next, words!["else" "exactly" "in" "the" "on"])
            && places.into_iter().any(|verb| said.is_inverted(verb));
    }
    for place in places {
        if said.is(place, AUXILIARY) {
            let named = said.is(place, BE.or(DO)) && said.is(place + 1, DETERMINER);
            return named || said.is_inverted(place);
        }
        if said.is(place, SUBJECT) {
            return false;
        }
    }
    false
}

/// "What's interesting is that".
fn is_cleft(said: &Clause<'_>, at: usize) -> bool {
    let is_verb =
        |verb: usize| said.at(verb, words!["is" "was" "are"]) && !said.is(verb + 1, PERSON);
    said.at(at, words!["what" "what's"])
        && !said.is(at + 2, SUBJECT)
        && (at + 2..at + 7).any(is_verb)
}

/// "What did I", "what is it called": looks for a word, not for an answer.
fn asks_oneself(said: &Clause<'_>, at: usize) -> bool {
    let of_me =
        said.at(at, words!["what"]) && said.is(at + 1, AUXILIARY) && said.at(at + 2, words!["i"]);
    of_me || said.any(at..said.words.len(), words!["called" "call"])
}

/// "When you are ready": tells when.
fn is_subordinate(said: &Clause<'_>, at: usize) -> bool {
    said.at(at, words!["when" "where"]) && said.is(at + 1, SUBJECT)
}

/// What asks without a verb, or before one: "what kind", "how many people came".
fn is_fragment(said: &Clause<'_>, at: usize) -> bool {
    let (next, left) = (at + 1, said.left(at));
    if said.at(at, words!["how"]) {
        let count = said.at(next, words!["many" "long" "often" "far" "old"]) && said.is_bare();
        return count || said.is(next, MEASURE) && left <= 3;
    }
    if said.at(at, words!["which"]) {
        return said.at(next, words!["one" "ones"]) && left == 2;
    }
    if said.at(at, words!["where"]) {
        return said.at(next, words!["you"]) && left <= 4;
    }
    if !said.at(at, words!["what"]) {
        return false;
    }
    let kind = said.at(next, words!["kind" "kinds" "type" "sort"]) && left <= FRAGMENT_WORDS_MAX;
    let datum = said.is(next, MEASURE.or(DATUM)) && left == 2;
    let alone = left == 1 && said.after(at, words!["like" "for"]);
    kind || datum || alone || makes_something(said, at)
}

/// "What happens if", "what made you": the wh-word is the subject.
fn makes_something(said: &Clause<'_>, at: usize) -> bool {
    said.at(at + 1, words!["happens" "happened" "makes" "made" "brings" "took"])
        && !said.stops()
        && !said.any(at..at + 5, words!["is" "was"])
        && !said.is(at + 1, ANYBODY)
}
