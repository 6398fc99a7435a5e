//! One letter, made as bytes and handed to the user's own mail server.
//!
//! The way through: a [`Letter`] is [written](Letter::written) to the bytes that are sent, the bytes of
//! the copy, and the [`Envelope`]. A page shows it with its [`Fingerprint`]. When a person says that this
//! very text may go, the fingerprint comes back and becomes a [`Leave`]; [`submit()`] takes the leave,
//! looks whether bytes and envelope are those that it names, and speaks SMTP. The [`Outcome`] says
//! whether the server took the letter, did not take it, or whether nobody can tell. [`try_account()`] signs in
//! and leaves.
//!
//! This is the only crate that hands mail to a socket, and [`submit()`] its only function that does.
//! It speaks SMTP itself, since the libraries that were looked at do not tell whether a connection broke
//! before the end of a letter or after it; `docs/decisions/submission.md` says more.
//!
//! Must not: send anything without a [`Leave`], send twice, decide who may be written to, keep anything,
//! or put anything into a letter that tells its writer when it is read.

mod address;
mod answer;
mod connect;
mod content;
mod credentials;
mod dialogue;
mod endpoint;
mod envelope;
mod leave;
mod letter;
mod message;
mod message_id;
mod offers;
mod outcome;
mod patience;
mod sign_in;
mod submit;
mod thread;
mod wire;

pub use credentials::{Credentials, InvalidCredentials};
pub use endpoint::{Endpoint, InvalidEndpoint, Security};
pub use envelope::{Envelope, RECIPIENTS_MAX};
pub use leave::{Fingerprint, InvalidFingerprint, Leave};
pub use letter::{InvalidLetter, Letter};
pub use message::Written;
pub use message_id::new_message_id;
pub use outcome::{Outcome, Refusal, RefusedRecipient, Said, Step, Why};
pub use patience::Patience;
pub use submit::{submit, try_account};
pub use thread::{REFERENCES_MAX, Thread};
