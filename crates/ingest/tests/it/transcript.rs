//! Transcripts in the shapes in which programs write them.

use inroad_ingest::{Limits, transcript};
use inroad_model::{Transcript, TranscriptKind};
use proptest::prelude::*;

fn read(text: &str) -> Transcript {
    transcript::read(text.as_bytes(), &Limits::default())
}

/// Each turn as `Name|start-end|text`, with `?` for what is not known; times in tenths of a second.
fn shown(transcript: &Transcript) -> Vec<String> {
    let tenths = |ms: Option<u64>| ms.map_or("?".to_owned(), |ms| (ms / 100).to_string());
    let turns = transcript.turns.iter().map(|turn| {
        let speaker = turn.speaker.as_deref().unwrap_or("?");
        format!("{speaker}|{}-{}|{}", tenths(turn.start_ms()), tenths(turn.end_ms()), turn.text)
    });
    turns.collect()
}

fn check(text: &str, kind: TranscriptKind, expected: &[&str], issues: &[&str]) {
    for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        let read = read(&text);
        assert_eq!(shown(&read), expected, "{text}");
        assert_eq!(read.kind, kind, "{text}");
        let told: Vec<String> = read.issues.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), issues.len(), "{told:?}");
        for (told, issue) in told.iter().zip(issues) {
            assert!(told.contains(issue), "{told} lacks {issue}");
        }
    }
}

#[test]
fn zoom() {
    check(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nJana Lindner: Good morning.\n\n\
         2\n00:00:02.500 --> 00:00:04.000\nJana Lindner: Shall we?\n\n\
         3\n00:00:04.500 --> 00:00:05.000\njonas: Yes: gladly.\n",
        TranscriptKind::WebVtt,
        &["Jana Lindner|10-40|Good morning. Shall we?", "jonas|45-50|Yes: gladly."],
        &[],
    );
}

#[test]
fn teams() {
    check(
        "WEBVTT\n\n5f2c-1/12-0\n00:00:01.000 --> 00:00:02.000 align:start\n<v Jana Lindner>We looked\nat it</v>\n\n\
         5f2c-1/12-1\n00:00:02.000 --> 00:00:03.000\n<v Jana Lindner>and like it.</v>\n\n\
         NOTE Confidence: 0.84\n\nSTYLE\n::cue { color: red }\n\n\
         5f2c-1/13-0\n00:00:03.100 --> 00:00:04.000\n<v Jonas &amp; Elin>Good.</v>\n\n\
         00:00:04.000 --> 00:00:05.000\n(music)\n",
        TranscriptKind::WebVtt,
        &[
            "Jana Lindner|10-30|We looked at it and like it.",
            "Jonas & Elin|31-40|Good.",
            "?|40-50|(music)",
        ],
        &[],
    );
    check(
        "0:0:1.0 --> 0:0:2.510\nJana Lindner\nGood morning.\n\n0:0:3.0 --> 0:0:4.0\nJonas\nHello.\n",
        TranscriptKind::Srt,
        &["Jana Lindner|10-25|Good morning.", "Jonas|30-40|Hello."],
        &[],
    );
}

#[test]
fn what_is_wrong_in_captions_is_told_and_the_rest_goes_on() {
    check(
        "WEBVTT\n\n00:01.00 --> 00:02.000\nA: lost\n\n00:03.000 --> 00:02.000\nA: kept\n\n\
         words alone\n\n00:01.000 --> 00:04.000\nB: back\n",
        TranscriptKind::WebVtt,
        &["A|30-?|kept", "B|10-40|back"],
        &[
            "line 3: The times",
            "line 6: A caption ends",
            "line 9: A block has no",
            "line 11: A caption begins",
        ],
    );
}

#[test]
fn words_with_times() {
    let text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v A>One <00:01.500>two <00:02.000>three\n";
    check(text, TranscriptKind::WebVtt, &["A|10-30|One two three"], &[]);
    let transcript = read(text);
    let turn = &transcript.turns[0];
    assert!(turn.has_word_times);
    let times: Vec<_> =
        turn.pieces.iter().map(|piece| (piece.at, piece.start_ms, piece.end_ms)).collect();
    assert_eq!(
        times,
        [
            (0, Some(1_000), Some(1_500)),
            (4, Some(1_500), Some(2_000)),
            (8, Some(2_000), Some(3_000)),
        ]
    );
}

#[test]
fn subrip() {
    check(
        "1\n00:00:01,000 --> 00:00:02,000\nJana: <i>Good</i> morning.\n\n2\n00:03.5 --> 00:04\n{\\an8}How are you?\n\n\
         3\n00:00:03,900 --> 00:00:06,000 X1:1\nJonas: Well,\n\nthank you.\n\nx --> y\nlost\n",
        TranscriptKind::Srt,
        &["Jana|10-40|Good morning. How are you?", "Jonas|39-60|Well, thank you."],
        &["line 15: The times"],
    );
}

#[test]
fn a_long_pause_ends_a_turn() {
    check(
        "1\n00:00:01,000 --> 00:00:02,000\nJana: One.\n\n2\n00:00:12,001 --> 00:00:13,000\nTwo.\n\n\
         3\n00:00:23,000 --> 00:00:24,000\nJana: Three.\n",
        TranscriptKind::Srt,
        &["Jana|10-20|One.", "?|120-130|Two.", "Jana|230-240|Three."],
        &[],
    );
}

#[test]
fn plain_text() {
    let kind = TranscriptKind::PlainText;
    check(
        "Call with Lindner\nDate: 3 March\n\nJana Lindner: Good morning.\nHow are you?\n\nJonas: Well: thank you.\n",
        kind,
        &["Jana Lindner|?-?|Good morning. How are you?", "Jonas|?-?|Well: thank you."],
        &["line 1: 2 lines before the first name"],
    );
    check(
        "[00:00:01] Jana: One.\n(0:03) Jonas: Two.\n00:05 Jana: Three.\n[00:07.0 --> 00:09.0] Jonas: Four.\n",
        kind,
        &["Jana|10-?|One.", "Jonas|30-?|Two.", "Jana|50-?|Three.", "Jonas|70-90|Four."],
        &[],
    );
    check(
        "Jana Lindner   0:03\nOne.\nMore at 10:30.\n\nJonas Hartmann   0:10\nTwo.\n\nJana Lindner (1:02:03): Three.\n",
        kind,
        &[
            "Jana Lindner|30-?|One. More at 10:30.",
            "Jonas Hartmann|100-?|Two.",
            "Jana Lindner|37230-?|Three.",
        ],
        &[],
    );
    check(
        "Jana: One.\n00:00:05 From Jonas to Everyone: link\n00:00:06\tJana:\tthanks\nJonas: Two.\n",
        kind,
        &["Jana|?-?|One.", "Jonas|?-?|Two."],
        &["line 2: 2 lines of a chat"],
    );
}

#[test]
fn what_is_no_transcript_says_so() {
    let mail = "From: a@b.example\nTo: c@d.example\nSubject: x\n\nDear Jana,\nhow are you?\n";
    for text in ["", "Only a note.\n", "\0\u{1}\0", mail, "WEBVTT\n"] {
        let read = read(text);
        assert!(read.turns.is_empty(), "{text}");
        assert!(read.issues.iter().any(|issue| issue.what.contains("is a turn")), "{text}");
    }
}

#[test]
fn bounds_are_told() {
    let file =
        "WEBVTT\n\n".to_owned() + &"00:01.000 --> 00:02.000\nA: words and words\n\n".repeat(5);
    let told = |limits: &Limits| {
        let read = transcript::read(file.as_bytes(), limits);
        (
            read.turns[0].pieces.len(),
            read.issues.iter().map(ToString::to_string).collect::<String>(),
        )
    };
    let (captions, issues) = told(&Limits { items: 2, ..Limits::default() });
    assert!(
        captions == 2 && issues.contains("line 9: The file has more than 2 captions"),
        "{issues}"
    );
    let (_, issues) = told(&Limits { item_bytes: 8, ..Limits::default() });
    assert!(issues.contains("line 3: A caption is longer than 8 bytes"), "{issues}");
    let (captions, issues) = told(&Limits { transcript_bytes: 60, ..Limits::default() });
    assert!(captions == 1 && issues.contains("longer than 60 bytes"), "{issues}");
}

/// Pieces of transcripts, so that arbitrary files meet every branch.
fn shards() -> impl Strategy<Value = String> {
    let shard = prop_oneof![
        Just("WEBVTT\n\n".to_owned()),
        (0..99u8, 0..99u8, 0..9u8)
            .prop_map(|(a, b, c)| format!("00:{a:02}.000 --> {c}:00:{b:02},5\n")),
        Just("<v Jana>".to_owned()),
        Just("Jana: ".to_owned()),
        Just("Jonas   0:03\n".to_owned()),
        Just("<00:01.500>".to_owned()),
        Just("From A to B: x\n".to_owned()),
        "[a-zäß<>&;:\\[\\]0-9 \n\r\t-]{0,12}",
    ];
    prop::collection::vec(shard, 0..30).prop_map(|shards| shards.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _transcript = transcript::read(&bytes, &Limits::default());
    }

    #[test]
    fn turns_are_whole(text in shards()) {
        let read = read(&text);
        prop_assert!(!read.turns.is_empty() || !read.issues.is_empty());
        for turn in &read.turns {
            prop_assert!(!turn.text.is_empty() && turn.text.trim() == turn.text);
            prop_assert_eq!(turn.pieces[0].at, 0);
            let is_ordered = |pair: &[inroad_model::Piece]| pair[0].at < pair[1].at;
            prop_assert!(turn.pieces.windows(2).all(is_ordered));
            for piece in &turn.pieces {
                prop_assert!(turn.text.is_char_boundary(piece.at) && piece.line > 0);
                prop_assert!(piece.end_ms.is_none_or(|end| piece.start_ms.is_some_and(|start| start <= end)));
            }
        }
    }
}
