//! Calls in which somebody tells something private: its place is told, its words are not.

use std::collections::BTreeSet;

use inroad_coach::call::{CallReport, analyse};
use inroad_model::{Cue, Piece, Turn};
use jiff::civil::date;

/// The call was on Tuesday 10 March 2026, Jonas is us, and each turn is a line.
fn read(said: &[(&str, &str)]) -> CallReport {
    let turn = |(line, (speaker, text)): (u64, &(&str, &str))| Turn {
        speaker: Some((*speaker).to_owned()),
        text: (*text).to_owned(),
        pieces: vec![Piece { at: 0, line, start_ms: None, end_ms: None }],
        has_word_times: false,
    };
    let turns: Vec<Turn> = (1..).zip(said).map(turn).collect();
    analyse(&turns, &BTreeSet::from(["Jonas".to_owned()]), date(2026, 3, 10))
}

/// No word of the report is one of these.
#[track_caller]
fn lacks(report: &CallReport, words: &[&str]) {
    let json = serde_json::to_string(report).unwrap();
    for word in words {
        assert!(!json.contains(word), "{word}: {json}");
    }
}

#[test]
fn what_is_taken_on_and_agreed() {
    let report = read(&[
        ("Jonas", "We have looked at the paper that you sent to the house."),
        ("Jana", "I'll call you by Friday when the funeral of my father is over."),
    ]);
    let taken = &report.commitments[0];
    assert_eq!(
        (taken.quote.as_str(), taken.on, taken.place.line),
        ("", Some(date(2026, 3, 13)), 2)
    );
    let step = report.next_step.as_ref().unwrap();
    assert_eq!((step.quote.as_str(), step.on, step.place.line), ("", Some(date(2026, 3, 13)), 2));
    lacks(&report, &["funeral", "father"]);
}

#[test]
fn what_may_be_shown_stays() {
    let said = "I'll send it late: off sick, back again on Monday, 16 March.";
    let report = read(&[("Jana", said)]);
    let days = "back again on Monday, 16 March";
    let quotes: Vec<&str> = report.cues.iter().map(|one| one.quote.as_str()).collect();
    assert!(!quotes.is_empty() && quotes.iter().all(|quote| *quote == days), "{quotes:?}");
    assert_eq!(report.longest_monologue.unwrap().turn.quote, days);
    // What is taken on without its words is a scrap; its day is told beside it.
    let taken = &report.commitments[0];
    assert_eq!((taken.quote.as_str(), taken.on), ("", Some(date(2026, 3, 16))));
}

#[test]
fn a_scrap_of_a_day_is_nothing_to_do() {
    let report = read(&[("Jonas", "I'll send flowers on Thursday for the funeral.")]);
    assert_eq!(report.commitments[0].quote, "");
}

#[test]
fn questions() {
    let report = read(&[("Jonas", "How is your mother after the surgery? What does it cost?")]);
    let asked: Vec<_> = report.questions.iter().map(|one| (one.quote.as_str(), one.kind)).collect();
    assert_eq!(asked, [("", Some("open")), ("What does it cost?", Some("open"))]);
    lacks(&report, &["mother", "surgery"]);
}

#[test]
fn cues() {
    let report = read(&[
        ("Jana", "I had a heart attack and my wife is not well."),
        ("Jana", "Your price is way above our budget."),
    ]);
    let told = |cue: Cue| report.cues.iter().find(|one| one.cue == cue).unwrap();
    let private = told(Cue::Illness);
    assert_eq!((private.quote.as_str(), private.place.line), ("", 1));
    assert_eq!(told(Cue::TooDear).quote, "Your price is way above our budget.");
    lacks(&report, &["wife", "heart", "not well"]);
}

#[test]
fn how_the_longest_turn_begins() {
    let report = read(&[
        ("Jonas", "Good morning."),
        ("Jana", "My father passed away. So we have to move it all to the end of the month."),
        ("Elin", "So that you know how it is with all of us here today, our father died."),
    ]);
    let quotes: Vec<&str> =
        report.speakers.iter().map(|one| one.longest_turn.quote.as_str()).collect();
    // The sentence of Elin is private, although its first words alone are not.
    assert_eq!(quotes, ["Good morning.", "", ""]);
    assert_eq!(report.longest_monologue.as_ref().unwrap().turn.quote, "");
    lacks(&report, &["father", "passed", "died"]);
}

#[test]
fn a_sentence_that_is_quoted_in_part_is_private_as_a_whole() {
    let talk = "and so we looked at the whole of it for a while ".repeat(4);
    let said = format!("my father died {talk}then i'll send you the list by friday {talk}");
    assert!(said.len() > 400);
    assert_eq!(read(&[("Jana", &said)]).commitments[0].quote, "");
}
