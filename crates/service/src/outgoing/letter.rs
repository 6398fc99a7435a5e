//! The letter itself: made of what was asked, the mailbox that it goes from and the moment at which it was
//! shown; and kept, so that the same bytes can be made once more.

use inroad_model::{EmailAddress, Mailbox, MailboxConnection, MessageId, Moment, Reads};
use inroad_store::{KeptConnection, Outgoing};
use inroad_submission::{Letter, Thread, Written};
use serde::{Deserialize, Serialize};

use super::addresses::mailboxes;
use super::approval::Drawn;
use super::asked::{SendAsked, one_line};
use super::record::Record;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// A letter as it is kept: words, not bytes, so that whoever is erased is found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptLetter {
    pub message_id: MessageId,
    pub date: Moment,
    pub from: Mailbox,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub bcc: Vec<Mailbox>,
    pub subject: String,
    pub text: String,
    pub in_reply_to: Option<MessageId>,
    pub references: Vec<MessageId>,
}

impl KeptLetter {
    pub(super) fn of(letter: Letter) -> Self {
        Self {
            message_id: letter.message_id,
            date: letter.date,
            from: letter.from,
            to: letter.to,
            cc: letter.cc,
            bcc: letter.bcc,
            subject: letter.subject,
            text: letter.text,
            in_reply_to: letter.thread.in_reply_to,
            references: letter.thread.references,
        }
    }

    /// What was kept in a row; `None` where it can be read no more.
    pub(super) fn parse(content: &[u8]) -> Option<Self> {
        serde_json::from_slice(content).ok()
    }

    pub(super) fn to_json(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|cause| Error::Internal { what: cause.to_string() })
    }

    /// Its bytes.
    pub(super) fn written(self) -> Result<Written> {
        let letter = Letter {
            message_id: self.message_id,
            date: self.date,
            from: self.from,
            to: self.to,
            cc: self.cc,
            bcc: self.bcc,
            subject: self.subject,
            text: self.text,
            thread: Thread { in_reply_to: self.in_reply_to, references: self.references },
        };
        written(&letter)
    }
}

pub(super) fn written(letter: &Letter) -> Result<Written> {
    letter.written().map_err(|no| Error::Invalid { what: no.to_string() })
}

/// The mailbox of a connection; `None` where it is none.
pub(super) fn mailbox_of(kept: &KeptConnection) -> Option<&MailboxConnection> {
    let Reads::Mailbox(mailbox) = &kept.connection.reads else { return None };
    Some(mailbox)
}

/// The connection that a letter went over, or the one to the same mailbox that was made since.
pub(super) fn sent_from<'c>(
    row: &Outgoing,
    connections: &'c [KeptConnection],
) -> Option<(&'c KeptConnection, &'c MailboxConnection)> {
    let with_mailbox = |kept: &'c KeptConnection| Some((kept, mailbox_of(kept)?));
    let from = Record::of(row).ok().map(|record| record.from);
    let same = connections.iter().find(|kept| kept.id == row.connection).and_then(with_mailbox);
    let again = || {
        let mut all = connections.iter().filter_map(with_mailbox);
        all.find(|(_, mailbox)| from.as_ref() == Some(&mailbox.address))
    };
    same.or_else(again)
}

/// Everybody to whom a letter goes, in the order of its head.
pub(super) fn recipients(letter: &Letter) -> Vec<EmailAddress> {
    let all = letter.to.iter().chain(&letter.cc).chain(&letter.bcc);
    let mut found: Vec<EmailAddress> = Vec::new();
    for mailbox in all {
        if !found.contains(&mailbox.address) {
            found.push(mailbox.address.clone());
        }
    }
    found
}

impl Inroad {
    /// The connection that a letter goes from: the one that is named, or the only one.
    pub(super) async fn connection_to_send_from(
        &self,
        asked: &SendAsked,
    ) -> Result<KeptConnection> {
        let mut known = self.store.connections().await?;
        known.retain(|kept| mailbox_of(kept).is_some());
        let names: Vec<String> =
            known.iter().map(|kept| kept.connection.name.to_string()).collect();
        if known.is_empty() {
            let what = "No mailbox is connected yet: inroad connect mailbox YOUR@ADDRESS --imap SERVER \
                        --smtp SERVER";
            return Err(Error::NotFound { what: what.to_owned() });
        }
        if let Some(name) = &asked.from {
            let named = known.into_iter().find(|kept| kept.connection.name == *name);
            let what = format!("'{name}' is not connected; there is {}", names.join(", "));
            return named.ok_or(Error::NotFound { what });
        }
        if known.len() > 1 {
            let what = format!("Say from which mailbox it goes: {}", names.join(", "));
            return Err(Error::Conflict { what });
        }
        known.pop().ok_or(Error::Internal { what: "a mailbox vanished".to_owned() })
    }

    /// The letter as it goes.
    pub(super) async fn letter_to_send(
        &self,
        asked: &SendAsked,
        mailbox: &MailboxConnection,
        drawn: &Drawn,
        thread: Thread,
    ) -> Result<Letter> {
        let name = self.seller().await?.and_then(|seller| seller.name);
        Ok(Letter {
            message_id: drawn.message_id(&mailbox.address),
            date: drawn.shown_at,
            from: Mailbox { name, address: mailbox.address.clone() },
            to: mailboxes("To", &asked.to)?,
            cc: mailboxes("Cc", &asked.cc)?,
            bcc: mailboxes("Bcc", &asked.bcc)?,
            subject: one_line(&asked.subject),
            text: asked.text.replace("\r\n", "\n"),
            thread,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_makes_the_same_bytes() {
        let mailbox = |name: Option<&str>, address: &str| Mailbox {
            name: name.map(str::to_owned),
            address: address.parse().unwrap(),
        };
        let letter = Letter {
            message_id: MessageId::new("0f@a.example").unwrap(),
            date: "2026-03-02T09:30:00+01:00".parse().unwrap(),
            from: mailbox(Some("Márta Sol"), "me@a.example"),
            to: vec![mailbox(Some("Bly, \"Ann\""), "ann@b.example")],
            cc: Vec::new(),
            bcc: vec![mailbox(None, "boss@a.example")],
            subject: "Grüße aus dem Lager".to_owned(),
            text: "Hi Ann,\n\n.\nas = agreed\u{a0}– ok\n\n\n".to_owned(),
            thread: Thread {
                in_reply_to: MessageId::new("p@b.example").ok(),
                references: vec![MessageId::new("p@b.example").unwrap()],
            },
        };
        let kept = KeptLetter::of(letter.clone());
        let again = KeptLetter::parse(&kept.to_json().unwrap()).unwrap();
        assert_eq!(again.written().unwrap(), letter.written().unwrap());
        assert_eq!(KeptLetter::parse(b"hello: a letter"), None);
    }
}
