//! A letter to bytes, by RFC 5322 and RFC 2045: ASCII throughout, so that every server carries it.
//!
//! Headers are folded and encoded by `mail-builder`; the text is written as quoted-printable, in which
//! a paragraph stays one line for its reader and plain words stay legible in the source.
//!
//! Must not: write a header that tells when or where a letter is read, or with what it was written.

use inroad_model::Mailbox;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use mail_builder::MessageBuilder;
use mail_builder::encoders::QuotedPrintableEncoder;
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId as IdHeader;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use crate::{Envelope, Fingerprint, InvalidLetter, Letter};

/// A letter as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What is sent; nobody of a blind copy stands in it.
    pub message: Vec<u8>,
    /// What the writer keeps: the same, with those of a blind copy.
    pub copy: Vec<u8>,
    /// To whom it goes.
    pub envelope: Envelope,
}

impl Written {
    /// What a page shows the letter with, and what a person's leave names.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.envelope, &self.message)
    }
}

/// Whether those of a blind copy are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BlindCopies {
    Named,
    LeftOut,
}

/// Writes a letter that was checked.
pub(crate) fn write(letter: &Letter) -> Result<Written, InvalidLetter> {
    let recipients = letter.recipients().map(|mailbox| mailbox.address.clone());
    let envelope = Envelope::new(letter.from.address.clone(), recipients)?;
    let message = bytes(letter, BlindCopies::LeftOut)?;
    let copy =
        if letter.bcc.is_empty() { message.clone() } else { bytes(letter, BlindCopies::Named)? };
    Ok(Written { message, copy, envelope })
}

fn bytes(letter: &Letter, blind_copies: BlindCopies) -> Result<Vec<u8>, InvalidLetter> {
    let mut builder = MessageBuilder::new()
        .header("Date", Raw::new(date(letter)?))
        .header("From", one(&letter.from));
    for (name, list) in [("To", &letter.to), ("Cc", &letter.cc), ("Bcc", &letter.bcc)] {
        let named = name != "Bcc" || blind_copies == BlindCopies::Named;
        if named && !list.is_empty() {
            builder = builder.header(name, Address::new_list(list.iter().map(one).collect()));
        }
    }
    builder =
        builder.subject(letter.subject.as_str()).message_id(letter.message_id.as_str().to_owned());
    if let Some(parent) = &letter.thread.in_reply_to {
        builder = builder.in_reply_to(parent.as_str().to_owned());
    }
    if !letter.thread.references.is_empty() {
        let ids = letter.thread.references.iter().map(|id| id.as_str().to_owned());
        builder = builder.references(IdHeader::new_list(ids));
    }
    let part =
        MimePart::new("text/plain", text(&letter.text)).transfer_encoding("quoted-printable");
    // A vector takes every byte, so the writer never fails.
    Ok(builder.body(part).write_to_vec().unwrap_or_default())
}

fn one(mailbox: &Mailbox) -> Address<'_> {
    let name = mailbox.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    Address::new_address(name, mailbox.address.as_str())
}

/// `Sat, 28 Nov 2026 09:30:00 +0100`.
fn date(letter: &Letter) -> Result<String, InvalidLetter> {
    let zone = TimeZone::fixed(letter.date.offset());
    rfc2822::to_string(&letter.date.timestamp().to_zoned_datetime(zone))
        .map_err(|_year| InvalidLetter::Date(letter.date))
}

/// The text with one kind of line end, a last one, and every line short enough.
fn text(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = format!("{}\n", lines.trim_end_matches('\n')).replace('\n', "\r\n");
    let encoder = QuotedPrintableEncoder::new().preserve_line_breaks();
    // The encoder writes ASCII into memory; neither can fail.
    encoder
        .encode(lines.as_bytes())
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}
