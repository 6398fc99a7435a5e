//! Putting a message into a folder, and finding it again.

use std::sync::{Arc, Mutex};

use inroad_imap::{Appended, Error, Flag, Flags, Kind};

use crate::reading::signed_in;
use crate::server::{Fault, Mailbox, connected, orderly};

const DRAFT: &[u8] = b"Subject: draft\r\n\r\nDear Anna\r\n";

/// Puts a draft into a folder of a server that offers this and answers so.
async fn put(
    offers: &'static str,
    answer: &'static str,
) -> (Result<Option<Appended>, Error>, Vec<String>, bool) {
    let mailbox = Mailbox { offers, ..Mailbox::default() };
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    let stream = connected(mailbox.greeting(), Fault::None, move |tag, command| {
        if command.starts_with("APPEND") {
            heard.lock().unwrap().push(command.to_owned());
            return format!("{tag} {answer}\r\n").into_bytes();
        }
        mailbox.answer(tag, command)
    });
    let mut session = signed_in(stream).await.unwrap();
    let flags: Flags = [Flag::Draft, Flag::Seen].into_iter().collect();
    let date = "2024-02-01T09:20:30Z".parse().unwrap();
    let done = session.append("Entwürfe", &flags, Some(date), DRAFT).await;
    let is_over = session.is_over();
    let asked = asked.lock().unwrap().clone();
    (done, asked, is_over)
}

#[tokio::test(start_paused = true)]
async fn a_draft_is_put_into_its_folder() {
    for (offers, literal) in
        [("IMAP4rev1", "{29}"), ("IMAP4rev1 LITERAL+", "{29+}"), ("IMAP4rev1 LITERAL-", "{29+}")]
    {
        let (done, asked, is_over) = put(offers, "OK [APPENDUID 7 12] Done").await;
        assert_eq!(done, Ok(Some(Appended { uid_validity: 7, uid: 12 })));
        assert!(!is_over);
        let expected = format!(
            "APPEND Entw&APw-rfe (\\Seen \\Draft) \" 1-Feb-2024 09:20:30 +0000\" {literal}\n{}",
            String::from_utf8_lossy(DRAFT)
        );
        let same = |text: &str| text.replace("01-Feb", " 1-Feb");
        assert_eq!(asked.iter().map(|text| same(text)).collect::<Vec<_>>(), [expected]);
    }
    assert_eq!(put("IMAP4rev1", "OK Done").await.0, Ok(None));
}

#[tokio::test(start_paused = true)]
async fn a_draft_that_is_refused() {
    for (answer, kind) in [
        ("NO [TRYCREATE] No such mailbox", Kind::FolderGone),
        ("NO [OVERQUOTA] Full", Kind::Full),
        ("NO Quota exceeded", Kind::Full),
        ("NO [UNAVAILABLE] Later", Kind::Busy),
        ("BAD What?", Kind::Refused),
    ] {
        let (done, _, is_over) = put("IMAP4rev1 LITERAL+", answer).await;
        assert_eq!(done.unwrap_err().kind, kind, "{answer}");
        assert!(!is_over, "{answer}");
    }
}

/// A server that refuses before it takes the text: the text is not sent, and the session goes on.
#[tokio::test(start_paused = true)]
async fn a_draft_that_is_refused_unseen() {
    let mailbox = Mailbox { offers: "IMAP4rev1", ..Mailbox::default() };
    let (ours, theirs) = tokio::io::duplex(4 << 10);
    tokio::spawn(async move {
        use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _};
        let (read, mut write) = tokio::io::split(theirs);
        write.write_all(&mailbox.greeting()).await.unwrap();
        let mut lines = tokio::io::BufReader::new(read).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let (tag, command) = line.split_once(' ').unwrap();
            let answer = match command.split(' ').next() {
                Some("APPEND") => format!("{tag} NO [OVERQUOTA] Full\r\n").into_bytes(),
                _ => mailbox.answer(tag, command),
            };
            write.write_all(&answer).await.unwrap();
        }
    });
    let mut session = signed_in(ours).await.unwrap();
    let refused = session.append("INBOX", &Flags::default(), None, DRAFT).await;
    assert_eq!(refused.unwrap_err().kind, Kind::Full);
    assert_eq!(session.folders().await.unwrap().len(), 4);
    let refused = session.append("INBOX", &Flags::default(), None, DRAFT).await;
    assert_eq!(refused.unwrap_err().kind, Kind::Full);
    assert!(session.examine("INBOX", None).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_sent() {
    let mut session = signed_in(orderly(Mailbox::default(), Fault::None)).await.unwrap();
    let none = Flags::default();
    let large = vec![b'x'; 20_001];
    for (folder, bytes) in
        [("INBOX", &b"a\0b"[..]), ("INBOX", b""), ("INBOX", &large), ("a\r\nb", DRAFT)]
    {
        let refused = session.append(folder, &none, None, bytes).await;
        assert_eq!(refused.unwrap_err().kind, Kind::CannotSend);
    }
    assert_eq!(session.examine("a\nb", None).await.unwrap_err().kind, Kind::CannotSend);
    assert!(!session.is_over());
}

#[tokio::test(start_paused = true)]
async fn a_message_is_found_by_its_whole_id() {
    let mut session = signed_in(orderly(Mailbox::default(), Fault::None)).await.unwrap();
    for (id, expected) in [
        ("<m3@lindner.example>", "3"),
        ("m30@lindner.example", "30"),
        // Other ids hold it.
        ("<lindner.example>", ""),
        ("<nobody@lindner.example>", ""),
    ] {
        let found = session.find_by_message_id("INBOX", id).await.unwrap();
        assert_eq!(found.to_string(), expected, "{id}");
    }
    for id in ["", "<>", "a b", "a\r\nb", "ä@b"] {
        let refused = session.find_by_message_id("INBOX", id).await;
        assert_eq!(refused.unwrap_err().kind, Kind::CannotSend, "{id}");
    }
}
