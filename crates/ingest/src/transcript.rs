//! A transcript of a call: who said what, when, from `WebVTT`, `SubRip` and plain text.
//!
//! Zoom writes `WebVTT` with `Name: text` in each caption, Teams with `<v Name>text</v>`; others write
//! lines of `Name: text`, with a clock or without, or a name and a clock with the text below. What a
//! file is, its content tells, never its name.
//!
//! Captions of one speaker are one turn until somebody else speaks, or until [`PAUSE_MS`] of silence:
//! whoever pauses so long has given the floor away, so what follows is a turn of its own.
//!
//! `WebVTT` is read by own code, which follows the algorithm of the W3C, because neither crate that reads
//! it tells what it left out. Of the 131 cases of vtt.js that come with a list of captions, `subtp`
//! 0.2.0 reads 90 as expected and refuses the whole file at the first fault. `fasrt` 0.5.0 reads 129,
//! but drops a caption whose times it cannot read without a word, and one with `-->` between no blanks
//! though that is allowed; it gives no lines. This reads the same 129 (the other two have times that
//! the standard refuses) and tells the line of each caption that was left out
//! (`tests/it/vttjs.rs`).
//!
//! Must not: judge what is said.

mod clock;
mod cue_text;
mod names;
mod plain;
mod subrip;
mod turns;
mod webvtt;

use inroad_model::{Issue, Transcript, TranscriptKind};

use crate::Limits;
use crate::encoding::decode;
use crate::issues::IssueList;

/// A silence of so many milliseconds ends a turn, though nobody else speaks.
pub const PAUSE_MS: u64 = 10_000;

/// A caption, or a line of plain text with its clock.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cue {
    line: u64,
    start_ms: Option<u64>,
    end_ms: Option<u64>,
    text: String,
}

impl Cue {
    /// A caption between two times. An end before the beginning is taken for unknown, and told.
    fn at(line: u64, (start, end): (u64, u64), text: String, issues: &mut IssueList) -> Self {
        if end < start {
            issues.add(
                Issue::new(
                    "A caption ends before it begins",
                    "Its words were read; when they end is taken for unknown",
                )
                .at_line(line),
            );
        }
        let end_ms = Some(end).filter(|end| *end >= start);
        Self { line, start_ms: Some(start), end_ms, text }
    }
}

/// Lines with their numbers, from 1.
type Lines<'t> = Vec<(u64, &'t str)>;

/// Reads a transcript. A file that is none gives no turns and an issue that says why.
///
/// ```
/// use inroad_ingest::{Limits, transcript};
/// let file = b"WEBVTT\n\n00:01.000 --> 00:03.000\nJana Lindner: Good morning.\n";
/// let transcript = transcript::read(file, &Limits::default());
/// assert_eq!(transcript.turns[0].speaker.as_deref(), Some("Jana Lindner"));
/// assert_eq!(transcript.turns[0].text, "Good morning.");
/// ```
pub fn read(bytes: &[u8], limits: &Limits) -> Transcript {
    let kept = bytes.get(..limits.transcript_bytes).unwrap_or(bytes);
    let decoded = decode(kept);
    let mut issues = IssueList::new(decoded.issues, limits);
    if kept.len() < bytes.len() {
        issues.add_to_all(
            Issue::new(
                format!("The file is longer than {} bytes", limits.transcript_bytes),
                "The rest was not read; split it",
            )
            .at_byte(limits.transcript_bytes as u64),
        );
    }
    let text = decoded.text.trim_start_matches('\u{feff}');
    let (kind, turns) = if webvtt::is_one(text) {
        let cues = webvtt::cues(text, limits.items, &mut issues);
        (TranscriptKind::WebVtt, turns::of_captions(&cues, limits, &mut issues))
    } else if subrip::is_one(text) {
        let cues = subrip::cues(text, limits.items, &mut issues);
        (TranscriptKind::Srt, turns::of_captions(&cues, limits, &mut issues))
    } else {
        (TranscriptKind::PlainText, plain::turns(text, limits, &mut issues))
    };
    if turns.is_empty() {
        issues.add_to_all(Issue::new(
            "Nothing in the file is a turn of a call",
            "Give a transcript as WebVTT or SRT, or as lines of 'Name: text'",
        ));
    }
    Transcript { kind, turns, issues: issues.finish("places") }
}

/// The lines of a text, whatever ends them: LF, CRLF or CR.
fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let whole = text.split('\n').flat_map(|line| {
        // Within a file of CR LF a line ends in one CR, which is no line of its own.
        line.strip_suffix('\r').unwrap_or(line).split('\r')
    });
    (1..).zip(whole)
}

/// The words of some lines, as they stand.
fn joined(lines: &[(u64, &str)]) -> String {
    lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
}

fn left_out(what: &str, line: u64) -> Issue {
    Issue::new(what, "It was left out; the rest was read").at_line(line)
}

fn times_unreadable(line: u64) -> Issue {
    left_out("The times of a caption cannot be read", line)
}

fn too_long(what: &str, bytes_max: usize, line: u64) -> Issue {
    Issue::new(format!("{what} is longer than {bytes_max} bytes"), "The rest of it was left out")
        .at_line(line)
}

fn tell_of_too_many(what: &str, max: usize, line: u64, issues: &mut IssueList) {
    issues.add_to_all(
        Issue::new(
            format!("The file has more than {max} {what}"),
            "The rest was not read; split it",
        )
        .at_line(line),
    );
}
