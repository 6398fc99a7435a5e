//! Corpus tests of the readers, as one binary.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests may fail loudly, read corpora and say what they skipped"
)]

mod automatic;
mod bounce;
mod calendar;
mod companies;
mod contacts;
mod corpus;
mod dialects;
mod export;
mod hostile;
#[path = "../hostile_html/patterns.rs"]
mod hostile_html;
mod invitation;
mod mail;
mod mbox;
mod occurrences;
mod transcript;
mod vttjs;
mod written;
