//! What has the form of a question and asks nothing: echoes, greetings, wonder.

use super::clause::Clause;
use super::phrases::UNASKED;
use super::words::{
    ANYBODY, AUXILIARY, NEGATIVE, PERSON, PREPOSITION, THING, WH, WONDERED_AT, words,
};

/// So many words an echo or a word of wonder has at most.
const ECHO_WORDS_MAX: usize = 3;
const WONDER_WORDS_MAX: usize = 5;
const GREETING_WORDS_MAX: usize = 5;

/// Whether nothing is asked, whatever its form.
pub(super) fn asks_nothing(said: &Clause<'_>) -> bool {
    let words = said.from(said.head);
    if words.is_empty() {
        let unasked = said.words.iter().any(|word| UNASKED.are(std::slice::from_ref(word)));
        return unasked || !said.asks();
    }
    UNASKED.are(words)
        || only_echoes(said)
        || only_agrees(said)
        || greets(said)
        || wonders(said)
        || reports(said)
}

/// "Do you?", "oh, is it really?", "you are?", "the what?"
fn only_echoes(said: &Clause<'_>) -> bool {
    let (at, left) = (said.head, said.left(said.head));
    if left > ECHO_WORDS_MAX {
        return false;
    }
    if said.at(said.last(), words!["what"]) && !said.is(at, WH.or(PREPOSITION)) {
        return true;
    }
    if said.is(at, PERSON.or(THING)) && said.is(at + 1, AUXILIARY) && left == 2 {
        return true;
    }
    if !said.is(at, AUXILIARY) || !said.is(at + 1, PERSON.or(THING)) {
        return false;
    }
    let of_others = said.is(at + 1, PERSON) && !said.at(at + 1, words!["i" "we"]);
    match left {
        2 if said.is(at, NEGATIVE) => said.after(at, words!["oh"]),
        2 if said.is(at + 1, THING) => !said.asks() || said.after(at, words!["oh"]),
        2 => of_others || said.after(at, words!["oh"]),
        _ => {
            said.at(at + 2, words!["really"])
                || of_others && said.at(at + 2, words!["not" "now" "though"])
        }
    }
}

/// "So do I."
fn only_agrees(said: &Clause<'_>) -> bool {
    let at = said.head;
    said.is(at, AUXILIARY)
        && said.at(at + 1, words!["i" "we" "he" "she" "they"])
        && said.left(at) <= ECHO_WORDS_MAX
        && said.after(at, words!["so" "neither" "nor"])
}

/// "How are you doing today?", with a name before it or none.
fn greets(said: &Clause<'_>) -> bool {
    let greeting = |at: usize| {
        said.at(at, words!["how"])
            && said.at(at + 1, words!["are" "you"])
            && said.left(at) <= GREETING_WORDS_MAX
            && (said.at(said.last(), words!["you"])
                || said.any(at + 1..said.words.len(), words!["doing" "today"]))
    };
    greeting(said.head) || greeting(said.head + 1)
}

/// `He asked, "Is it ready?"`
fn reports(said: &Clause<'_>) -> bool {
    let verb = said.head + 1;
    said.is(said.head, PERSON.or(ANYBODY))
        && !said.at(said.head, words!["you"])
        && said.at(verb, words!["asked" "said" "thought" "says"])
        && said.is_parted(verb + 1)
}

/// "Isn't that funny?"
fn wonders(said: &Clause<'_>) -> bool {
    let at = said.head;
    said.at(at, words!["isn't" "wasn't" "isnt" "wasnt" "aren't"])
        && said.is(at + 1, THING)
        && said.left(at) <= WONDER_WORDS_MAX
        && (at + 2..said.words.len()).any(|at| said.is(at, WONDERED_AT))
}
