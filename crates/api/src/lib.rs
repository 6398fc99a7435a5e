//! What is known and may be done, for other programs over HTTP: the third face of `service`.
//!
//! Each resource is a file: what may be asked, who may, and its answer. `asked` reads requests, `problem` tells
//! what is wrong with one, `page` cuts lists, `tag` tells versions apart, `once` does what is asked under one key
//! once, and `document` describes all of it.
//!
//! Must not: read data but through `service`, decide who somebody is (whoever serves it does), or give out a whole
//! letter but where the mailbox is open to whoever asks.

#![expect(
    unused_qualifications,
    reason = "the macro that describes handlers names the types of their parameters in full"
)]

mod accounts;
mod asked;
mod coach;
mod deals;
mod decision;
mod deeds;
mod do_not_contact;
mod document;
mod entries;
mod evidence;
mod import;
mod issues;
mod jobs;
mod leads;
mod messages;
mod once;
mod page;
mod people;
mod problem;
mod reviews;
mod router;
mod search;
mod tag;
mod webhooks;
mod words;

pub use document::document;
pub use problem::refused;
pub use router::{Api, router};
