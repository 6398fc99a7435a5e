//! Plain text: `Name: text`, with a clock before or behind the name, or a name and a clock with the
//! text below, as Teams writes documents.
//!
//! Must not: guess who speaks where no line says it.

use inroad_model::{Issue, Piece, Turn};

use super::clock;
use super::names::{self, Names};
use super::turns::{Builder, Who};
use crate::Limits;
use crate::issues::IssueList;

/// Fewer turns with a name than these make no transcript of a text.
const TURNS_MIN: usize = 2;

/// A clock stands so many bytes behind the beginning of a name at most.
const CLOCK_AT_MAX: usize = 200;

/// The turns of a text; none if hardly a line says who speaks.
pub(super) fn turns(text: &str, limits: &Limits, issues: &mut IssueList) -> Vec<Turn> {
    if text.contains('\0') {
        return Vec::new();
    }
    let lines: Vec<(u64, Line<'_>)> =
        super::lines(text).map(|(number, line)| (number, Line::of(line))).collect();
    let speech = lines.iter().filter(|(_, line)| !line.is_chat);
    let names = Names::among(speech.map(|(_, line)| line.behind_clock));
    let (mut chat, mut head) = (Skipped::default(), Skipped::default());
    let mut builder = Builder::default();
    let mut current = None;
    for (number, line) in &lines {
        if line.is_chat {
            chat.add(*number);
            continue;
        }
        if builder.turns.len() >= limits.items {
            super::tell_of_too_many("turns", limits.items, *number, issues);
            break;
        }
        let said = line.said(&names);
        if let Some((name, _)) = said {
            current = Some((name, line));
        }
        let Some((name, with_name)) = current else {
            head.add_unless_blank(*number, line);
            continue;
        };
        let words = said.map_or(line.whole, |(_, words)| words);
        let end = words.floor_char_boundary(limits.item_bytes);
        if end < words.len() {
            issues.add(super::too_long("A line", limits.item_bytes, *number));
        }
        // Words below a name have no times but those of the name.
        let end_ms = with_name.end_ms.filter(|_| said.is_some());
        let piece = Piece { at: 0, line: *number, start_ms: with_name.start_ms, end_ms };
        builder.add(Who::Named(name), words.get(..end).unwrap_or(words), piece, false);
    }
    chat.tell("of a chat", "Left out, for they were written, not said", issues);
    if builder.turns.len() < TURNS_MIN {
        return Vec::new();
    }
    head.tell("before the first name", "Left out; give them a name to have them read", issues);
    builder.turns
}

/// Lines that are left out for one reason, told at once.
#[derive(Debug, Default)]
struct Skipped {
    first: Option<u64>,
    count: usize,
}

impl Skipped {
    fn add(&mut self, line: u64) {
        self.first.get_or_insert(line);
        self.count += 1;
    }

    fn add_unless_blank(&mut self, number: u64, line: &Line<'_>) {
        if !line.whole.trim().is_empty() {
            self.add(number);
        }
    }

    fn tell(&self, what: &str, way_out: &str, issues: &mut IssueList) {
        let lines = if self.count == 1 { "line" } else { "lines" };
        if let Some(first) = self.first {
            let what = format!("{} {lines} {what}", self.count);
            issues.add(Issue::new(what, way_out).at_line(first));
        }
    }
}

/// A line, taken apart.
#[derive(Debug)]
struct Line<'t> {
    whole: &'t str,
    /// What stands behind a clock at its head; all of it where there is none.
    behind_clock: &'t str,
    /// The name before a clock, and the words behind it.
    before_clock: Option<(&'t str, &'t str)>,
    start_ms: Option<u64>,
    end_ms: Option<u64>,
    is_chat: bool,
}

impl<'t> Line<'t> {
    fn of(whole: &'t str) -> Self {
        let line = whole.trim();
        let mut found = Self {
            whole,
            behind_clock: line,
            before_clock: None,
            start_ms: None,
            end_ms: None,
            is_chat: is_chat(line),
        };
        if let Some((times, rest)) = clock(line) {
            (found.start_ms, found.end_ms) = times;
            found.is_chat = is_chat(rest) || rest.starts_with('\t') && rest.contains(":\t");
            found.behind_clock = rest.trim_start_matches([' ', '\t', '-', '–', '|']);
        } else if let Some((name, times, words)) = name_before_clock(line) {
            (found.start_ms, found.end_ms) = times;
            found.before_clock = Some((name, words));
        }
        found
    }

    /// Who says what; the words are empty where they stand below.
    fn said(&self, names: &Names) -> Option<(&'t str, &'t str)> {
        self.before_clock.or_else(|| names.split(self.behind_clock))
    }
}

type Times = (Option<u64>, Option<u64>);

/// A clock at the head of a text, bare or in brackets: `0:03`, `[00:01:02]`, `(0:03)`,
/// `[00:01.000 --> 00:02.500]`.
fn clock(text: &str) -> Option<(Times, &str)> {
    let inside = text.trim_start_matches(['[', '(']);
    let (start, rest) = clock::lenient(inside)?;
    if inside.len() == text.len() {
        let is_whole = rest.is_empty() || rest.starts_with([' ', '\t', ':']);
        return is_whole.then_some(((Some(start), None), rest));
    }
    let until = rest.trim_start_matches([' ', '-', '–', '>']);
    let end = clock::lenient(until).filter(|(end, _)| until.len() < rest.len() && *end >= start);
    let (end, rest) = end.map_or((None, rest), |(end, rest)| (Some(end), rest));
    Some(((Some(start), end), rest.strip_prefix([']', ')'])?))
}

/// `Jana Lindner   0:03` with the text below, or `Jana Lindner (0:03): text`.
fn name_before_clock(line: &str) -> Option<(&str, Times, &str)> {
    let is_apart = |before: &str, rest: &str| {
        rest.starts_with(['[', '(']) || before.ends_with("  ") || before.ends_with(['\t', '\u{a0}'])
    };
    let may_begin = |c: char| c.is_ascii_digit() || c == '[' || c == '(';
    for (at, _) in line.match_indices(may_begin).take_while(|(at, _)| *at <= CLOCK_AT_MAX) {
        let Some((before, rest)) = line.split_at_checked(at) else { continue };
        let name = before.trim_end_matches([' ', '\t', '\u{a0}', ',', '|', '-', '–']).trim();
        if !is_apart(before, rest) || !names::may_be_one(name) || !names::looks_like_one(name) {
            continue;
        }
        let Some((times, rest)) = clock(rest) else { continue };
        let words = rest.strip_prefix(':').or(rest.trim().is_empty().then_some(""));
        if let Some(words) = words {
            return Some((name, times, words.trim()));
        }
    }
    None
}

/// `From Jana to Everyone: …`, as meetings keep what was typed beside the talk.
fn is_chat(text: &str) -> bool {
    let heading = text.trim_start().strip_prefix("From ").and_then(|rest| rest.split_once(':'));
    let names = heading.and_then(|(names, _)| names.split_once(" to "));
    names.is_some_and(|(from, to)| !from.trim().is_empty() && !to.trim().is_empty())
}
