//! The coach in an editor: findings while somebody types, over the Language Server Protocol.
//!
//! The way of one change: `stdio` cuts the input into messages, `server` knows where a conversation
//! stands and hands each to who answers it, `drafts` keep the open `documents` and `positions`
//! their places, `coaches` the coach of each person; `diagnostics`, `hover` and `actions` say what
//! the coach found.
//!
//! Must not: read data but through `service`, change a draft unasked, or write anything but what a person
//! dismissed and, when a draft is saved, what was found in it.

mod actions;
mod coaches;
mod diagnostics;
mod documents;
mod drafts;
mod hover;
mod positions;
mod server;
mod settings;
mod stdio;

pub use server::{Ended, serve};
pub use stdio::serve_stdio;
