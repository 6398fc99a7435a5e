//! A connection that breaks at any place, and noise of any kind: more than a thousand runs, each of
//! which ends in the same messages as an undisturbed one, or in a stated error.

use std::sync::atomic::Ordering;
use std::time::Duration;

use inroad_imap::{Error, Kind, Remedy};

use crate::reading::{Seen, expected, read};
use crate::server::{Counted, Fault, Mailbox, connected, orderly};

/// A few messages of each kind, so that a thousand runs take seconds.
fn mailbox() -> Mailbox {
    let mut mailbox = Mailbox::default();
    mailbox.letters.truncate(8);
    for letter in &mut mailbox.letters {
        letter.bytes.truncate(90);
    }
    mailbox
}

/// Numbers that look random, and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Reads, and checks what holds of every run.
async fn run(stream: Counted<tokio::io::DuplexStream>) -> Result<Vec<Seen>, Error> {
    let polls = stream.polls();
    let done = tokio::time::timeout(Duration::from_hours(2), read(stream)).await;
    let polled = polls.load(Ordering::Relaxed);
    assert!(polled < 20_000, "it asked {polled} times");
    done.expect("it ends")
}

/// How many bytes an undisturbed server sends.
async fn length(mailbox: &Mailbox) -> usize {
    let total = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(mailbox.greeting().len()));
    let (sent, mailbox) = (std::sync::Arc::clone(&total), mailbox.clone());
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        let answer = mailbox.answer(tag, command);
        sent.fetch_add(answer.len(), Ordering::Relaxed);
        answer
    });
    run(stream).await.unwrap();
    total.load(Ordering::Relaxed)
}

#[tokio::test(start_paused = true)]
async fn cut_after_any_byte() {
    let mailbox = mailbox();
    let whole = expected(&mailbox);
    let length = length(&mailbox).await;
    assert!(length > 2_000, "{length}");
    let (mut runs, mut errors) = (0, 0);
    for at in (0..length).step_by(4) {
        for fault in [Fault::Close(at), Fault::Silence(at)] {
            runs += 1;
            match run(orderly(mailbox.clone(), fault)).await {
                Ok(seen) => assert!(seen == whole, "{fault:?} gave other messages"),
                Err(error) => {
                    errors += 1;
                    assert!(
                        matches!(error.kind, Kind::Closed | Kind::TimedOut | Kind::Bye),
                        "{fault:?}: {error:?}"
                    );
                    assert_eq!(error.remedy(), Remedy::Later);
                }
            }
        }
    }
    assert!(runs > 1_000, "{runs} runs");
    assert!(errors > 1_000, "{errors} errors");
}

#[tokio::test(start_paused = true)]
async fn cut_after_any_command() {
    let mailbox = mailbox();
    let mut errors = 0;
    for count in 1..20 {
        match run(orderly(mailbox.clone(), Fault::CloseAtCommand(count))).await {
            Ok(seen) => assert!(seen == expected(&mailbox)),
            Err(error) => {
                errors += 1;
                assert_eq!(error.kind, Kind::Closed);
            }
        }
    }
    assert!((8..20).contains(&errors), "{errors} errors");
}

/// Remarks that nobody asked for, anywhere between answers, change nothing.
#[tokio::test(start_paused = true)]
async fn remarks_anywhere() {
    const REMARKS: [&str; 10] = [
        "* 12 EXISTS\r\n",
        "* 0 RECENT\r\n",
        "* 1 FETCH (FLAGS (\\Seen \\Recent))\r\n",
        "* 2 FETCH (UID 6 FLAGS (odd\u{e4}) MODSEQ (99))\r\n",
        "* OK Still here\r\n",
        "* NO [ALERT] Almost full\r\n",
        "* XYZZY plugh\r\n",
        "* FLAGS (\\Answered \\Flagged)\r\n",
        "* LIST (\\Odd) \"/\" \"a b\"\r\n",
        "* OK [PERMANENTFLAGS ()] None\r\n",
    ];
    let whole = expected(&mailbox());
    for seed in 0..150 {
        let mut dice = Dice(seed);
        let mailbox = mailbox();
        let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
            let mut answer = Vec::new();
            for _ in 0..dice.below(4) {
                answer.extend_from_slice(REMARKS[dice.below(REMARKS.len())].as_bytes());
            }
            answer.extend(mailbox.answer(tag, command));
            answer
        });
        let seen = run(stream).await;
        assert!(seen.as_ref() == Ok(&whole), "seed {seed}: {:?}", seen.err());
    }
}

/// One byte that is another: what comes of it may be another letter, but never a panic, a circle or
/// a wait without an end.
#[tokio::test(start_paused = true)]
async fn a_wrong_byte_anywhere() {
    let mailbox = mailbox();
    let length = length(&mailbox).await;
    let mut dice = Dice(7);
    let mut errors = 0;
    for _ in 0..400 {
        let byte = [0, b'\n', b'{', b'}', b'(', b')', b'"', b'9', b' ', 0xff][dice.below(10)];
        let fault = Fault::Change(dice.below(length), byte);
        let stream = orderly(mailbox.clone(), fault);
        let polls = stream.polls();
        let done = tokio::time::timeout(Duration::from_hours(2), read_some(stream)).await;
        assert!(polls.load(Ordering::Relaxed) < 20_000);
        if let Err(error) = done.expect("it ends") {
            errors += 1;
            assert!(error.to_string().contains("mail"), "{error}");
        }
    }
    assert!((20..400).contains(&errors), "{errors} errors");
}

/// Nothing but rubbish.
#[tokio::test(start_paused = true)]
async fn rubbish() {
    for seed in 0..100 {
        let mut dice = Dice(seed);
        let mailbox = mailbox();
        let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
            if dice.below(4) > 0 {
                return mailbox.answer(tag, command);
            }
            let pieces = [
                "* ", tag, " OK", " FETCH", "(", ")", "{7}", "\r\n", "\"", "UID 3", "BODY[]", "+",
                "\0",
            ];
            (0..dice.below(30))
                .map(|_| pieces[dice.below(pieces.len())])
                .collect::<String>()
                .into_bytes()
        });
        if let Err(error) =
            tokio::time::timeout(Duration::from_hours(2), read_some(stream)).await.expect("it ends")
        {
            assert!(!error.kind.what().is_empty());
        }
    }
}

/// As [`read`], without looking at what is missing.
async fn read_some(stream: Counted<tokio::io::DuplexStream>) -> Result<(), Error> {
    let mut session = crate::reading::signed_in(stream).await?;
    session.folders().await?;
    session.examine("INBOX", None).await?;
    let uids = session.uids(None).await?;
    let sizes = session.sizes(&uids).await?;
    let mut fetching = session.fetch(&sizes)?;
    while fetching.next().await?.is_some() {}
    session.changes(&uids, None).await?;
    Ok(())
}
