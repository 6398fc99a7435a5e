//! The phrases of all kinds of facts, found in one pass over a text.
//!
//! A table is a text file beside this one: `[cue]` begins a section, each line is a phrase as
//! people write it. `{a|b}` stands for either, `*` for up to six words, `**` for up to twelve.
//!
//! Must not: judge a phrase; what it means where it stands is decided by the readers of each kind.

mod pattern;

use std::ops::Range;
use std::sync::LazyLock;

use self::pattern::{Pattern, Words};
use crate::text::Text;
use crate::word_table::WordTable;

/// What a phrase hints at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// "out of office": an absence, whatever else stands around it.
    Away,
    /// "off": an absence only behind "I am" or "she is".
    AwayWeak,
    /// "fishing", "on a cruise": an absence of somebody with an end beside it.
    Elsewhere,
    /// "see me", "reachable": an absence where it does not happen before a day.
    Contact,
    /// "closed until": the firm is away.
    Closed,
    /// "back in the office": the end of an absence.
    Return,
    /// "resurfaces": the end of an absence, whatever else stands around it.
    ReturnSure,
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
    /// "came back undeliverable".
    Bounced,
    /// "not my area": who says so points to the one who is named next.
    NotMe,
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
    /// "call", "write": a request with "again" and a day.
    ComeBackWord,
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
const SECTIONS: [(&str, Cue); 26] = [
    ("away", Cue::Away),
    ("away weak", Cue::AwayWeak),
    ("elsewhere", Cue::Elsewhere),
    ("contact", Cue::Contact),
    ("closed", Cue::Closed),
    ("return", Cue::Return),
    ("return sure", Cue::ReturnSure),
    ("left", Cue::Left),
    ("left weak", Cue::LeftWeak),
    ("ill", Cue::Ill),
    ("ill event", Cue::IllEvent),
    ("opt out", Cue::OptOut),
    ("opt out alone", Cue::OptOutAlone),
    ("firm", Cue::Firm),
    ("refer", Cue::Refer),
    ("introduce", Cue::Introduce),
    ("bounced", Cue::Bounced),
    ("not me", Cue::NotMe),
    ("urgent", Cue::Urgent),
    ("acquired", Cue::Acquired),
    ("reorganised", Cue::Reorganised),
    ("come back ask", Cue::ComeBackAsk),
    ("come back again", Cue::ComeBackAgain),
    ("come back word", Cue::ComeBackWord),
    ("come back tell", Cue::ComeBackTell),
    ("new title", Cue::NewTitle),
];

const TABLES: [&str; 8] = [
    include_str!("phrases/absence.txt"),
    include_str!("phrases/elsewhere.txt"),
    include_str!("phrases/bounced.txt"),
    include_str!("phrases/departure.txt"),
    include_str!("phrases/opt_out.txt"),
    include_str!("phrases/referral.txt"),
    include_str!("phrases/firm.txt"),
    include_str!("phrases/come_back.txt"),
];

/// No sentence says more than that; what comes behind is noise.
const HITS_MAX: usize = 30;

struct Lexicon {
    /// The number of every word in a phrase.
    words: WordTable<u32>,
    phrases: Vec<(Cue, Pattern)>,
    /// For the number of every word the phrases that may begin with it.
    by_first_word: Vec<Vec<usize>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words = Words::default();
    let phrases: Vec<(Cue, Pattern)> = TABLES
        .iter()
        .flat_map(|table| lines(table))
        .map(|(cue, line)| (cue, Pattern::read(line, &mut words)))
        .collect();
    let mut by_first_word: Vec<Vec<usize>> = Vec::new();
    for (n, (_, pattern)) in phrases.iter().enumerate() {
        for word in pattern.first_words() {
            let word = word as usize;
            by_first_word.resize_with(by_first_word.len().max(word + 1), Vec::new);
            if let Some(list) = by_first_word.get_mut(word) {
                list.push(n);
            }
        }
    }
    Lexicon { words: words.into_table(), phrases, by_first_word }
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

/// All phrases of a text, in order of their first words; a phrase within a longer one of the same
/// cue is left out.
pub(super) fn find(text: &Text<'_>) -> Vec<Hit> {
    let lexicon = &*LEXICON;
    let mut hits: Vec<Hit> = Vec::new();
    for sentence in &text.sentences {
        let numbers: Vec<Option<u32>> =
            sentence.words.clone().map(|at| lexicon.words.get(text.word(at)).copied()).collect();
        for (at, number) in numbers.iter().enumerate() {
            let Some(number) = number else { continue };
            let Some(rest) = numbers.get(at..) else { continue };
            let start = sentence.words.start + at;
            let candidates = lexicon.by_first_word.get(*number as usize).into_iter().flatten();
            for (cue, pattern) in candidates.filter_map(|n| lexicon.phrases.get(*n)) {
                if let Some(words) = pattern.end(rest).filter(|words| *words > 0) {
                    hits.push(Hit { cue: *cue, words: start..start + words });
                }
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
    fn phrases_match_whole_words_and_gaps_stay_in_a_sentence() {
        let cues = |source: &str| -> Vec<Cue> {
            find(&Text::new(source)).into_iter().map(|hit| hit.cue).collect()
        };
        assert_eq!(cues("Please take me off your list."), [Cue::OptOut, Cue::AwayWeak]);
        assert_eq!(cues("She's now left the firm"), [Cue::Left, Cue::LeftWeak]);
        assert_eq!(cues("Please take me offline."), [Cue::AwayWeak, Cue::Elsewhere]);
        assert!(!cues("Er arbeitet dort. Nicht mehr lange.").contains(&Cue::Left));
    }
}
