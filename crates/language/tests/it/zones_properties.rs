//! What holds for zones of any text.

use std::time::Instant;

use inroad_language::read::read;
use inroad_language::signature;
use inroad_language::zones::{Zone, split};
use inroad_model::Mailbox;
use proptest::prelude::*;

/// Texts out of the pieces that zones are made of, in any order.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,40}",
        Just("On Tue, 4 Mar 2025 at 9:12, Ann <ann@x.example> wrote:".to_owned()),
        Just("> quoted".to_owned()),
        Just(String::new()),
        Just("From: Ann <ann@x.example>".to_owned()),
        Just("Sent: Monday, 3 March 2025 14:02".to_owned()),
        Just("Subject: x".to_owned()),
        Just("-----Original Message-----".to_owned()),
        Just("________________________________".to_owned()),
        Just("-- ".to_owned()),
        Just("Best regards,".to_owned()),
        Just("Ann Lee".to_owned()),
        Just("Sent from my iPhone".to_owned()),
        Just("```".to_owned()),
        Just("P.S. one more".to_owned()),
        Just("T +44 20 7946 0011".to_owned()),
    ];
    let end = prop_oneof![Just("\n"), Just("\r\n")];
    (prop::collection::vec(piece, 0..30), end).prop_map(|(pieces, end)| pieces.join(end))
}

fn ann() -> Mailbox {
    Mailbox { name: Some("Ann Lee".to_owned()), address: "ann@x.example".parse().unwrap() }
}

proptest! {
    #[test]
    fn zones_cover_every_line_once(text in text()) {
        let ann = ann();
        let zones = split(&text, Some(&ann));
        prop_assert_eq!(zones.lines().len(), text.lines().count());
        prop_assert_eq!(&split(&text, Some(&ann)), &zones);
        // Every word is in exactly one of the parts.
        let words = |part: String| part.split_whitespace().count();
        let parts = words(zones.new_text(&text)) + words(zones.quoted_text(&text))
            + words(zones.signature_text(&text));
        prop_assert_eq!(parts, words(text));
    }

    #[test]
    fn zones_of_marked_lines_are_quoted(text in text()) {
        let zones = split(&text, None);
        for (line, zone) in text.lines().zip(zones.lines()) {
            prop_assert!(!line.trim_start().starts_with('>') || *zone == Zone::Quoted);
        }
    }

    #[test]
    fn zones_of_plain_sentences_are_new(words in prop::collection::vec("[a-z]{4,9}", 8..40)) {
        let text = words.join(" ");
        let zones = split(&text, None);
        prop_assert!(zones.lines().iter().all(|zone| *zone == Zone::New));
    }

    #[test]
    fn zones_and_signatures_read_any_text(text in "(?s).{0,400}") {
        let zones = split(&text, Some(&ann()));
        let found = signature::read(&zones.signature_text(&text), Some(&ann()));
        let anywhere = signature::read(&text, None);
        for part in [found.title, found.name, anywhere.title, anywhere.name, anywhere.company] {
            prop_assert!(part.is_none_or(|part| text.contains(&part)));
        }
    }
}

/// Texts of one megabyte that would be slow if anything were read more than once.
#[test]
fn zones_of_hostile_texts_are_read_in_linear_time() {
    // A test build is some twenty times slower than a release build, so it reads less. What is
    // quadratic takes minutes; the limits leave room for a machine that is busy.
    let (bytes, limit_ms) =
        if cfg!(debug_assertions) { (1 << 17, 3_000) } else { (1 << 20, 1_000) };
    for piece in [
        ">",
        "> \n",
        "On ",
        "On \n",
        "a",
        "\n",
        " ",
        "On 4 March 2025 at 9:12 Ann wrote:\n",
        "On 4 March 2025 at 9:12 Ann wrote:\n> x\n",
        "From: a@x.example\n",
        "From: a@x.example\nDate: 1.1.2025 10:00\n\n",
        "-----Original Message-----\n> x\n",
        "-- \n",
        "Best regards,\nAnn\n",
        "Ann Lee\n\n",
        "+44 20 7946 0011 ",
        "@",
        "a@b.co ",
        "Sent from my iPhone\n\n",
        "confidential intended recipient\n",
        "```\n",
        "|",
        ":",
        "é",
        "(",
        "1:1 ",
        "wrote:\n",
        "To: <a@x.example>,\n",
    ] {
        let text = piece.repeat(bytes / piece.len());
        let took = (0..3).map(|_| {
            let start = Instant::now();
            let zones = split(&text, Some(&ann()));
            let found = signature::read(&zones.signature_text(&text), Some(&ann()));
            assert!(found.phones.len() <= 10);
            start.elapsed().as_millis()
        });
        // The machine may be busy with something else.
        let took = took.min().unwrap();
        println!("zones: {bytes} bytes of {piece:?} in {took} ms");
        assert!(took < limit_ms, "{bytes} bytes of {piece:?} took {took} ms");
    }
}

/// What a usual mail costs.
#[test]
fn zones_of_a_usual_mail_are_read_at_once() {
    let prose =
        "We have looked at the offer with our purchasing department and have two questions.\n"
            .repeat(25);
    let quoted =
        "> here is the offer that we talked about last week, with all options in detail.\n"
            .repeat(25);
    let text = format!(
        "Dear Piet,\n\n{prose}\nKind regards\nAnn Lee\nHead of Purchasing | Lee Ltd\nT +44 20 7946 0011\n\n\
         On Tue, 4 Mar 2025 at 9:12, Piet <piet@x.example> wrote:\n{quoted}"
    );
    let mut each = u128::MAX;
    for _ in 0..if cfg!(debug_assertions) { 20 } else { 500 } {
        let start = Instant::now();
        let zones = split(&text, Some(&ann()));
        let found = signature::read(&zones.signature_text(&text), Some(&ann()));
        assert_eq!(found.title.as_deref(), Some("Head of Purchasing"));
        each = each.min(start.elapsed().as_micros());
    }
    println!("zones: a mail of {} bytes in {each} µs", text.len());
    let limit_us = if cfg!(debug_assertions) { 5_000 } else { 200 };
    assert!(each < limit_us, "{each} µs");
}

#[test]
fn reading_a_message_gives_its_zones() {
    let raw = b"From: Ann Lee <ann@x.example>\r\nMessage-ID: <1@x.example>\r\n\r\nYes.\r\n\r\nBest\r\nAnn Lee\r\nCEO\r\n";
    let (message, _) = inroad_ingest::mail::parse_message(raw, &inroad_ingest::Limits::default());
    let touch = read(message);
    assert_eq!(touch.new_text.as_deref(), Some("Yes."));
    assert_eq!(touch.signature.title.as_deref(), Some("CEO"));
}
