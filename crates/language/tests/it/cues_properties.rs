//! What holds for the reader of cues whatever it is given.

use std::time::Instant;

use inroad_language::cues::read;
use proptest::prelude::*;

fn check(text: &str) {
    let found = read(text);
    assert_eq!(found, read(text), "the same words tell the same");
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for cue in found {
        let sentence = text.get(cue.range.clone()).unwrap();
        assert_eq!(sentence.split_whitespace().collect::<Vec<_>>().join(" "), cue.quote);
        assert!(folded.contains(&cue.quote), "{:?}", cue.quote);
        assert!((0.0..=1.0).contains(&cue.probability), "{cue:?}");
        assert!(cue.words.len() <= 4, "{cue:?}");
    }
}

/// Pieces of which mails are made, and of which they are not.
const PIECES: [&str; 16] = [
    "Sorry for the late reply. ",
    "That is too expensive",
    "wir melden uns, ",
    "\n\n",
    "\n> ",
    "?!",
    "…",
    "\u{301}",
    "🙌",
    "ﬃ",
    "12.03.2025 ",
    "a@b.example",
    "l'été n'est ",
    "\0",
    "\u{a0}",
    "ÀÉ",
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
    for piece in PIECES.iter().chain(&["x", "é"]) {
        let text = piece.repeat(200_000 / piece.len());
        let start = Instant::now();
        check(&text);
        assert!(start.elapsed().as_secs() < 20, "{piece:?}");
    }
}
