//! A call as a note: what reviews read of it.
//!
//! A note is read as a letter of theirs is, so it holds their sentences that tell something, and of ours
//! only what was agreed.

use std::collections::BTreeSet;

use inroad_coach::call::{CallReport, Speaker};
use inroad_model::Remark;

/// Room that is left for the first and the last lines.
const SENTENCES_CHARS_MAX: usize = Remark::CHARS_MAX - 1_200;
/// A sentence, or a list of names, is cut here.
const LINE_CHARS_MAX: usize = 500;

/// The words of the note.
pub(super) fn of_call(call: &CallReport) -> String {
    let mut note = head(call);
    for line in telling(call) {
        note.push('\n');
        note.push_str(&line);
    }
    if let Some(step) = &call.next_step {
        note.push_str(&format!("\nAgreed: {}", cut(&step.quote)));
    }
    note
}

fn head(call: &CallReport) -> String {
    let names = |ours: bool| {
        let side = call.speakers.iter().filter(|speaker| speaker.ours == Some(ours));
        let names: Vec<&str> =
            side.filter_map(|speaker: &Speaker| speaker.name.as_deref()).collect();
        cut(&names.join(", "))
    };
    let minutes = call.seconds.map(|seconds| format!(", {:.0} minutes", (seconds / 60.0).max(1.0)));
    let minutes = minutes.unwrap_or_default();
    match (names(true).as_str(), names(false).as_str()) {
        ("", "") => format!("A call{minutes}."),
        (ours, "") => format!("A call of {ours}{minutes}."),
        ("", theirs) => format!("A call with {theirs}{minutes}."),
        (ours, theirs) => format!("A call of {ours} with {theirs}{minutes}."),
    }
}

/// Their sentences that tell something: the surest that have room, in the order of the call.
fn telling(call: &CallReport) -> Vec<String> {
    let mut by_sureness: Vec<usize> = (0..call.cues.len()).collect();
    by_sureness.sort_by(|a, b| {
        let of = |at: &usize| call.cues.get(*at).map_or(0.0, |cue| cue.probability);
        of(b).total_cmp(&of(a)).then(a.cmp(b))
    });
    let (mut quotes, mut chosen, mut room) =
        (BTreeSet::new(), BTreeSet::new(), SENTENCES_CHARS_MAX);
    for at in by_sureness {
        let Some(cue) = call.cues.get(at) else { continue };
        let line = line(cue.speaker.as_deref(), &cue.quote);
        let chars = line.chars().count() + 1;
        if chars <= room && quotes.insert(cue.quote.as_str()) {
            room -= chars;
            chosen.insert(at);
        }
    }
    let of_cue =
        |at: &usize| call.cues.get(*at).map(|cue| line(cue.speaker.as_deref(), &cue.quote));
    chosen.iter().filter_map(of_cue).collect()
}

fn line(speaker: Option<&str>, quote: &str) -> String {
    format!("{}: {}", cut(speaker.unwrap_or("Somebody")), cut(quote))
}

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(LINE_CHARS_MAX).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
