//! What a user does, through the public actions, on a data file of its own.
#![expect(clippy::unwrap_used, reason = "tests may fail loudly")]

mod as_of;
mod mails;
mod opt_out;
mod story;
