//! How a question asks: openly or for one datum, for a yes or for a choice.

use super::QuestionKind::{self, Choice, Closed, Narrow, Open};
use super::clause::Clause;
use super::phrases::{TELL, WISH_TO_HEAR};
use super::words::{
    AUXILIARY, BE, CONTRACTED, DATUM, DAY, DETERMINER, MEASURE, PREPOSITION, WH, words,
};

/// "Tuesday or Thursday?" is a choice; a longer statement with "or" in it is a statement.
const BARE_CHOICE_WORDS_MAX: usize = 8;
/// The listener is named within so many words: "I was wondering how long you".
const WISHED_WORDS_MAX: usize = 5;

/// How the wh-word at a place asks.
pub(super) fn of_wh(said: &Clause<'_>, at: usize) -> QuestionKind {
    let next = at + 1;
    if said.at(at, words!["why"])
        && said.at(next, words!["don't" "dont"])
        && said.at(next + 1, words!["we" "i"])
    {
        // "Why don't we meet?" proposes.
        return Closed;
    }
    if said.at(at, words!["what" "how"]) && said.at(next, words!["about"]) {
        return if (next..next + 4).any(|at| said.is(at, DAY)) { Closed } else { Open };
    }
    let narrow = said.is(at, WH)
        && !said.at(
            at,
            words!["what" "what's" "what're" "what'd" "what'll" "whats" "how" "how's" "how're"
                   "how'd" "hows" "why" "why's" "why'd"],
        );
    if narrow || said.at(at, words!["how"]) && said.is(next, MEASURE) || asks_datum(said, at) {
        Narrow
    } else {
        Open
    }
}

/// "What time", "what's your budget", "what is the exact date of it".
fn asks_datum(said: &Clause<'_>, at: usize) -> bool {
    if !said.at(at, words!["what" "what's" "whats"]) {
        return false;
    }
    if said.is(at + 1, DATUM) {
        return true;
    }
    let determiner = if said.is(at, CONTRACTED) {
        at + 1
    } else if said.is(at + 1, BE) {
        at + 2
    } else {
        return false;
    };
    let ends =
        |at: usize| said.left(at) <= 1 || said.is(at + 1, PREPOSITION) || said.is_parted(at + 1);
    said.is(determiner, DETERMINER)
        && (determiner + 1..determiner + 3).any(|at| said.is(at, DATUM) && ends(at))
}

/// How a question of yes or no that begins at an auxiliary asks.
pub(super) fn of_yes_no(said: &Clause<'_>, at: usize) -> QuestionKind {
    asked_to_tell(said, at).unwrap_or_else(|| if offers_choice(said, at) { Choice } else { Closed })
}

/// How a statement with a question mark asks.
pub(super) fn of_statement(said: &Clause<'_>) -> QuestionKind {
    let (head, last) = (said.head, said.last());
    if said.at(head, words!["anything" "what"]) && said.at(head + 1, words!["else"]) {
        return Open;
    }
    // "You decide when?"
    if last > 1 && said.is(last, WH) && !said.after(last, words!["or"]) {
        return of_wh(said, last);
    }
    let short = said.left(head) <= BARE_CHOICE_WORDS_MAX;
    if said.after(head, words!["or"]) || short && offers_choice(said, head) {
        return Choice;
    }
    Closed
}

/// "Could you tell me how": the form asks for a yes, the speaker for what is to be told.
fn asked_to_tell(said: &Clause<'_>, at: usize) -> Option<QuestionKind> {
    let of_you = said.is(at, AUXILIARY) && said.at(at + 1, words!["you"]);
    if !of_you || !said.at(at, words!["can" "could" "will" "would"]) {
        return None;
    }
    let verb = (at + 2..at + 5).find(|at| {
        !said.at(*at, words!["please" "maybe" "perhaps" "just" "also" "briefly" "mind"])
    })?;
    if said.at(verb, words!["tell"]) && said.at(verb + 1, words!["me" "us"]) {
        let asked = verb + 2;
        return (said.is(asked, WH)).then(|| of_wh(said, asked)).or_else(|| tells(said, verb));
    }
    let describes = said.at(
        verb,
        words!["describe" "explain" "elaborate" "telling" "describing" "explaining" "walking"],
    );
    if describes { Some(Open) } else { tells(said, verb) }
}

fn tells(said: &Clause<'_>, verb: usize) -> Option<QuestionKind> {
    (TELL.begin(said.from(verb)) > 0).then_some(Open)
}

/// "Tell me about it", "I'd love to hear how": asks without being a question in form.
pub(super) fn invites(said: &Clause<'_>) -> Option<QuestionKind> {
    let at = said.head;
    if let Some(kind) = tells(said, at) {
        return Some(kind);
    }
    let wished = WISH_TO_HEAR.begin(said.from(at));
    let asked = at + wished;
    if wished == 0 {
        return None;
    }
    let of_you = said.any(asked + 1..asked + WISHED_WORDS_MAX, words!["you" "you're" "your"]);
    if said.is(asked, WH) {
        // Who wonders how it came about asks nobody.
        return of_you.then(|| of_wh(said, asked));
    }
    let more =
        said.at(asked, words!["about" "more" "your"]) && !said.at(at, words!["i" "wondering"]);
    more.then_some(Open)
}

/// Whether two or more ways are offered, of which one is the answer.
fn offers_choice(said: &Clause<'_>, from: usize) -> bool {
    if said.after(from, words!["or"]) {
        return true;
    }
    for at in from + 1..said.words.len() {
        if said.at(at, words!["any" "ever" "anybody" "anyone" "anything"]) {
            // "Any questions or remarks" is one thing.
            return false;
        }
        if said.at(at, words!["or"]) {
            let one_of_them = said.left(at) > 1
                && !said.at(
                    at + 1,
                    words!["not" "no" "something" "anything" "whatever" "so" "what" "else" "two"
                           "three" "anybody" "anyone"],
                );
            return one_of_them;
        }
    }
    false
}
