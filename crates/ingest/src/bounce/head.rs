//! What a report says in words, above the mail that it gives back: line by line, with addresses,
//! codes and phrases found.
//!
//! Must not: look at the mail that was sent; its addresses and words are its writer's.

use super::address::{self, Found};
use super::code::Codes;
use super::original;
use super::phrases::{CONTACT, COPY, DELAY, FAILURE, Phrases, REFUSAL};
use crate::folding::folded;

/// One line with what stands in it.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) lower: String,
    pub(super) addresses: Vec<Found>,
    pub(super) codes: Codes,
    /// Words that say that a mail did not arrive, or why.
    pub(super) fails: bool,
    /// Somebody to turn to.
    pub(super) contact: bool,
    /// Part of a summary of the mail: "To: …, Subject: …".
    pub(super) summary: bool,
}

/// The words of a report.
#[derive(Debug)]
pub(super) struct Head<'t> {
    pub(super) lines: Vec<Line<'t>>,
    /// The line in which it is first said that something did not arrive.
    pub(super) first_failure: Option<usize>,
    /// It says that delivery will be tried again.
    pub(super) delayed: bool,
    /// The mail follows below.
    pub(super) has_copy: bool,
}

/// Bytes and lines of a text that are looked at.
const TEXT_BYTES_MAX: usize = 64 << 10;
const LINES_MAX: usize = 1_000;
/// Longest line that is searched for addresses and codes.
const LINE_BYTES_MAX: usize = 4 << 10;
/// How much of a subject is the report's own.
const SUBJECT_BYTES: usize = 50;
/// Longest line that announces the mail below.
const RULE_BYTES_MAX: usize = 120;

impl<'t> Head<'t> {
    pub(super) fn read(subject: &str, text: &'t str) -> Self {
        let text = text.get(..text.floor_char_boundary(TEXT_BYTES_MAX)).unwrap_or(text);
        let header = original::quoted(text);
        let mut lines: Vec<Line<'t>> = Vec::new();
        let mut has_copy = false;
        for (idx, text) in text.lines().take(LINES_MAX).enumerate() {
            let at_header = header.as_ref().is_some_and(|h| h.is_whole && h.lines.start == idx);
            if at_header || says_something(&lines) && announces_copy(text) {
                has_copy = true;
                break;
            }
            let summary = header.as_ref().is_some_and(|h| h.lines.contains(&idx));
            lines.push(Line::read(text, summary));
        }
        // Behind its first words stands the subject of the mail.
        let subject = subject.get(..subject.floor_char_boundary(SUBJECT_BYTES)).unwrap_or_default();
        let delayed = DELAY.stand_in(&folded(subject));
        let mut head = Self { lines, first_failure: None, delayed, has_copy };
        head.mark();
        head
    }

    /// Finds the phrases, which may go on in the next line.
    fn mark(&mut self) {
        let mut whole = String::new();
        let mut starts = Vec::new();
        for line in &self.lines {
            starts.push(whole.len());
            whole.push_str(&line.lower);
            whole.push(' ');
        }
        let line_at = |place: usize| starts.partition_point(|start| *start <= place) - 1;
        let mut failing = Vec::new();
        for phrases in [&*FAILURE, &*REFUSAL, &*DELAY] {
            failing
                .extend(phrases.places(&whole).map(|(from, to)| (line_at(from), line_at(to - 1))));
        }
        self.first_failure = FAILURE.places(&whole).next().map(|(_, to)| line_at(to - 1));
        self.delayed |= DELAY.stand_in(&whole);
        for (first, last) in failing {
            for line in self.lines.get_mut(first..=last).unwrap_or_default() {
                line.fails = true;
            }
        }
    }

    /// Whether it says anywhere that something did not arrive.
    pub(super) fn fails(&self) -> bool {
        self.first_failure.is_some() || self.delayed
    }

    /// Whether a reason is given why it did not arrive.
    pub(super) fn refuses(&self) -> bool {
        self.lines.iter().any(|line| line.fails && !line.summary)
    }

    /// Whether a server's code stands in it.
    pub(super) fn has_code(&self) -> bool {
        self.lines.iter().any(|line| line.codes.any())
    }

    /// Whether a line of it, or the one above or below that says something, tells of a failure.
    pub(super) fn fails_near(&self, idx: usize) -> bool {
        const GAP_LINES_MAX: usize = 3;
        let says = |line: &&Line<'_>| !line.lower.is_empty();
        let (above, rest) = self.lines.split_at(idx.min(self.lines.len()));
        let above = above.iter().rev().take(GAP_LINES_MAX).find(says);
        let below = rest.iter().skip(1).take(GAP_LINES_MAX).find(says);
        let near = [above, rest.first(), below];
        near.into_iter().flatten().any(|line| line.fails || line.codes.any())
    }

    /// The lines as one text.
    pub(super) fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text).collect();
        lines.join("\n")
    }
}

impl<'t> Line<'t> {
    fn read(text: &'t str, summary: bool) -> Self {
        let text = text.get(..text.floor_char_boundary(LINE_BYTES_MAX)).unwrap_or(text);
        let lower = folded(text);
        Self {
            addresses: address::in_line(text),
            codes: Codes::of(text),
            fails: false,
            contact: CONTACT.stand_in(&lower),
            lower,
            text,
            summary,
        }
    }
}

fn says_something(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| !line.lower.is_empty())
}

/// Whether a line says that the mail follows: a rule with such words in it, or such words alone
/// that end as an announcement does.
fn announces_copy(text: &str) -> bool {
    let trimmed = text.trim().trim_matches('|').trim();
    if trimmed.len() > RULE_BYTES_MAX || trimmed.is_empty() {
        return false;
    }
    let is_rule = trimmed.starts_with("--")
        || trimmed.starts_with("==")
        || trimmed.starts_with("**")
        || trimmed.starts_with("__");
    let lower = folded(trimmed);
    let announces = trimmed.ends_with([':', '：'])
        || trimmed.ends_with('.') && ["follow", "copy of"].iter().any(|w| lower.contains(w));
    if !is_rule && !announces {
        return false;
    }
    // "The original message was received at …" tells of it, and of much more below.
    let tells = [" was ", " could ", " has ", " not ", " from ", "address", "recipient"]
        .iter()
        .any(|w| lower.contains(w));
    COPY.stand_in(&lower) && !tells
}

/// Whether phrases stand in a text in any case.
pub(super) fn stand_in(phrases: &Phrases, text: &str) -> bool {
    phrases.stand_in(&folded(text))
}
