//! What holds for the reader of questions whatever it is given.

use std::time::Instant;

use inroad_language::questions::{ask, questions};
use proptest::prelude::*;

fn check(text: &str) {
    let found = questions(text);
    assert_eq!(found, questions(text), "the same words ask the same");
    assert_eq!(ask(text), found.last().map(|question| question.kind), "{text:?}");
    let mut end = 0;
    for question in &found {
        assert!(end <= question.start && question.start < question.end, "{question:?}");
        let sentence = text.get(question.start..question.end).unwrap();
        assert_eq!(sentence, sentence.trim());
        end = question.end;
    }
    assert!(end <= text.len());
}

/// Words and marks on which rules turn, and what they do not expect.
const PIECES: [&str; 36] = [
    "what ",
    "what's ",
    "who ",
    "how ",
    "many ",
    "why ",
    "which ",
    "do ",
    "is ",
    "isn't ",
    "have ",
    "could ",
    "you ",
    "it ",
    "that ",
    "I ",
    "know ",
    "mean ",
    "said ",
    "or ",
    "and ",
    "so ",
    "uh ",
    "huh ",
    "right",
    "tell me about ",
    "i was wondering ",
    "tuesday ",
    "? ",
    ". ",
    ", ",
    "\n\n",
    "’s ",
    "\u{301}",
    "🙌",
    "\0",
];

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,300}") {
        check(&text);
    }

    #[test]
    fn any_row_of_pieces(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        check(&pieces.iter().map(|piece| PIECES[*piece]).collect::<String>());
    }
}

#[test]
fn long_texts_take_no_longer_than_their_length() {
    for piece in PIECES.iter().chain(&["x", "é", "what do you ", ". "]) {
        let text = piece.repeat(200_000 / piece.len());
        let start = Instant::now();
        check(&text);
        assert!(start.elapsed().as_secs() < 20, "{piece:?}");
    }
}
