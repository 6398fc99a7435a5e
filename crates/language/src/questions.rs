//! Questions: whether a sentence or an utterance asks, and how.
//!
//! A hand-made grammar of English: an utterance becomes words with classes (`words`), openers and
//! false starts are left behind (`clause`), and a few rules look for what only questions have: a
//! verb before its subject (`yes_no`), a word that asks with such a verb behind it (`wh`), a tag, a
//! question mark. What has that form and asks nothing (`unasked`) is told first; how a question asks
//! (`manner`) last. Nothing is fitted to any corpus. `cargo xtask bench questions` measures it.
//!
//! Speech that a machine wrote down often carries no marks. There a statement that asks by its tone
//! alone ("you decide alone") is not found, and a full stop is missed as little as a question mark.
//! Apostrophes should be there ("what's", "you're"); without them some questions are missed.
//!
//! Must not: know who speaks, or what a question means for a call.

mod clause;
mod grammar;
mod manner;
mod phrases;
mod unasked;
mod utterance;
mod wh;
mod words;
mod yes_no;

use std::ops::Range;

use crate::text::sentences;

/// How a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionKind {
    /// Invites to tell in own words: "how does that work today?", "tell me about your team".
    Open,
    /// Asks one datum: "when", "who", "how many", "what time".
    Narrow,
    /// A yes or a no answers it: "is it approved?", "you decide alone?", "it is late, isn't it?",
    /// "could you send it?"
    Closed,
    /// Offers what to choose from: "Tuesday or Thursday?"
    Choice,
}

impl QuestionKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 4] = [Self::Open, Self::Narrow, Self::Closed, Self::Choice];

    /// A word for it that does not change.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Narrow => "narrow",
            Self::Closed => "closed",
            Self::Choice => "choice",
        }
    }
}

/// A question of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Where its sentence begins: a byte of the text, on a boundary of characters.
    pub start: usize,
    /// Where its sentence ends, its mark included.
    pub end: usize,
    /// How it asks.
    pub kind: QuestionKind,
}

/// What one utterance asks, a sentence or one speaker's stretch of speech; None when it asks
/// nothing. Of several questions the last counts, which is the one that is answered.
///
/// None as well for what only has the form: an echo ("really?", "is that so?", "do you?"), a request
/// to say it again ("pardon?"), a greeting ("how are you?"), and what is asked of nobody ("who
/// knows?"). "Right?" and "okay?" of their own ask for a yes, as a tag does, if the mark stands
/// there; "right" without it agrees.
///
/// ```
/// use inroad_language::questions::{QuestionKind, ask};
/// assert_eq!(ask("So, um, how do you handle returns today?"), Some(QuestionKind::Open));
/// assert_eq!(ask("and when do you decide"), Some(QuestionKind::Narrow));
/// assert_eq!(ask("You have three vendors, right?"), Some(QuestionKind::Closed));
/// assert_eq!(ask("What we do is help teams like yours."), None);
/// ```
pub fn ask(utterance: &str) -> Option<QuestionKind> {
    let spans = sentences(utterance);
    spans.into_iter().rev().find_map(|span| sentence(utterance.get(span)?))
}

/// Every question of a longer text, in order, each with its sentence.
///
/// ```
/// use inroad_language::questions::questions;
/// let text = "Thanks, Anna. What happens next? Is the budget approved, or is it open?";
/// let found = questions(text);
/// let ids: Vec<&str> = found.iter().map(|question| question.kind.id()).collect();
/// assert_eq!(ids, ["open", "choice"]);
/// assert_eq!(&text[found[0].start..found[0].end], "What happens next?");
/// ```
pub fn questions(text: &str) -> Vec<Question> {
    sentences(text).into_iter().filter_map(|span| question(text, span)).collect()
}

fn question(text: &str, span: Range<usize>) -> Option<Question> {
    let raw = text.get(span.clone())?;
    let kind = sentence(raw)?;
    let start = span.start + (raw.len() - raw.trim_start().len());
    Some(Question { start, end: span.start + raw.trim_end().len(), kind })
}

fn sentence(text: &str) -> Option<QuestionKind> {
    grammar::kind(&utterance::read(text))
}

#[cfg(test)]
mod tests;
