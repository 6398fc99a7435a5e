//! Servers that say too much, too slowly, or before they are asked.

use std::time::{Duration, Instant};

use inroad_submission::{Outcome, Refusal, Security, Step, Why};

use crate::server::{Script, Server, hurry};
use crate::{letter, sent};

async fn refused(script: Script) -> Refusal {
    let server = Server::start(script).await;
    let endpoint = server.endpoint(Security::Plain);
    match sent(&letter(1).written().unwrap(), &endpoint, None).await {
        Outcome::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

fn saying(step: &'static str, text: &str) -> Script {
    Script { answers: [(step, text.to_owned())].into(), ..Script::default() }
}

fn broken(refusal: &Refusal, words: &str) {
    let Why::Broken(what) = &refusal.why else { panic!("{refusal:?}") };
    assert!(what.contains(words), "{what}");
}

#[tokio::test]
async fn over_long_answers() {
    let long = "x".repeat(1 << 20);
    broken(&refused(saying("greeting", &long)).await, "too long");
    broken(&refused(saying("EHLO", &format!("250 {long}\r\n"))).await, "too long");
    broken(&refused(saying("EHLO", &"250-x\r\n".repeat(100_000))).await, "too many lines");
    broken(
        &refused(saying("MAIL", &format!("250-{}\r\n", "x".repeat(1_900)).repeat(60))).await,
        "too long",
    );
}

#[tokio::test]
async fn answers_before_they_were_asked_for() {
    // Of a server that would answer the end of the letter before it came, no yes is believed.
    for step in ["greeting", "EHLO", "MAIL", "RCPT 0", "DATA"] {
        let code = match step {
            "greeting" => "220 ready",
            "DATA" => "354 go",
            _ => "250 ok",
        };
        // In one piece of seven bytes or in several: whatever arrived is seen.
        let text = format!("{code}\r\n250 2.0.0 queued\r\n");
        let server = Server::start(saying(step, &text)).await;
        let endpoint = server.endpoint(Security::Plain);
        let outcome = sent(&letter(1).written().unwrap(), &endpoint, None).await;
        let seen = server.seen().await;
        match outcome {
            Outcome::Refused(_) => assert!(seen.taken.is_empty(), "{step}"),
            // The extra answer came after the look for it; then all answers are one late.
            other => assert!(
                !matches!(other, Outcome::Accepted { .. }) || seen.said_yes,
                "{step}: {other:?}"
            ),
        }
    }
}

#[tokio::test]
async fn a_slow_drip_is_no_answer() {
    let script = Script { drips: Some(Duration::from_millis(40)), ..Script::default() };
    let server = Server::start(script).await;
    let mut patience = hurry();
    patience.answer = Duration::from_millis(150);
    let endpoint = server.endpoint(Security::Plain).with_patience(patience);
    let start = Instant::now();
    let outcome = sent(&letter(1).written().unwrap(), &endpoint, None).await;
    let Outcome::Refused(refusal) = outcome else { panic!("{outcome:?}") };
    assert_eq!(refusal.at, Step::Greeting);
    broken(&refusal, "too long");
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_silent_server_after_the_end_leaves_it_unknown() {
    let server = Server::start(saying("end", "")).await;
    let mut patience = hurry();
    patience.end = Duration::from_millis(100);
    let endpoint = server.endpoint(Security::Plain).with_patience(patience);
    let outcome = sent(&letter(1).written().unwrap(), &endpoint, None).await;
    assert_eq!(outcome, Outcome::Unknown { because: "The server took too long".to_owned() });
    assert_eq!(server.seen().await.taken.len(), 1);
}

#[tokio::test]
async fn nobody_there() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let endpoint = inroad_submission::Endpoint::new("127.0.0.1", port, Security::Plain).unwrap();
    let outcome = sent(&letter(1).written().unwrap(), &endpoint, None).await;
    let Outcome::Refused(refusal) = outcome else { panic!("{outcome:?}") };
    assert!(matches!(refusal, Refusal { at: Step::Connection, why: Why::Unreachable(_) }));
    assert!(refusal.is_temporary());
}
