//! Captions to turns: who speaks in each, and which belong together.
//!
//! Must not: read times or find names.

use inroad_model::{Issue, Piece, Turn};

use super::cue_text::{self, Run};
use super::names::{self, Names};
use super::{Cue, PAUSE_MS};
use crate::Limits;
use crate::issues::IssueList;

/// The turns of captions.
pub(super) fn of_captions(cues: &[Cue], limits: &Limits, issues: &mut IssueList) -> Vec<Turn> {
    let read: Vec<(&Cue, Vec<Run>)> =
        cues.iter().map(|cue| (cue, cue_text::runs(within(cue, limits, issues)))).collect();
    let unvoiced = || {
        let runs = read.iter().filter_map(|(_, runs)| runs.first());
        runs.filter(|run| run.voice.is_none()).map(|run| run.text.as_str())
    };
    let labels = Labels {
        names: Names::among(unvoiced().filter_map(|text| text.trim_start().lines().next())),
        above: names_stand_above(unvoiced()),
        voices: read.iter().flat_map(|(_, runs)| runs).any(|run| run.voice.is_some()),
    };
    let mut builder = Builder::default();
    let mut last_start = 0;
    let mut backwards = None;
    for (cue, runs) in &read {
        if cue.start_ms.is_some_and(|start| start < last_start) {
            backwards.get_or_insert(cue.line);
        }
        last_start = cue.start_ms.unwrap_or(last_start).max(last_start);
        builder.add_caption(cue, runs, &labels);
    }
    if let Some(line) = backwards {
        issues.add(
            Issue::new(
                "A caption begins before the one above it",
                "The order of the file was kept; pauses there are not measured",
            )
            .at_line(line),
        );
    }
    builder.turns
}

fn within<'c>(cue: &'c Cue, limits: &Limits, issues: &mut IssueList) -> &'c str {
    let end = cue.text.floor_char_boundary(limits.item_bytes);
    if end < cue.text.len() {
        issues.add(super::too_long("A caption", limits.item_bytes, cue.line));
    }
    cue.text.get(..end).unwrap_or(&cue.text)
}

/// How a file names its speakers where no voice does.
struct Labels {
    names: Names,
    /// A line of its own above the words, as older files of Teams have it.
    above: bool,
    /// Whether the file says it with voices, so that no words can be a name.
    voices: bool,
}

/// Whether nearly every caption has two lines or more, of which the first is a bare name.
fn names_stand_above<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let (mut count, mut with_one) = (0_usize, 0_usize);
    for text in texts {
        count += 1;
        let first = text.trim_start().split_once('\n').map(|(first, _)| first.trim());
        let is_name = |name: &str| {
            names::may_be_one(name) && names::looks_like_one(name) && !name.ends_with(['.', ':'])
        };
        with_one += usize::from(first.is_some_and(is_name));
    }
    count > 0 && with_one * 10 >= count * 9
}

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who<'t> {
    /// Whoever is named.
    Named(&'t str),
    /// Nobody is named: whoever spoke last goes on, unless there was a long pause.
    WhoeverSpoke,
    /// Nobody is named where others are.
    Unknown,
}

/// Puts pieces to turns.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) turns: Vec<Turn>,
    /// When the last turn ends, as far as it is read: to look at all its pieces each time would take long.
    end_ms: Option<u64>,
}

impl Builder {
    fn add_caption(&mut self, cue: &Cue, runs: &[Run], labels: &Labels) {
        let mut has_head = labels.above;
        let mut who = if labels.voices { Who::Unknown } else { Who::WhoeverSpoke };
        for (at, run) in runs.iter().enumerate() {
            let piece = piece_of(cue, run, runs.get(at + 1..).unwrap_or_default());
            let is_timed = runs.iter().any(|run| time_of(cue, run).is_some());
            if let Some(voice) = &run.voice {
                self.add(Who::Named(voice), &run.text, piece, is_timed);
                continue;
            }
            for (line, text) in (0..).zip(run.text.lines()) {
                if std::mem::take(&mut has_head) {
                    who = Who::Named(text.trim());
                    continue;
                }
                // Only what begins a line can be a name.
                let may_be_named = !labels.voices && (at == 0 || line > 0);
                let named = labels.names.split(text).filter(|_| may_be_named);
                let (name, text) = named.map_or((None, text), |(name, text)| (Some(name), text));
                who = name.map_or(who, Who::Named);
                self.add(who, text, piece, is_timed);
            }
        }
    }

    /// Adds words to the turn that goes on, or begins one.
    pub(super) fn add(&mut self, who: Who<'_>, text: &str, piece: Piece, has_word_times: bool) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return;
        }
        let silence = piece.start_ms.zip(self.end_ms);
        let is_open = silence.is_none_or(|(start, end)| start.saturating_sub(end) <= PAUSE_MS);
        let goes_on = |turn: &Turn| match who {
            Who::Named(name) => turn.speaker.as_deref() == Some(name),
            Who::WhoeverSpoke => true,
            Who::Unknown => turn.speaker.is_none(),
        };
        if let Some(turn) = self.turns.last_mut().filter(|turn| is_open && goes_on(turn)) {
            turn.text.push(' ');
            let at = turn.text.len();
            turn.text.push_str(&words);
            turn.pieces.push(Piece { at, ..piece });
            self.end_ms = self.end_ms.max(piece.end_ms);
            turn.has_word_times |= has_word_times;
            return;
        }
        self.end_ms = piece.end_ms;
        let speaker = match who {
            Who::Named(name) => Some(name.to_owned()),
            Who::WhoeverSpoke | Who::Unknown => None,
        };
        self.turns.push(Turn { speaker, text: words, pieces: vec![piece], has_word_times });
    }
}

/// The times of some words of a caption: up to the next that have times, or to its end. Times outside
/// of the caption say nothing, as the standard has it.
fn piece_of(cue: &Cue, run: &Run, later: &[Run]) -> Piece {
    let start_ms = time_of(cue, run).or(cue.start_ms);
    let until = later.iter().find_map(|run| time_of(cue, run)).or(cue.end_ms);
    let end_ms = until.filter(|end| Some(*end) >= start_ms);
    Piece { at: 0, line: cue.line, start_ms, end_ms }
}

fn time_of(cue: &Cue, run: &Run) -> Option<u64> {
    let is_within = |ms: &u64| Some(*ms) >= cue.start_ms && cue.end_ms.is_none_or(|end| *ms <= end);
    run.from_ms.filter(is_within)
}
