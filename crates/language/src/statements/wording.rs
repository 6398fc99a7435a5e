//! The short wording of a statement, and its day.
//!
//! Must not: add a word.

use std::ops::Range;

use jiff::civil::{Date, date};

use crate::dates::{self, DateOrder, Role};

/// The short wording has no more letters.
pub(super) const CHARS_MAX: usize = 240;
/// A sentence of fewer letters is not cut to its clause.
const WHOLE_CHARS_MAX: usize = 90;
/// A clause of fewer letters tells too little.
const CLAUSE_CHARS_MIN: usize = 12;

/// Where a clause may end and the next begin.
const SEAMS: [&str; 14] = [
    "; ",
    " – ",
    " — ",
    " - ",
    ", and ",
    ", but ",
    ", while ",
    ", which ",
    ", who ",
    ", where ",
    ", as ",
    ", with ",
    ", so ",
    ", because ",
];
/// Where it may begin, but not end.
const OPENING: &str = ": ";

/// The clause of a sentence around what tells, in one line without control characters.
pub(super) fn short(sentence: &str, told: Range<usize>) -> String {
    let whole = if sentence.len() <= WHOLE_CHARS_MAX { sentence } else { clause(sentence, told) };
    let mut out = String::new();
    let mut chars = 0;
    for word in whole.split(|c: char| c.is_whitespace() || c.is_control()) {
        let count = word.chars().count() + usize::from(!out.is_empty());
        if word.is_empty() {
            continue;
        }
        if chars + count > CHARS_MAX {
            if out.is_empty() {
                out.extend(word.chars().take(CHARS_MAX));
            }
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        chars += count;
    }
    let bare = out.trim_end_matches(['.', ';', ',', ':']).trim_end();
    if bare.is_empty() { out } else { bare.to_owned() }
}

fn clause(sentence: &str, told: Range<usize>) -> &str {
    let before = sentence.get(..told.start).unwrap_or("");
    let after = sentence.get(told.end..).unwrap_or("");
    let seams = SEAMS.iter().chain(std::iter::once(&OPENING));
    let start = seams.filter_map(|seam| before.rfind(seam).map(|at| at + seam.len())).max();
    let end = SEAMS.iter().filter_map(|seam| after.find(seam)).min();
    let end = end.map_or(sentence.len(), |at| told.end + at);
    let clause = sentence.get(start.unwrap_or(0)..end).unwrap_or(sentence).trim();
    if clause.chars().count() < CLAUSE_CHARS_MIN { sentence } else { clause }
}

/// The first day that a sentence names with its year, unless it is the end of something.
pub(super) fn day(sentence: &str) -> Option<Date> {
    // Only days with their year count, so that it does not matter from where others are counted.
    let reference = date(2000, 1, 1);
    let ends = |role| matches!(role, Role::Until | Role::By | Role::Before);
    let all = dates::find(sentence, reference, DateOrder::DayFirst);
    // Who writes "03/04/2026" may mean either.
    let otherwise = dates::find(sentence, reference, DateOrder::MonthFirst);
    let is_plain = |day: &dates::FoundDate| otherwise.contains(day);
    let told = |day: &dates::FoundDate| day.year_given && !day.relative && !ends(day.role);
    let first = all.into_iter().find(|day| told(day) && is_plain(day));
    first.map(|day| day.first.unwrap_or(day.date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_cut_to_the_clause_that_tells() {
        let sentence = "Headquartered in Linz, with branches across Austria and southern Germany, we \
                        employ about 350 people, and the order book is full.";
        let told = sentence.find("we employ").unwrap();
        let short = short(sentence, told..told + 26);
        assert_eq!(
            short,
            "branches across Austria and southern Germany, we employ about 350 people"
        );
    }

    #[test]
    fn wordings_are_one_line() {
        assert_eq!(short("We employ\n  350\u{7} people.", 0..9), "We employ 350 people");
        assert_eq!(short(&"x".repeat(2_000), 0..3).chars().count(), CHARS_MAX);
    }

    #[test]
    fn days_have_their_year() {
        assert_eq!(day("She starts on 1 April 2026."), Some(date(2026, 4, 1)));
        assert_eq!(day("She starts on 1 April."), None);
        assert_eq!(day("She starts on 03/04/2026."), None);
        assert_eq!(day("She starts on 13/04/2026."), Some(date(2026, 4, 13)));
        assert_eq!(day("It is open until 31 May 2027."), None);
    }
}
