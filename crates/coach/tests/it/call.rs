//! Calls, from turns to a report.

use std::collections::BTreeSet;

use inroad_coach::call::{CallReport, Confidence, ShareBy, analyse};
use inroad_model::{Cue, Piece, Turn};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A turn with times in seconds.
fn timed(speaker: &str, start: u64, end: u64, text: &str) -> Turn {
    let piece =
        Piece { at: 0, line: start, start_ms: Some(start * 1_000), end_ms: Some(end * 1_000) };
    Turn {
        speaker: Some(speaker.to_owned()),
        text: text.to_owned(),
        pieces: vec![piece],
        has_word_times: false,
    }
}

fn untimed(speaker: &str, text: &str) -> Turn {
    let piece = Piece { at: 0, line: 1, start_ms: None, end_ms: None };
    Turn { pieces: vec![piece], ..timed(speaker, 0, 0, text) }
}

/// The call was on Tuesday 10 March 2026, and Jonas is us.
fn read(turns: &[Turn]) -> CallReport {
    analyse(turns, &BTreeSet::from(["Jonas".to_owned()]), date(2026, 3, 10))
}

#[test]
fn shares_are_of_time_where_it_is_known() {
    let report = read(&[
        timed("Jonas", 0, 10, "So what is it that you want to have in the end of the year?"),
        timed("Jana", 12, 42, "A number."),
    ]);
    let shares: Vec<_> = report.speakers.iter().map(|s| (s.share, s.share_by, s.ours)).collect();
    assert_eq!(shares, [(0.25, ShareBy::Time, Some(true)), (0.75, ShareBy::Time, Some(false))]);
    let most = report.longest_monologue.unwrap();
    assert_eq!((most.speaker.as_deref(), most.turn.seconds), (Some("Jana"), Some(30.0)));
    assert_eq!(report.pause_after_our_questions_seconds, Some(2.0));
    assert_eq!(report.seconds, Some(42.0));
    assert!(report.overlaps.is_none());
}

#[test]
fn shares_are_of_words_elsewhere_and_say_so() {
    let report = read(&[untimed("Jonas", "One two three."), untimed("Jana", "Four.")]);
    let shares: Vec<_> = report.speakers.iter().map(|s| (s.share, s.share_by, s.words)).collect();
    assert_eq!(shares, [(0.75, ShareBy::Words, 3), (0.25, ShareBy::Words, 1)]);
    assert!(report.speakers.iter().all(|s| s.seconds.is_none()));
    assert_eq!(report.seconds, None);
}

#[test]
fn who_listens_does_not_end_a_turn() {
    let report = read(&[
        timed("Jana", 0, 20, "We have looked at the whole of it and this is what we see."),
        timed("Jonas", 20, 21, "Mm-hmm. Okay."),
        timed("Jana", 21, 31, "And that is the second part of it."),
        timed("Jonas", 31, 33, "What is the third?"),
        timed("Jana", 33, 34, "The price."),
    ]);
    let most = report.longest_monologue.unwrap();
    assert_eq!(most.turn.seconds, Some(30.0));
    assert_eq!(most.turn.quote, "We have looked at the whole of it and this is what");
}

#[test]
fn questions_have_kinds_and_places() {
    let report = read(&[
        timed("Jonas", 1, 2, "How do you do that in the house today? Is it you who decides?"),
        timed("Jana", 3, 4, "Yes. When could you start?"),
    ]);
    let asked: Vec<_> = report
        .questions
        .iter()
        .map(|q| (q.speaker.as_deref().unwrap(), q.kind.unwrap(), q.place.line))
        .collect();
    assert_eq!(asked, [("Jonas", "open", 1), ("Jonas", "closed", 1), ("Jana", "narrow", 3)]);
    let jonas = &report.speakers[0].questions;
    assert_eq!(
        (jonas.open, jonas.narrow, jonas.closed, jonas.choice),
        (Some(1), Some(0), Some(1), Some(0))
    );
}

fn step(turns: &[Turn], quote: &str, owner: Option<&str>, on: Option<(i16, i8, i8)>) {
    let found = read(turns).next_step;
    let told = found.as_ref().map(|step| (step.quote.as_str(), step.owner.as_deref(), step.on));
    let on = on.map(|(year, month, day)| date(year, month, day));
    let expected = (!quote.is_empty()).then_some((quote, owner, on));
    assert_eq!(told, expected, "{turns:?}");
}

#[test]
fn the_next_step() {
    let opening =
        untimed("Jana", "We have looked at the paper that you sent to the house and it is good.");
    let promise = "I'll send you the figures of the three sites by Friday.";
    step(&[opening.clone(), untimed("Jana", promise)], promise, Some("Jana"), Some((2026, 3, 13)));
    let theirs = "Then you'll send us the drawings by 20 March.";
    step(&[opening.clone(), untimed("Jonas", theirs)], theirs, Some("Jana"), Some((2026, 3, 20)));
    let proposal = "Shall we say Thursday 19 March at ten?";
    let asks = untimed("Jonas", proposal);
    let agrees = untimed("Jana", "Yes, that works for us.");
    let refuses = untimed("Jana", "I do not know that yet.");
    step(&[opening.clone(), asks.clone(), agrees], proposal, None, Some((2026, 3, 19)));
    step(&[opening.clone(), asks, refuses], "", None, None);
    let named = "So the next step is that I'll talk to the board.";
    step(&[opening.clone(), untimed("Jana", named)], named, Some("Jana"), None);
    let yours = "So, next step: you talk to the board on 12 May.";
    step(&[opening.clone(), untimed("Jonas", yours)], yours, Some("Jana"), Some((2026, 5, 12)));
    let both = "Next step: you talk to the board, and I send the list on Friday.";
    step(&[opening.clone(), untimed("Jonas", both)], both, None, Some((2026, 3, 13)));
    let later = "And we can reconvene on the 24th at 2pm.";
    step(&[opening.clone(), untimed("Jana", later)], later, None, Some((2026, 3, 24)));
    step(&[opening], "", None, None);
}

#[test]
fn what_each_side_takes_on() {
    let report = read(&[
        untimed("Jonas", "It is good to see you. We'll send you two references. By Friday."),
        untimed("Jana", "And I won't ask for more. Let me check the budget with the board."),
        untimed("Jonas", "Shall I call you?"),
    ]);
    let taken: Vec<_> = report
        .commitments
        .iter()
        .map(|c| {
            (c.owner.as_deref().unwrap(), c.ours.unwrap(), c.on.map(Date::day), c.quote.as_str())
        })
        .collect();
    assert_eq!(
        taken,
        [
            ("Jonas", true, Some(13), "We'll send you two references."),
            ("Jana", false, None, "Let me check the budget with the board."),
        ]
    );
}

#[test]
fn sentences_without_an_end_are_quoted_in_part() {
    let talk = "and so we looked at the whole of it for a while ".repeat(20);
    let said = format!("{talk}then i'll send you the list by friday {talk}");
    let report = read(&[untimed("Jana", &said)]);
    let quote = &report.commitments[0].quote;
    assert!(quote.starts_with("a while then i'll send you the list by friday and so"), "{quote}");
    assert!(quote.len() <= 400 && said.contains(quote), "{quote}");
    assert_eq!(report.next_step.unwrap().on, Some(date(2026, 3, 13)));
}

#[test]
fn without_sides_the_other_of_two_is_the_other() {
    let turns = [
        untimed("Jonas", "It is good that you have the drawings of the house."),
        untimed("Jana", "Then you'll have it. You'll send us the figures by Friday."),
    ];
    let report = analyse(&turns, &BTreeSet::new(), date(2026, 3, 10));
    let step = report.next_step.unwrap();
    assert_eq!((step.owner.as_deref(), step.ours), (Some("Jonas"), None));
    assert!(report.speakers.iter().all(|speaker| speaker.ours.is_none()) && report.cues.is_empty());
}

#[test]
fn cues_are_of_the_other_side_alone() {
    let dear = "Your price is way above our budget.";
    let report = read(&[untimed("Jonas", dear), untimed("Jana", dear)]);
    assert!(report.cues.iter().all(|cue| cue.speaker.as_deref() == Some("Jana")));
    assert!(report.cues.iter().any(|cue| cue.cue == Cue::TooDear && cue.quote == dear));
}

#[test]
fn overlaps_need_times_of_words() {
    let mut turns = [
        timed("Jana", 0, 10, "We have looked at it and this is what we see in the end."),
        timed("Jonas", 8, 12, "And what is it that you see?"),
    ];
    assert_eq!(read(&turns).overlaps, None);
    for turn in &mut turns {
        turn.has_word_times = true;
    }
    let overlaps = read(&turns).overlaps.unwrap();
    assert_eq!(overlaps.len(), 1);
    assert_eq!((overlaps[0].with.as_deref(), overlaps[0].seconds), (Some("Jonas"), 2.0));
    turns[1].speaker = Some("Jana".to_owned());
    assert_eq!(read(&turns).overlaps, Some(Vec::new()));
}

#[test]
fn what_makes_it_doubtful_is_said() {
    let check = |text: &str, doubt: &str| {
        let report = read(&[untimed("Jana", text)]);
        let because = report.confidence_because.join("; ");
        assert_eq!(report.confidence == Confidence::Low, !doubt.is_empty(), "{because}");
        assert!(because.contains(doubt), "{because}");
    };
    let sentence = "so we looked at it and this is what you have to do for that";
    check(&format!("{sentence}. ").repeat(10), "");
    check(&format!("{sentence} ").repeat(10), "no punctuation");
    check(sentence, "only 15 words");
    check(
        &"Nous avons regardé les chiffres avec notre équipe. ".repeat(20),
        "neither English nor German",
    );
    let unnamed = Turn { speaker: None, ..untimed("", &format!("{sentence}. ").repeat(10)) };
    let report = read(&[unnamed]);
    assert!(report.confidence_because[0].contains("100 % of the words"), "{report:?}");
    assert_eq!((report.speakers[0].name.as_deref(), report.speakers[0].ours), (None, None));
}

#[test]
fn nothing_is_unknown_not_zero() {
    let report = read(&[]);
    assert!(report.speakers.is_empty() && report.next_step.is_none() && report.seconds.is_none());
    let json = serde_json::to_value(&report).unwrap();
    assert!(json["longest_monologue"].is_null() && json["overlaps"].is_null());
}

proptest! {
    #[test]
    fn any_turns_are_read(said in prop::collection::vec(
        (0..4usize, "[a-z ]{0,12}(I'll send|let me check|by Friday|what|, um,|\\?|\\.| ){0,4}[a-zäß\u{2019}.,?-]{0,8}", any::<u32>(), any::<u32>()), 0..12)
    ) {
        let names = [Some("Jonas"), Some("Jana"), None, Some("x")];
        let turns: Vec<Turn> = said.iter().map(|(who, text, start, end)| Turn {
            speaker: names[*who].map(str::to_owned),
            text: text.clone(),
            pieces: vec![Piece { at: 0, line: 1, start_ms: Some(u64::from(*start)), end_ms: Some(u64::from(*end)) }],
            has_word_times: start % 2 == 0,
        }).collect();
        let report = read(&turns);
        let all: f64 = report.speakers.iter().map(|speaker| speaker.share).sum();
        prop_assert!((0.0..=1.01).contains(&all), "{all}");
        for taken in &report.commitments {
            prop_assert!(turns.iter().any(|turn| turn.text.contains(&taken.quote)));
        }
    }
}
