//! What an orderly server is asked, and what comes of it.

use std::num::{NonZeroU32, NonZeroU64};
use std::sync::{Arc, Mutex};

use inroad_imap::plan::{FlagChanges, GoOn, Kept, Plan, plan};
use inroad_imap::{Credentials, Flag, Flags, Kind, Limits, Link, Role, Session, Since, UidSet};

use crate::reading::{expected, read, secret, signed_in};
use crate::server::{Fault, Mailbox, connected, orderly};

#[tokio::test(start_paused = true)]
async fn everything_is_read() {
    let mailbox = Mailbox::default();
    assert!(mailbox.letters.len() > 10);
    assert_eq!(read(orderly(mailbox.clone(), Fault::None)).await, Ok(expected(&mailbox)));
}

#[tokio::test(start_paused = true)]
async fn an_empty_mailbox_is_read() {
    let mailbox = Mailbox { letters: Vec::new(), ..Mailbox::default() };
    assert_eq!(read(orderly(mailbox, Fault::None)).await, Ok(Vec::new()));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_ever_changed_by_reading() {
    let mailbox = Mailbox::default();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        heard.lock().unwrap().push(command.to_ascii_uppercase());
        mailbox.answer(tag, command)
    });
    read(stream).await.unwrap();
    let asked = asked.lock().unwrap();
    assert!(asked.len() > 8, "{asked:?}");
    for command in asked.iter() {
        for word in ["SELECT", "UID STORE", "EXPUNGE", "BODY[", "COPY", "MOVE", "CLOSE", "DELETE"] {
            assert!(!command.contains(word), "{command}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn folders() {
    let mut session = signed_in(orderly(Mailbox::default(), Fault::None)).await.unwrap();
    assert!(session.enabled().has("QRESYNC"));
    let folders = session.folders().await.unwrap();
    let found: Vec<_> = folders
        .iter()
        .map(|folder| {
            (folder.name.as_str(), folder.role, folder.can_be_opened, folder.role_is_guessed)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("INBOX", Some(Role::Inbox), true, false),
            ("Clients", None, false, false),
            ("Entwürfe", Some(Role::Drafts), true, true),
            ("Gesendet", Some(Role::Sent), true, false),
        ]
    );
}

/// Names that are not written as they ought to be still open their folders.
#[tokio::test(start_paused = true)]
async fn odd_names_go_back_as_they_came() {
    let list = "* LIST () \"/\" \"A&B\"\r\n* LIST () \"/\" \"Entw\u{fc}rfe\"\r\n* LIST () \"/\" My Mail\r\n";
    let mailbox = Mailbox { list, ..Mailbox::default() };
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        heard.lock().unwrap().push(command.to_owned());
        mailbox.answer(tag, command)
    });
    let mut session = signed_in(stream).await.unwrap();
    let folders = session.folders().await.unwrap();
    assert_eq!(folders.len(), 3);
    for folder in &folders {
        session.examine(&folder.name, None).await.unwrap();
    }
    let asked = asked.lock().unwrap();
    let opened: Vec<&str> =
        asked.iter().filter_map(|command| command.strip_prefix("EXAMINE ")).collect();
    assert_eq!(
        opened,
        ["A&B (CONDSTORE)", "{10}\nEntwürfe (CONDSTORE)", "\"My Mail\" (CONDSTORE)"]
            .map(|name| { name.replace("{10}", "{9}") })
    );
}

fn state(state: u64) -> Option<NonZeroU64> {
    NonZeroU64::new(state)
}

#[tokio::test(start_paused = true)]
async fn what_changed_since() {
    let mailbox = Mailbox::default();
    let known = UidSet::parse("1:30").unwrap();
    let expected_flags = |changes: &inroad_imap::Changes| {
        assert_eq!(changes.flags.keys().copied().collect::<Vec<_>>(), [27, 30]);
        assert!(changes.flags[&30].contains(&Flag::Seen));
    };
    // Where the server tells what is gone, and where it has to be asked what is there.
    for (offers, gone) in [
        (mailbox.offers, "8"),
        ("IMAP4rev1 CONDSTORE", "1:2,4:5,7:8,10:11,13:14,16:17,19:20,22:23,25:26,28:29"),
    ] {
        let mailbox = Mailbox { offers, ..mailbox.clone() };
        let mut session = signed_in(orderly(mailbox, Fault::None)).await.unwrap();
        session.examine("INBOX", None).await.unwrap();
        let changes = session.changes(&known, state(24)).await.unwrap();
        expected_flags(&changes);
        assert_eq!(changes.gone.to_string(), gone, "{offers}");
    }
    // Where it counts nothing, all marks are looked at.
    let plain = Mailbox { offers: "IMAP4rev1", ..mailbox.clone() };
    let mut session = signed_in(orderly(plain, Fault::None)).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    let changes = session.changes(&known, state(24)).await.unwrap();
    assert_eq!(changes.flags.len(), 10);
    assert_eq!(changes.gone.len(), 20);
    // On opening already.
    let mut session = signed_in(orderly(mailbox, Fault::None)).await.unwrap();
    let since = |validity| Since {
        uid_validity: NonZeroU32::new(validity).unwrap(),
        modseq: state(24).unwrap(),
        known: known.clone(),
    };
    let opened = session.examine("INBOX", Some(&since(7))).await.unwrap();
    let changes = opened.changes.unwrap();
    expected_flags(&changes);
    assert_eq!(changes.gone.to_string(), "8");
    assert_eq!(session.examine("INBOX", Some(&since(6))).await.unwrap().changes, None);
}

/// What a server still has to say of the folder that is being closed is not of the new one.
#[tokio::test(start_paused = true)]
async fn news_of_the_folder_before() {
    let mailbox = Mailbox::default();
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        let before = "* VANISHED 3\r\n* 99 EXISTS\r\n* OK [CLOSED] So far\r\n";
        let before = if command.starts_with("EXAMINE") { before } else { "" };
        [before.as_bytes(), &mailbox.answer(tag, command)].concat()
    });
    let mut session = signed_in(stream).await.unwrap();
    session.examine("Gesendet", None).await.unwrap();
    let since = Since {
        uid_validity: NonZeroU32::new(7).unwrap(),
        modseq: state(24).unwrap(),
        known: UidSet::range(1, 30),
    };
    let opened = session.examine("INBOX", Some(&since)).await.unwrap();
    assert_eq!(opened.told.exists, 12);
    assert_eq!(opened.changes.unwrap().gone.to_string(), "8");
}

#[tokio::test(start_paused = true)]
async fn what_was_kept_goes_on() {
    let mailbox = Mailbox::default();
    let mut session = signed_in(orderly(mailbox, Fault::None)).await.unwrap();
    let opened = session.examine("INBOX", None).await.unwrap();
    let kept = Kept {
        uid_validity: NonZeroU32::new(7).unwrap(),
        uid_next: NonZeroU32::new(31),
        modseq: state(30),
        exists: 10,
        uids: UidSet::parse("3,6,9").unwrap(),
    };
    let go_on = GoOn {
        new_from: NonZeroU32::new(31),
        flags: FlagChanges::Since(state(30).unwrap()),
        may_be_gone: true,
    };
    assert_eq!(plan(Some(&kept), &opened.told), Plan::GoOn(go_on));
    assert_eq!(plan(None, &opened.told), Plan::Begin);
}

/// Whoever stops in the middle of a fetch goes on with something else.
#[tokio::test(start_paused = true)]
async fn stopping_in_the_middle() {
    let mut session = signed_in(orderly(Mailbox::default(), Fault::None)).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    let uids = session.uids(None).await.unwrap();
    let sizes = session.sizes(&uids).await.unwrap();
    {
        let mut fetching = session.fetch(&sizes).unwrap();
        assert!(fetching.next().await.unwrap().is_some());
    }
    assert_eq!(session.uids(None).await.unwrap(), uids);
    // Even one who stops waiting for an answer.
    let given_up = tokio::time::timeout(std::time::Duration::ZERO, session.uids(None)).await;
    assert!(given_up.is_err());
    assert_eq!(session.sizes(&uids).await.unwrap(), sizes);
}

#[tokio::test(start_paused = true)]
async fn messages_that_went_meanwhile_are_named() {
    let mailbox = Mailbox::default();
    let mut session = signed_in(orderly(mailbox, Fault::None)).await.unwrap();
    session.examine("INBOX", None).await.unwrap();
    let mut sizes = session.sizes(&UidSet::range(1, 9)).await.unwrap();
    assert_eq!(sizes.len(), 3);
    sizes[1].uid = 7;
    let mut fetching = session.fetch(&sizes).unwrap();
    let mut came = Vec::new();
    while let Some(message) = fetching.next().await.unwrap() {
        came.push(message.uid);
    }
    assert_eq!((came.as_slice(), fetching.missing()), (&[3, 9][..], &[7][..]));
}

#[tokio::test(start_paused = true)]
async fn without_an_open_folder() {
    let mut session = signed_in(orderly(Mailbox::default(), Fault::None)).await.unwrap();
    assert_eq!(session.uids(None).await.unwrap_err().kind, Kind::NoFolder);
    assert_eq!(session.fetch(&[]).unwrap_err().kind, Kind::NoFolder);
    assert!(!session.is_over());
}

/// A server that agrees to UTF-8 is told names in UTF-8, and tells them so.
#[tokio::test(start_paused = true)]
async fn names_in_utf8() {
    let list = "* LIST (\\Drafts) \"/\" \"Entw\u{fc}rfe\"\r\n* LIST () \"/\" \"A&-B\"\r\n";
    let offers = "IMAP4rev1 ENABLE UTF8=ACCEPT AUTH=PLAIN SASL-IR";
    let mailbox = Mailbox { offers, list, ..Mailbox::default() };
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        heard.lock().unwrap().push(command.to_owned());
        if command.starts_with("ENABLE") {
            return format!("* ENABLED UTF8=ACCEPT\r\n{tag} OK Done\r\n").into_bytes();
        }
        mailbox.answer(tag, command)
    });
    let mut session = signed_in(stream).await.unwrap();
    let folders = session.folders().await.unwrap();
    let names: Vec<&str> = folders.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(names, ["A&-B", "Entwürfe"]);
    for name in names {
        session.examine(name, None).await.unwrap();
    }
    let asked = asked.lock().unwrap();
    assert!(asked.contains(&"ENABLE UTF8=ACCEPT".to_owned()), "{asked:?}");
    assert!(asked.contains(&"EXAMINE \"Entwürfe\"".to_owned()), "{asked:?}");
    assert!(asked.contains(&"EXAMINE A&-B".to_owned()), "{asked:?}");
}

/// What no quoted text can hold is sent as a literal, and a server that wants to be asked first is.
#[tokio::test(start_paused = true)]
async fn a_password_beyond_ascii() {
    for (offers, expected) in [
        ("IMAP4rev1", "LOGIN anna {7}\nh\u{fc}nter"),
        ("IMAP4rev1 AUTH=PLAIN", "AGFubmEAaMO8bnRlcg=="),
        ("IMAP4rev1 AUTH=PLAIN SASL-IR", "AUTHENTICATE PLAIN AGFubmEAaMO8bnRlcg=="),
    ] {
        let mailbox = Mailbox { offers, ..Mailbox::default() };
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        let mut began = String::new();
        let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
            heard.lock().unwrap().push(command.to_owned());
            if command == "AUTHENTICATE PLAIN" {
                tag.clone_into(&mut began);
                return b"+ \r\n".to_vec();
            }
            let tag = if command.starts_with("AGFubmEA") { &began } else { tag };
            mailbox.answer(tag, command)
        });
        let mut session = Session::greet(stream, Limits::default()).await.unwrap();
        let password = secret("h\u{fc}nter");
        let anna = Credentials::Password { user: "anna".to_owned(), password };
        session.sign_in(&anna).await.unwrap();
        assert!(asked.lock().unwrap().iter().any(|command| command == expected), "{offers}");
    }
}

/// Whoever drives many mailboxes at once does so in tasks that move between threads.
#[tokio::test(flavor = "multi_thread")]
async fn sessions_move_between_threads() {
    let stream: Box<dyn Link> = Box::new(orderly(Mailbox::default(), Fault::None));
    let task = tokio::spawn(async move {
        let mut session = signed_in(stream).await?;
        session.examine("INBOX", None).await?;
        let uids = session.uids(None).await?;
        session.changes(&uids, None).await?;
        session.find_by_message_id("INBOX", "<m3@lindner.example>").await?;
        session.append("INBOX", &Flags::default(), None, b"A: b\r\n").await?;
        let sizes = session.sizes(&uids).await?;
        let mut fetching = session.fetch(&sizes)?;
        while fetching.next().await?.is_some() {}
        session.idle(std::time::Duration::ZERO, std::future::ready(())).await?;
        session.leave().await
    });
    task.await.unwrap().unwrap();
}
