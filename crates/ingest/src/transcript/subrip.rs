//! `SubRip` files, which no standard describes: numbers, times with a comma or a point, with hours or
//! without, and words up to the next times.
//!
//! Must not: read the text of a caption.

use super::{Cue, Lines, clock};
use crate::issues::IssueList;

/// Lines of a file that are looked at for times.
const LINES_LOOKED_AT: usize = 200;

/// Whether times as captions have them stand near the top.
pub(super) fn is_one(text: &str) -> bool {
    super::lines(text).take(LINES_LOOKED_AT).any(|(_, line)| times(line).is_some())
}

/// The captions of a file, in their order.
pub(super) fn cues(text: &str, cues_max: usize, issues: &mut IssueList) -> Vec<Cue> {
    let lines: Lines<'_> = super::lines(text).collect();
    let is_timing = |at: usize| lines.get(at).is_some_and(|(_, line)| line.contains("-->"));
    let mut cues: Vec<Cue> = Vec::new();
    let mut takes_words = false;
    let (mut seen_times, mut told_of_head) = (false, false);
    for (at, (line, text)) in lines.iter().enumerate() {
        let number_only = !text.is_empty() && text.trim().chars().all(|c| c.is_ascii_digit());
        if is_timing(at) {
            if cues.len() >= cues_max {
                super::tell_of_too_many("captions", cues_max, *line, issues);
                break;
            }
            let times = times(text);
            (takes_words, seen_times) = (times.is_some(), true);
            match times {
                Some(times) => cues.push(Cue::at(*line, times, String::new(), issues)),
                None => issues.add(super::times_unreadable(*line)),
            }
        } else if text.trim().is_empty() || (number_only && is_timing(at + 1)) {
            // The number of the next caption, or nothing.
        } else if let Some(cue) = cues.last_mut().filter(|_| takes_words) {
            if !cue.text.is_empty() {
                cue.text.push('\n');
            }
            cue.text.push_str(&without_place(text));
        } else if !seen_times && !told_of_head {
            told_of_head = true;
            issues.add(super::left_out("Words stand before the first times", *line));
        }
    }
    cues
}

/// `00:00:01,000 --> 00:00:02,000`, with places of a player behind it.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = clock::lenient(line.trim_start())?;
    let rest = rest.trim_start().strip_prefix("-->")?;
    let (end, _) = clock::lenient(rest.trim_start())?;
    Some((start, end))
}

/// Without `{\an8}`, by which players place words on a picture.
fn without_place(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{\\") {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}
