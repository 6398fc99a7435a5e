//! What is made is a letter that our own reader reads again, and nothing can be slipped into it.

use inroad_ingest::{Limits, mail::parse_message};
use inroad_model::{EmailAddress, Mailbox, Message, MessageId, Moment, Nature};
use inroad_submission::{InvalidLetter, Letter, RECIPIENTS_MAX, Thread, Written, new_message_id};
use proptest::prelude::*;

use crate::{address, letter, mailbox};

fn read(bytes: &[u8]) -> Message {
    let (message, issues) = parse_message(bytes, &Limits::default());
    assert!(issues.is_empty(), "{issues:?}");
    message
}

fn named(name: &str, address_text: &str) -> Mailbox {
    Mailbox { name: Some(name.to_owned()), address: address(address_text) }
}

fn text_of(written: &Written) -> String {
    String::from_utf8(written.message.clone()).unwrap()
}

#[test]
fn a_whole_letter() {
    let mut letter = letter(1);
    letter.from = named("Mia Köhler", "me@seller.example");
    letter.cc = vec![named("Bo, Jr.", "bo@buyer.example")];
    letter.subject = "Angebot für März".to_owned();
    letter.text = "Grüße,\nMia = 1\n".to_owned();
    let id = |text| MessageId::new(text).unwrap();
    letter.thread = Thread::answering(&id("b@buyer.example"), &[id("a@seller.example")], &[]);
    let written = letter.written().unwrap();
    let expected = "Date: Mon, 2 Mar 2026 09:30:00 +0100\r\n\
        From: =?utf-8?Q?Mia_K=C3=B6hler?= <me@seller.example>\r\n\
        To: <to0@buyer.example>\r\n\
        Cc: \"Bo, Jr.\" <bo@buyer.example>\r\n\
        Subject: =?utf-8?B?QW5nZWJvdCBmw7xyIE3DpHJ6?=\r\n\
        Message-ID: <01010101010101010101010101010101@seller.example>\r\n\
        In-Reply-To: <b@buyer.example>\r\n\
        References: <a@seller.example> <b@buyer.example>\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: text/plain; charset=\"utf-8\"\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\
        \r\n\
        Gr=C3=BC=C3=9Fe,\r\nMia =3D 1\r\n";
    assert_eq!(text_of(&written), expected);
    assert_eq!(written.copy, written.message);
    assert_eq!(written, letter.written().unwrap());
}

#[test]
fn blind_copies_are_carried_and_not_told() {
    let mut letter = letter(1);
    letter.bcc = vec![named("Secret Reader", "hidden@boss.example"), mailbox("to0@buyer.example")];
    let written = letter.written().unwrap();
    let text = text_of(&written);
    assert!(
        !text.contains("hidden") && !text.contains("Secret") && !text.contains("Bcc"),
        "{text}"
    );
    let to: Vec<&str> = written.envelope.to().iter().map(EmailAddress::as_str).collect();
    assert_eq!(to, ["to0@buyer.example", "hidden@boss.example"]);
    let copy = read(&written.copy);
    assert_eq!(copy.bcc, letter.bcc);
    assert_eq!(read(&written.message).bcc, []);
}

#[test]
fn nothing_tells_the_writer_more() {
    let text = text_of(&letter(1).written().unwrap()).to_lowercase();
    for header in [
        "auto-submitted",
        "x-mailer",
        "user-agent",
        "disposition-notification",
        "return-receipt",
        "list-",
        "precedence",
        "<img",
        "http",
    ] {
        assert!(!text.contains(header), "{header}");
    }
}

#[test]
fn no_header_is_slipped_in() {
    let forged = [
        "x\r\nBcc: spy@evil.example",
        "x\nBcc: spy@evil.example",
        "x\rBcc: s@e.example",
        "x\0",
        "x\u{85}y",
        "x\u{2028}y",
        "x\u{7f}",
    ];
    for bad in forged {
        let mut in_subject = letter(1);
        in_subject.subject = bad.to_owned();
        let mut in_name = letter(1);
        in_name.to[0].name = Some(bad.to_owned());
        let mut in_writer = letter(1);
        in_writer.from.name = Some(bad.to_owned());
        let mut in_blind_copy = letter(1);
        in_blind_copy.bcc = vec![named(bad, "b@b.example")];
        for letter in [in_subject, in_name, in_writer, in_blind_copy] {
            let found = letter.written();
            assert!(
                matches!(found, Err(InvalidLetter::ControlCharacter { .. })),
                "{bad:?}: {found:?}"
            );
        }
    }
    for bad in ["text\0", "text\u{1b}[0m", "a\u{8}b"] {
        let letter = Letter { text: bad.to_owned(), ..letter(1) };
        assert!(matches!(letter.written(), Err(InvalidLetter::ControlCharacter { .. })), "{bad:?}");
    }
}

#[test]
fn what_is_no_letter() {
    assert_eq!(letter(0).written(), Err(InvalidLetter::NoRecipient));
    assert!(letter(RECIPIENTS_MAX).written().is_ok());
    assert_eq!(letter(RECIPIENTS_MAX + 1).written(), Err(InvalidLetter::TooManyRecipients));
    let empty = Letter { text: " \r\n\t\n".to_owned(), ..letter(1) };
    assert_eq!(empty.written(), Err(InvalidLetter::NoText));
    let long = Letter { subject: "x".repeat(901), ..letter(1) };
    assert!(matches!(long.written(), Err(InvalidLetter::TooLong { .. })));
    let long = Letter { text: "x".repeat((1 << 20) + 1), ..letter(1) };
    assert!(matches!(long.written(), Err(InvalidLetter::TooLong { .. })));
    let nobody = Letter { to: vec![mailbox("jäna@buyer.example")], ..letter(1) };
    assert!(matches!(nobody.written(), Err(InvalidLetter::Address { .. })));
    let id = MessageId::new("no at sign").unwrap();
    let unnamed = Letter { message_id: id.clone(), ..letter(1) };
    assert_eq!(unnamed.written(), Err(InvalidLetter::MessageId(id)));
}

#[test]
fn one_who_is_named_twice_gets_it_once() {
    let mut letter = letter(1);
    letter.cc = vec![named("Again", "TO0@buyer.example")];
    assert_eq!(letter.written().unwrap().envelope.to(), [address("to0@buyer.example")]);
}

#[test]
fn long_lines_and_dots() {
    let text = format!("{}\n.\n..\nFrom here\n{}\n", "word ".repeat(2_000), "ü".repeat(3_000));
    let written = Letter { text: text.clone(), ..letter(1) }.written().unwrap();
    assert!(written.message.is_ascii());
    assert!(text_of(&written).lines().all(|line| line.len() <= 78));
    assert_eq!(unended(&read(&written.message).text), unended(&text));
}

/// Blanks at the ends of lines and empty lines at the end are nobody's words.
fn unended(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// Words with one blank between them, as names and subjects are read again.
fn words(chars_max: usize) -> impl Strategy<Value = String> {
    prop::collection::vec("[\\PC&&[^ \u{2028}\u{2029}\u{a0}\u{2000}-\u{200f}\u{202f}\u{205f}\u{3000}\u{1680}\u{feff}]]{1,12}", 1..8)
        .prop_map(move |words| words.join(" ").chars().take(chars_max).collect::<String>().trim().to_owned())
}

fn mailboxes(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Mailbox>> {
    let one = (
        "[a-z0-9][a-z0-9!#$%&'*+/=?^_`{|}~-]{0,20}",
        "[a-z]{1,10}(-[a-z]{1,5})?",
        prop::option::of("[A-Za-zäöüßéœñżĆЖ中 ,.;:'\"()<>@\\\\_=?-]{1,40}"),
    )
        .prop_map(|(local, domain, name)| Mailbox {
            // Our reader takes quotes around a name for no part of it.
            name: name
                .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
                .map(|name| name.trim_matches(['"', '\'', ' ']).to_owned())
                .filter(|name| !name.is_empty()),
            address: address(&format!("{local}@{domain}.example")),
        });
    prop::collection::vec(one, count)
}

fn ids(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<MessageId>> {
    let one = "[A-Za-z0-9.+=_-]{5,120}@[a-z]{1,12}\\.example";
    prop::collection::vec(one.prop_map(|text| MessageId::new(&text).unwrap()), count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_made_is_read_again(
        (from, to, cc, bcc) in (mailboxes(1..2), mailboxes(1..6), mailboxes(0..4), mailboxes(0..3)),
        subject in words(200),
        text in "[\\PC\n]{0,400}[a-zü.!]\n?",
        chain in ids(0..30),
        random: [u8; 16],
        (second, quarter) in (1_000_000_000_i64..4_000_000_000, -48_i32..56),
    ) {
        let timestamp = jiff::Timestamp::from_second(second).unwrap();
        let date = Moment::new(timestamp, jiff::tz::Offset::from_seconds(quarter * 900).unwrap());
        let from = from.into_iter().next().unwrap();
        let thread = match chain.split_last() {
            Some((parent, ancestors)) => Thread::answering(parent, ancestors, &[]),
            None => Thread::default(),
        };
        let message_id = new_message_id(&from.address, random);
        let letter = Letter { message_id, date, from, to, cc, bcc, subject, text, thread };
        let written = letter.written().unwrap();
        prop_assert!(written.message.is_ascii());
        prop_assert!(text_of(&written).split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
        for (bytes, bcc) in [(&written.message, &[][..]), (&written.copy, &letter.bcc[..])] {
            let message = read(bytes);
            prop_assert_eq!(&message.id, &letter.message_id);
            prop_assert_eq!(message.date, Some(letter.date));
            prop_assert_eq!(message.from.as_ref(), Some(&letter.from));
            prop_assert_eq!(&message.to, &letter.to);
            prop_assert_eq!(&message.cc, &letter.cc);
            prop_assert_eq!(&message.bcc, bcc);
            prop_assert_eq!(&message.subject, &letter.subject);
            prop_assert_eq!(&message.in_reply_to, &Vec::from_iter(letter.thread.in_reply_to.clone()));
            prop_assert_eq!(&message.references, &letter.thread.references);
            prop_assert_eq!(unended(&message.text), unended(&letter.text));
            prop_assert_eq!(&message.nature, &Nature::Correspondence);
            prop_assert!(message.attachments.is_empty());
        }
    }
}
