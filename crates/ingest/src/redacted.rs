//! A mail without some of what stood in it: everything that is in one, to be looked through, and what is
//! left written as a mail again.
//!
//! Must not: decide what is taken out.

use inroad_model::{BodyOrigin, Mailbox, Message, MessageId};

use crate::mail::frame;
use crate::mime::Mime;
use crate::{Limits, html};

/// Headers that tell what kind of mail it is; others are not needed to read it.
const KEPT_HEADERS: [&str; 24] = [
    "Date",
    "Auto-Submitted",
    "X-Auto-Submitted",
    "X-Autoreply",
    "X-Auto-Reply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Responder",
    "X-Mail-Autoreply",
    "X-Vacation",
    "X-Cron-Env",
    "X-FC-MachineGenerated",
    "X-Bugzilla-Type",
    "X-GitHub-Reason",
    "X-JIRA-FingerPrint",
    "Precedence",
    "Feedback-ID",
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Content-Language",
    "X-Mailer",
    "X-Loop",
];

/// Every text in a mail, decoded: each header, each part, what parts hold as mails of their own, and the
/// bytes of the rest as far as they are letters. HTML is given as it stands and as text.
pub fn every_text(raw: &[u8], limits: &Limits) -> Vec<String> {
    let (Some(mime), _) = Mime::parse(frame::unframed(raw), limits) else { return Vec::new() };
    let mut texts = Vec::new();
    for part in mime.parts() {
        texts.extend(part.headers().map(|(_, value)| value.into_owned()));
        texts.extend(part.file_name());
        if part.is_multipart() || part.is_message() {
            continue;
        }
        let text = part.text().into_owned();
        match part.media_type() {
            "text/html" => {
                texts.push(html::to_text(&text));
                texts.push(text);
            }
            other if other.starts_with("text/") => texts.push(text),
            _ => {
                let bytes = part.bytes();
                texts.push(String::from_utf8_lossy(&bytes).into_owned());
                // Each second byte of a text in UTF-16 is nothing.
                if bytes.contains(&0) {
                    let letters: Vec<u8> =
                        bytes.iter().copied().filter(|byte| *byte != 0).collect();
                    texts.push(String::from_utf8_lossy(&letters).into_owned());
                }
            }
        }
    }
    texts
}

/// Writes a message as a mail: who wrote whom when, its subject, its text, and of the headers of `raw`
/// those that tell what kind of mail it is and that `may_stay`. Its formatting and what was attached are
/// left out.
pub fn written(
    raw: &[u8],
    message: &Message,
    limits: &Limits,
    may_stay: &dyn Fn(&str) -> bool,
) -> Vec<u8> {
    let mut mail = String::new();
    let mut field = |name: &str, value: &str| {
        let value = on_one_line(value);
        if !value.is_empty() {
            mail.push_str(name);
            mail.push_str(": ");
            mail.push_str(&value);
            mail.push('\n');
        }
    };
    field("From", &list(message.from.as_slice()));
    field("Reply-To", &list(&message.reply_to));
    field("To", &list(&message.to));
    field("Cc", &list(&message.cc));
    field("Bcc", &list(&message.bcc));
    field("Subject", &message.subject);
    field("Message-ID", &ids(std::slice::from_ref(&message.id)));
    field("In-Reply-To", &ids(&message.in_reply_to));
    field("References", &ids(&message.references));
    if let (Some(mime), _) = Mime::parse(frame::unframed(raw), limits) {
        let root = mime.root();
        for name in KEPT_HEADERS {
            if let Some(value) = root.header(name).filter(|value| may_stay(value)) {
                field(name, &value);
            }
        }
    }
    field("MIME-Version", "1.0");
    if message.origin != BodyOrigin::None {
        field("Content-Type", "text/plain; charset=utf-8");
        field("Content-Transfer-Encoding", "8bit");
    }
    mail.push('\n');
    mail.push_str(&message.text);
    mail.into_bytes()
}

fn ids(ids: &[MessageId]) -> String {
    ids.iter().map(|id| format!("<{id}>")).collect::<Vec<_>>().join("\n ")
}

fn list(mailboxes: &[Mailbox]) -> String {
    let one = |mailbox: &Mailbox| match &mailbox.name {
        Some(name) => {
            let name = name.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{}\" <{}>", on_one_line(&name), mailbox.address)
        }
        None => mailbox.address.to_string(),
    };
    mailboxes.iter().map(one).collect::<Vec<_>>().join(",\n ")
}

/// A value of a header: a line end stays only where the next line is its continuation.
fn on_one_line(value: &str) -> String {
    let folded = value.trim().replace("\r\n", "\n").replace("\n ", "\u{0}");
    let clean = folded.chars().map(|c| match c {
        '\u{0}' => '\n',
        c if c.is_control() => ' ',
        c => c,
    });
    clean.collect::<String>().replace('\n', "\n ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mail::parse_message;

    fn read(raw: &[u8]) -> Message {
        parse_message(raw, &Limits::default()).0
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let raw = "From: =?utf-8?Q?J=C3=BCrg?= <jurg@zenit.example>\nTo: \"Haddad, \\\"O\\\"\" <omar@lindner.example>, b@c.example\n\
                   Subject: Caf=C3=A9 =?utf-8?B?w7xiZXI=?=\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <m1@zenit.example>\n\
                   References: <m0@zenit.example>\nIn-Reply-To: <m0@zenit.example>\nList-Id: <l.zenit.example>\n\
                   Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe\n> ja\n";
        let message = read(raw.as_bytes());
        let again = written(raw.as_bytes(), &message, &Limits::default(), &|_| true);
        assert_eq!(read(&again), message);
    }

    #[test]
    fn everything_is_looked_through() {
        let raw = "From: a@b.example\nX-Odd: =?utf-8?B?SmFuYQ==?=\nContent-Type: multipart/mixed; boundary=x\n\n\
                   --x\nContent-Type: text/html\n\n<p>K&uuml;<b>hn</b></p>\n--x\nContent-Type: application/pdf\n\
                   Content-Transfer-Encoding: base64\n\nSmFuYSBLdWVobg==\n--x--\n";
        let texts = every_text(raw.as_bytes(), &Limits::default()).join("\n");
        for wanted in ["Jana", "Kühn", "Jana Kuehn"] {
            assert!(texts.contains(wanted), "{wanted}: {texts}");
        }
    }

    proptest! {
        #[test]
        fn whatever_came_is_written_as_a_mail(raw in proptest::collection::vec(any::<u8>(), 0..300)) {
            let message = read(&raw);
            let again = read(&written(&raw, &message, &Limits::default(), &|_| false));
            prop_assert_eq!(again.text.trim(), message.text.trim());
            prop_assert_eq!(again.to, message.to);
            every_text(&raw, &Limits::default());
        }
    }
}
