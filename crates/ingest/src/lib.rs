//! Bytes to items and issues: mail, mailboxes, calendars, contacts, tables, transcripts.
//!
//! What comes from outside is never trusted and never refused as a whole: each reader gives what
//! it could read and a list of issues about the rest, within [`Limits`].
//!
//! Must not: open files, read the clock, know a database, or judge what a text says. Only
//! [`mime`] names the mail parser crate.

mod automatic;
mod blocks;
mod bounce;
pub mod calendar;
mod encoding;
pub mod event_log;
pub mod export;
mod folding;
pub mod html;
mod issues;
mod limits;
pub mod mail;
pub mod mbox;
pub mod mime;
pub mod redacted;
pub mod source;
pub mod tar;
pub mod transcript;
pub mod vcard;
pub mod written;

pub use limits::Limits;
