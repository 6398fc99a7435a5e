//! The phrases of all kinds of facts, found in one pass over a text.
//!
//! A table is a text file beside this one: `[cue]` begins a section, each line is a phrase as
//! people write it. `{a|b}` stands for either, `*` for up to six words, `**` for up to twelve. Must not: judge a phrase;
//! what it means where it stands is decided by the readers of each kind.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind};

use super::text::{Text, fold_phrase};

/// What a phrase hints at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// "out of office": an absence, whatever else stands around it.
    Away,
    /// "off": an absence only behind "I am" or "she is".
    AwayWeak,
    /// "closed until": the firm is away.
    Closed,
    /// "back in the office": the end of an absence.
    Return,
    /// "no longer works here".
    Left,
    /// "has left": somebody left if a firm or a day stands behind it.
    LeftWeak,
    /// "ill", "in hospital".
    Ill,
    /// "was taken ill": an event that is told in the past and still holds.
    IllEvent,
    /// "remove me from your list".
    OptOut,
    /// "unsubscribe": only where it is all that is said.
    OptOutAlone,
    /// "any of us": the whole firm.
    Firm,
    /// "please contact".
    Refer,
    /// "introduce you to".
    Introduce,
    /// "in urgent cases": who stands in for a while.
    Urgent,
    /// "was acquired by".
    Acquired,
    /// "restructuring".
    Reorganised,
    /// "get back to me": with a day, a request.
    ComeBackAsk,
    /// "try me again": a request that a month is enough for.
    ComeBackAgain,
    /// "I'll let you know": with a day, a promise.
    ComeBackTell,
    /// "appointed as": a title.
    NewTitle,
}

/// A phrase found in a text.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// What it hints at.
    pub(super) cue: Cue,
    /// Its words, first to behind the last.
    pub(super) words: Range<usize>,
}

/// The sections of the tables.
const SECTIONS: [(&str, Cue); 20] = [
    ("away", Cue::Away),
    ("away weak", Cue::AwayWeak),
    ("closed", Cue::Closed),
    ("return", Cue::Return),
    ("left", Cue::Left),
    ("left weak", Cue::LeftWeak),
    ("ill", Cue::Ill),
    ("ill event", Cue::IllEvent),
    ("opt out", Cue::OptOut),
    ("opt out alone", Cue::OptOutAlone),
    ("firm", Cue::Firm),
    ("refer", Cue::Refer),
    ("introduce", Cue::Introduce),
    ("urgent", Cue::Urgent),
    ("acquired", Cue::Acquired),
    ("reorganised", Cue::Reorganised),
    ("come back ask", Cue::ComeBackAsk),
    ("come back again", Cue::ComeBackAgain),
    ("come back tell", Cue::ComeBackTell),
    ("new title", Cue::NewTitle),
];

const TABLES: [&str; 6] = [
    include_str!("phrases/absence.txt"),
    include_str!("phrases/departure.txt"),
    include_str!("phrases/opt_out.txt"),
    include_str!("phrases/referral.txt"),
    include_str!("phrases/firm.txt"),
    include_str!("phrases/come_back.txt"),
];

/// The words that `*` may stand for.
const GAP_WORDS_MAX: usize = 6;

/// No sentence says more than that; what comes behind is noise.
const HITS_MAX: usize = 30;

struct Lexicon {
    /// Finds the first parts.
    finder: Option<AhoCorasick>,
    /// For every first part the phrases that begin with it.
    phrases: Vec<Vec<Phrase>>,
}

struct Phrase {
    cue: Cue,
    /// What follows behind gaps, with the most words of its gap.
    rest: Vec<(String, usize)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut by_start: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    for (cue, line) in TABLES.iter().flat_map(|table| lines(table)) {
        for phrase in expand(line) {
            let mut parts = phrase.split('*').map(fold_phrase);
            let Some(first) = parts.next().filter(|part| !part.is_empty()) else { continue };
            let mut rest = Vec::new();
            let mut gap = 0;
            for part in parts {
                gap += GAP_WORDS_MAX;
                if !part.is_empty() {
                    rest.push((part, std::mem::take(&mut gap)));
                }
            }
            by_start.entry(first).or_default().push(Phrase { cue, rest });
        }
    }
    let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(by_start.keys()).ok();
    Lexicon { finder, phrases: by_start.into_values().collect() }
});

/// The phrases of a table with their section.
fn lines(table: &'static str) -> Vec<(Cue, &'static str)> {
    let mut cue = None;
    let mut found = Vec::new();
    for line in table.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            cue = SECTIONS.iter().find(|(section, _)| *section == name).map(|(_, cue)| *cue);
        } else if let Some(cue) = cue
            && !line.is_empty()
            && !line.starts_with('#')
        {
            found.push((cue, line));
        }
    }
    found
}

/// Writes out `{a|b}`.
fn expand(phrase: &str) -> Vec<String> {
    let (Some(open), Some(close)) = (phrase.find('{'), phrase.find('}')) else {
        return vec![phrase.to_owned()];
    };
    let before = phrase.get(..open).unwrap_or("");
    let choices = phrase.get(open + 1..close).unwrap_or("");
    let behind = expand(phrase.get(close + 1..).unwrap_or(""));
    choices
        .split('|')
        .flat_map(|choice| behind.iter().map(move |rest| format!("{before}{choice}{rest}")))
        .collect()
}

/// All phrases of a text, in order of their first words; a phrase within a longer one of the same
/// cue is left out.
pub(super) fn find(text: &Text<'_>) -> Vec<Hit> {
    let Some(finder) = &LEXICON.finder else { return Vec::new() };
    let folded = text.folded.as_str();
    let mut hits: Vec<Hit> = Vec::new();
    let input = Input::new(folded).anchored(Anchored::No);
    for found in finder.find_overlapping_iter(input) {
        if !is_whole(folded, found.start(), found.end()) {
            continue;
        }
        let first = text.word_at(found.start());
        let last = text.word_at(found.end());
        for phrase in LEXICON.phrases.get(found.pattern().as_usize()).into_iter().flatten() {
            if let Some(end) = phrase.end(text, last) {
                hits.push(Hit { cue: phrase.cue, words: first..end });
            }
        }
    }
    hits.sort_by_key(|hit| (hit.cue, hit.words.start, std::cmp::Reverse(hit.words.end)));
    let mut covered: Option<(Cue, usize)> = None;
    hits.retain(|hit| {
        let inside = covered.is_some_and(|(cue, end)| cue == hit.cue && hit.words.end <= end);
        if !inside {
            covered = Some((hit.cue, hit.words.end));
        }
        !inside
    });
    hits.sort_by_key(|hit| hit.words.start);
    let (mut sentence, mut count) = (usize::MAX, 0);
    hits.retain(|hit| {
        let at = text.sentence_of(hit.words.start);
        count = if at == sentence { count + 1 } else { 1 };
        sentence = at;
        count <= HITS_MAX
    });
    hits
}

/// Whether a match begins and ends with whole words.
fn is_whole(folded: &str, start: usize, end: usize) -> bool {
    let bytes = folded.as_bytes();
    let parts = |at: Option<&u8>| at.is_none_or(|byte| matches!(byte, b' ' | b'\n'));
    parts(start.checked_sub(1).and_then(|n| bytes.get(n))) && parts(bytes.get(end))
}

impl Phrase {
    /// Where the phrase ends if its further parts follow in the same sentence.
    fn end(&self, text: &Text<'_>, mut at: usize) -> Option<usize> {
        for (part, gap) in &self.rest {
            at = (at..=at + gap).find_map(|word| {
                let start = text.words.get(word)?.folded.start;
                let gap_start = text.words.get(at)?.folded.start;
                let crosses = text.folded.get(gap_start..start + part.len())?.contains('\n');
                let fits = text.folded.get(start..)?.starts_with(part.as_str())
                    && is_whole(&text.folded, start, start + part.len());
                (fits && !crosses).then(|| text.word_at(start + part.len()))
            })?;
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_belongs_to_a_cue() {
        for table in TABLES {
            let sections = table.lines().filter(|line| line.trim().starts_with('['));
            for section in sections {
                let name = section.trim().trim_matches(['[', ']']);
                assert!(SECTIONS.iter().any(|(known, _)| *known == name), "{section}");
            }
        }
        for (_, cue) in SECTIONS {
            let lines = TABLES.iter().flat_map(|table| lines(table));
            assert!(lines.filter(|(of, _)| *of == cue).count() > 3, "{cue:?} has no phrases");
        }
    }

    #[test]
    fn choices_are_written_out() {
        assert_eq!(expand("{a|b} c {d|}"), ["a c d", "a c ", "b c d", "b c "]);
    }

    #[test]
    fn phrases_match_whole_words_and_gaps_stay_in_a_sentence() {
        let cues = |source: &str| -> Vec<Cue> {
            find(&Text::new(source)).into_iter().map(|hit| hit.cue).collect()
        };
        assert_eq!(cues("Please take me off your list."), [Cue::OptOut, Cue::AwayWeak]);
        assert_eq!(cues("She's now left the firm"), [Cue::Left, Cue::LeftWeak]);
        assert_eq!(cues("Please take me offline."), [Cue::AwayWeak]);
        assert_eq!(cues("Er arbeitet dort. Nicht mehr hier."), []);
    }
}
