//! Words that make a number the least or the most: `at least 50`, `no more than 50`, `50 or more`.

/// Which end of a span a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// The least.
    Least,
    /// The most.
    Most,
}

/// Phrases directly before a number, folded, in English and German.
const BEFORE: [(&str, Limit); 36] = [
    ("over", Limit::Least),
    ("above", Limit::Least),
    ("beyond", Limit::Least),
    ("exceeding", Limit::Least),
    ("more than", Limit::Least),
    ("greater than", Limit::Least),
    ("larger than", Limit::Least),
    ("at least", Limit::Least),
    ("minimum", Limit::Least),
    ("minimum of", Limit::Least),
    ("min", Limit::Least),
    ("upwards of", Limit::Least),
    ("mindestens", Limit::Least),
    ("wenigstens", Limit::Least),
    ("mehr als", Limit::Least),
    ("uber", Limit::Least),
    ("ab", Limit::Least),
    (">", Limit::Least),
    ("under", Limit::Most),
    ("below", Limit::Most),
    ("less than", Limit::Most),
    ("fewer than", Limit::Most),
    ("smaller than", Limit::Most),
    ("at most", Limit::Most),
    ("up to", Limit::Most),
    ("maximum", Limit::Most),
    ("maximum of", Limit::Most),
    ("max", Limit::Most),
    ("hochstens", Limit::Most),
    ("maximal", Limit::Most),
    ("weniger als", Limit::Most),
    ("unter", Limit::Most),
    ("bis", Limit::Most),
    ("bis zu", Limit::Most),
    ("<", Limit::Most),
    ("as many as", Limit::Most),
];
/// Phrases directly behind a number or what it counts.
const BEHIND: [(&str, Limit); 13] = [
    ("+", Limit::Least),
    ("plus", Limit::Least),
    ("or more", Limit::Least),
    ("and more", Limit::Least),
    ("or above", Limit::Least),
    ("and above", Limit::Least),
    ("or over", Limit::Least),
    ("oder mehr", Limit::Least),
    ("und mehr", Limit::Least),
    ("or less", Limit::Most),
    ("or fewer", Limit::Most),
    ("or below", Limit::Most),
    ("oder weniger", Limit::Most),
];
/// Words that turn a limit round: `not more than`.
const TURNS: [&str; 5] = ["no", "not", "never", "nicht", "kein"];
/// The longest phrase, in words.
const WORDS_MAX: usize = 3;

/// What the words before a number, the nearest first, and those behind it make of it.
pub(super) fn limit(before: &[&str], behind: &[&str]) -> Option<Limit> {
    let phrase = |words: usize| -> Option<String> {
        let mut words: Vec<&str> = before.get(..words)?.to_vec();
        words.reverse();
        Some(words.join(" "))
    };
    for words in (1..=WORDS_MAX).rev() {
        let Some(phrase) = phrase(words) else { continue };
        let Some((_, limit)) = BEFORE.iter().find(|(before, _)| *before == phrase) else {
            continue;
        };
        let is_turned = before.get(words).is_some_and(|word| TURNS.contains(word));
        return Some(if is_turned { limit.turned() } else { *limit });
    }
    let behind = behind.iter().take(2).copied().collect::<Vec<&str>>();
    let both = behind.join(" ");
    let phrases = [behind.first().copied().unwrap_or_default(), &both];
    BEHIND.iter().find(|(behind, _)| phrases.contains(behind)).map(|(_, limit)| *limit)
}

impl Limit {
    fn turned(self) -> Self {
        match self {
            Self::Least => Self::Most,
            Self::Most => Self::Least,
        }
    }
}
