//! Questions that a yes or a no answers: a verb before its subject, a tag behind a statement, and
//! some statements that ask.

use super::clause::Clause;
use super::phrases::WISH_TO_HEAR;
use super::words::{
    ANYBODY, AUXILIARY, BE, DAY, DO, HAVE, NEGATIVE, PERSON, SUBJECT, THING, WH, words,
};

/// A statement without its mark that asks "you ready for it" is no longer than this.
const ELLIPSIS_WORDS_MAX: usize = 8;
/// "Is the question" ends a statement; a question says more.
const NAMED_WORDS_MIN: usize = 4;
/// A clause hangs on a word that stands at most so many words before it.
const BOUND_WORDS_MAX: usize = 6;

/// Whether the auxiliary at a place begins a question.
pub(super) fn begins(said: &Clause<'_>, at: usize) -> bool {
    if !said.is_inverted(at) {
        return false;
    }
    if said.asks() {
        return at == said.head || !said.is_reported(at);
    }
    if supposes(said, at) {
        return false;
    }
    if at == said.head {
        return asks_at_head(said, at);
    }
    // "You know" would fill a gap in a statement as well.
    let asks_you = said.at(at + 1, words!["you"])
        && !said.is_reported(at)
        && !said.after(at, words!["is" "and" "or" "was" "that's" "know"]);
    let starts = said.starts(at) && !said.is(at, BE.or(HAVE));
    asks_you && (starts || said.is_late(at) && stands_free(said, at))
}

/// Whether nothing shortly before makes a clause of it that belongs to another.
fn stands_free(said: &Clause<'_>, at: usize) -> bool {
    let binds = |at: usize| said.is(at, WH) || said.at(at, words!["that" "as" "than" "if"]);
    said.starts(at) || !(at.saturating_sub(BOUND_WORDS_MAX)..at).any(binds)
}

/// "Should you be passing", "can you imagine": the first supposes, the second wonders.
fn supposes(said: &Clause<'_>, at: usize) -> bool {
    let you = said.at(at + 1, words!["you"]);
    said.at(at, words!["should"]) && (you || said.at(at + 1, words!["he" "she" "they"]))
        || you && said.at(at + 2, words!["imagine" "believe" "credit"])
}

/// At the head, where no question mark stands.
fn asks_at_head(said: &Clause<'_>, at: usize) -> bool {
    let subject = at + 1;
    if said.is_unknown(subject) {
        let named = said.is(at, DO) || said.is(at, BE) && !said.ends_as_predicate(subject);
        return named && said.is_bare();
    }
    if said.is(subject, DAY) || said.at(subject, words!["now"]) {
        return true;
    }
    if !said.is(subject, SUBJECT) {
        return !said.stops()
            && said.left(at) >= NAMED_WORDS_MIN
            && said.at(subject, words!["the" "my" "your" "his" "her" "its" "our" "their" "any"]);
    }
    // "The point is that people": the end of a statement that was cut in two.
    let says_that = said.at(at, words!["is" "was"])
        && said.at(subject, words!["that"])
        && (said.is(subject + 1, PERSON.or(ANYBODY))
            || said.at(subject + 1, words!["if" "when" "there" "it"]));
    !says_that
}

/// Whether it asks although nothing but its words tell so: tags, and statements about the listener
/// that only they can confirm.
pub(super) fn unmarked(said: &Clause<'_>) -> bool {
    ends_in_tag(said) || wonders_whether(said) || said.is_bare() && tells_listener(said)
}

/// "Isn't it" at the end.
fn ends_in_tag(said: &Clause<'_>) -> bool {
    let last = said.last();
    if said.left(said.head) < 3 {
        return false;
    }
    if said.at(last, words!["huh"]) {
        return true;
    }
    let (verb, before) = (last - 1, last - 2);
    if !said.is(last, PERSON.or(THING)) || !said.is(verb, AUXILIARY) || !said.is(verb, NEGATIVE) {
        return false;
    }
    // "But it wasn't there": not a tag, unless something was there before.
    let there =
        !said.at(last, words!["there"]) || said.any(said.head..verb, words!["there" "there's"]);
    let after_subject = said.is(before, PERSON) || said.at(before, words!["it" "this" "that"]);
    there && said.agrees(verb) && (!after_subject || said.is_parted(verb))
}

/// "I was wondering whether you", "I don't know if you've".
fn wonders_whether(said: &Clause<'_>) -> bool {
    let of_you = |at: usize| {
        said.at(at, words!["if" "whether"]) && said.at(at + 1, words!["you" "you've" "you're"])
    };
    let wished = WISH_TO_HEAR.begin(said.from(said.head));
    if wished > 0 && of_you(said.head + wished) {
        return true;
    }
    let unsure = |at: usize| of_you(at) && said.after_row(at, words!["don't" "know"]);
    said.is_bare() && (2..said.words.len()).any(unsure)
}

/// "You ready", "you mean the budget", "you know what I mean", without any mark.
fn tells_listener(said: &Clause<'_>) -> bool {
    let at = said.head;
    let left = said.left(at);
    if said.at(at, words!["anything"]) && said.at(at + 1, words!["else"]) {
        return left <= 4;
    }
    if said.at(at, words!["what"]) && said.after_row(at, words!["you" "know"]) {
        return left == 3 && said.at(at + 2, words!["mean" "saying"]);
    }
    said.at(at, words!["you"])
        && (said.at(at + 1, words!["ever" "mean" "think"])
            || left <= ELLIPSIS_WORDS_MAX
                && said.at(at + 1, words!["ready" "sure" "live" "work" "like"]))
        && !said.is(at + 1, WH)
}
