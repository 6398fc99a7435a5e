//! What in a text points to somebody: their addresses, their full name, sentences that they wrote.
//!
//! It stands here because all who take a person out of what is kept must look alike: letters, notes, rows.
//! Must not: know what is kept where, or decide who is to be taken out.

mod folded;
mod spelled;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use inroad_model::EmailAddress;

use self::folded::Folded;
use self::spelled::spelled_at;

/// What stands in the place of what was taken out.
pub const ERASED: &str = "[erased]";

/// Tells of an address whether it is one of theirs.
pub type IsTheirs = Arc<dyn Fn(&EmailAddress) -> bool + Send + Sync>;

/// What is looked for.
#[derive(Clone)]
pub struct Traces {
    is_theirs: IsTheirs,
    wanted: Option<AhoCorasick>,
    kinds: Vec<Kind>,
}

/// What a pattern is, which tells where it may begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Address,
    Name,
    Sentence,
}

impl fmt::Debug for Traces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Traces").field("patterns", &self.kinds.len()).finish_non_exhaustive()
    }
}

/// A shorter sentence may be anybody's.
const SENTENCE_CHARS_MIN: usize = 32;
const SENTENCE_WORDS_MIN: usize = 5;
/// More sentences than these are not looked for; those given first are.
const SENTENCES_MAX: usize = 200_000;

impl Traces {
    /// Looks for addresses, also those of which only `is_theirs` knows; for names that are
    /// [full](full_name); and for sentences that are long enough to be nobody else's.
    pub fn new<'t>(
        emails: &BTreeSet<EmailAddress>,
        names: impl IntoIterator<Item = &'t str>,
        sentences: impl IntoIterator<Item = &'t str>,
        is_theirs: IsTheirs,
    ) -> Self {
        let mut patterns: BTreeSet<(String, u8)> = BTreeSet::new();
        patterns.extend(emails.iter().map(|email| (Folded::of(email.as_str()).text, 0)));
        for name in names.into_iter().filter_map(full_name) {
            let folded = Folded::of(&name).text;
            if let Some((first, last)) = folded.rsplit_once(' ') {
                patterns.insert((format!("{last}, {first}"), 1));
            }
            patterns.insert((folded, 1));
        }
        let sentences = sentences.into_iter().map(|words| Folded::of(words).text.trim().to_owned());
        let is_telling = |words: &String| {
            words.chars().count() >= SENTENCE_CHARS_MIN
                && words.split(' ').count() >= SENTENCE_WORDS_MIN
        };
        patterns.extend(sentences.filter(is_telling).take(SENTENCES_MAX).map(|words| (words, 2)));
        let kinds = patterns.iter().map(|(_, kind)| match kind {
            0 => Kind::Address,
            1 => Kind::Name,
            _ => Kind::Sentence,
        });
        let kinds = kinds.collect();
        let wanted = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|(pattern, _)| pattern));
        // Only patterns of gigabytes could fail, and there is a bound.
        Self { is_theirs, wanted: wanted.ok(), kinds }
    }

    /// Whether an address is one of theirs.
    pub fn has(&self, email: &EmailAddress) -> bool {
        (self.is_theirs)(email)
    }

    /// Whether something in a text points to them.
    pub fn is_in(&self, text: &str) -> bool {
        !self.ranges(text).is_empty()
    }

    /// The text without what points to them; `None` if nothing does.
    pub fn blank(&self, text: &str) -> Option<String> {
        let ranges = self.ranges(text);
        if ranges.is_empty() {
            return None;
        }
        let mut kept = String::with_capacity(text.len());
        let mut at = 0;
        for range in ranges {
            kept.push_str(text.get(at..range.start).unwrap_or_default());
            kept.push_str(ERASED);
            at = range.end;
        }
        kept.push_str(text.get(at..).unwrap_or_default());
        Some(kept)
    }

    /// Where it stands, in order, apart from each other.
    fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (at, _) in text.match_indices('@') {
            let token = spelled_at(text, at);
            let email = text.get(token.clone()).and_then(|token| token.parse().ok());
            if email.is_some_and(|email| self.has(&email)) {
                found.push(token);
            }
        }
        if let Some(wanted) = self.wanted.as_ref().filter(|_| !self.kinds.is_empty()) {
            let folded = Folded::of(text);
            for one in wanted.find_overlapping_iter(&folded.text) {
                let kind = self.kinds.get(one.pattern().as_usize());
                if kind.is_some_and(|kind| kind.may_stand(&folded.text, one.range())) {
                    found.push(folded.place(one.range()));
                }
            }
        }
        joined(found)
    }
}

impl Kind {
    /// Whether a pattern stands by itself at a place, and is not a part of something longer.
    fn may_stand(self, text: &str, range: Range<usize>) -> bool {
        let before = text.get(..range.start).and_then(|before| before.chars().next_back());
        let mut behind = text.get(range.end..).unwrap_or_default().chars();
        let next = behind.next();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match self {
            Self::Sentence => true,
            Self::Name => !is_letter(before) && !is_letter(next),
            Self::Address => {
                let goes_on = match next {
                    Some('.') => is_letter(behind.next()),
                    Some('-') => true,
                    other => is_letter(other),
                };
                !is_letter(before) && !before.is_some_and(|c| "._%+-".contains(c)) && !goes_on
            }
        }
    }
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// The addresses that are spelled in a text.
pub fn addresses_in(text: &str) -> BTreeSet<EmailAddress> {
    let tokens = text.match_indices('@').filter_map(|(at, _)| text.get(spelled_at(text, at)));
    tokens.filter_map(|token| token.parse().ok()).collect()
}

/// A name that points to one person: two words or more, without the quotation marks around it. A given
/// name alone, or an address in its place, is none.
///
/// ```
/// use inroad_language::traces::full_name;
/// assert_eq!(full_name(" \"Jana  Kühn\" ").as_deref(), Some("Jana Kühn"));
/// assert_eq!(full_name("Kühn, Jana").as_deref(), Some("Jana Kühn"));
/// assert_eq!(full_name("Jana"), None);
/// ```
pub fn full_name(name: &str) -> Option<String> {
    let bare = name.trim().trim_matches(['"', '\'']).trim();
    let turned = match bare.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
        Some(_) => return None,
        None => bare.to_owned(),
    };
    let words: Vec<&str> = turned.split_whitespace().collect();
    let letters = turned.chars().filter(|c| c.is_alphabetic()).count();
    let is_name = words.len() >= 2
        && letters >= 5
        && !turned.contains('@')
        && words.iter().all(|word| word.chars().any(char::is_alphabetic));
    is_name.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn jana() -> Traces {
        let own: BTreeSet<EmailAddress> =
            ["jana@lindner.example", "j.o'kuehn@post.example"].map(|e| e.parse().unwrap()).into();
        let known = own.clone();
        let sentence = "The walnut panels must be there before the second Tuesday of May.";
        let is_theirs = move |email: &EmailAddress| known.contains(&email.without_tag());
        Traces::new(&own, ["Jana Kühn", "Jana"], [sentence, "Thank you."], Arc::new(is_theirs))
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(jana().blank(text).unwrap_or_else(|| text.to_owned()), expected, "{text}");
    }

    #[test]
    fn what_points_to_her_is_taken_out() {
        for (text, expected) in [
            ("ask Jana@Lindner.example.", "ask [erased]."),
            ("mailto:jana+news@lindner.example?x", "mailto:[erased]?x"),
            ("J.O'Kuehn@post.example", "[erased]"),
            ("JANA\n> KÜHN wrote", "[erased] wrote"),
            ("\"Kühn, Jana\" <jana@lindner.example>", "\"[erased]\" <[erased]>"),
            (
                "> The walnut panels must be there\n> before the second Tuesday of May.\nYes.",
                "> [erased]\nYes.",
            ),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn nobody_else_is() {
        for text in [
            "ana@lindner.example, svetjana@lindner.example",
            "jana@lindner.example.org and jana@lindner.example-shop.example",
            "Jana Kühnert and Marijana Kühn",
            "Jana said: Thank you.",
            "",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn what_is_blank_stays_blank(text in "([Jj]ana|K[üÜ]hn|[@.> \n]|lindner|example|\\PC){0,40}") {
            let traces = jana();
            if let Some(blank) = traces.blank(&text) {
                prop_assert!(!traces.is_in(&blank), "{blank:?}");
            }
        }

        #[test]
        fn what_names_nobody_stays_as_it_is(text in "[a-z \n.]{0,80}") {
            prop_assert_eq!(jana().blank(&text), None);
        }
    }
}
