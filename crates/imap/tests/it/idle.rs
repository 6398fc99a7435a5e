//! Waiting for news.

use std::future::pending;
use std::num::{NonZeroU32, NonZeroU64};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use inroad_imap::plan::Told;
use inroad_imap::{Error, Idled, Kind, News, Session};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::reading::signed_in;
use crate::server::{Fault, Mailbox, connected, orderly};

const HOUR: Duration = Duration::from_hours(1);

/// A session with an open inbox, on a server that says this to IDLE; and how often it was asked.
async fn waiting(
    said: &'static str,
) -> (Session<impl AsyncRead + AsyncWrite + Unpin + std::fmt::Debug>, Arc<AtomicUsize>) {
    let mailbox = Mailbox::default();
    let rounds = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&rounds);
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| match command {
        "IDLE" => {
            counted.fetch_add(1, Ordering::Relaxed);
            said.replace("{tag}", tag).into_bytes()
        }
        "DONE" => format!("{tag} OK Done\r\n").into_bytes(),
        _ => mailbox.answer(tag, command),
    });
    let mut session = signed_in(stream).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    (session, rounds)
}

async fn check(said: &'static str, expected: Result<Idled, Kind>) {
    let (mut session, rounds) = waiting(said).await;
    let idled = session.idle(HOUR, pending()).await;
    assert_eq!(idled.map_err(|error: Error| error.kind), expected, "{said}");
    assert!(rounds.load(Ordering::Relaxed) >= 1);
    if expected.is_ok() {
        session.uids(None).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn news_end_the_wait() {
    let news = |came, gone, flags| Ok(Idled::Changed(News { came, gone, flags }));
    check("+ idling\r\n* 13 EXISTS\r\n", news(true, false, false)).await;
    check("+\r\n* OK Still here\r\n* 2 EXPUNGE\r\n", news(false, true, false)).await;
    check("+ \r\n* VANISHED 6\r\n", news(false, true, false)).await;
    check(
        "* 3 FETCH (FLAGS (\\Seen))\r\n+ idling\r\n* 12 EXISTS\r\n* 1 RECENT\r\n",
        news(false, false, true),
    )
    .await;
    check("+ idling\r\n* 12 EXISTS\r\n", Ok(Idled::TimeUp)).await;
    check("+ idling\r\n* BYE Restarting\r\n", Err(Kind::Bye)).await;
    check("{tag} NO [UNAVAILABLE] Not now\r\n", Err(Kind::Busy)).await;
    check("{tag} BAD What?\r\n", Err(Kind::Refused)).await;
    check("", Err(Kind::TimedOut)).await;
}

#[tokio::test(start_paused = true)]
async fn waiting_is_begun_anew_in_time() {
    let (mut session, rounds) = waiting("+ idling\r\n").await;
    let start = tokio::time::Instant::now();
    assert_eq!(session.idle(HOUR, pending()).await, Ok(Idled::TimeUp));
    // 25, 50 and 60 minutes.
    assert_eq!(rounds.load(Ordering::Relaxed), 3);
    assert!(start.elapsed() >= HOUR && start.elapsed() < HOUR + Duration::from_mins(1));
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_can_be_woken() {
    let (mut session, _) = waiting("+ idling\r\n").await;
    let start = tokio::time::Instant::now();
    let wake = tokio::time::sleep(Duration::from_secs(7));
    assert_eq!(session.idle(HOUR, wake).await, Ok(Idled::Woken));
    assert!(start.elapsed() < Duration::from_secs(8));
    // Before the server even agreed.
    assert_eq!(session.idle(HOUR, std::future::ready(())).await, Ok(Idled::Woken));
    // One who just drops it goes on too.
    assert!(
        tokio::time::timeout(Duration::from_secs(5), session.idle(HOUR, pending())).await.is_err()
    );
    assert!(!session.uids(None).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_dies_unnoticed_is_noticed() {
    let mailbox = Mailbox::default();
    let mut died = false;
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        died |= command == "IDLE";
        match command {
            "IDLE" => b"+ idling\r\n".to_vec(),
            _ if died => Vec::new(),
            _ => mailbox.answer(tag, command),
        }
    });
    let mut session = signed_in(stream).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    let start = tokio::time::Instant::now();
    assert_eq!(session.idle(24 * HOUR, pending()).await.unwrap_err().kind, Kind::TimedOut);
    assert!(start.elapsed() < Duration::from_mins(30));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_cannot_tell_is_asked() {
    let mailbox = Mailbox { offers: "IMAP4rev1", ..Mailbox::default() };
    let mut polls = 0;
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        if command == "NOOP" {
            polls += 1;
            let news = ["", "* 13 EXISTS\r\n", "* 1 FETCH (FLAGS ())\r\n* 4 EXPUNGE\r\n"];
            return format!("{}{tag} OK Done\r\n", news[polls - 1]).into_bytes();
        }
        mailbox.answer(tag, command)
    });
    let mut session = signed_in(stream).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    assert_eq!(session.idle(HOUR, pending()).await, Ok(Idled::NotOffered));
    assert!(session.poll().await.unwrap().is_none());
    assert_eq!(session.poll().await, Ok(News { came: true, ..News::default() }));
    assert_eq!(session.poll().await, Ok(News { gone: true, flags: true, came: false }));
}

/// What happened while something else was done is told at once.
#[tokio::test(start_paused = true)]
async fn news_between_commands_are_not_lost() {
    let mailbox = Mailbox::default();
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        let mut answer = Vec::new();
        if command.starts_with("UID SEARCH") {
            answer.extend_from_slice(b"* 13 EXISTS\r\n");
        }
        answer.extend(mailbox.answer(tag, command));
        answer
    });
    let mut session = signed_in(stream).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    session.uids(None).await.unwrap();
    let came = News { came: true, ..News::default() };
    assert_eq!(session.idle(HOUR, pending()).await, Ok(Idled::Changed(came)));
}

/// An open inbox of twelve messages whose server then tells of a thirteenth, and answers which number the last
/// one has with `said`; what is known of it then.
async fn known(mailbox: Mailbox, said: String) -> (Told, Option<Told>) {
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        let news = match command {
            "UID SEARCH ALL" => "* 13 EXISTS\r\n* OK [HIGHESTMODSEQ 99] Highest\r\n",
            "UID FETCH * UID" | "UID FETCH * (UID)" => {
                return format!("{said}{tag} OK Done\r\n").into_bytes();
            }
            _ => "",
        };
        [news.as_bytes(), &mailbox.answer(tag, command)].concat()
    });
    let mut session = signed_in(stream).await.unwrap();
    let opened = session.examine("INBOX", None).await.unwrap().told;
    session.uids(None).await.unwrap();
    (opened, session.told_by_now().await.unwrap())
}

#[tokio::test(start_paused = true)]
async fn the_next_number_is_known_without_opening_it_again() {
    for (last, next) in [(40, 41), (36, 37), (5, 37), (u32::MAX, 37), (0, 37)] {
        let said = format!("* 2 FETCH (FLAGS () MODSEQ (120))\r\n* 13 FETCH (UID {last})\r\n");
        let (opened, by_now) = known(Mailbox::default(), said).await;
        let expected = Told {
            exists: 13,
            uid_next: NonZeroU32::new(next),
            highest_modseq: NonZeroU64::new(120),
            ..opened
        };
        assert_eq!(by_now, Some(expected), "{last}");
    }
    // One that comes meanwhile: neither number tells of both.
    let said = "* 13 FETCH (UID 40)\r\n* 14 EXISTS\r\n".to_owned();
    assert_eq!(known(Mailbox::default(), said).await.1, None);
}

#[tokio::test(start_paused = true)]
async fn without_a_folder_there_is_nothing_to_wait_for() {
    let mut session = signed_in(orderly(Mailbox::default(), Fault::None)).await.unwrap();
    assert_eq!(session.idle(HOUR, pending()).await.unwrap_err().kind, Kind::NoFolder);
}
