//! What the coach tells, as a whole: of calls, of any text, and as colleagues would.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests read files, may fail loudly and say what they measured"
)]

mod any_text;
mod call;
mod call_private;
mod panel;
mod sayings;
