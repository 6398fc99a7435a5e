//! `WebVTT`: the blocks of a file, after the parser algorithm of the W3C (section 6.1), with the line of
//! each.
//!
//! Where the algorithm drops a caption without a word, an issue tells which and why.
//! Must not: read the text of a caption.

use super::{Cue, Lines, clock};
use crate::issues::IssueList;

/// Whether a file says that it is `WebVTT`.
pub(super) fn is_one(text: &str) -> bool {
    let rest = text.strip_prefix("WEBVTT");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// The captions of a file, in their order.
pub(super) fn cues(text: &str, cues_max: usize, issues: &mut IssueList) -> Vec<Cue> {
    let lines: Lines<'_> = super::lines(text).collect();
    // The header goes on to a blank line, or to the first caption where that was forgotten.
    let is_past_header = |(_, line): &(u64, &str)| line.is_empty() || line.contains("-->");
    let mut at = lines.iter().position(is_past_header).unwrap_or(lines.len());
    let mut cues = Vec::new();
    while let Some((number, line)) = lines.get(at) {
        if line.is_empty() {
            at += 1;
            continue;
        }
        if cues.len() >= cues_max {
            super::tell_of_too_many("captions", cues_max, *number, issues);
            break;
        }
        let block = Block::at(&lines, at);
        at = block.next;
        cues.extend(block.cue(&lines, issues));
    }
    cues
}

/// A block: the line with its times, if it has one, and where the next block begins.
struct Block {
    first: usize,
    arrow: Option<usize>,
    next: usize,
}

impl Block {
    fn at(lines: &[(u64, &str)], first: usize) -> Self {
        let mut arrow = None;
        let mut next = first;
        while let Some((_, line)) = lines.get(next).filter(|(_, line)| !line.is_empty()) {
            if line.contains("-->") {
                // Times stand in the first line or, behind a name, in the second. Others begin a block.
                if arrow.is_some() || next > first + 1 {
                    break;
                }
                arrow = Some(next);
            }
            next += 1;
        }
        Self { first, arrow, next }
    }

    fn cue(&self, lines: &[(u64, &str)], issues: &mut IssueList) -> Option<Cue> {
        let Some(arrow) = self.arrow else {
            let (line, head) = lines.get(self.first)?;
            if !is_about_the_file(head) {
                issues.add(super::left_out("A block has no times", *line));
            }
            return None;
        };
        let (line, timing) = lines.get(arrow)?;
        let Some(times) = times(timing) else {
            issues.add(super::times_unreadable(*line));
            return None;
        };
        let body = lines.get(arrow + 1..self.next).unwrap_or_default();
        Some(Cue::at(*line, times, super::joined(body), issues))
    }
}

/// Whether a block without times says something else than words: a comment, a style, a region.
fn is_about_the_file(head: &str) -> bool {
    let is_bare = |name: &str| head.strip_prefix(name).is_some_and(|rest| rest.trim().is_empty());
    let is_comment = head
        .strip_prefix("NOTE")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    is_comment || is_bare("STYLE") || is_bare("REGION")
}

/// `00:01.000 --> 00:02.000`, with settings behind it that only a player needs.
fn times(line: &str) -> Option<(u64, u64)> {
    const BLANKS: [char; 3] = [' ', '\t', '\u{c}'];
    let (start, rest) = clock::strict(line.trim_start_matches(BLANKS))?;
    let rest = rest.trim_start_matches(BLANKS).strip_prefix("-->")?;
    let (end, _settings) = clock::strict(rest.trim_start_matches(BLANKS))?;
    Some((start, end))
}
