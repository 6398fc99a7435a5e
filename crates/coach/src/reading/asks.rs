//! What a draft asks the other person to do: one place for each, with what it is about and whether a
//! day stands in it.

mod words;

use std::ops::Range;

use inroad_language::dates::{self, DateOrder};
use inroad_language::questions::QuestionKind;
use jiff::civil::Date;
use serde::Serialize;

use self::words::{
    ANOTHER_WAY, BEGINS, CLAUSE, COME, COURTESY, DECIDE, GLAD_IF, INTRODUCE, MEET, NO_REQUEST,
    READ, REQUEST, SEND, TIMES, TOLD_IF, VERB,
};
use super::{Said, Seen};
use crate::draft::Draft;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AskKind {
    /// A call, a meeting, a time.
    Meet,
    /// A person: who else, an introduction.
    Introduce,
    /// A document, a figure, a file.
    Send,
    /// A yes: sign, approve, order.
    Decide,
    /// To read or look at something.
    Read,
    /// An answer in words.
    Answer,
}

/// One thing that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// What for.
    pub kind: AskKind,
    /// The bytes of its sentence.
    pub range: Range<usize>,
    /// Whether the sentence, or one beside it that goes on with it, names a day or a time.
    pub dated: bool,
    /// Whether it is said as a wish and not as a question.
    #[serde(skip)]
    pub asks_in_words: bool,
    /// Which sentence it is, from 0.
    #[serde(skip)]
    pub sentence: usize,
}

impl Ask {
    pub(super) fn seen(&self) -> impl Iterator<Item = Seen> {
        let wants_a_day = (self.kind != AskKind::Answer || self.asks_in_words) && !self.dated;
        let undated = wants_a_day.then(|| Seen::at("undated-ask", self.range.clone(), ""));
        std::iter::once(Seen::at("ask", self.range.clone(), "")).chain(undated)
    }
}

/// What a draft asks for, in its order. A sentence may ask for several things ("Try it, tell me, and sign
/// up"); one that goes on with the request before it is no second one.
pub(super) fn find(draft: &Draft<'_>, sentences: &[Said], on: Option<Date>) -> Vec<Ask> {
    let mut found: Vec<Ask> = Vec::new();
    for (n, said) in sentences.iter().enumerate() {
        let text = draft.sentence(&said.range);
        if !is_request(text, said) {
            continue;
        }
        let dated = is_dated(text, on);
        let (range, sentence) = (said.range.clone(), n);
        let asks_in_words = said.asks.is_none();
        let ask = Ask { kind: kind(text, said.asks), range, dated, asks_in_words, sentence };
        match found.last_mut() {
            Some(last) if goes_on(last, &ask, text) => {
                last.dated |= ask.dated;
                last.sentence = n;
            }
            _ => found.push(ask),
        }
        for clause in further_clauses(text) {
            let range = said.range.start + clause.start..said.range.start + clause.end;
            let kind = kind(text.get(clause).unwrap_or(""), None);
            found.push(Ask { kind, range, dated, asks_in_words: true, sentence: n });
        }
    }
    // "Tuesday at ten or Thursday at two." may stand in a sentence of its own behind the question.
    for ask in &mut found {
        let next = sentences.get(ask.sentence + 1).map(|said| draft.sentence(&said.range));
        let before = ask.sentence.checked_sub(1).and_then(|n| sentences.get(n));
        let before = before.map(|said| draft.sentence(&said.range));
        ask.dated |= matches!(ask.kind, AskKind::Meet)
            && [next, before].into_iter().flatten().any(|text| TIMES.is_in(text));
    }
    found
}

/// The clauses behind the first one of a request that ask for something more: they begin with a verb that
/// asks, as in "…, pick one and tell me which".
fn further_clauses(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in CLAUSE.find_all(text) {
        parts.push(from..at.start);
        from = at.end;
    }
    parts.push(from..text.len());
    let of = |part: &Range<usize>| text.get(part.clone()).unwrap_or("");
    // "Sign and return it" is one thing.
    let is_alone = |part: &Range<usize>| of(part).split_whitespace().count() <= ALONE_WORDS_MAX;
    let pairs = parts.windows(2).filter_map(|pair| match pair {
        [before, clause] if !is_alone(before) && VERB.is_in(of(clause)) => Some(clause.clone()),
        _ => None,
    });
    pairs.collect()
}

/// A verb with no more words than these before the next one shares its object.
const ALONE_WORDS_MAX: usize = 2;

/// Whether a sentence speaks of a talk or a visit.
pub(super) fn speaks_of_meeting(text: &str) -> bool {
    MEET.is_in(text) || COME.is_in(text)
}

/// Whether a question only makes sure of whom one speaks to, or how they are.
pub(super) fn is_courtesy(text: &str) -> bool {
    COURTESY.is_in(text)
}

fn is_request(text: &str, said: &Said) -> bool {
    if said.words < 2 && said.asks.is_none() {
        return false;
    }
    // "If it has been shelved, tell me" gives a way out.
    if TOLD_IF.is_in(text) && !GLAD_IF.is_in(text) && !text.ends_with('?') {
        return false;
    }
    if NO_REQUEST.is_in(text) {
        // "If this is not yours, could you tell me whose it is?" still asks.
        return said.asks.is_some()
            && !text.to_lowercase().contains("how are you")
            && text.ends_with('?')
            && REQUEST.is_in(text);
    }
    said.asks.is_some() || REQUEST.is_in(text) || BEGINS.is_in(text)
}

fn kind(text: &str, asks: Option<QuestionKind>) -> AskKind {
    if INTRODUCE.is_in(text) {
        AskKind::Introduce
    } else if SEND.is_in(text) {
        AskKind::Send
    } else if asks == Some(QuestionKind::Open) && !TIMES.is_in(text) {
        AskKind::Answer
    } else if MEET.is_in(text) || (TIMES.is_in(text) && asks.is_some()) {
        AskKind::Meet
    } else if DECIDE.is_in(text) {
        AskKind::Decide
    } else if READ.is_in(text) {
        AskKind::Read
    } else {
        AskKind::Answer
    }
}

fn is_dated(text: &str, on: Option<Date>) -> bool {
    TIMES.is_in(text) || on.is_some_and(|on| !dates::find(text, on, DateOrder::DayFirst).is_empty())
}

/// Whether a request goes on with the one before it: the next sentence, with another time for the same talk,
/// or with what is to be done otherwise ("If not, which day would?").
fn goes_on(last: &Ask, next: &Ask, text: &str) -> bool {
    let same_talk = next.kind == AskKind::Meet && last.kind == AskKind::Meet;
    next.sentence == last.sentence + 1 && (same_talk || ANOTHER_WAY.is_in(text))
}

#[cfg(test)]
mod tests {
    use crate::draft::Channel;

    use super::*;

    fn asks(text: &str) -> Vec<(AskKind, bool)> {
        let draft = Draft::new(text, Channel::Email);
        let sentences: Vec<Said> =
            draft.sentences.iter().map(|range| super::super::said(&draft, range)).collect();
        find(&draft, &sentences, None).into_iter().map(|ask| (ask.kind, ask.dated)).collect()
    }

    #[test]
    fn requests_are_told_by_what_they_are_about() {
        assert_eq!(asks("Could we talk on Tuesday at ten?"), [(AskKind::Meet, true)]);
        assert_eq!(asks("Who else should hear of this?"), [(AskKind::Introduce, false)]);
        assert_eq!(asks("Please send me the figures of May."), [(AskKind::Send, false)]);
        assert_eq!(asks("How do you plan your night shifts today?"), [(AskKind::Meet, true)]);
        assert_eq!(asks("What would have to be true for that?"), [(AskKind::Answer, false)]);
        assert_eq!(asks("Please sign the offer by Friday."), [(AskKind::Decide, true)]);
    }

    #[test]
    fn courtesies_ask_for_nothing() {
        assert!(
            asks("How are you? I hope you had a good summer. Please find attached the notes.")
                .is_empty()
        );
        assert!(asks("If this is not for you, just say so. Feel free to ignore this.").is_empty());
        assert!(asks("Congratulations on the new plant. No need to answer.").is_empty());
        assert!(
            asks("If it has been put on hold, let me know. Let's be honest about it.").is_empty()
        );
        assert!(!asks("If you would like to see it, let me know.").is_empty());
    }

    #[test]
    fn what_goes_on_with_a_request_is_no_second_one() {
        assert_eq!(asks("Would Tuesday suit you for a call? Or is Thursday better?").len(), 1);
        assert_eq!(asks("Could you send me the plan? Who decides on it?").len(), 2);
    }
}
