//! The cases of vtt.js, a `WebVTT` reader of Mozilla: each caption with its times and its text.

use std::path::Path;
use std::time::Duration;

use inroad_ingest::{Limits, transcript};
use inroad_model::TranscriptKind;
use serde_json::Value;

use crate::corpus;

type Caption = (u64, u64, String);

/// The captions that a case expects: its list of cues.
fn expected(path: &Path) -> Option<Vec<Caption>> {
    let list = std::fs::read(path.with_extension("json")).ok()?;
    let list: Value = serde_json::from_slice(&list).unwrap();
    let time = |cue: &Value, name: &str| ms(cue[name].as_f64().unwrap());
    let cues = list["cues"].as_array().unwrap().iter();
    let captions = cues.map(|cue| {
        (time(cue, "startTime"), time(cue, "endTime"), bare(cue["text"].as_str().unwrap()))
    });
    Some(captions.filter(|(.., text)| !text.is_empty()).collect())
}

fn ms(seconds: f64) -> u64 {
    Duration::from_secs_f64(seconds).as_millis().try_into().unwrap()
}

/// How many captions a case shows, where only what it draws is kept.
fn drawn(path: &Path) -> Option<usize> {
    let name = path.file_stem().unwrap().to_string_lossy();
    let drawn = std::fs::read(path.with_file_name(format!("{name}-proc.json"))).ok()?;
    let drawn: Value = serde_json::from_slice(&drawn).unwrap();
    Some(drawn.as_array()?.len())
}

/// Text without markup and white space, so that only the words count.
fn bare(text: &str) -> String {
    let file = format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{text}\n");
    let read = transcript::read(file.as_bytes(), &Limits::default());
    read.turns.iter().map(|turn| turn.text.replace(' ', "")).collect()
}

/// The captions as turns hold them: pieces with their times.
fn captions(bytes: &[u8]) -> (Vec<Caption>, usize) {
    let read = transcript::read(bytes, &Limits::default());
    assert_eq!(read.kind, TranscriptKind::WebVtt);
    let mut captions: Vec<Caption> = Vec::new();
    let mut line = 0;
    for turn in &read.turns {
        let ends = turn.pieces.iter().skip(1).map(|piece| piece.at).chain([turn.text.len()]);
        for (piece, end) in turn.pieces.iter().zip(ends) {
            let text = turn.text.get(piece.at..end).unwrap().replace(' ', "");
            // A caption may be empty up to its first word.
            let start = if turn.has_word_times { 0 } else { piece.start_ms.unwrap() };
            let times = (start, piece.end_ms.unwrap_or_default());
            // Words with times of their own are pieces of one caption.
            match captions.last_mut().filter(|_| piece.line == line) {
                Some(caption) => *caption = (caption.0, times.1, caption.2.clone() + &text),
                None => captions.push((times.0, times.1, text)),
            }
            line = piece.line;
        }
    }
    (captions, read.issues.len())
}

/// `120:00.000`, which vtt.js reads as hours and minutes. The W3C refuses it.
const BEYOND_THE_STANDARD: [&str; 2] =
    ["cue-times/min-top-digits.vtt", "cue-times/minimum-spots-over-sixty.vtt"];

#[test]
fn captions_of_vttjs() {
    let Some(folder) = corpus::folder("mail/vttjs") else { return };
    let (mut listed, mut shown, mut wrong) = (0, 0, Vec::new());
    for (path, bytes) in corpus::files(&folder, "vtt") {
        let (found, issues) = captions(&bytes);
        if let Some(expected) = expected(&path) {
            listed += 1;
            if BEYOND_THE_STANDARD.iter().any(|name| path.ends_with(name)) {
                assert!(found.is_empty(), "{} is read", path.display());
            } else if found != expected {
                wrong.push(format!("{}: {found:?}, not {expected:?}", path.display()));
            }
        } else if let Some(expected) = drawn(&path) {
            shown += 1;
            if found.len() != expected {
                wrong.push(format!("{}: {} captions, not {expected}", path.display(), found.len()));
            }
        }
        // What gives no caption is told.
        assert!(!found.is_empty() || issues > 0, "{} says nothing", path.display());
    }
    println!("{listed} cases with a list of captions, {shown} with what is drawn");
    assert!(listed >= 130 && shown >= 50, "the corpus is too small: {listed} and {shown}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
