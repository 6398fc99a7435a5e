//! Discovery over a scripted network, and sign-ins at a server on this machine that stands in for a
//! provider.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod authority;
mod by_browser;
mod by_code;
mod discovery;
mod dns;
mod providers;
mod renewal;
mod scripted;
mod web;
