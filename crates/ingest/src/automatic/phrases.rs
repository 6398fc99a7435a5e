//! Finds the phrases of automatic mail in a text, in one pass.
//!
//! Must not: be believed phrase by phrase; `words` weighs them.

mod tables;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// "I am": who is away.
    Person,
    /// "out of office": what somebody is.
    Away,
    /// Somebody no longer works there.
    Left,
    /// A machine wrote this.
    Machine,
    /// Thanks for "your message", as nobody writes who knows what is in it.
    Thanks,
    /// Whom to ask instead, when it will be read.
    Handover,
    /// A mail has come in.
    Received,
    /// A number or a time for the answer.
    Ticket,
    /// The answer will come soon, as people say, too.
    Soon,
    /// Nobody reads what comes in here.
    Unread,
}

/// A phrase that stands in a text.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases = tables::TABLES.iter().flat_map(|(_, phrases)| phrases.iter());
    let bare = phrases.map(|phrase| phrase.trim_end_matches('*'));
    AhoCorasick::builder().match_kind(MatchKind::Standard).build(bare).ok()
});

/// For each pattern of the finder its kind, and whether it may go on as a longer word.
static KINDS: LazyLock<Vec<(Kind, bool)>> = LazyLock::new(|| {
    let each = |(kind, phrases): &(Kind, &'static [&'static str])| {
        let kind = *kind;
        phrases.iter().map(move |phrase| (kind, phrase.ends_with('*'))).collect::<Vec<_>>()
    };
    tables::TABLES.iter().flat_map(each).collect()
});

/// All phrases in a text that [`folded`] made, by their end.
pub(super) fn find(folded: &str) -> Vec<Found> {
    let Some(finder) = FINDER.as_ref() else { return Vec::new() };
    let mut all = Vec::new();
    for found in finder.find_overlapping_iter(folded) {
        let Some(&(kind, is_stem)) = KINDS.get(found.pattern().as_usize()) else { continue };
        let before = folded.get(..found.start()).and_then(|text| text.chars().next_back());
        let after = folded.get(found.end()..).and_then(|text| text.chars().next());
        let starts = before.is_none_or(|c| !c.is_alphanumeric());
        if starts && (is_stem || after.is_none_or(|c| !c.is_alphanumeric())) {
            all.push(Found { kind, range: found.range() });
        }
    }
    all
}

/// What a subject says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Only programs start a subject so: "Automatic reply: …".
    Program,
    /// It starts with an absence and a colon, as programs and people do: "Out of office: …".
    State,
    /// It speaks of an absence somewhere.
    Mention,
    /// Nothing.
    Other,
}

/// Judges a subject.
pub(super) fn subject(subject: &str) -> Subject {
    let folded = crate::folding::folded(subject);
    let start = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest_of = |phrases: &[&str]| {
        let starts = phrases.iter().filter_map(|phrase| start.strip_prefix(phrase));
        starts.min_by_key(|rest| rest.len())
    };
    let program = rest_of(&tables::SUBJECT_PROGRAM);
    if program.is_some_and(|rest| ends_prefix(rest) || rest.trim().is_empty()) {
        return Subject::Program;
    }
    if rest_of(&tables::SUBJECT_STATE).is_some_and(ends_prefix) {
        return Subject::State;
    }
    let mentions = |phrase: &str| folded.contains(phrase);
    let all = tables::SUBJECT_PROGRAM.iter().chain(&tables::SUBJECT_STATE);
    if all.chain(&tables::SUBJECT_MENTION).any(|phrase| mentions(phrase)) {
        Subject::Mention
    } else {
        Subject::Other
    }
}

/// Whether a prefix ends here, and the subject that it was put before starts.
fn ends_prefix(rest: &str) -> bool {
    let rest = rest.trim_start();
    let answers =
        ["re:", "aw:", "sv:", "vs:", "tr:", "fw:", "fwd:", "wg:", "odp:", "antw:", "rif:"];
    rest.starts_with([':', '：', '-', '–', '—', '(', '[', '"', '„', '“', '«'])
        || answers.iter().any(|answer| rest.starts_with(answer))
}
