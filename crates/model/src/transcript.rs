//! A transcript of a call: who said what, when, and where it stands in the file.

use serde::{Deserialize, Serialize};

use crate::Issue;

/// How a transcript was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TranscriptKind {
    /// `WebVTT`, as Zoom, Teams, Meet and players write it.
    #[serde(rename = "webvtt")]
    WebVtt,
    /// `SubRip`: numbers, times and text.
    #[serde(rename = "srt")]
    Srt,
    /// Lines of `Name: text`, or names with the text below them.
    #[serde(rename = "plain_text")]
    PlainText,
}

impl TranscriptKind {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WebVtt => "webvtt",
            Self::Srt => "srt",
            Self::PlainText => "plain_text",
        }
    }
}

/// What a file holds of a call. What could not be read of it is told in `issues`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// How it is written.
    pub kind: TranscriptKind,
    /// The turns in the order of the file.
    pub turns: Vec<Turn>,
    /// What was left out or mended, with its line.
    pub issues: Vec<Issue>,
}

/// What one person said before somebody else spoke, or before a long pause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// The name as it stands in the file; `None` where it names nobody.
    pub speaker: Option<String>,
    /// The words, in one line.
    pub text: String,
    /// The pieces that it came in, in the order of the text; never empty in a transcript that was read.
    pub pieces: Vec<Piece>,
    /// Whether the file gives times of words, not only of lines.
    pub has_word_times: bool,
}

/// A piece of a turn: a caption, or a few words where their times are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins, in bytes of the turn's text.
    pub at: usize,
    /// The line of the file, from 1.
    pub line: u64,
    /// When it begins, in milliseconds from the start of the recording.
    pub start_ms: Option<u64>,
    /// When it ends; never before it begins.
    pub end_ms: Option<u64>,
}

impl Turn {
    /// When the turn begins, in milliseconds from the start of the recording.
    pub fn start_ms(&self) -> Option<u64> {
        self.pieces.iter().filter_map(|piece| piece.start_ms).min()
    }

    /// When the turn ends, in milliseconds from the start of the recording.
    pub fn end_ms(&self) -> Option<u64> {
        self.pieces.iter().filter_map(|piece| piece.end_ms).max()
    }

    /// For how many milliseconds it is spoken: pauses between the pieces do not count, and what two
    /// pieces share counts once. `None` if the time of a piece is not known.
    pub fn spoken_ms(&self) -> Option<u64> {
        let mut spans = self
            .pieces
            .iter()
            .map(|piece| piece.start_ms.zip(piece.end_ms))
            .collect::<Option<Vec<_>>>()
            .filter(|spans| !spans.is_empty())?;
        spans.sort_unstable();
        let (mut sum, mut reached) = (0_u64, 0);
        for (start, end) in spans {
            sum = sum.saturating_add(end.saturating_sub(start.max(reached)));
            reached = reached.max(end);
        }
        Some(sum)
    }

    /// The piece that holds a byte of the text.
    pub fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.saturating_sub(1))
    }

    /// The line of the file where it begins, from 1; 0 for a turn without pieces.
    pub fn line(&self) -> u64 {
        self.pieces.first().map_or(0, |piece| piece.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(times: &[(u64, u64)]) -> Turn {
        let piece = |(at, (start, end)): (usize, &(u64, u64))| Piece {
            at,
            line: at as u64 + 1,
            start_ms: Some(*start),
            end_ms: Some(*end),
        };
        Turn { pieces: times.iter().enumerate().map(piece).collect(), ..Turn::default() }
    }

    #[test]
    fn pauses_do_not_count_and_what_is_shared_counts_once() {
        assert_eq!(turn(&[(0, 1_000), (3_000, 4_000)]).spoken_ms(), Some(2_000));
        assert_eq!(turn(&[(0, 1_000), (500, 2_000), (0, 300)]).spoken_ms(), Some(2_000));
        assert_eq!(turn(&[]).spoken_ms(), None);
        let mut half_known = turn(&[(0, 1_000), (1_000, 2_000)]);
        half_known.pieces[1].end_ms = None;
        assert_eq!(half_known.spoken_ms(), None);
        assert_eq!(half_known.end_ms(), Some(1_000));
    }

    #[test]
    fn a_byte_has_its_piece() {
        let turn = turn(&[(0, 1), (2, 3), (4, 5)]);
        let line = |at| turn.piece_at(at).map(|piece| piece.line);
        assert_eq!((line(0), line(1), line(99)), (Some(1), Some(2), Some(3)));
        assert_eq!(Turn::default().piece_at(0), None);
    }
}
