//! Mails in the shapes that programs write them in, right or wrong.

use inroad_ingest::Limits;
use inroad_ingest::mail::parse_message;

const HEAD: &str = "From: Jana <jana@lindner.example>\nTo: bo@kestrel.example\nMessage-ID: <one@lindner.example>\nDate: Tue, 3 Mar 2026 09:00:00 +0100\nSubject: x\n";

/// A mail with these further headers and this body.
fn mail(headers: &str, body: &[u8]) -> Vec<u8> {
    [HEAD.as_bytes(), headers.as_bytes(), b"\n", body].concat()
}

/// Checks the text of a mail, and that nothing is told about it.
#[track_caller]
fn check(headers: &str, body: &[u8], expected: &str) {
    let (message, issues) = parse_message(&mail(headers, body), &Limits::default());
    assert_eq!(message.text.trim_end(), expected, "{headers}");
    assert!(issues.is_empty(), "{issues:?}");
}

/// Checks when a mail was written, given its `Date`.
#[track_caller]
fn check_date(date: &str, expected: Option<&str>) {
    let raw = format!("From: jana@lindner.example\nMessage-ID: <one@l.example>\nDate: {date}\n\nx");
    let found = parse_message(raw.as_bytes(), &Limits::default()).0.date;
    assert_eq!(found.map(|date| date.to_string()).as_deref(), expected, "{date}");
}

/// Checks what is told about a mail.
#[track_caller]
fn check_issue(headers: &str, body: &[u8], expected: &str) {
    let (_, issues) = parse_message(&mail(headers, body), &Limits::default());
    let told: Vec<&str> = issues.iter().map(|issue| issue.what.as_str()).collect();
    assert_eq!(told, [expected], "{headers}");
}

#[test]
fn labels_of_charsets() {
    let plain = |charset: &str| format!("Content-Type: text/plain; charset={charset}\n");
    check(&plain("cp932"), b"\x83G\x83\x89\x81[", "エラー");
    check(&plain("cp949"), b"\xb0\xa1\xb0\xdd", "가격");
    check(&plain("ms949"), b"\xb0\xa1\xb0\xdd", "가격");
    check(&plain("cp950"), b"\xbb\xf9\xae\xe6", "價格");
    check(&plain("iso-2022-kr"), b"\x1b$)CA \x0e0!0]\x0f B\n", "A 가격 B");
    check(&plain("iso-8859-1"), "Zoë".as_bytes(), "Zoë");
    check(&plain("iso-8859-1"), b"Zo\xeb", "Zoë");
    check(
        "Content-Type: text/html\n",
        b"<html><head><meta charset=\"windows-1251\"></head><body>\xcf\xf0\xe8\xe2\xe5\xf2</body></html>",
        "Привет",
    );
    check_issue(
        &plain("x-klingon"),
        b"Zo\xeb",
        "The charset of the text is unknown, or its letters are not of it",
    );
}

#[test]
fn a_picture_before_the_words() {
    let picture = "A".repeat(1_100_000);
    let body = format!("<p><img src=\"data:image/png;base64,{picture}\"></p><p>Hello</p>");
    check("Content-Type: text/html; charset=utf-8\n", body.as_bytes(), "Hello");
}

#[test]
fn forwards_of_gmail() {
    let html = "Content-Type: text/html; charset=utf-8\n";
    check(
        html,
        b"<div dir=\"ltr\">Please read<br><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">---------- Forwarded message ---------<br>From: Bo</div><br>The old words</div></div>",
        "Please read\n\n> ---------- Forwarded message ---------\n> From: Bo\n>\n> The old words",
    );
    check(
        html,
        b"<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Tue Bo wrote:</div><blockquote class=\"gmail_quote\">One?</blockquote><div>Yes</div><blockquote class=\"gmail_quote\">Two?</blockquote></div>",
        "> On Tue Bo wrote:\n>\n> One?\n\nYes\n\n> Two?",
    );
}

#[test]
fn parts_without_a_blank_line() {
    check(
        "Content-Type: multipart/mixed; boundary=b\n",
        b"--b\r\nHello there\r\nNote: the price is 5\r\nmore\r\n--b--\r\n",
        "Hello there\nNote: the price is 5\nmore",
    );
}

#[test]
fn words_in_a_container_are_told() {
    for kind in ["application/ms-tnef; name=winmail.dat", "application/pkcs7-mime; name=smime.p7m"]
    {
        check_issue(
            &format!("Content-Type: {kind}\nContent-Transfer-Encoding: base64\n"),
            b"eJ8+IgIB",
            "The text of the message lies in an attachment that is not read",
        );
    }
}

#[test]
fn flowed_text() {
    let flowed = "Content-Type: text/plain; format=flowed\n";
    check(
        flowed,
        b"One long \nline\n From stuffed\n> quoted \n> more\nanswer\n-- \nJana\n",
        "One long line\nFrom stuffed\n> quoted more\nanswer\n-- \nJana",
    );
    check(flowed, b"> depth \n>> two\n", "> depth \n>> two");
    check("Content-Type: text/plain; format=flowed; delsp=yes\n", b"aa \nbb\n", "aabb");
    check("", b"One long \nline\n", "One long \nline");
}

#[test]
fn types_without_a_subtype() {
    check("Content-Type: HTML\n", b"<p>Hello</p>", "Hello");
}

#[test]
fn unclosed_elements_hide_no_later_ones() {
    check(
        "Content-Type: text/html\n",
        b"<xml>Hello<style>p { color: red }</style><p>world</p>",
        "Hello\n\nworld",
    );
}

#[test]
fn dates_in_every_dress() {
    check_date("Tue, 3 Mar 2026 09:00:00 +0100", Some("2026-03-03T09:00:00+01:00"));
    check_date("Tue, 3 Mar 2026 09:00:00", Some("2026-03-03T09:00:00+00:00"));
    check_date("Tue, 3 March 2026 09:00:00 +0100", Some("2026-03-03T09:00:00+01:00"));
    check_date("3 March 2026", Some("2026-03-03T00:00:00+00:00"));
    check_date("Tue, 3 Mar 2026 09:00:00 CET", Some("2026-03-03T09:00:00+01:00"));
    check_date("Tue, 3 Mar 2026 09:00:00 CEST", Some("2026-03-03T09:00:00+02:00"));
    check_date("Tue, 3 Mar 2026 09:00:00 GMT", Some("2026-03-03T09:00:00+00:00"));
    check_date("Tue, 3 Mar 2026 09:00:00 EST", Some("2026-03-03T09:00:00-05:00"));
    check_date("Tue, 3 Mar 2026 09:00:00 +0100 (CET)", Some("2026-03-03T09:00:00+01:00"));
    check_date("03-Mar-2026 09:00:00 +0100", Some("2026-03-03T09:00:00+01:00"));
    check_date("Tue Mar  3 09:00:00 2026", Some("2026-03-03T09:00:00+00:00"));
    check_date("2026-03-03 09:00:00 +0100", Some("2026-03-03T09:00:00+01:00"));
    check_date("2026-03-03T09:00:00+01:00", Some("2026-03-03T09:00:00+01:00"));
    check_date("2026-03-03", Some("2026-03-03T00:00:00+00:00"));
    check_date("soon", None);
    check_date("Tue, 99 Mar 2026 09:00:00 +0100", None);
}

#[test]
fn line_ends_make_no_other_mail() {
    let with = |raw: &str| parse_message(raw.as_bytes(), &Limits::default()).0.id;
    let raw = "From: a@b.example\nSubject: x\n\nHello\n";
    assert_eq!(with(raw), with(&raw.replace('\n', "\r\n")));
    assert_eq!(with(raw), with(raw.trim_end()));
    assert_ne!(with(raw), with(&raw.replace("Hello", "Hallo")));
}

#[test]
fn mails_in_the_frame_of_apple() {
    let inner = mail("", b"Hello\n");
    let mut framed = format!("{}      \n", inner.len()).into_bytes();
    framed.extend_from_slice(&inner);
    framed.extend_from_slice(b"<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict/></plist>\n");
    let (message, issues) = parse_message(&framed, &Limits::default());
    assert_eq!((message.text.as_str(), issues.len()), ("Hello\n", 0));
    assert_eq!(message.subject, "x");
    let (message, _) = parse_message(b"42\nis the answer: yes\n", &Limits::default());
    assert!(message.text.contains("42"), "{}", message.text);
}

#[test]
fn addresses_that_are_none_are_told() {
    let raw = mail("Cc: jana at l.example, c@d.example, undisclosed-recipients:;\n", b"Hello\n");
    let (message, issues) = parse_message(&raw, &Limits::default());
    assert_eq!(message.cc.len(), 1);
    assert_eq!(issues.len(), 1, "{issues:?}");
    assert_eq!(issues[0].what, "The header 'cc' names 1 that is no address");
}
