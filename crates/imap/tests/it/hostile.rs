//! Servers as they should not be, and some as they are: each ends in the right messages or in a
//! stated error, in bounded time, and never in a wrong message.

use std::time::Duration;

use inroad_imap::{Credentials, Error, Kind, Limits, Remedy, Session, UidSet};

use crate::reading::{Seen, anna, expected, read, secret, signed_in, small};
use crate::server::{Fault, Mailbox, connected, orderly};

/// Reads a mailbox whose server answers commands that begin so in this way, `{tag}` being the tag and
/// `{right}` what would have been right.
async fn against(begin: &'static str, answer: &'static str) -> Result<Vec<Seen>, Error> {
    let mailbox = Mailbox::default();
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        let right = mailbox.answer(tag, command);
        if !command.starts_with(begin) {
            return right;
        }
        let answer = answer.replace("{tag}", tag);
        let Some((before, after)) = answer.split_once("{right}") else {
            return answer.into_bytes();
        };
        [before.as_bytes(), &right, after.as_bytes()].concat()
    });
    let polls = stream.polls();
    let done = tokio::time::timeout(Duration::from_hours(1), read(stream)).await;
    assert!(polls.load(std::sync::atomic::Ordering::Relaxed) < 10_000, "{begin}: asks in circles");
    done.expect("it ends")
}

async fn check(begin: &'static str, answer: &'static str, expected_kind: Option<Kind>) {
    match (against(begin, answer).await, expected_kind) {
        (Ok(seen), None) => assert!(seen == expected(&Mailbox::default()), "{begin} {answer}"),
        (Err(error), Some(kind)) => {
            assert_eq!(error.kind, kind, "{begin} {answer}: {error:?}");
            assert!(error.to_string().len() > 40);
        }
        (other, _) => panic!("{begin} {answer}: {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn what_need_not_be_understood() {
    for noise in [
        "* OK [UNSEEN 0] odd\r\n{right}",
        "* XYZZY\r\n* 3 RECENT\r\n* FLAGS (\\Odd$ a)\r\n{right}",
        "* NO [ALERT] Disk is almost full\r\n* BAD what\r\n{right}",
        "* CAPABILITY IMAP4rev1 ] [ IDLE\r\n{right}",
        "* LIST (\\X) NIL nowhere\r\n* STATUS INBOX (MESSAGES 3)\r\n{right}",
        "* 1 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (UID 6 FLAGS ())\r\n{right}",
        "* OK\r\n* OK \u{e4}\u{f6}\r\n* BOGUS {4}\r\nabcd\r\n{right}",
        "+ stray\r\n+\r\n{right}",
        "* 12 EXISTS\n{right}",
    ] {
        for begin in ["AUTHENTICATE", "ENABLE", "LIST", "EXAMINE", "UID FETCH"] {
            // A continuation where words are awaited asks for words.
            if begin == "AUTHENTICATE" && noise.starts_with('+') {
                continue;
            }
            check(begin, noise, None).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn odd_but_readable() {
    // Bare, backward, doubled, and in pieces.
    check(
        "UID SEARCH",
        "* SEARCH 36 3 6 9 9 12 15 0\r\n* SEARCH 18 21 24 27 30 33 \r\n{tag} OK\r\n",
        None,
    )
    .await;
    check("EXAMINE INBOX (", "{tag} BAD What parameters?\r\n", None).await;
    check("ENABLE", "{tag} BAD Never heard of it\r\n", None).await;
    check("ENABLE", "* ENABLED\r\n{tag} OK \u{e4}\r\n", None).await;
    check("LIST", "{tag} OK none\r\n", None).await;
    check("AUTHENTICATE", "{tag} OK CAPABILITY IMAP4rev1 IDLE\r\n", None).await;
    check("AUTHENTICATE", "* CAPABILITY IMAP4rev1\r\n{tag} OK [ALERT] Welcome\r\n", None).await;
    check("AUTHENTICATE", "{tag} OK\r\n", None).await;
    check("EXAMINE", "* 12 EXISTS\r\n{tag} OK [READ-ONLY] no validity at all\r\n", None).await;
}

#[tokio::test(start_paused = true)]
async fn lengths_that_lie() {
    for (answer, kind) in [
        // Too short: the rest of the letter stands where an answer should.
        ("* 1 FETCH (UID 3 BODY[] {3}\r\nSubject: a\r\n\r\nb\r\n)\r\n{tag} OK\r\n", Kind::Protocol),
        ("* 1 FETCH (UID 3 BODY[] {0}\r\nab)\r\n{tag} OK\r\n", Kind::Protocol),
        // Too long: it would swallow what follows.
        ("* 1 FETCH (UID 3 BODY[] {300}\r\nSubject: a\r\n)\r\n{tag} OK\r\n", Kind::TimedOut),
        (
            "* 1 FETCH (UID 3 BODY[] {20}\r\nSubject: a\r\n)\r\n* 2 FETCH (UID 6 BODY[] {1}\r\na)\r\n{tag} OK\r\n",
            Kind::Protocol,
        ),
        // Far too long.
        ("* 1 FETCH (UID 3 BODY[] {209715200}\r\nSubject: a\r\n{tag} OK\r\n", Kind::TimedOut),
        ("* 1 FETCH (UID 3 BODY[] {99999999999}\r\nSubject: a\r\n{tag} OK\r\n", Kind::Protocol),
        ("* 1 FETCH (UID 3 BODY[] {-1}\r\nSubject: a\r\n{tag} OK\r\n", Kind::Protocol),
        // Nothing that is one.
        ("* 1 FETCH UID 3\r\n{tag} OK\r\n", Kind::Protocol),
        ("\u{0}\u{1}\u{2}\r\n", Kind::Protocol),
        ("Subject: a\r\n\r\n{tag} OK\r\n", Kind::Protocol),
        ("i999 OK Done\r\n", Kind::Protocol),
        ("OK Done\r\n", Kind::Protocol),
    ] {
        check("UID FETCH 3,", answer, Some(kind)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_server_says_instead() {
    for (begin, answer, kind) in [
        ("AUTHENTICATE", "{tag} NO [AUTHENTICATIONFAILED] Wrong\r\n", Kind::Password),
        ("AUTHENTICATE", "{tag} NO 密码错误\r\n", Kind::Password),
        ("AUTHENTICATE", "* BYE Too many connections\r\n", Kind::Bye),
        ("AUTHENTICATE", "{tag} NO [UNAVAILABLE] Later\r\n", Kind::Busy),
        ("LIST", "{tag} NO [SERVERBUG] Oops\r\n", Kind::Busy),
        ("EXAMINE", "{tag} NO [NONEXISTENT] Gone\r\n", Kind::FolderGone),
        ("EXAMINE", "{tag} NO Mailbox does not exist\r\n", Kind::FolderGone),
        ("EXAMINE", "* BYE Good night\r\n{tag} OK\r\n", Kind::Bye),
        ("UID SEARCH", "* SEARCH one two\r\n{tag} OK\r\n", Kind::Protocol),
        ("UID SEARCH", "{tag} BAD\r\n", Kind::Refused),
        ("UID FETCH", "{tag} NO [INUSE] Locked\r\n", Kind::Busy),
        ("UID FETCH", "", Kind::TimedOut),
        ("LOGOUT", "", Kind::TimedOut),
    ] {
        check(begin, answer, Some(kind)).await;
    }
}

/// What has no end is ended by us, before it fills memory.
#[tokio::test(start_paused = true)]
async fn what_has_no_end() {
    let flood = |line: &'static str, times: usize| {
        let mailbox = Mailbox::default();
        connected(mailbox.greeting(), Fault::None, move |tag, command| {
            if command.starts_with("UID FETCH 3,") {
                return line.repeat(times).into_bytes();
            }
            mailbox.answer(tag, command)
        })
    };
    for (line, kind) in [
        ("* 12 EXISTS\r\n", Kind::TooLarge),
        ("* XYZZY\r\n", Kind::Protocol),
        ("* 1 FETCH (FLAGS ())\r\n", Kind::TooLarge),
        ("* LIST () NIL ", Kind::TooLarge),
        ("* OK {5}\r\n", Kind::TooLarge),
        ("* 1 FETCH (UID 3 BODY[] {209715200}\r\n", Kind::TooLarge),
    ] {
        let stream = flood(line, 100_000);
        assert_eq!(read(stream).await.unwrap_err().kind, kind, "{line}");
    }
    // A server that is never silent, and never done.
    let slow = orderly(Mailbox::default(), Fault::Drip(50_000));
    let start = tokio::time::Instant::now();
    assert_eq!(read(slow).await.unwrap_err().kind, Kind::TimedOut);
    assert!(start.elapsed() < Duration::from_secs(200));
    // One that is only slow.
    let mailbox = Mailbox::default();
    let slow = orderly(mailbox.clone(), Fault::Drip(5));
    assert!(read(slow).await == Ok(expected(&mailbox)));
}

#[tokio::test(start_paused = true)]
async fn greetings() {
    let greet = |greeting: &'static str| async move {
        let mailbox = Mailbox::default();
        let stream = connected(greeting.into(), Fault::None, move |tag, command| {
            mailbox.answer(tag, command)
        });
        read(stream).await.map_err(|error| error.kind)
    };
    for greeting in [
        "* OK ready\r\n",
        "* OK CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
        "* OK \u{e4}\r\n",
        "* OK\r\n",
        "* PREAUTH [CAPABILITY IMAP4rev1] hello\r\n",
        "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN\u{e4}] hello\n",
    ] {
        assert!(greet(greeting).await == Ok(expected(&Mailbox::default())), "{greeting}");
    }
    for (greeting, kind) in [
        ("* BYE Too many connections\r\n", Kind::Bye),
        ("* NO [UNAVAILABLE] Later\r\n", Kind::Busy),
        ("HTTP/1.1 400 Bad Request\r\n\r\n", Kind::Protocol),
        ("220 smtp.lindner.example ESMTP\r\n", Kind::Protocol),
        ("+OK POP3\r\n", Kind::Protocol),
        ("* OK", Kind::TimedOut),
        ("", Kind::TimedOut),
    ] {
        assert_eq!(greet(greeting).await.unwrap_err(), kind, "{greeting}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_an_error_everything_is_refused() {
    let mailbox = Mailbox::default();
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        if command.starts_with("UID SEARCH") {
            return b"rubbish\r\n".to_vec();
        }
        mailbox.answer(tag, command)
    });
    let mut session = signed_in(stream).await.unwrap();
    // A folder that is gone leaves the session.
    session.examine("INBOX", None).await.unwrap();
    let error = session.uids(None).await.unwrap_err();
    assert_eq!((error.kind, error.remedy()), (Kind::Protocol, Remedy::Server));
    assert!(error.place.is_some_and(|place| place > 100));
    assert!(session.is_over());
    let refused = [
        session.uids(None).await.unwrap_err(),
        session.folders().await.unwrap_err(),
        session.examine("INBOX", None).await.unwrap_err(),
        session.sizes(&UidSet::range(1, 3)).await.unwrap_err(),
        session.poll().await.unwrap_err(),
    ];
    assert!(refused.iter().all(|error| error.kind == Kind::Over), "{refused:?}");
    assert_eq!(session.leave().await.unwrap_err().kind, Kind::Over);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_too_large_is_named() {
    let mut mailbox = Mailbox::default();
    mailbox.letters[4].bytes = vec![b'x'; 100_000];
    let mut session = signed_in(orderly(mailbox, Fault::None)).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    let mut sizes = session.sizes(&UidSet::range(1, 36)).await.unwrap();
    assert_eq!(sizes[4].size, Some(100_000));
    // Who leaves it out is fine; who does not is told which.
    let large = sizes.remove(4);
    let mut fetching = session.fetch(&sizes).unwrap();
    let mut count = 0;
    while fetching.next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 11);
    let error = session.fetch([&large]).unwrap().next().await.unwrap_err();
    assert_eq!(error.kind, Kind::TooLarge);
    assert_eq!(error.asked_for.as_deref(), Some(&UidSet::range(15, 15)));
    assert!(error.place.unwrap() < 60_000, "it is noticed before it has come");
}

/// Messages that a server cannot give do not keep the others from coming.
#[tokio::test(start_paused = true)]
async fn a_chunk_that_is_refused_is_named_and_the_rest_comes() {
    let mailbox = Mailbox::default();
    let mut chunks = 0;
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        chunks += usize::from(command.contains("BODY.PEEK"));
        if chunks == 2 && command.contains("BODY.PEEK") {
            return format!("{tag} NO [SERVERBUG] Damaged\r\n").into_bytes();
        }
        mailbox.answer(tag, command)
    });
    let mut session = signed_in(stream).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    let sizes = session.sizes(&UidSet::range(1, 36)).await.unwrap();
    let mut fetching = session.fetch(&sizes).unwrap();
    let (mut came, mut refused) = (Vec::new(), UidSet::new());
    loop {
        match fetching.next().await {
            Ok(Some(message)) => came.push(message.uid),
            Ok(None) => break,
            Err(error) => {
                assert_eq!(error.kind, Kind::Busy);
                refused = *error.asked_for.unwrap();
            }
        }
    }
    assert!(!refused.is_empty() && !came.is_empty() && fetching.missing().is_empty());
    let came: UidSet = came.into_iter().collect();
    assert_eq!(came.union(&refused), sizes.iter().map(|sized| sized.uid).collect());
    assert!(came.intersection(&refused).is_empty());
}

/// A server that forgets its messages for a moment must not make us forget ours.
#[tokio::test(start_paused = true)]
async fn nothing_is_held_to_be_gone_on_a_word_that_does_not_fit() {
    let mailbox = Mailbox { offers: "IMAP4rev1", ..Mailbox::default() };
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        if command.starts_with("UID SEARCH") {
            return format!("* SEARCH\r\n{tag} OK\r\n").into_bytes();
        }
        mailbox.answer(tag, command)
    });
    let mut session = signed_in(stream).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    let changes = session.changes(&UidSet::range(1, 36), None).await;
    assert_eq!(changes.unwrap_err().kind, Kind::Protocol);
}

#[tokio::test(start_paused = true)]
async fn signing_in_with_a_token() {
    const TOKEN: &str = "ya29.secret-token";
    let sign_in = |offers: &'static str, said: &'static str| async move {
        let mailbox = Mailbox { offers, ..Mailbox::default() };
        let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
            if command.starts_with("AUTHENTICATE") {
                return said.split('|').next().unwrap().replace("{tag}", tag).into_bytes();
            }
            if matches!(command, "" | "AQ==" | "*") {
                return said.split('|').nth(1).unwrap().replace("{tag}", tag).into_bytes();
            }
            mailbox.answer(tag, command)
        });
        let mut session = Session::greet(stream, small()).await.unwrap();
        let credentials =
            Credentials::Token { user: "anna@lindner.example".into(), token: secret(TOKEN) };
        session.sign_in(&credentials).await
    };
    // {"status":"401"}, {"status":"invalid_token"}, {"status":"403"}
    let (expired, invalid, other) = (
        "eyJzdGF0dXMiOiI0MDEifQ==",
        "eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=",
        "eyJzdGF0dXMiOiI0MDMifQ==",
    );
    let explained = |text: &str| -> &'static str {
        format!("+ {text}\r\n|{{tag}} NO [AUTHENTICATIONFAILED] No {TOKEN}\r\n").leak()
    };
    for (offers, said, kind) in [
        ("IMAP4rev1 AUTH=XOAUTH2 SASL-IR", "{tag} OK\r\n", None),
        ("IMAP4rev1 AUTH=XOAUTH2 SASL-IR", explained(expired), Some(Kind::TokenExpired)),
        ("IMAP4rev1 AUTH=OAUTHBEARER SASL-IR", explained(invalid), Some(Kind::TokenExpired)),
        ("IMAP4rev1 AUTH=XOAUTH2 SASL-IR", explained(other), Some(Kind::TokenRefused)),
        (
            "IMAP4rev1 AUTH=XOAUTH2 SASL-IR",
            "{tag} NO AUTHENTICATE failed.\r\n",
            Some(Kind::TokenExpired),
        ),
        ("IMAP4rev1 AUTH=XOAUTH2 SASL-IR", "{tag} NO [UNAVAILABLE] Later\r\n", Some(Kind::Busy)),
        ("IMAP4rev1 AUTH=PLAIN SASL-IR", "", Some(Kind::NoWayToSignIn)),
    ] {
        let done = sign_in(offers, said).await;
        if let Err(error) = &done {
            assert!(!format!("{error:?} {error}").contains(TOKEN), "{error:?}");
        }
        assert_eq!(done.err().map(|error| error.kind), kind, "{said}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_password_is_in_no_error() {
    let mailbox = Mailbox { offers: "IMAP4rev1", ..Mailbox::default() };
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        if command.starts_with("LOGIN") {
            return format!("{tag} NO {command} failed\r\n").into_bytes();
        }
        mailbox.answer(tag, command)
    });
    let mut session = Session::greet(stream, Limits::default()).await.unwrap();
    let error = session.sign_in(&anna()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Password);
    let shown = format!("{error:?} {error} {session:?}");
    assert!(shown.contains("LOGIN anna") && !shown.contains("hunter22"), "{shown}");
}

/// Names that change between two looks are what they are now.
#[tokio::test(start_paused = true)]
async fn folders_that_are_called_otherwise_now() {
    let mailbox = Mailbox::default();
    let mut looks = 0;
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        if command.starts_with("LIST") {
            looks += 1;
            let name = ["Old", "New"][(looks - 1).min(1)];
            return format!("* LIST () \"/\" {name}\r\n* LIST () \".\" {name}\r\n{tag} OK\r\n")
                .into_bytes();
        }
        if command.starts_with("EXAMINE Old") {
            return format!("{tag} NO [NONEXISTENT] Gone\r\n").into_bytes();
        }
        mailbox.answer(tag, command)
    });
    let mut session = signed_in(stream).await.unwrap();
    let folders = session.folders().await.unwrap();
    assert_eq!(folders.len(), 1, "one name is one folder");
    assert_eq!(session.examine(&folders[0].name, None).await.unwrap_err().kind, Kind::FolderGone);
    assert_eq!(session.opened(), None);
    let folders = session.folders().await.unwrap();
    assert!(session.examine(&folders[0].name, None).await.is_ok());
}
