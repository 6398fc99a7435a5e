//! The program as a whole, run as a user runs it.

#![expect(clippy::unwrap_used, reason = "tests may fail loudly")]

mod commands;
