//! Wherever a connection breaks, the outcome says no more than what is so.

use std::collections::BTreeMap;

use inroad_secrets::Secret;
use inroad_submission::{Credentials, Outcome, Security};

use crate::server::{Script, Seen, Server};
use crate::{letter, sent};

async fn run(script: Script, recipients: usize, with_password: bool) -> (Outcome, Seen) {
    let server = Server::start(script).await;
    let endpoint = server.endpoint(Security::Plain);
    let password = Secret::new("hunter2".to_owned()).unwrap();
    let credentials = Credentials::password("me@seller.example", password).unwrap();
    let written = letter(recipients).written().unwrap();
    let outcome = sent(&written, &endpoint, with_password.then_some(&credentials)).await;
    (outcome, server.seen().await)
}

/// What must hold of every outcome.
fn check(what: &str, outcome: &Outcome, seen: &Seen) {
    match outcome {
        Outcome::Accepted { .. } => {
            assert!(seen.said_yes, "{what}: accepted, and no yes was said: {seen:?}");
            assert_eq!(seen.taken.len(), 1, "{what}");
        }
        Outcome::Refused(refusal) => {
            assert!(
                seen.taken.is_empty(),
                "{what}: refused ({refusal:?}), and yet taken: {seen:?}"
            );
        }
        Outcome::Unknown { .. } => {
            let begun = seen.bytes_before_content.is_some();
            assert!(begun, "{what}: unknown, and nothing of the letter was sent: {seen:?}");
        }
    }
    // Whatever happens, nothing is tried again over the same connection.
    let starts = seen.lines.iter().filter(|line| line.starts_with("MAIL")).count();
    assert!(starts <= 1, "{what}: {starts} letters were begun");
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_shown() {
    let (outcome, seen) = run(Script::default(), 2, true).await;
    assert_eq!(outcome, Outcome::Accepted { words: "2.0.0 queued as 4X2".to_owned() });
    assert_eq!(seen.taken, [letter(2).written().unwrap().message]);
    let length = seen.taken[0].len();
    let lines = [
        "EHLO [127.0.0.1]".to_owned(),
        "AUTH PLAIN AG1lQHNlbGxlci5leGFtcGxlAGh1bnRlcjI=".to_owned(),
        format!("MAIL FROM:<me@seller.example> SIZE={length}"),
        "RCPT TO:<to0@buyer.example>".to_owned(),
        "RCPT TO:<to1@buyer.example>".to_owned(),
        "DATA".to_owned(),
        "QUIT".to_owned(),
    ];
    assert_eq!(seen.lines, lines);
}

#[tokio::test]
async fn breaks_at_every_byte() {
    let (_outcome, whole) = run(Script::default(), 2, true).await;
    let content_at = whole.bytes_before_content.unwrap();
    let mut count = BTreeMap::new();
    for breaks_after in 0..=whole.bytes {
        for by_reset in [false, true] {
            let script = Script { breaks_after: Some(breaks_after), by_reset, ..Script::default() };
            let (outcome, seen) = run(script, 2, true).await;
            let what = format!("byte {breaks_after}, reset {by_reset}");
            check(&what, &outcome, &seen);
            let kind = match outcome {
                Outcome::Accepted { .. } => "accepted",
                Outcome::Refused(_) => "refused",
                Outcome::Unknown { .. } => "unknown",
            };
            *count.entry(kind).or_insert(0_u32) += 1;
            // Before the server let the letter come, it is certain that nothing was sent.
            assert!(breaks_after >= content_at || kind == "refused", "{what}: {kind}");
            // What it said at leisure is heard.
            assert!(!seen.said_yes || by_reset || kind == "accepted", "{what}: {kind}");
        }
    }
    println!("{count:?} of {} bytes", whole.bytes);
    assert!(
        count["accepted"] >= 10 && count["refused"] >= 200 && count["unknown"] >= 20,
        "{count:?}"
    );
}

/// Numbers that look random and are the same each time (`SplitMix64`; Steele, Lea, Flood 2014).
struct Seed(u64);

impl Seed {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }
}

/// Answers of every kind at every step, cut at any place, before a server that breaks or goes on.
#[tokio::test]
async fn strange_answers_at_every_step() {
    const STEPS: [&str; 8] =
        ["greeting", "EHLO", "AUTH", "MAIL", "RCPT 0", "RCPT 1", "DATA", "end"];
    const ANSWERS: [&str; 16] = [
        "220 ready\r\n",
        "250 ok\r\n",
        "235 ok\r\n",
        "354 go\r\n",
        "421 closing\r\n",
        "450 later\r\n",
        "550 no\r\n",
        "554 never\r\n",
        "334 \r\n",
        "250-more\r\n",
        "250-a\r\n250 b\r\n",
        "",
        "\r\n",
        "not an answer\r\n",
        "250 ok\r\n250 ok\r\n",
        "250-a\r\n550 b\r\n",
    ];
    let mut seed = Seed(2_026);
    let mut count = BTreeMap::new();
    for run_number in 0..600 {
        let mut script = Script::default();
        for _ in 0..seed.below(3) {
            let text = ANSWERS[seed.below(ANSWERS.len())];
            let cut = if seed.below(3) == 0 { seed.below(text.len() + 1) } else { text.len() };
            script.answers.insert(STEPS[seed.below(STEPS.len())], text[..cut].to_owned());
        }
        script.breaks_after = (seed.below(3) > 0).then(|| 1 + seed.below(1_000));
        script.by_reset = seed.below(2) == 0;
        let what = format!("run {run_number}: {:?}, {:?}", script.answers, script.breaks_after);
        let server = Server::start(script).await;
        let mut patience = crate::server::hurry();
        patience.answer = std::time::Duration::from_millis(60);
        patience.end = patience.answer;
        patience.goodbye = std::time::Duration::from_millis(5);
        let endpoint = server.endpoint(Security::Plain).with_patience(patience);
        let password = Secret::new("hunter2".to_owned()).unwrap();
        let credentials = Credentials::password("me@seller.example", password).unwrap();
        let outcome = sent(&letter(2).written().unwrap(), &endpoint, Some(&credentials)).await;
        let seen = server.seen().await;
        check(&what, &outcome, &seen);
        let kind = match outcome {
            Outcome::Accepted { .. } => "accepted",
            Outcome::Refused(_) => "refused",
            Outcome::Unknown { .. } => "unknown",
        };
        *count.entry(kind).or_insert(0_u32) += 1;
    }
    println!("{count:?}");
    assert!(count.len() == 3 && count.values().all(|count| *count > 30), "{count:?}");
}
