//! A real provider, and all that it might say.

#![expect(clippy::unwrap_used, reason = "tests may fail loudly")]
#![expect(clippy::print_stdout, reason = "what was skipped is told")]

#[path = "../../provider/visit.rs"]
mod provider;
mod signing_in;
mod unreached;
