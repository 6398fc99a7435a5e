//! A letter in a few numbers: how it asks, and whether it asks for anything to be done. For letters that
//! went long ago, of which nobody wants findings.

use inroad_language::questions::QuestionKind;
use inroad_language::voice;

use super::asks::{self, AskKind};
use super::{metrics, said};
use crate::draft::{Channel, Draft};

/// The numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brief {
    /// How many open questions.
    pub open: usize,
    /// How many others.
    pub other: usize,
    /// Whether it asks for something to be done, more than for an answer.
    pub next_step: bool,
}

/// Reads a letter; `None` where it is not in English, whose questions are not told apart.
///
/// ```
/// use inroad_coach::reading::brief::brief;
/// let read = brief("Hi Ann,\n\nHow do you handle returns today? Could we talk on Tuesday at ten?\n").unwrap();
/// assert_eq!((read.open, read.other, read.next_step), (1, 1, true));
/// assert!(brief("Liebe Anna, wie machen Sie das mit den Retouren, und wer ist bei Ihnen dafür da?").is_none());
/// ```
pub fn brief(text: &str) -> Option<Brief> {
    let draft = Draft::new(text, Channel::Email);
    if voice::is_english(metrics::body(&draft)) == Some(false) {
        return None;
    }
    let sentences: Vec<_> = draft.sentences.iter().map(|range| said(&draft, range)).collect();
    let count = |is_open: bool| {
        let kinds = sentences.iter().filter_map(|said| said.asks);
        kinds.filter(|kind| (*kind == QuestionKind::Open) == is_open).count()
    };
    let next_step = asks::find(&draft, &sentences, None)
        .iter()
        .any(|ask| ask.kind != AskKind::Answer || ask.dated);
    Some(Brief { open: count(true), other: count(false), next_step })
}
