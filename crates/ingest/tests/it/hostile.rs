//! Input that was made to hurt: every reader ends, says in words what was wrong, and reads the
//! rest. How much memory the program takes on huge files is tested with the program itself.

use std::fmt::Write;
use std::io::Read;

use inroad_ingest::calendar::{parse_calendar, parse_invitation};
use inroad_ingest::export::parse_export;
use inroad_ingest::mail::parse_message;
use inroad_ingest::mbox::{Mbox, MboxItem};
use inroad_ingest::vcard::parse_contacts;
use inroad_ingest::{Limits, html};
use inroad_model::{CalendarEvent, Contact, Issue, Message};

const HEAD: &str = "From: jana@lindner.example\nTo: mo@seller.example\nSubject: x\n\
    Date: Tue, 3 Mar 2026 09:00:00 +0100\nMessage-ID: <1@lindner.example>\n";

fn limits() -> Limits {
    Limits::default()
}

/// Checks that some issue says so.
fn says(issues: &[Issue], expected: &str) {
    let found = issues.iter().any(|issue| issue.to_string().contains(expected));
    assert!(found, "{expected:?} is not said in {issues:?}");
}

/// Reads a mail and checks what is said about it; an empty text expects silence.
fn check_mail(raw: &[u8], expected: &str) -> Message {
    let (message, issues) = parse_message(raw, &limits());
    if expected.is_empty() {
        assert_eq!(issues, []);
    } else {
        says(&issues, expected);
    }
    assert!(issues.len() <= 20, "{} issues", issues.len());
    message
}

fn calendar(body: &str) -> (Vec<CalendarEvent>, Vec<Issue>) {
    let file = format!("BEGIN:VCALENDAR\n{body}END:VCALENDAR\n");
    parse_calendar(file.as_bytes(), &limits())
}

fn cards(body: &str) -> (Vec<Contact>, Vec<Issue>) {
    parse_contacts(body.as_bytes(), &limits())
}

#[test]
fn multiparts_ten_thousand_deep() {
    let mut raw = HEAD.to_owned();
    for level in 0..10_000 {
        write!(raw, "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n").unwrap();
    }
    raw.push_str("\nthe innermost\n");
    let message = check_mail(raw.as_bytes(), "deep");
    assert_eq!(message.subject, "x");
}

#[test]
fn messages_ten_thousand_deep() {
    let mut raw = HEAD.to_owned();
    for level in 0..10_000 {
        write!(raw, "Content-Type: message/rfc822\n\nSubject: {level}\n").unwrap();
    }
    check_mail(raw.as_bytes(), "deep");
    // Each encoded within the one before, so that each has to be decoded to find the next.
    let mut inner = b"Subject: inner\n\ntext\n".to_vec();
    for _ in 0..6 {
        let mut outer =
            b"Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n"
                .to_vec();
        for byte in &inner {
            outer.extend_from_slice(format!("={byte:02X}").as_bytes());
        }
        inner = outer;
    }
    let raw = [HEAD.as_bytes(), &inner].concat();
    assert_eq!(parse_message(&raw, &limits()).0.subject, "x");
}

#[test]
fn a_hundred_thousand_parts() {
    let mut raw = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n");
    raw.push_str(&"--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n".repeat(100_000));
    let message = check_mail(raw.as_bytes(), "parts");
    assert!(message.attachments.len() <= limits().attachments);
}

#[test]
fn a_hundred_thousand_recipients() {
    let mut list = String::new();
    for number in 0..100_000 {
        write!(list, "Person {number} <p{number}@lindner.example>,\n ").unwrap();
    }
    let raw = format!("Cc: {list}x@lindner.example\n{HEAD}\ntext\n");
    let message = check_mail(raw.as_bytes(), "addresses");
    assert_eq!(message.cc.len(), limits().recipients);
    assert_eq!((message.to.len(), message.text.as_str()), (1, "text\n"));
    // Over many headers of the same name instead of one.
    let raw =
        format!("{}{HEAD}\ntext\n", "Cc: a@lindner.example, b@lindner.example\n".repeat(90_000));
    let message = parse_message(raw.as_bytes(), &limits()).0;
    assert!(message.cc.len() <= limits().recipients);
}

#[test]
fn a_million_header_lines() {
    let mut raw = HEAD.to_owned();
    raw.push_str(&"X-Line: y\n".repeat(1_000_000));
    raw.push_str("\ntext\n");
    let message = check_mail(raw.as_bytes(), "header");
    assert_eq!((message.subject.as_str(), message.text.as_str()), ("x", "text\n"));
    // One header that is folded a million times.
    let raw = format!("{HEAD}X-Folded: y\n{}\ntext\n", " z\n".repeat(1_000_000));
    assert_eq!(check_mail(raw.as_bytes(), "header").text, "text\n");
}

#[test]
fn a_header_without_end() {
    let raw = format!("{HEAD}X-Long: {}", "y".repeat(3_000_000));
    let message = check_mail(raw.as_bytes(), "header");
    assert_eq!((message.subject.as_str(), message.text.as_str()), ("x", ""));
    let raw = format!("{HEAD}References: {}\n\ntext\n", "<a@b.example> ".repeat(10_000));
    let message = check_mail(raw.as_bytes(), "ancestors");
    assert_eq!(message.references.len(), limits().references);
    let raw = format!("{}\n\ntext\n", HEAD.replace("x\n", &format!("{}\n", "s".repeat(9_000))));
    check_mail(raw.as_bytes(), "subject");
}

#[test]
fn one_line_of_megabytes() {
    let raw = format!("{HEAD}\n{}", "word ".repeat(200_000));
    assert_eq!(check_mail(raw.as_bytes(), "").text.len(), 1_000_000);
    let raw = format!("{HEAD}\n{}", "word".repeat(2_000_000));
    assert_eq!(check_mail(raw.as_bytes(), "too long").text.len(), limits().text_bytes);
    let raw = format!("{HEAD}Content-Type: text/html\n\n{}", "<div><p>".repeat(200_000));
    check_mail(raw.as_bytes(), "");
    let nested = format!("{}x{}", "<blockquote>".repeat(50_000), "</blockquote>".repeat(50_000));
    assert!(html::to_text(&nested).contains('x'));
    for open in ["<", "<!--", "<a href=\"", "&", "&#", "<style>", "<![CDATA["] {
        html::to_text(&open.repeat(100_000));
    }
}

#[test]
fn encoded_words_without_end() {
    let fields = ["?=20".repeat(62_000), "=?utf-8?Q?".repeat(25_000), "=?a?Q?a ".repeat(30_000)];
    for field in fields {
        let raw = format!("{}To: =?utf-8?Q?{field}\n\nHello\n", HEAD.replace("To:", "Cc:"));
        let (message, _) = parse_message(raw.as_bytes(), &limits());
        assert_eq!(message.text, "Hello\n");
    }
}

#[test]
fn letters_that_are_none() {
    let mut raw = HEAD.replace("jana@", "\u{0}jana@").into_bytes();
    raw.extend_from_slice(
        b"X-Bytes: \xff\xfe\0\xc0\x80\nContent-Type: text/plain; charset=utf-8\n\n",
    );
    raw.extend_from_slice(b"before\0\xff\xfe\xed\xa0\x80after\r\x08\x1b[31m\n");
    let message = check_mail(&raw, "");
    assert!(message.text.starts_with("before") && !message.text.contains(['\0', '\r']));
    for charset in ["utf-7", "x-unknown", "", "utf-16", "iso-2022-jp", "\u{ff}"] {
        let raw = format!("{HEAD}Content-Type: text/plain; charset=\"{charset}\"\n\n");
        let raw = [raw.as_bytes(), b"\x1b$B\xff+ADw-\xd8\x00\n"].concat();
        assert!(!parse_message(&raw, &limits()).0.text.contains('\0'));
    }
    check_mail(&vec![0; 100_000], "names no writer");
    check_mail(b"\n \n", "empty");
    check_mail(b"", "empty");
}

#[test]
fn broken_transfer_encodings() {
    for (encoding, body) in [
        ("base64", "%%%%====\0\u{ff}AAAA=BBBB".repeat(1_000)),
        ("base64", "A".repeat(100_001)),
        ("quoted-printable", "=ZZ=\n=3D=".repeat(10_000)),
        ("quoted-printable", "=".repeat(100_001)),
        ("x-uuencode", "begin 644 a\n\u{7f}\u{7f}\n".repeat(1_000)),
    ] {
        let raw = format!("{HEAD}Content-Transfer-Encoding: {encoding}\n\n{body}");
        let (message, issues) = parse_message(raw.as_bytes(), &limits());
        assert_eq!(message.subject, "x");
        assert!(issues.len() <= 3, "{issues:?}");
    }
    let words = "=?utf-8?b?////?= =?x?q?=ZZ?= =?utf-8?q?".repeat(5_000);
    let raw = format!("Subject: {words}\nFrom: {words} <jana@lindner.example>\n\ntext\n");
    parse_message(raw.as_bytes(), &limits());
}

#[test]
fn days_beyond_all_calendars() {
    for date in [
        "Mon, 1 Jan 0001 00:00:00 +0000",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Fri, 31 Dec 99999999999999999999 23:59:59 +9999",
        "Tue, 99 Mar 2026 99:99:99 +0100",
        "Tue, 29 Feb 2026 09:00:00 +0100",
        "-1 Jan -1",
        "\0\u{ff}",
    ] {
        let raw = HEAD.replace("Tue, 3 Mar 2026 09:00:00 +0100", date) + "\ntext\n";
        let (message, issues) = parse_message(raw.as_bytes(), &limits());
        assert_eq!(message.date, None, "{date}");
        says(&issues, "usable date");
    }
    for (start, end) in [
        ("00010101T000000Z", "99991231T235959Z"),
        ("99991231T235959", "00000000T000000"),
        ("20260230T250000", "20260303T090000Z"),
        ("99999999999999999", "-1"),
    ] {
        let (events, issues) = calendar(&format!(
            "BEGIN:VEVENT\nUID:1\nDTSTART:{start}\nDTEND:{end}\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:2\nDTSTART:20260303T090000Z\nDURATION:P99999999999999W\nEND:VEVENT\n"
        ));
        assert_eq!(events.len(), 2, "{issues:?}");
        assert!(!issues.is_empty() && events[1].start.is_some(), "{start}");
    }
}

#[test]
fn meetings_without_end() {
    let (events, _) = calendar(
        "BEGIN:VEVENT\nUID:1\nDTSTART:20260303T090000Z\nRRULE:FREQ=SECONDLY;COUNT=10000000\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:2\nDTSTART:20260303T090000Z\nRRULE:FREQ=YEARLY;INTERVAL=0;UNTIL=99991231\n\
         EXRULE:FREQ=SECONDLY\nEND:VEVENT\n",
    );
    // A rule is kept as it stands and never unrolled.
    assert_eq!(events[0].recurrence.as_deref(), Some("FREQ=SECONDLY;COUNT=10000000"));
    assert_eq!(events.len(), 2);
    // A zone whose rule never comes to rest, used by a meeting.
    let zone = "BEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:00010101T000000\n\
        RRULE:FREQ=SECONDLY;INTERVAL=0\nTZOFFSETFROM:+9999\nTZOFFSETTO:-9999\nEND:STANDARD\nEND:VTIMEZONE\n";
    let (events, _) = calendar(&format!(
        "{zone}BEGIN:VEVENT\nUID:3\nDTSTART;TZID=Z:20260303T090000\nEND:VEVENT\n"
    ));
    assert_eq!(events.len(), 1);
    // Entries within entries.
    let deep = format!(
        "BEGIN:VEVENT\n{}{}END:VEVENT\n",
        "BEGIN:VALARM\n".repeat(100_000),
        "END:VALARM\n".repeat(100_000)
    );
    let (events, issues) =
        calendar(&format!("{deep}BEGIN:VEVENT\nUID:4\nDTSTART:20260303T090000Z\nEND:VEVENT\n"));
    says(&issues, "deeper");
    assert_eq!(events.len(), 1);
    let (invitation, issues) = parse_invitation(deep.as_bytes(), Some("REQUEST"), &limits());
    assert!(invitation.is_none() && !issues.is_empty());
}

#[test]
fn a_card_with_a_picture_of_50_megabytes() {
    let photo = "AAECAwQFBgcICQoL\n ".repeat(3 << 20);
    let (contacts, issues) = cards(&format!(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Jana Kuehn\nPHOTO;ENCODING=b:{photo}\nEMAIL:jana@lindner.example\n\
         END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Tom Wald\nEND:VCARD\n"
    ));
    assert_eq!(issues, []);
    assert_eq!(contacts.len(), 2);
    assert_eq!(contacts[0].emails[0].as_str(), "jana@lindner.example");
    // So much text that is no picture cannot be a card.
    let notes = "NOTE:the same again and again\n".repeat(100_000);
    let (contacts, issues) = cards(&format!(
        "BEGIN:VCARD\nFN:Jana\n{notes}END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Tom Wald\nEND:VCARD\n"
    ));
    says(&issues, "longer than");
    assert_eq!(contacts.len(), 1);
    let open = "BEGIN:VCARD\nFN:Jana\n".repeat(100_000);
    let (contacts, issues) = cards(&open);
    assert!(contacts.len() <= limits().items && issues.len() <= limits().issues + 2);
}

#[test]
fn tables_beyond_all_bounds() {
    let head = "First Name,Last Name,Email";
    let row = "Jana,Kuehn,jana@lindner.example";
    // A hundred thousand columns.
    let table = format!("{head}{}\n{row}{}\n", ",More".repeat(100_000), ",x".repeat(100_000));
    let (export, issues) = parse_export(table.as_bytes(), &limits());
    says(&issues, "columns");
    assert_eq!(export.contacts.len(), 1);
    // One cell of 20 MB between two rows.
    let cell = "cell ".repeat(4 << 20);
    let table =
        format!("{head}\n{row}\n\"{cell}\",x,x@lindner.example\nTom,Wald,tom@lindner.example\n");
    let (export, issues) = parse_export(table.as_bytes(), &limits());
    says(&issues, "line 3");
    assert_eq!(export.contacts.len(), 2);
    // A quote that is never closed, on every line.
    let table = format!("{head}\n{}", format!("\"{row}\n").repeat(50_000));
    let (export, issues) = parse_export(table.as_bytes(), &limits());
    assert!(export.contacts.len() <= 50_000 && issues.len() <= limits().issues + 5);
    for table in
        ["\"".repeat(1 << 20), ",".repeat(1 << 20), "\n".repeat(1 << 20), "a;b\tc|".repeat(1 << 18)]
    {
        let (export, issues) = parse_export(table.as_bytes(), &limits());
        assert!(export.contacts.is_empty() && !issues.is_empty());
    }
}

/// Makes a mailbox while it is read, so that no test needs its bytes.
struct Endless {
    head: &'static [u8],
    body: u64,
    tail: &'static [u8],
}

impl Read for Endless {
    fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
        if !self.head.is_empty() {
            return self.head.read(space);
        }
        let count = space.len().min(usize::try_from(self.body).unwrap());
        if count > 0 {
            space[..count].fill(b'A');
            self.body -= count as u64;
            return Ok(count);
        }
        self.tail.read(space)
    }
}

#[test]
fn a_message_that_does_not_end_is_cut_and_the_next_one_read() {
    let reader = Endless {
        head: b"From a@b.example Tue Mar  3 09:00:00 2026\nSubject: 1\n\n",
        body: 500 << 20,
        tail: b"\n\nFrom a@b.example Tue Mar  3 09:00:00 2026\nSubject: 2\n\ntext\n",
    };
    let mut largest = 0;
    let mut last: Option<MboxItem> = None;
    let mut issues = Vec::new();
    for item in Mbox::new(reader, &limits()) {
        largest = largest.max(item.raw.capacity());
        issues.extend(item.issue.clone());
        last = Some(item);
    }
    says(&issues, "bytes longer than");
    assert_eq!(last.unwrap().raw, b"Subject: 2\n\ntext\n");
    assert!(largest <= 2 * limits().message_bytes, "{largest} bytes were reserved");
}
