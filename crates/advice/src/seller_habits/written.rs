//! What is seen in one's own letters and calls, from numbers that were taken of each of them.

use inroad_model::{CallTalk, Moment};
use jiff::ToSpan;
use jiff::civil::Date;

use super::measure::{Measure, Seen, Told};

/// Letters of so many days up to the moment are counted.
pub const LETTERS_DAYS: i32 = 182;
/// Calls of so many.
const CALLS_DAYS: i32 = 365;
/// Shorter letters ask nothing of anybody: "Thanks!".
const WORDS_MIN: usize = 10;

/// The numbers of an own letter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WrittenLetter {
    /// When it was written.
    pub at: Moment,
    /// How many words.
    pub words: usize,
    /// How many open questions.
    pub open: usize,
    /// How many other questions.
    pub other: usize,
    /// Whether it asks for something to be done; `None` where nobody can tell.
    pub next_step: Option<bool>,
}

impl WrittenLetter {
    /// What it adds to a measure of letters; `None` if it is no case of it.
    pub(super) fn case(&self, measure: Measure) -> Option<Case> {
        let is_whole = self.words >= WORDS_MIN;
        match measure {
            Measure::OpenQuestions => {
                (self.open + self.other > 0).then_some(Case::Did(self.open > 0))
            }
            Measure::NextSteps => self.next_step.filter(|_| is_whole).map(Case::Did),
            Measure::LetterWords => is_whole.then_some(Case::Number(self.words as f64)),
            _ => None,
        }
    }
}

/// What a call adds to a measure of calls.
pub(super) fn case_of_call(talk: &CallTalk, measure: Measure) -> Option<Case> {
    match measure {
        Measure::TalkShare => Some(Case::Number(talk.ours)),
        Measure::OthersTalk => Some(Case::Did(talk.ours < 0.5)),
        _ => None,
    }
}

/// One case of a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Case {
    /// Of a share.
    Did(bool),
    /// Of a middle.
    Number(f64),
}

/// What may be said of some cases of one measure.
pub(super) fn told(cases: &[Case]) -> Told {
    let numbers: Vec<f64> = cases
        .iter()
        .filter_map(|case| match case {
            Case::Number(number) => Some(*number),
            Case::Did(_) => None,
        })
        .collect();
    if numbers.is_empty() {
        let did = cases.iter().filter(|case| **case == Case::Did(true)).count();
        return Told::share(did, cases.len());
    }
    Told::middle(&numbers)
}

/// The first day of so many up to one.
pub(super) fn since(today: Date, days: i32) -> Date {
    today.checked_sub(days.days()).unwrap_or(Date::MIN)
}

/// What letters and calls show at a moment.
pub fn seen(letters: &[WrittenLetter], calls: &[CallTalk], as_of: Moment) -> Vec<Seen> {
    let today = as_of.date();
    let (of_letters, of_calls) = (since(today, LETTERS_DAYS), since(today, CALLS_DAYS));
    let is_counted = |letter: &&WrittenLetter| {
        letter.at.timestamp() <= as_of.timestamp() && letter.at.date() > of_letters
    };
    let letters: Vec<&WrittenLetter> = letters.iter().filter(is_counted).collect();
    let calls: Vec<&CallTalk> =
        calls.iter().filter(|talk| talk.day > of_calls && talk.day <= today).collect();
    let of_letter = |measure| {
        let cases: Vec<Case> = letters.iter().filter_map(|letter| letter.case(measure)).collect();
        Seen { measure, told: told(&cases) }
    };
    let of_call = |measure| {
        let cases: Vec<Case> =
            calls.iter().filter_map(|talk| case_of_call(talk, measure)).collect();
        Seen { measure, told: told(&cases) }
    };
    vec![
        of_letter(Measure::OpenQuestions),
        of_letter(Measure::NextSteps),
        of_letter(Measure::LetterWords),
        of_call(Measure::TalkShare),
        of_call(Measure::OthersTalk),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn letter(words: usize, open: usize, other: usize, next_step: bool) -> WrittenLetter {
        let at = "2026-03-02T09:00:00Z".parse().unwrap();
        WrittenLetter { at, words, open, other, next_step: Some(next_step) }
    }

    fn check(letters: &[WrittenLetter], calls: &[CallTalk], measure: Measure, expected: Told) {
        let seen = seen(letters, calls, "2026-03-10T09:00:00Z".parse().unwrap());
        let told = seen.iter().find(|seen| seen.measure == measure).unwrap().told;
        assert_eq!(told, expected, "{measure:?}");
    }

    #[test]
    fn letters_and_calls() {
        let asks = [letter(40, 1, 1, true); 9];
        let closed = [letter(40, 0, 2, false); 3];
        let thanks = [letter(2, 0, 0, false); 20];
        let letters = [&asks[..], &closed, &thanks].concat();
        check(&letters, &[], Measure::OpenQuestions, Told::share(9, 12));
        check(&letters, &[], Measure::NextSteps, Told::share(9, 12));
        check(&letters, &[], Measure::LetterWords, Told::middle(&[40.0; 12]));
        check(&[], &[], Measure::LetterWords, Told::TooFew { of: 0 });
        let talk = |day, ours| CallTalk { day, ours, open: None, other: None, next_step: false };
        let mut calls = vec![talk(date(2026, 3, 1), 0.4); 9];
        calls.push(talk(date(2026, 3, 1), 0.5));
        check(&[], &calls, Measure::OthersTalk, Told::share(9, 10));
        // What comes later, and what is long ago.
        calls.extend([talk(date(2026, 3, 11), 0.9), talk(date(2025, 3, 1), 0.9)]);
        check(&[], &calls, Measure::OthersTalk, Told::share(9, 10));
        let old = WrittenLetter { at: "2025-03-02T09:00:00Z".parse().unwrap(), ..asks[0] };
        check(&[old; 20], &[], Measure::LetterWords, Told::TooFew { of: 0 });
    }
}
