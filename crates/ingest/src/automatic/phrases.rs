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

/// The sections of the tables.
const SECTIONS: [(&str, Kind); 10] = [
    ("person", Kind::Person),
    ("away", Kind::Away),
    ("left", Kind::Left),
    ("machine", Kind::Machine),
    ("thanks", Kind::Thanks),
    ("handover", Kind::Handover),
    ("received", Kind::Received),
    ("ticket", Kind::Ticket),
    ("soon", Kind::Soon),
    ("unread", Kind::Unread),
];

struct Finder {
    automaton: Option<AhoCorasick>,
    /// For each of its patterns the kind, and whether it may go on as a longer word.
    kinds: Vec<(Kind, bool)>,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let tables = tables::texts();
    let of = |name: &str| tables.iter().find(|(section, _)| *section == name);
    let phrases: Vec<(Kind, &str)> = SECTIONS
        .iter()
        .filter_map(|(name, kind)| Some((*kind, of(name)?)))
        .flat_map(|(kind, (_, phrases))| phrases.iter().map(move |phrase| (kind, *phrase)))
        .collect();
    let bare = phrases.iter().map(|(_, phrase)| phrase.trim_end_matches('*'));
    Finder {
        automaton: AhoCorasick::builder().match_kind(MatchKind::Standard).build(bare).ok(),
        kinds: phrases.iter().map(|(kind, phrase)| (*kind, phrase.ends_with('*'))).collect(),
    }
});

/// All phrases in a text that [`folded`] made, by their end.
pub(super) fn find(folded: &str) -> Vec<Found> {
    let finder = &*FINDER;
    let Some(automaton) = &finder.automaton else { return Vec::new() };
    let mut all = Vec::new();
    for found in automaton.find_overlapping_iter(folded) {
        let Some(&(kind, is_stem)) = finder.kinds.get(found.pattern().as_usize()) else { continue };
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

struct Subjects {
    program: Vec<&'static str>,
    state: Vec<&'static str>,
    mention: Vec<&'static str>,
}

static SUBJECTS: LazyLock<Subjects> = LazyLock::new(|| {
    let mut tables = tables::subjects();
    let mut take = |name: &str| {
        let section = tables.iter_mut().find(|(section, _)| *section == name);
        section.map(|(_, phrases)| std::mem::take(phrases)).unwrap_or_default()
    };
    Subjects { program: take("program"), state: take("state"), mention: take("mention") }
});

/// Judges a subject.
pub(super) fn subject(subject: &str) -> Subject {
    let folded = crate::folding::folded(subject);
    let start = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest_of = |phrases: &[&str]| {
        let starts = phrases.iter().filter_map(|phrase| start.strip_prefix(phrase));
        starts.min_by_key(|rest| rest.len())
    };
    let program = rest_of(&SUBJECTS.program);
    if program.is_some_and(|rest| ends_prefix(rest) || rest.trim().is_empty()) {
        return Subject::Program;
    }
    if rest_of(&SUBJECTS.state).is_some_and(ends_prefix) {
        return Subject::State;
    }
    let all = SUBJECTS.program.iter().chain(&SUBJECTS.state).chain(&SUBJECTS.mention);
    if all.into_iter().any(|phrase| folded.contains(phrase)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_kind_and_phrases() {
        let known: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
        let mut found: Vec<&str> = tables::texts().iter().map(|(name, _)| *name).collect();
        assert_eq!(found.len(), known.len());
        found.retain(|name| !known.contains(name));
        assert!(found.is_empty(), "{found:?}");
        let all = [tables::texts(), tables::subjects()].concat();
        assert!(all.iter().all(|(_, phrases)| !phrases.is_empty()));
        assert_eq!(all.len(), 13);
    }

    #[test]
    fn phrases_are_written_as_texts_are_folded() {
        for (section, phrases) in [tables::texts(), tables::subjects()].concat() {
            for phrase in phrases {
                assert_eq!(phrase, phrase.to_lowercase(), "{section}");
            }
        }
    }
}
