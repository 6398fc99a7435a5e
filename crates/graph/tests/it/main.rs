//! Algorithms against other tools, and the properties that an algorithm must have.
//!
//! Figures of other tools on graphs of our own lie in `tests/oracles`, each table beside the script
//! that makes it and with the versions of the tools in its first line:
//! `cd tests/oracles && python3 NAME.py`. Graphs of real people may not be given on; tests of those
//! read them beside the project if they are there, and say `SKIPPED` if not.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_cmp,
    reason = "a test that cannot go on should stop; some read tables beside the project or say that \
              they are missing; and some figures are exact"
)]

mod any_input;
mod boss_tables;
mod camp_tables;
mod centrality_tables;
mod committee_tables;
mod company;
mod informant_tables;
mod negotiation_tables;
mod oracles;
mod path_tables;
mod shared;
mod standing_tables;
