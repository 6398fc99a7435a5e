//! A phrase with choices and gaps, matched word by word.
//!
//! A line such as `{call|ring} {me |us |}{back|again} * monday` means thousands of phrases. Written
//! out they would cost a quarter of a second and 60 MB at every start; so a line stays a short list
//! of places, each with its choices, and a word is a number.
//!
//! Must not: know what a phrase means.

use std::collections::BTreeMap;

use crate::text::fold_phrase;
use crate::word_table::WordTable;

/// The words that `*` may stand for.
const GAP_WORDS_MAX: usize = 6;

/// The words of all phrases, numbered.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: BTreeMap<String, u32>,
}

impl Words {
    fn add(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// The number of each folded word.
    pub(super) fn into_table(self) -> WordTable<u32> {
        self.numbers.into_iter().collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Word(u32),
    /// Up to so many words of any kind.
    Gap(usize),
}

/// One line of a table: places that follow one another.
#[derive(Debug)]
pub(super) struct Pattern {
    places: Vec<Place>,
    /// A bit for every word that may come second; `None` where any may, or none.
    second: Option<u128>,
}

/// The choices for one place.
#[derive(Debug)]
struct Place {
    choices: Vec<Vec<Token>>,
    /// A bit for every word that a choice may begin with: most words are refused by it at once.
    begins: u128,
    /// Whether a choice is empty or begins with a gap.
    is_open: bool,
}

impl Place {
    fn new(choices: Vec<Vec<Token>>) -> Self {
        let mut place = Self { choices, begins: 0, is_open: false };
        for choice in &place.choices {
            match choice.first() {
                Some(Token::Word(word)) => place.begins |= bit(*word),
                Some(Token::Gap(_)) | None => place.is_open = true,
            }
        }
        place
    }

    fn may_begin(&self, word: Option<u32>) -> bool {
        self.is_open || word.is_some_and(|word| self.begins & bit(word) != 0)
    }
}

fn bit(word: u32) -> u128 {
    1 << (word % 128)
}

impl Pattern {
    /// Reads a line; `words` learns its words.
    pub(super) fn read(line: &str, words: &mut Words) -> Self {
        let places: Vec<Place> = clusters(line)
            .into_iter()
            .map(|cluster| {
                let mut choices: Vec<Vec<Token>> =
                    expand(cluster).iter().map(|choice| tokens(choice, words)).collect();
                choices.dedup();
                Place::new(choices)
            })
            .collect();
        let second = second(&places);
        Self { places, second }
    }

    /// The words with which it may begin.
    pub(super) fn first_words(&self) -> Vec<u32> {
        let mut first = Vec::new();
        for place in &self.places {
            first.extend(place.choices.iter().filter_map(|choice| match choice.first() {
                Some(Token::Word(word)) => Some(*word),
                Some(Token::Gap(_)) | None => None,
            }));
            if place.choices.iter().all(|choice| !choice.is_empty()) {
                break;
            }
        }
        first.sort_unstable();
        first.dedup();
        first
    }

    /// Where the longest match ends that begins with the first word of `sentence`.
    pub(super) fn end(&self, sentence: &[Option<u32>]) -> Option<usize> {
        if let Some(bits) = self.second {
            let word = sentence.get(1).copied().flatten()?;
            if bits & bit(word) == 0 {
                return None;
            }
        }
        ends(&self.places, sentence, 0)
    }
}

/// The words that may come second, where the first place and the second always take a word.
fn second(places: &[Place]) -> Option<u128> {
    let (first, rest) = places.split_first()?;
    if first.is_open {
        return None;
    }
    let mut bits = 0;
    for choice in &first.choices {
        match choice.get(1) {
            Some(Token::Word(word)) => bits |= bit(*word),
            Some(Token::Gap(_)) => return None,
            None => bits |= rest.first().filter(|place| !place.is_open)?.begins,
        }
    }
    Some(bits)
}

fn ends(places: &[Place], sentence: &[Option<u32>], at: usize) -> Option<usize> {
    let Some((place, rest)) = places.split_first() else { return Some(at) };
    if !place.may_begin(sentence.get(at).copied().flatten()) {
        return None;
    }
    place.choices.iter().filter_map(|choice| follow(choice, rest, sentence, at)).max()
}

fn follow(choice: &[Token], rest: &[Place], sentence: &[Option<u32>], at: usize) -> Option<usize> {
    match choice.split_first() {
        None => ends(rest, sentence, at),
        Some((Token::Word(word), more)) => {
            let fits = sentence.get(at).copied().flatten() == Some(*word);
            if fits { follow(more, rest, sentence, at + 1) } else { None }
        }
        Some((Token::Gap(words_max), more)) => (at..=at + words_max)
            .take_while(|next| *next <= sentence.len())
            .find_map(|next| follow(more, rest, sentence, next)),
    }
}

/// The pieces of a line between the blanks that stand outside of braces. What stands together is
/// written out together, since its choices may share a word.
fn clusters(line: &str) -> Vec<&str> {
    let mut inside = false;
    line.split(move |c: char| {
        inside = match c {
            '{' => true,
            '}' => false,
            _ => inside,
        };
        c == ' ' && !inside
    })
    .filter(|cluster| !cluster.is_empty())
    .collect()
}

/// Writes out `{a|b}`.
fn expand(cluster: &str) -> Vec<String> {
    let (Some(open), Some(close)) = (cluster.find('{'), cluster.find('}')) else {
        return vec![cluster.to_owned()];
    };
    let before = cluster.get(..open).unwrap_or("");
    let choices = cluster.get(open + 1..close).unwrap_or("");
    let behind = expand(cluster.get(close + 1..).unwrap_or(""));
    choices
        .split('|')
        .flat_map(|choice| behind.iter().map(move |rest| format!("{before}{choice}{rest}")))
        .collect()
}

/// The words and gaps of a piece without choices; `**` is a gap of twice the length.
fn tokens(text: &str, words: &mut Words) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (n, part) in text.split('*').enumerate() {
        if n > 0 {
            match tokens.last_mut() {
                Some(Token::Gap(words_max)) => *words_max += GAP_WORDS_MAX,
                _ => tokens.push(Token::Gap(GAP_WORDS_MAX)),
            }
        }
        let folded = fold_phrase(part);
        let part_words = folded.split(' ').filter(|word| !word.is_empty());
        tokens.extend(part_words.map(|word| Token::Word(words.add(word))));
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, text: &str, expected: Option<usize>) {
        let mut words = Words::default();
        let pattern = Pattern::read(line, &mut words);
        let sentence: Vec<Option<u32>> =
            fold_phrase(text).split(' ').map(|word| words.numbers.get(word).copied()).collect();
        assert_eq!(pattern.end(&sentence), expected, "{line} / {text}");
        let begins = sentence.first().copied().flatten();
        let may_begin = begins.is_some_and(|word| pattern.first_words().contains(&word));
        assert!(expected.is_none() || may_begin, "{line} / {text}");
    }

    #[test]
    fn choices_gaps_and_words_that_may_lack() {
        check("out of {the |}office", "out of office now", Some(3));
        check("out of {the |}office", "out of the office", Some(4));
        check("out of {the |}office", "out of an office", None);
        check("{call|ring} {me |us |}{back|again}", "ring us back again", Some(3));
        check("{call|ring} {me |us |}{back|again}", "ring back", Some(2));
        check("take * off {your|the} list", "take me and all of us off the list", Some(9));
        check("take * off", "take one two three four five six seven off", None);
        check("take ** off", "take one two three four five six seven off", Some(9));
        check("I'm {away|off} {mail|}liste", "i'm off mailliste", Some(4));
        check("{now |since * |}a part", "since last May a part", Some(5));
        check("{please |}stop", "stop", Some(1));
        check("leave *", "leave", Some(1));
    }
}
