//! A call as a note: what reviews read of it.
//!
//! A note is read as a letter of theirs is, so it holds their sentences that tell something, and of ours
//! only what was agreed. Of private sentences it holds the places, since notes are shown.

use std::collections::BTreeSet;

use inroad_coach::call::{CallCue, CallReport, NextStep, Speaker};
use inroad_model::Remark;

/// Room that is left for the first and the last lines.
const SENTENCES_CHARS_MAX: usize = Remark::CHARS_MAX - 1_200;
/// What stands around a name and a sentence.
const NAMING_CHARS: usize = 12;
/// A sentence, or a list of names, is cut here.
const LINE_CHARS_MAX: usize = 500;

/// Sentences that tell something less surely than this are left out.
const PROBABILITY_MIN: f32 = 0.5;

/// The words of the note.
pub(super) fn of_call(call: &CallReport) -> String {
    let mut lines = vec![head(call)];
    let mut speaker = None;
    for cue in telling(call) {
        // A name before each sentence would be read with it.
        if speaker != Some(&cue.speaker) {
            speaker = Some(&cue.speaker);
            let name = cue.speaker.as_deref().unwrap_or("Somebody");
            lines.push(format!("\n{} said:", cut(name)));
        }
        lines.push(line_of(cue));
    }
    lines.extend(call.next_step.as_ref().map(|step| format!("\nAgreed: {}", agreed(step))));
    lines.join("\n")
}

/// The sentence of a cue, or where it stands if its words are private.
fn line_of(cue: &CallCue) -> String {
    if cue.quote.is_empty() {
        return format!("Something private, at {}.", cue.place);
    }
    cut(&cue.quote)
}

/// What was agreed, or its day and where it stands if the words are private.
fn agreed(step: &NextStep) -> String {
    if !step.quote.is_empty() {
        return cut(&step.quote);
    }
    let day = step.on.map(|day| day.strftime(" for %-d %B %Y").to_string()).unwrap_or_default();
    format!("something private{day}, at {}", step.place)
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
fn telling(call: &CallReport) -> Vec<&CallCue> {
    let mut surest: Vec<(usize, &CallCue)> = call.cues.iter().enumerate().collect();
    surest.retain(|(_, cue)| cue.probability >= PROBABILITY_MIN);
    surest.sort_by(|(_, a), (_, b)| b.probability.total_cmp(&a.probability));
    let (mut lines, mut room) = (BTreeSet::new(), SENTENCES_CHARS_MAX);
    let mut kept: Vec<(usize, &CallCue)> = Vec::new();
    for (at, cue) in surest {
        let name = cue.speaker.as_deref().unwrap_or_default();
        // At worst each sentence needs the name of its own.
        let line = line_of(cue);
        let chars = line.chars().count() + cut(name).chars().count() + NAMING_CHARS;
        if chars <= room && lines.insert(line) {
            room -= chars;
            kept.push((at, cue));
        }
    }
    kept.sort_by_key(|(at, _)| *at);
    kept.into_iter().map(|(_, cue)| cue).collect()
}

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(LINE_CHARS_MAX).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use inroad_coach::call::analyse;
    use inroad_model::{Piece, Turn};
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn report(said: &[(&str, &str)]) -> CallReport {
        let turns: Vec<Turn> = said
            .iter()
            .map(|(speaker, text)| Turn {
                speaker: Some((*speaker).to_owned()),
                text: (*text).to_owned(),
                pieces: vec![Piece { at: 0, line: 1, start_ms: None, end_ms: None }],
                has_word_times: false,
            })
            .collect();
        analyse(&turns, &BTreeSet::from(["Jonas".to_owned()]), date(2026, 3, 10))
    }

    #[test]
    fn it_holds_their_words_and_what_was_agreed() {
        let step = "I'll send you the paper by Friday.";
        let note = of_call(&report(&[
            ("Jonas", "Your price is way above our budget, said somebody to me."),
            ("Jana", "Your price is way above our budget. It is what it is."),
            ("Jonas", step),
        ]));
        assert_eq!(
            note,
            format!(
                "A call of Jonas with Jana.\n\nJana said:\nYour price is way above our budget.\n\n\
                 Agreed: {step}"
            )
        );
    }

    #[test]
    fn private_words_are_not_kept() {
        let note = of_call(&report(&[
            ("Jonas", "How are you?"),
            ("Jana", "I had a heart attack and my wife is not well."),
            ("Jana", "Your price is way above our budget."),
            ("Jana", "I'll call you by Friday when the funeral of my father is over."),
        ]));
        assert_eq!(
            note,
            "A call of Jonas with Jana.\n\nJana said:\nSomething private, at line 1.\n\
             Your price is way above our budget.\n\n\
             Agreed: something private for 13 March 2026, at line 1"
        );
        assert!(!inroad_language::private::is_private(&note));
    }

    proptest! {
        #[test]
        fn it_is_never_too_long(names in prop::collection::vec("[A-Zäß ]{0,80}", 0..30), times in 0..60usize) {
            let text = format!("Your price {} is way above our budget.", "really ".repeat(times));
            let said: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), text.as_str())).collect();
            prop_assert!(Remark::new(&of_call(&report(&said))).is_ok());
        }
    }
}
