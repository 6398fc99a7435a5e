//! The pages through real HTTP, on a port of this machine.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "a test says when it was skipped")]

mod access;
mod browser;
mod lessons;
mod overruling;
mod pages;
mod people;
mod site;
