//! What holds for the reader of facts whatever it is given.

use std::time::Instant;

use inroad_language::facts::{
    read_message, read_message_among, read_note, read_statements, ways_to_mean,
};
use inroad_model::{Mailbox, Message, Signature};
use jiff::civil::date;
use proptest::prelude::*;

use crate::facts_tables;

fn with_text(index: usize, text: String) -> Message {
    let examples = facts_tables::all();
    let mut message = examples.into_iter().nth(index).unwrap().message;
    message.text = text;
    message
}

const OTHERS: [&str; 7] = [
    "Peter Lang <plang@other.example>",
    "Jo Lee <jo@firm.example>",
    "Lee, Joanna <joanna.lee@arden.example>",
    "<akeane@firm.example>",
    "Muller <m@other.example>",
    "Peter <ops@firm.example>",
    "Friday Monday <fm@other.example>",
];

fn mailbox(text: &str) -> Mailbox {
    let (name, address) = text.split_once('<').unwrap();
    let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    Mailbox { name, address: address.parse().unwrap() }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(message: &Message) {
    let read = || read_message(message, &message.text, &Signature::default());
    let facts = read();
    assert_eq!(facts, read(), "the same words state the same");
    let body = folded(&message.text);
    for fact in facts {
        assert!(!fact.quote.is_empty() && body.contains(&fact.quote), "{:?}", fact.quote);
    }
}

#[test]
fn quotes_of_the_tables_stand_in_their_messages() {
    for example in facts_tables::all() {
        check(&example.message);
    }
}

proptest! {
    #[test]
    fn quotes_stand_in_any_text(text in "\\PC{0,200}", index in 0_usize..80) {
        check(&with_text(index, text));
    }

    #[test]
    fn quotes_stand_in_texts_made_of_phrases(
        parts in proptest::collection::vec(
            "(I'm|Peter|ich bin|is|away|back|until|5 May|Montag|unsubscribe me|left us|ill|please \
             contact|x@firm\\.example|ops@|in|hospital|bis|\\.|\\?|,|\n|\n\n|’|nicht mehr|tätig|let \
             you know|by|Friday|get back to me|Frau|Dr\\.)( ?)",
            0..40,
        ),
        index in 0_usize..80,
    ) {
        check(&with_text(index, parts.concat()));
    }

    /// What a review relies on when it leaves letters unread.
    #[test]
    fn whom_no_name_means_changes_nothing(
        parts in proptest::collection::vec(
            "(I'm|Peter|Peter Lang|Lang|Jo|Lee|Keane|Müller|she|he|is|has left|will be|away|back|\
             until|5 May|Monday|ill|please contact|talk to|meet|took over|jo@firm\\.example|ops@|in|\
             Lyon|\\.|\\?|,|\n\n|by|Friday|get back to me|Mr|no longer works here|off)( ?)",
            0..30,
        ),
        others in proptest::sample::subsequence(OTHERS.to_vec(), 1..4),
        index in 0_usize..80,
    ) {
        let message = with_text(index, parts.concat());
        let others: Vec<Mailbox> = others.into_iter().map(mailbox).collect();
        let alone = read_statements(&message, &message.text, &Signature::default(), &[]);
        let meant = others
            .iter()
            .flat_map(ways_to_mean)
            .any(|way| alone.names.iter().any(|name| **name == *way));
        let among = read_message_among(&message, &message.text, &Signature::default(), &others);
        prop_assert!(meant || among == alone.facts, "{among:?}\n{alone:?}");
    }

    #[test]
    fn notes_never_panic(text in "\\PC{0,120}") {
        for fact in read_note(&text, date(2026, 3, 10), &[]) {
            prop_assert!(folded(&text).contains(&fact.quote));
        }
    }
}

/// Twice the text may not take much more than twice the time, whatever it repeats.
#[test]
fn long_texts_take_time_in_proportion() {
    for piece in [
        "nicht mehr ",
        "a@",
        "I'm off ",
        "please contact ",
        "back. ",
        "5 May ",
        "Peter ",
        "\n",
        "....",
        "if not ",
        "remove me from ",
        "1.1.",
        "until Monday, ",
        "Frau Dr. ",
        "''''",
        "ist Herr ",
    ] {
        let seconds = |times: usize| {
            let message = with_text(0, piece.repeat(times));
            let started = Instant::now();
            check(&message);
            started.elapsed().as_secs_f64()
        };
        let short = seconds(2_000 / piece.len()).max(0.01);
        let long = seconds(16_000 / piece.len());
        assert!(long < short * 40.0, "{piece:?}: {short:.3} s for 2 kB, {long:.3} s for 16 kB");
    }
}
