//! Invitations in mails, as the usual programs send them, and the answers to them.

use std::fmt::Write;

use inroad_ingest::Limits;
use inroad_ingest::mail::parse_message;
use inroad_model::{InvitationMethod, Message, Nature, Participation};

const HEAD: &str = "From: Jana Kuehn <jana@lindner.example>\r\nTo: eva@seller.example\r\n\
    Subject: Kick-off\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\n\
    Message-ID: <1@lindner.example>\r\nMIME-Version: 1.0\r\n";

fn read(raw: &str) -> Message {
    parse_message(raw.as_bytes(), &Limits::default()).0
}

/// A mail with a plain text and one calendar part below it.
fn mail(part_header: &str, calendar: &str) -> String {
    format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\
         \r\nPlease come.\r\n--b\r\n{part_header}\r\n\r\n{}\r\n--b--\r\n",
        calendar.replace('\n', "\r\n")
    )
}

/// Checks method, start, and who answered what.
fn check(raw: &str, method: InvitationMethod, start: &str, answers: &[(&str, Participation)]) {
    let message = read(raw);
    assert!(message.invitation.is_some(), "no invitation in {raw}");
    let invitation = message.invitation.unwrap();
    assert_eq!(invitation.method, method, "{raw}");
    assert_eq!(invitation.event.start.unwrap().to_string(), start, "{raw}");
    let found: Vec<_> = invitation
        .event
        .attendees
        .iter()
        .map(|attendee| (attendee.mailbox.address.as_str(), attendee.participation))
        .collect();
    assert_eq!(found, answers, "{raw}");
}

fn event(method: &str, lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nPRODID:-//x//y//EN\nVERSION:2.0\nMETHOD:{method}\nBEGIN:VEVENT\nUID:u1\n\
         SUMMARY:Kick-off\n{lines}\nEND:VEVENT\nEND:VCALENDAR"
    )
}

#[test]
fn a_request_beside_its_text_and_again_as_a_file() {
    let calendar = event(
        "REQUEST",
        "DTSTART:20260310T090000Z\nDTEND:20260310T100000Z\n\
         ORGANIZER;CN=Jana Kuehn:mailto:jana@lindner.example\n\
         ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE\n ;CN=Jana \
         Kuehn;X-NUM-GUESTS=0:mailto:jana@lindner.example\n\
         ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=eva@seller.exa\n mple:mailto:eva@seller.example",
    )
    .replace('\n', "\r\n");
    let raw = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\
         Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\
         \r\nYou are invited.\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>You are invited.</p>\r\n\
         --a\r\nContent-Type: text/calendar; charset=\"UTF-8\"; method=REQUEST\r\n\r\n{calendar}\r\n\
         --a--\r\n--m\r\nContent-Type: application/ics; name=\"invite.ics\"\r\n\
         Content-Disposition: attachment; filename=\"invite.ics\"\r\n\r\n{calendar}\r\n--m--\r\n"
    );
    check(
        &raw,
        InvitationMethod::Request,
        "2026-03-10T09:00:00+00:00",
        &[
            ("jana@lindner.example", Participation::Accepted),
            ("eva@seller.example", Participation::NeedsAction),
        ],
    );
    let message = read(&raw);
    assert_eq!(message.text.trim(), "You are invited.");
    assert_eq!(message.attachments.len(), 1);
    assert_eq!(message.nature, Nature::Correspondence);
}

#[test]
fn a_request_in_base64_with_the_zone_of_windows() {
    let calendar = event(
        "REQUEST",
        "ORGANIZER;CN=Jana:MAILTO:jana@lindner.example\n\
         ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Eva:MAILTO:eva@seller.example\n\
         DTSTART;TZID=W. Europe Standard Time:20260310T100000\n\
         DTEND;TZID=W. Europe Standard Time:20260310T110000\nSEQUENCE:0\n\
         X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
    );
    let header = "Content-Type: text/calendar; charset=\"utf-8\"; method=REQUEST\r\n\
        Content-Transfer-Encoding: base64";
    check(
        &mail(header, &base64(calendar.as_bytes())),
        InvitationMethod::Request,
        "2026-03-10T10:00:00+01:00",
        &[("eva@seller.example", Participation::NeedsAction)],
    );
}

#[test]
fn answers_changes_and_the_end_of_a_meeting() {
    let part = |method: &str| format!("Content-Type: text/calendar; method={method}; name=m.ics");
    let start = "DTSTART;TZID=Europe/Berlin:20260710T100000";
    for (answer, expected) in [
        ("ACCEPTED", Participation::Accepted),
        ("DECLINED", Participation::Declined),
        ("TENTATIVE", Participation::Tentative),
    ] {
        let lines =
            format!("{start}\nATTENDEE;PARTSTAT={answer};CN=Jana:mailto:jana@lindner.example");
        let raw = mail(&part("REPLY"), &event("REPLY", &lines));
        check(
            &raw,
            InvitationMethod::Reply,
            "2026-07-10T10:00:00+02:00",
            &[("jana@lindner.example", expected)],
        );
    }
    let cancelled = mail(&part("CANCEL"), &event("CANCEL", &format!("{start}\nSTATUS:CANCELLED")));
    check(&cancelled, InvitationMethod::Cancel, "2026-07-10T10:00:00+02:00", &[]);
    assert!(read(&cancelled).invitation.unwrap().event.cancelled);
    let counter = mail(&part("COUNTER"), &event("COUNTER", "DTSTART:20260711T080000Z"));
    check(&counter, InvitationMethod::Counter, "2026-07-11T08:00:00+00:00", &[]);
}

/// Some programs send the calendar as a file of unknown kind.
#[test]
fn a_file_whose_name_alone_tells() {
    let header = "Content-Type: application/octet-stream; name=\"Meeting.ICS\"\r\n\
        Content-Disposition: attachment; filename=\"Meeting.ICS\"";
    let raw = mail(header, &event("REQUEST", "DTSTART;VALUE=DATE:20260310"));
    check(&raw, InvitationMethod::Request, "2026-03-10T00:00:00+00:00", &[]);
    assert_eq!(read(&raw).attachments.len(), 1);
}

#[test]
fn a_mail_that_is_nothing_but_a_calendar() {
    let body = event("REQUEST", "DTSTART:20260310T090000Z").replace('\n', "\r\n");
    let raw = format!("{HEAD}Content-Type: text/calendar; method=REQUEST\r\n\r\n{body}\r\n");
    check(&raw, InvitationMethod::Request, "2026-03-10T09:00:00+00:00", &[]);
}

/// An entry that somebody passes on asks nothing; what holds no entry is no invitation.
#[test]
fn files_that_invite_nobody() {
    let header = "Content-Type: text/calendar; name=\"fair.ics\"\r\n\
        Content-Disposition: attachment; filename=\"fair.ics\"";
    let without_method = event("X", "DTSTART:20260310T090000Z").replace("METHOD:X\n", "");
    for calendar in [without_method.as_str(), "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR", "x"]
    {
        let message = read(&mail(header, calendar));
        assert_eq!(message.invitation, None, "{calendar}");
        assert_eq!(message.attachments.len(), 1);
    }
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0u32, |bits, &b| bits << 8 | u32::from(b)) << (8 * (3 - chunk.len()));
        for n in 0..4 {
            let letter = char::from(ALPHABET[(bits >> (18 - 6 * n)) as usize & 63]);
            out.push(if n <= chunk.len() { letter } else { '=' });
        }
        if out.len() % 77 == 76 {
            writeln!(out).unwrap();
        }
    }
    out
}
