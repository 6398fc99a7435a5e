//! What a server refuses is told with its words, and nothing is sent.

use inroad_secrets::Secret;
use inroad_submission::{
    Credentials, Fingerprint, Leave, Outcome, Refusal, RefusedRecipient, Said, Security, Step, Why,
    submit,
};

use crate::server::{Script, Seen, Server};
use crate::{address, letter, sent};

fn password(text: &str) -> Credentials {
    Credentials::password("me@seller.example", Secret::new(text.to_owned()).unwrap()).unwrap()
}

async fn run(answers: &[(&'static str, &str)], recipients: usize) -> (Outcome, Seen) {
    let answers = answers.iter().map(|(step, text)| (*step, format!("{text}\r\n"))).collect();
    let server = Server::start(Script { answers, ..Script::default() }).await;
    let endpoint = server.endpoint(Security::Plain);
    let outcome = sent(
        &letter(recipients).written().unwrap(),
        &endpoint,
        Some(&password("hunter2-swordfish")),
    )
    .await;
    (outcome, server.seen().await)
}

fn refusal(outcome: Outcome) -> Refusal {
    match outcome {
        Outcome::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn check(step: &'static str, at: Step) {
    for (code, temporary) in [(421, true), (450, true), (500, false), (550, false)] {
        let (outcome, seen) =
            run(&[(step, &format!("{code}-5.7.1 because\r\n{code} of that"))], 1).await;
        let refusal = refusal(outcome);
        let words = "5.7.1 because of that".to_owned();
        assert_eq!(refusal, Refusal { at, why: Why::Said(Said { code, words }) }, "{step}");
        assert_eq!(refusal.is_temporary(), temporary);
        assert!(refusal.to_string().ends_with(&format!("{code} 5.7.1 because of that")));
        assert!(seen.taken.is_empty() && !seen.said_yes);
    }
}

#[tokio::test]
async fn a_no_at_each_step() {
    check("greeting", Step::Greeting).await;
    check("EHLO", Step::Greeting).await;
    check("AUTH", Step::SignIn).await;
    check("MAIL", Step::Sender).await;
    check("DATA", Step::Content).await;
    check("end", Step::End).await;
}

#[tokio::test]
async fn one_of_three_recipients() {
    let (outcome, seen) = run(&[("RCPT 1", "550 5.1.1 no such user")], 3).await;
    let said = Said { code: 550, words: "5.1.1 no such user".to_owned() };
    let refused = vec![RefusedRecipient { address: address("to1@buyer.example"), said }];
    let refusal = refusal(outcome);
    assert_eq!(refusal, Refusal { at: Step::Recipients, why: Why::Recipients(refused) });
    assert!(!refusal.is_temporary());
    let told = "The mail server takes no letter for to1@buyer.example (550 5.1.1 no such user), so it was \
                sent to nobody";
    assert_eq!(refusal.to_string(), told);
    // All three were asked about, and the letter was taken back.
    let verbs: Vec<&str> = seen.lines.iter().map(|line| &line[..4]).collect();
    assert_eq!(verbs, ["EHLO", "AUTH", "MAIL", "RCPT", "RCPT", "RCPT", "RSET", "QUIT"]);
    assert!(seen.taken.is_empty());
}

#[tokio::test]
async fn all_recipients_for_a_while() {
    let (outcome, seen) = run(&[("RCPT 0", "451 later"), ("RCPT 1", "452 full")], 2).await;
    let refusal = refusal(outcome);
    assert!(refusal.is_temporary());
    let Why::Recipients(refused) = refusal.why else { panic!() };
    assert_eq!(refused.iter().map(|one| one.said.code).collect::<Vec<_>>(), [451, 452]);
    assert!(!seen.lines.iter().any(|line| line == "DATA"));
}

#[tokio::test]
async fn neither_yes_nor_no_to_the_letter_is_unknown() {
    for strange in ["354 go on", "250", "250-half", "2", "599x", "hello", ""] {
        let mut script = Script::default();
        let end = if strange == "354 go on" { "\r\n" } else { "" };
        script.answers.insert("end", format!("{strange}{end}"));
        script.answers.insert("QUIT", String::new());
        let server = Server::start(script).await;
        let mut patience = crate::server::hurry();
        patience.end = std::time::Duration::from_millis(100);
        let endpoint = server.endpoint(Security::Plain).with_patience(patience);
        let outcome = sent(&letter(1).written().unwrap(), &endpoint, None).await;
        assert!(matches!(outcome, Outcome::Unknown { .. }), "{strange}: {outcome:?}");
    }
}

#[tokio::test]
async fn without_the_leave_for_it_nobody_is_asked() {
    let shown = letter(1).written().unwrap();
    let mut other = letter(1);
    other.text.push_str("One more line.");
    let other = other.written().unwrap();
    let more = letter(2).written().unwrap();
    for (envelope, message) in [
        (&shown.envelope, &other.message),
        (&more.envelope, &shown.message),
        (&other.envelope, &other.message),
    ] {
        let server = Server::start(Script::default()).await;
        let endpoint = server.endpoint(Security::Plain);
        let leave = Leave::by_a_person(shown.fingerprint());
        let outcome = submit(leave, &endpoint, None, envelope, message).await;
        assert_eq!(refusal(outcome), Refusal { at: Step::Before, why: Why::NotThatText });
        // The server was not even reached: it still waits for its first connection.
        drop(tokio::net::TcpStream::connect(("127.0.0.1", server.port)).await.unwrap());
        assert!(server.seen().await.lines.is_empty());
    }
}

#[tokio::test]
async fn bytes_that_could_hide_a_second_letter_are_not_sent() {
    let envelope = letter(1).written().unwrap().envelope;
    for bad in
        ["Subject: x\r\n\r\na\n.\nMAIL FROM:<x@y.example>\r\n", "a\r.\r\r\n", "a\n", "no end", ""]
    {
        let leave = Leave::by_a_person(Fingerprint::of(&envelope, bad.as_bytes()));
        let endpoint = inroad_submission::Endpoint::new("127.0.0.1", 9, Security::Plain).unwrap();
        let outcome = submit(leave, &endpoint, None, &envelope, bad.as_bytes()).await;
        let refusal = refusal(outcome);
        assert!(
            matches!(refusal, Refusal { at: Step::Before, why: Why::Unfit(_) }),
            "{bad:?}: {refusal:?}"
        );
    }
}

#[tokio::test]
async fn what_the_server_cannot_carry() {
    let (outcome, seen) = run(&[("EHLO", "250-here\r\n250-SIZE 100\r\n250 AUTH PLAIN")], 1).await;
    let refusal_of_size = refusal(outcome);
    assert!(matches!(refusal_of_size, Refusal { at: Step::Sender, why: Why::Unfit(_) }));
    assert!(!seen.lines.iter().any(|line| line.starts_with("MAIL")));
    // Bytes beyond ASCII, which our own letters never hold.
    let envelope = letter(1).written().unwrap().envelope;
    let message = "Subject: ü\r\n\r\nü\r\n".as_bytes();
    for (offer, goes) in [("250 here", false), ("250-here\r\n250 8BITMIME", true)] {
        let answers = [("EHLO", format!("{offer}\r\n"))].into();
        let server = Server::start(Script { answers, ..Script::default() }).await;
        let endpoint = server.endpoint(Security::Plain);
        let leave = Leave::by_a_person(Fingerprint::of(&envelope, message));
        let outcome = submit(leave, &endpoint, None, &envelope, message).await;
        assert_eq!(matches!(outcome, Outcome::Accepted { .. }), goes, "{outcome:?}");
        let seen = server.seen().await;
        assert_eq!(seen.lines.iter().any(|line| line.ends_with(" BODY=8BITMIME")), goes);
    }
}

#[tokio::test]
async fn signing_in() {
    let no_way = run(&[("EHLO", "250-here\r\n250 AUTH CRAM-MD5")], 1).await;
    assert_eq!(refusal(no_way.0), Refusal { at: Step::SignIn, why: Why::NoWayToSignIn });
    // A server that repeats what it was sent does not bring it into our words.
    let encoded = "AG1lQHNlbGxlci5leGFtcGxlAGh1bnRlcjItc3dvcmRmaXNo";
    let said = format!("535 5.7.8 hunter2-swordfish is wrong, so is {encoded}");
    let (outcome, seen) = run(&[("AUTH", &said)], 1).await;
    assert!(seen.lines.iter().any(|line| line.ends_with(encoded)), "{seen:?}");
    let refusal = refusal(outcome);
    let text = format!("{refusal} {refusal:?}");
    assert!(!text.contains("hunter2") && !text.contains(encoded) && text.contains("535"), "{text}");
    assert_eq!(refusal.at, Step::SignIn);
}

#[tokio::test]
async fn signing_in_by_token_and_by_login() {
    let token = Secret::new("ya29.token".to_owned()).unwrap();
    let token = Credentials::token("me@seller.example", token).unwrap();
    // The refusal of a token comes as a question first.
    for (answer, taken) in [("235 welcome", true), ("334 eyJzdGF0dXMiOiI0MDEifQ==", false)] {
        let answers = [
            ("AUTH", format!("{answer}\r\n")),
            ("other", "535 5.7.8 the token is too old\r\n".to_owned()),
        ];
        let server = Server::start(Script { answers: answers.into(), ..Script::default() }).await;
        let endpoint = server.endpoint(Security::Plain);
        let outcome = sent(&letter(1).written().unwrap(), &endpoint, Some(&token)).await;
        assert_eq!(matches!(outcome, Outcome::Accepted { .. }), taken, "{outcome:?}");
        if let Outcome::Refused(refusal) = outcome {
            let words = "5.7.8 the token is too old".to_owned();
            assert_eq!(
                refusal,
                Refusal { at: Step::SignIn, why: Why::Said(Said { code: 535, words }) }
            );
        }
        let seen = server.seen().await;
        let line = "AUTH XOAUTH2 dXNlcj1tZUBzZWxsZXIuZXhhbXBsZQFhdXRoPUJlYXJlciB5YTI5LnRva2VuAQE=";
        assert_eq!(seen.lines[1], line);
    }
}
