//! The order of the rules: what asks nothing, what invites, then the first word that asks.

use super::QuestionKind::{self, Closed};
use super::clause::Clause;
use super::utterance::Utterance;
use super::words::{AUXILIARY, WH, words};
use super::{manner, unasked, wh, yes_no};

/// What an utterance of one sentence asks.
pub(super) fn kind(said: &Utterance) -> Option<QuestionKind> {
    if said.words.is_empty() {
        return None;
    }
    let said = Clause::new(said);
    if unasked::asks_nothing(&said) {
        return None;
    }
    if let Some(kind) = manner::invites(&said) {
        return Some(kind);
    }
    if said.asks() && only_confirms(&said) {
        return Some(Closed);
    }
    let closed = match first_that_asks(&said) {
        Found::Wh(at) => return Some(manner::of_wh(&said, at)),
        Found::YesNo(at) => Some(manner::of_yes_no(&said, at)),
        Found::Nothing => None,
    };
    let unmarked = || yes_no::unmarked(&said).then_some(Closed);
    closed.or_else(|| if said.asks() { Some(manner::of_statement(&said)) } else { unmarked() })
}

/// "Which is more than last year, right?", "you know what I mean?"
fn only_confirms(said: &Clause<'_>) -> bool {
    let at = said.head;
    let tag = said.left(at) > 2 && said.at(said.last(), words!["right"]) && !said.is(at, AUXILIARY);
    let known = said.after_row(at, words!["you" "know"]);
    tag || known && said.is(at, WH) && !said.is(at + 1, AUXILIARY)
}

enum Found {
    Wh(usize),
    YesNo(usize),
    Nothing,
}

/// The first wh-word that asks; or else the first auxiliary that does.
fn first_that_asks(said: &Clause<'_>) -> Found {
    let mut closed = None;
    for at in said.head..said.words.len() {
        if wh::asks(said, at, closed.is_some()) {
            return Found::Wh(at);
        }
        if closed.is_none() && said.is(at, AUXILIARY) && yes_no::begins(said, at) {
            closed = Some(at);
        }
        if closed == Some(said.head) && !said.asks() {
            break;
        }
    }
    closed.map_or(Found::Nothing, Found::YesNo)
}
