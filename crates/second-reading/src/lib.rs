//! A second reading of one deal by a language model at an address that the user named.
//!
//! The way through: [`Request`] writes down one deal's letters and notes, [`ask()`] sends it to the
//! one host that the user consented to, [`Answer`] reads what comes back, and [`check`] looks up
//! every quote. What is left is evidence and nothing else: no field of it is an action.
//!
//! Of this crate, [`mod@ask`] is the only file that opens a connection to another machine.
//!
//! Must not: be called by anything but an explicit command, read mail or settings itself, follow a
//! redirect, or let what a model says become a fact, an opt-out or somebody to write to.

mod answer;
pub mod ask;
mod check;
mod endpoint;
mod envelope;
mod key;
mod quote;
mod request;
mod request_words;
mod schema;

pub use answer::{Answer, NamedCause, NamedFinding, NotAnAnswer};
pub use ask::{AskError, Patience, ask};
pub use check::{Checked, Made, check};
pub use endpoint::{Endpoint, InvalidEndpoint};
pub use key::{InvalidKey, Key};
pub use quote::true_words;
pub use request::{Material, Request, SHEETS_MAX, Sheet};
