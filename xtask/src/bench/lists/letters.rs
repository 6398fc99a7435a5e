//! Makes short letters between one seller and many people: the same for the same people.
//!
//! Most people wrote a few times and a few wrote often, as in any mailbox; answers follow after hours or
//! days, and some never come.

use inroad_stats::Random;
use jiff::Span;
use jiff::civil::{DateTime, date};

/// Whose mailbox it is.
pub(in super::super) const ME: &str = "test@seller.example";

const WORDS: [&str; 8] = [
    "Thank you for the call. I will send the outline on Thursday.",
    "Could you tell me what the first phase would cost?",
    "We are still looking at the invoice process and come back to you.",
    "Please find the summary of our meeting below.",
    "I have asked my colleague in purchasing, she answers next week.",
    "The confirmation came today, so we can plan the workshop.",
    "We need a little more time; the budget round is in November.",
    "Here is the example that you asked for.",
];
/// How many seconds of the clock lie between two letters of the whole mailbox, on the average.
const STEP_SECONDS: i64 = 60;

/// Letters as a mailbox holds them, one after the other in time.
pub(super) struct Letters<'a> {
    people: &'a [String],
    random: Random,
    /// How many were written, and how many there will be.
    at: usize,
    count: usize,
}

impl<'a> Letters<'a> {
    /// So many letters, dated up to the beginning of November 2026.
    pub(super) fn between(people: &'a [String], count: usize) -> Self {
        Self { people, random: Random::new(11), at: 0, count }
    }

    fn when(&self) -> DateTime {
        let back = i64::try_from(self.count - self.at).unwrap_or(0) * STEP_SECONDS;
        date(2026, 11, 1).at(8, 0, 0, 0).saturating_sub(Span::new().seconds(back))
    }
}

impl Iterator for Letters<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        if self.at == self.count || self.people.is_empty() {
            return None;
        }
        self.at += 1;
        // One before another that was chosen by chance: those at the beginning of the list write most.
        let count = self.people.len() as u64;
        let until = self.random.below(count) + 1;
        let who = self.random.below(until);
        let them = self.people.get(usize::try_from(who).ok()?)?;
        let is_ours = self.random.unit() < 0.55;
        let (from, to) = if is_ours { (ME, them.as_str()) } else { (them.as_str(), ME) };
        let words = self.random.below(WORDS.len() as u64);
        let words = WORDS.get(usize::try_from(words).ok()?)?;
        let (number, at) = (self.at, self.when());
        let day = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
        let envelope = at.strftime("%a %b %e %H:%M:%S %Y");
        Some(format!(
            "From {from} {envelope}\nFrom: {from}\nTo: {to}\nDate: {day}\n\
             Message-ID: <l{number}@seller.example>\nSubject: Project {who}\n\nHello,\n\n{words}\n\n"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_letters_each_time() {
        let people = ["a@x.example".to_owned(), "b@y.example".to_owned()];
        let letters: Vec<String> = Letters::between(&people, 50).collect();
        assert_eq!(letters.len(), 50);
        assert_eq!(letters, Letters::between(&people, 50).collect::<Vec<_>>());
        assert!(letters.iter().any(|letter| letter.contains("\nFrom: test@seller.example\n")));
        assert!(letters.iter().any(|letter| letter.contains("\nFrom: a@x.example\n")));
        assert!(letters.last().is_some_and(|letter| letter.contains("1 Nov 2026")));
    }
}
