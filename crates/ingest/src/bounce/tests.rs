//! Delivery reports of our own making, in the shapes that servers send.

use inroad_model::Nature;
use proptest::prelude::*;

use super::*;
use crate::mail::parse_message;

const SERVER: &str = "From: Mail Delivery System <MAILER-DAEMON@mx.seller.example>\n\
    To: eva@seller.example\nSubject: Undelivered Mail Returned to Sender\n";

fn report(raw: &str) -> Option<Bounce> {
    let (message, _) = parse_message(raw.as_bytes(), &Limits::default());
    match message.nature {
        Nature::Bounce(bounce) => Some(bounce),
        _ => None,
    }
}

/// Checks the recipients of a report: address, class and status of each, as text.
fn check(raw: &str, expected: &[&str]) {
    for raw in [raw.to_owned(), raw.replace('\n', "\r\n"), raw.replace('\n', "\r")] {
        let bounce = report(&raw);
        let found: Vec<String> = bounce
            .iter()
            .flat_map(|bounce| &bounce.recipients)
            .map(|r| format!("{} {:?} {}", r.address, r.class, r.status.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(found, expected, "{raw}");
    }
}

fn check_none(raw: &str) {
    assert_eq!(report(raw), None, "{raw}");
}

fn text(head: &str, body: &str) -> String {
    format!("{head}\n{body}")
}

#[test]
fn reports_that_follow_the_standard() {
    let fields = |group: &str| {
        format!(
            "From: postmaster@mx.example\nTo: eva@seller.example\nSubject: Undeliverable: Offer\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n\
             It failed.\n--b\nContent-Type: message/delivery-status\n\n\
             Reporting-MTA: dns; mx.example\n\n{group}\n\n--b\nContent-Type: message/rfc822\n\n\
             Message-ID: <offer.1@seller.example>\nFrom: eva@seller.example\n\
             To: jana@lindner.example\n\nHello\n--b--\n"
        )
    };
    check(
        &fields("Final-Recipient: rfc822;jana@lindner.example\nAction: failed\nStatus: 5.1.1"),
        &["jana@lindner.example Permanent 5.1.1"],
    );
    // The address that was written to, not the one that it was passed on to.
    check(
        &fields(
            "Original-Recipient: rfc822;jana@lindner.example\n\
             Final-Recipient: rfc822;jk@mail.lindner.example\nAction: failed\nStatus: 5.0.0\n\
             Diagnostic-Code: smtp; 550 5.2.1 disabled",
        ),
        &["jana@lindner.example Permanent 5.2.1"],
    );
    check(
        &fields("Final-Recipient: rfc822; jana@lindner.example\nAction: delayed\nStatus: 4.4.1"),
        &["jana@lindner.example Temporary 4.4.1"],
    );
    check(
        &fields("Final-Recipient: rfc822; jana@lindner.example\nAction: relayed\nStatus: 2.1.5"),
        &["jana@lindner.example Delivered 2.1.5"],
    );
    check(
        &fields(
            "Final-Recipient: rfc822; jana@lindner.example\nAction: failed\nStatus: 5.1.1\n\n\
             Final-Recipient: rfc822; bo@lindner.example\nAction: delivered\nStatus: 2.0.0",
        ),
        &["jana@lindner.example Permanent 5.1.1", "bo@lindner.example Delivered 2.0.0"],
    );
}

#[test]
fn reports_in_words() {
    let copy = "\n--- Below this line is a copy of the message.\n\nReturn-Path: <eva@seller.example>\n\
        Message-ID: <offer.1@seller.example>\nFrom: eva@seller.example\nTo: x@other.example\n\n\
        <y@other.example>: not this one, 550 5.1.1 no such user\n";
    let with_copy = |body: &str| text(SERVER, &format!("{body}\n{copy}"));
    check(
        &with_copy(
            "Hi. I wasn't able to deliver your message to the following addresses.\n\n\
             <jana@lindner.example>:\nRemote host said: 550 no mailbox here (#5.1.1)\n\n\
             <bo@lindner.example>:\nuser is over quota\nSMTP error 452 4.2.2 try later",
        ),
        &["jana@lindner.example Permanent 5.1.1", "bo@lindner.example Temporary 4.2.2"],
    );
    check(
        &with_copy(
            "A message that you sent could not be delivered. The following address(es) failed:\n\n\
               info@lindner.example\n    (generated from jana@lindner.example)\n    \
             host mx.example [192.0.2.5]: 550 unknown user\n",
        ),
        &["jana@lindner.example Permanent -"],
    );
    check(
        &with_copy(
            "   ----- The following addresses had transient non-fatal errors -----\n\
             <jana@lindner.example>\n\n   ----- Transcript of session follows -----\n\
             <jana@lindner.example>... Deferred: Connection timed out\n\
             Warning: message still undelivered after 4 hours\nWill keep trying until 5 days",
        ),
        &["jana@lindner.example Temporary -"],
    );
    check(
        &text(
            &SERVER.replace("Undelivered Mail", "Warning: could not send message for past 4 hours"),
            "The following addresses had delivery errors:\n\njana@lindner.example [timed out]\n",
        ),
        &["jana@lindner.example Temporary -"],
    );
    check(
        &with_copy(
            "   ----- Transcript of session follows -----\n... while talking to mx.example:\n\
             >>> RCPT To:<jana@lindner.example>\n<<< 550 no such user\n\
             550 5.1.1 <jana@lindner.example>... User unknown\n",
        ),
        &["jana@lindner.example Permanent 5.1.1"],
    );
    check(
        &text(
            "From: eva@seller.example\nTo: eva@seller.example\nX-Failed-Recipients: \
             jana@lindner.example, bo@lindner.example\nSubject: Mail failure\n",
            "See the copy.\n",
        ),
        &["jana@lindner.example Permanent -", "bo@lindner.example Permanent -"],
    );
    check(
        &text(SERVER, "Unknown user: jana@lindner.example\n\nOriginal message follows.\n\nHi\n"),
        &["jana@lindner.example Permanent -"],
    );
    check(
        &text(
            SERVER,
            "Your message\n\n  Subject: Offer 2.0.12\n\nwas not delivered to:\n\n  \
             jana@lindner.example\n\nbecause:\n\n  User jana (jana@lindner.example) not listed in \
             the directory\n\nFor questions contact:\nhelpdesk@lindner.example\n",
        ),
        &["jana@lindner.example Permanent -"],
    );
    check(
        &text(SERVER, "Your mail could not be delivered to the following users:\n\n\tjana.k\n"),
        &["jana.k@mx.seller.example Permanent -"],
    );
    // Only the mail that came back names who did not get it.
    check(
        &text(
            SERVER,
            "Could not send message for 4 days\n\n  ----- Unsent message follows -----\n\
             Received: from eva\nMessage-ID: <offer.1@seller.example>\nFrom: eva@seller.example\n\
             To: Jana <jana@lindner.example>\n\nHello\n",
        ),
        &["jana@lindner.example Permanent -"],
    );
}

#[test]
fn reports_in_many_languages() {
    let server = "From: \"System Administrator\"\nTo: eva@seller.example\n";
    for (subject, body) in [
        (
            "Unzustellbar: Angebot",
            "Ihre Nachricht hat diese Empfänger nicht erreicht:\n\n  jana@lindner.example am 03.03.2026 10:00\n",
        ),
        ("Non remis : Offre", "Votre message n'a pas pu être remis à :\n\njana@lindner.example\n"),
        (
            "No se puede entregar: Oferta",
            "No se pudo entregar el mensaje a los siguientes destinatarios:\n\n• jana@lindner.example\n",
        ),
        (
            "Mancato recapito: Offerta",
            "Impossibile recapitare il messaggio a:\n\n<jana@lindner.example>\n",
        ),
        (
            "Não entregue: Oferta",
            "A mensagem não foi entregue aos destinatários:\n\njana@lindner.example\n",
        ),
        (
            "Onbestelbaar: Offerte",
            "Het bericht kon niet worden bezorgd bij:\n\njana@lindner.example\n",
        ),
        (
            "Недоставленное сообщение",
            "Ваше письмо не может быть доставлено получателю:\n\njana@lindner.example\n",
        ),
        ("配信不能", "次の宛先に送信できませんでした。送信できません:\n\njana@lindner.example\n"),
        ("系统退信", "您的邮件无法送达以下收件人：\n\njana@lindner.example\n"),
        (
            "Nie można dostarczyć: Oferta",
            "Nie można dostarczyć wiadomości do:\n\njana@lindner.example\n",
        ),
    ] {
        let head = format!("{server}Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n");
        check(&text(&head, body), &["jana@lindner.example Permanent -"]);
    }
}

#[test]
fn data_of_sending_services() {
    check(
        "From: notices@service.example\nTo: eva@seller.example\nSubject: Notification\n\n\
         {\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\
         \"bouncedRecipients\":[{\"emailAddress\":\"jana@lindner.example\",\"status\":\"5.1.1\"}]}}\n",
        &["jana@lindner.example Permanent 5.1.1"],
    );
}

#[test]
fn what_is_no_report() {
    // A person who quotes a report, or writes about one.
    check_none(
        "From: Bo <bo@seller.example>\nTo: eva@seller.example\nSubject: Fwd: Undeliverable: Offer\n\n\
         > From: MAILER-DAEMON@mx.example\n> <jana@lindner.example>: 550 5.1.1 User unknown\n",
    );
    check_none(
        "From: Bo <bo@lindner.example>\nTo: eva@seller.example\nSubject: Your offer\n\n\
         The parcel could not be delivered to jana@lindner.example, she is away.\n",
    );
    // An absence, even with an empty return path.
    check_none(
        "Return-Path: <>\nFrom: Jana <jana@lindner.example>\nTo: eva@seller.example\n\
         Subject: Out of office\n\nI am away until Monday, mail bo@lindner.example instead.\n",
    );
    // A complaint.
    check_none(
        "From: staff@provider.example\nTo: abuse@seller.example\nSubject: Undelivered complaint\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\n\
         550 5.7.1 <jana@lindner.example> complained\n--b\nContent-Type: message/feedback-report\n\n\
         Feedback-Type: abuse\n--b--\n",
    );
    // A receipt.
    check_none(
        "From: Jana <jana@lindner.example>\nTo: eva@seller.example\nSubject: Not read: Offer\n\
         Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\n\
         Your message was deleted without being read.\n--b\n\
         Content-Type: message/disposition-notification\n\n\
         Final-Recipient: rfc822;jana@lindner.example\n\
         Disposition: manual-action/MDN-sent-automatically; deleted\n--b--\n",
    );
    // What was kept back from the receiver.
    check_none(
        "From: postmaster@seller.example\nTo: eva@seller.example\nSubject: Quarantine summary\n\n\
         These messages were rejected as spam:\n\njana@lindner.example  Offer\n",
    );
    check_none(
        "From: Mail Administrator <mail@seller.example>\nTo: eva@seller.example\n\
         Subject: Your spam report\n\nBlocked senders:\n\njana@lindner.example\n",
    );
    // A postmaster is a person, too.
    check_none(
        "From: postmaster@lindner.example\nTo: eva@seller.example\nSubject: New mail rules\n\n\
         From May on, please write to office@lindner.example.\n",
    );
}

#[test]
fn a_report_joins_the_thread_of_the_mail() {
    let raw = text(
        SERVER,
        "<jana@lindner.example>: 550 5.1.1 User unknown\n\nMessage headers follow:\n\n\
         Received: from eva\nMessage-ID:\n <offer.1@seller.example>\nTo: jana@lindner.example\n",
    );
    let (message, _) = parse_message(raw.as_bytes(), &Limits::default());
    let Nature::Bounce(bounce) = &message.nature else { panic!("{:?}", message.nature) };
    assert_eq!(bounce.original.as_ref().unwrap().as_str(), "offer.1@seller.example");
    assert_eq!(message.in_reply_to, message.references);
    assert_eq!(message.in_reply_to[0].as_str(), "offer.1@seller.example");
}

#[test]
fn a_long_report_is_bounded() {
    let list: Vec<String> = (0..5_000).map(|n| format!("<a{n}@x.example>: 550 no")).collect();
    let list = list.join("\n");
    let bounce = report(&text(SERVER, &list)).unwrap();
    assert_eq!(bounce.recipients.len(), RECIPIENTS_MAX);
    let line = "To: a@x.example, ".repeat(20_000);
    let _bounce = report(&text(SERVER, &format!("could not be delivered\n{line}\n{line}")));
}

proptest! {
    #[test]
    fn any_report_is_read(lines in prop::collection::vec(prop_oneof![
        Just("could not be delivered".to_owned()), Just(String::new()), Just("--b".to_owned()),
        Just("Content-Type: message/delivery-status".to_owned()),
        Just("Content-Type: message/rfc822".to_owned()),
        Just("Original message follows.".to_owned()), Just("(generated from a@x.example)".to_owned()),
        "(Final-Recipient|Original-Recipient|Action|Status|To|From|Message-ID|Received): [ -~]{0,20}",
        "[<\"(> ]{0,3}[a-c.\"]{0,4}@[a-c.]{0,6}[>:) ]{0,3}[45][0-9.]{0,6} [ -~é]{0,12}", "\\PC{0,30}",
    ], 0..30), multipart in any::<bool>()) {
        let head = if multipart {
            format!("{SERVER}Content-Type: multipart/report; boundary=b\n")
        } else {
            SERVER.to_owned()
        };
        if let Some(bounce) = report(&text(&head, &lines.join("\n"))) {
            for recipient in &bounce.recipients {
                prop_assert!(recipient.diagnostic.as_ref().is_none_or(|d| d.len() <= DIAGNOSTIC_BYTES_MAX));
            }
        }
    }

    #[test]
    fn any_notice_is_read(text in "[{\"bouncedRecipients\\\\:,}\\]\\[ \\PC]{0,60}") {
        let _read = notification::read(&format!("{{\"bouncedRecipients\":[{text}"), 5);
        let _read = notification::read(&text, 5);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut raw = SERVER.as_bytes().to_vec();
        raw.extend(bytes);
        let _read = parse_message(&raw, &Limits::default());
    }
}
