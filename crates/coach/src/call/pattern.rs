//! Patterns of words: what stands in [`super::phrases`], matched against the words of a sentence.
//!
//! Must not: know what a pattern means.

use std::collections::BTreeMap;

/// A word of what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In small letters, with a plain apostrophe.
    pub(super) folded: String,
    /// Where it begins, in bytes of the text.
    pub(super) at: usize,
    /// Whether a comma, a dash or the beginning stands before it.
    pub(super) after_break: bool,
    /// Whether a comma, a dash or the end stands behind it.
    pub(super) before_break: bool,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut after_break = true;
    let mut next = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let at = next;
        next += piece.len();
        let piece = piece.trim_end();
        if piece.is_empty() {
            continue;
        }
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            if let Some(last) = words.last_mut() {
                last.before_break = true;
            }
            after_break = true;
            continue;
        }
        let ends = piece.ends_with(|c: char| ",.;:!?…-–—".contains(c));
        let begins = piece.starts_with(|c: char| "…-–—".contains(c));
        let folded = bare.replace('\u{2019}', "'").to_lowercase();
        words.push(Word { folded, at, after_break: after_break || begins, before_break: ends });
        after_break = ends;
    }
    if let Some(last) = words.last_mut() {
        last.before_break = true;
    }
    words
}

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Word(String),
    Gap(usize),
    OneOf(String),
}

/// A pattern, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    steps: Vec<Step>,
    /// Whether it counts only between breaks.
    is_apart: bool,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let is_apart = text.starts_with(',');
        let steps = text.trim_matches([',', ' ']).split_whitespace().map(|word| {
            let gap = word.strip_prefix('~').and_then(|number| number.parse().ok());
            let set = word.strip_prefix('<').and_then(|set| set.strip_suffix('>'));
            match (gap, set) {
                (Some(gap), _) => Step::Gap(gap),
                (None, Some(set)) => Step::OneOf(set.to_owned()),
                (None, None) => Step::Word(word.to_owned()),
            }
        });
        Self { steps: steps.collect(), is_apart }
    }

    /// Where a match that begins at a word ends: the word behind it.
    pub(super) fn end(&self, words: &[Word], at: usize, sets: &Sets) -> Option<usize> {
        let end = follow(&self.steps, words, at, sets)?;
        let is_apart = || {
            let (first, last) = (words.get(at), words.get(end.saturating_sub(1)));
            first.is_some_and(|word| word.after_break) && last.is_some_and(|word| word.before_break)
        };
        (!self.is_apart || is_apart()).then_some(end)
    }
}

/// Phrases under the names by which patterns call them.
pub(super) type Sets = BTreeMap<String, Vec<Pattern>>;

/// Follows the steps from a word on; gaps are as short as they can be.
fn follow(steps: &[Step], words: &[Word], at: usize, sets: &Sets) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    match step {
        Step::Word(word) => {
            let is_there = words.get(at).is_some_and(|found| found.folded == *word);
            is_there.then(|| follow(rest, words, at + 1, sets)).flatten()
        }
        Step::Gap(most) => (at..=at + most).find_map(|at| follow(rest, words, at, sets)),
        Step::OneOf(set) => sets.get(set)?.iter().find_map(|phrase| {
            // Phrases of a set name no sets, so this ends.
            let end = follow(&phrase.steps, words, at, &Sets::new())?;
            follow(rest, words, end, sets)
        }),
    }
}

/// The first match of any pattern among some words: where it begins and ends.
pub(super) fn first(patterns: &[Pattern], words: &[Word], sets: &Sets) -> Option<(usize, usize)> {
    (0..words.len()).find_map(|at| {
        patterns.iter().find_map(|pattern| Some((at, pattern.end(words, at, sets)?)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, text: &str, expected: Option<(usize, usize)>) {
        let sets = Sets::from([(
            "do".to_owned(),
            vec![Pattern::new("get ~2 back"), Pattern::new("send")],
        )]);
        let found = first(&[Pattern::new(pattern)], &words(text), &sets);
        assert_eq!(found, expected, "{pattern}: {text}");
    }

    #[test]
    fn words_gaps_and_sets() {
        check("i'll ~3 <do>", "Then I\u{2019}ll, um, send it", Some((1, 4)));
        check("i'll ~3 <do>", "I'll get right back", Some((0, 4)));
        check("i'll ~1 <do>", "I'll do so and send it", None);
        check("next step", "The next step is", Some((1, 3)));
        check("<none>", "x", None);
    }

    #[test]
    fn words_have_places() {
        let text = "So \u{2014}  we\u{2019}ll  see.";
        let found = words(text);
        let at: Vec<_> = found.iter().filter_map(|word| text.get(word.at..word.at + 2)).collect();
        assert_eq!(at, ["So", "we", "se"]);
    }

    #[test]
    fn some_count_only_between_breaks() {
        check(", like,", "It is, like, hard", Some((2, 3)));
        check(", like,", "I like it", None);
        check(", so,", "So... we", Some((0, 1)));
    }
}
