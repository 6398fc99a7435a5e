//! What holds for reading as it was taught, whatever was taught.

use inroad_ingest::Limits;
use inroad_language::cues::taught::{Retelling, Taught};
use inroad_language::cues::{read, sentences};
use inroad_language::read::{read as read_message, read_taught};
use inroad_model::{Correction, Cue, Gist, MessageId, Sentence};
use proptest::prelude::*;

/// Sentences of which several are alike.
const SENTENCES: [&str; 10] = [
    "Your price is way above our budget.",
    "Your price is a little above our budget.",
    "The steering group will take it up again after the fair.",
    "The steering group takes it up again after the summer.",
    "Could you send me two references?",
    "Thanks for the good talk yesterday.",
    "Dear Ann,",
    "Let us see where this goes.",
    "Leider bin ich krank.",
    "12",
];
const CUES: [Cue; 5] =
    [Cue::TooDear, Cue::DefersWithoutDate, Cue::Warmth, Cue::Illness, Cue::PoliteNo];

fn correction((sentence, cue, holds, minute): (usize, usize, bool, u8)) -> Correction {
    Correction {
        message: MessageId::new(&format!("{minute}@lindner.example")).unwrap(),
        sentence: Sentence::new(SENTENCES[sentence]).unwrap(),
        cue: CUES[cue],
        holds,
        told_at: format!("2026-03-01T09:{minute:02}:00Z").parse().unwrap(),
    }
}

fn corrections() -> impl Strategy<Value = Vec<Correction>> {
    let one = (0..SENTENCES.len(), 0..CUES.len(), any::<bool>(), 0..60_u8);
    proptest::collection::vec(one.prop_map(correction), 0..12)
}

fn letter() -> String {
    SENTENCES.join("\n\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn their_order_does_not_matter(mut told in corrections(), turn in 0..12_usize) {
        let taught = Taught::new(told.clone()).read(&letter());
        let turn = turn.min(told.len());
        told.rotate_left(turn);
        prop_assert_eq!(&Taught::new(told.clone()).read(&letter()), &taught);
        told.reverse();
        prop_assert_eq!(&Taught::new(told).read(&letter()), &taught);
    }

    #[test]
    fn what_the_user_says_of_a_sentence_is_so(told in corrections()) {
        let taught = Taught::new(told);
        let reading = taught.read(&letter());
        for own in taught.corrections() {
            let of = |found: &&inroad_model::FoundCue| {
                found.quote == own.sentence.as_str() && found.cue == own.cue
            };
            let found = reading.cues.iter().find(of);
            // Of one sentence no more than four are told.
            let said = taught.corrections().iter();
            let many = said.filter(|other| other.sentence == own.sentence && other.holds).count() > 4;
            prop_assert!(many || found.is_some() == own.holds, "{own:?}");
            prop_assert!(found.is_none_or(|found| found.probability >= 1.0));
        }
    }

    #[test]
    fn what_is_kept_is_told_again_with_bounds(told in corrections(), text in "\\PC{0,200}") {
        let taught = Taught::new(told);
        for text in [&letter(), &text] {
            let mut gist = Gist { cues: read(text), ..Gist::default() };
            Retelling::new(&taught).ask(&mut gist);
            for found in &gist.cues {
                prop_assert!((0.0..=1.0).contains(&found.probability), "{found:?}");
                prop_assert!(text.get(found.range.clone()).is_some());
            }
        }
    }
}

#[test]
fn without_corrections_the_same_bytes_are_read() {
    let taught = Taught::new(Vec::new());
    let text = letter();
    assert_eq!(format!("{:?}", taught.read(&text).cues), format!("{:?}", read(&text)));
    let mail =
        format!("From: Ann <ann@lindner.example>\nDate: 3 Mar 2026 09:00:00 +0000\n\n{text}");
    let parse = || inroad_ingest::mail::parse_message(mail.as_bytes(), &Limits::default()).0;
    let plain = serde_json::to_string(&read_message(parse())).unwrap();
    assert_eq!(serde_json::to_string(&read_taught(parse(), Some(&taught))).unwrap(), plain);
    let gist = read_message(parse()).gist.unwrap();
    let mut again = gist.clone();
    Retelling::new(&taught).ask(&mut again);
    assert_eq!(again, gist);
}

#[test]
fn a_letter_that_came_in_later_is_told_by_what_was_taught_only_while_it_counts() {
    let told = vec![correction((7, 4, true, 1))];
    let taught = Taught::new(told);
    let mail = format!(
        "From: Ann <ann@lindner.example>\nDate: 3 Mar 2026 09:00:00 +0000\n\n{}",
        SENTENCES[7]
    );
    let message = inroad_ingest::mail::parse_message(mail.as_bytes(), &Limits::default()).0;
    let mut gist = read_taught(message, Some(&taught)).gist.unwrap();
    assert!(gist.cues.iter().all(|found| found.cue != Cue::PoliteNo));
    assert!(gist.taught.iter().any(|found| found.cue == Cue::PoliteNo));
    Retelling::new(&taught).ask(&mut gist);
    assert!(gist.cues.iter().any(|found| found.cue == Cue::PoliteNo));
}

#[test]
fn a_similar_sentence_is_moved_and_says_why() {
    let told = correction((3, 4, true, 1));
    let similar = "The steering group takes it up again after the autumn.";
    assert!(read(similar).iter().all(|found| found.cue != Cue::PoliteNo));
    let reading = Taught::new(vec![told.clone()]).read(similar);
    let change = reading.changes.iter().find(|change| change.cue == Cue::PoliteNo).unwrap();
    assert!(change.holds && !change.is_same && change.by == told, "{change:?}");
    assert_eq!(Taught::new(vec![told]).read("Please call Jana on Monday.").changes, []);
    assert_eq!(sentences("Hi Ann,\n\nPlease\ncall. Bye."), ["Hi Ann,", "Please call.", "Bye."]);
}

#[test]
fn contradictions_do_not_run_away() {
    let twice = [(0, 0, false, 1), (1, 0, true, 2)].map(correction).to_vec();
    let reading = Taught::new(twice).read(&letter());
    let told = |at: usize, cue: Cue| {
        reading.cues.iter().any(|found| found.quote == SENTENCES[at] && found.cue == cue)
    };
    assert!(!told(0, Cue::TooDear) && told(1, Cue::TooDear));
    assert!(told(4, Cue::AsksProof));
}
