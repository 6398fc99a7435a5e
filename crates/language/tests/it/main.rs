//! Corpus tests and properties of the readers of text, as one binary.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests may fail loudly, read corpora and say what they skipped"
)]

mod corpus;
mod cues_properties;
mod facts_properties;
mod facts_tables;
mod pages;
mod questions_properties;
mod statements_properties;
mod taught_properties;
mod zones_corpora;
mod zones_held;
mod zones_properties;
mod zones_seen;
mod zones_tables;
