//! Drafts, voicemail scripts and calls, read before a person sends or says them, and calls after.
//!
//! Must not: read a clock, a file or a database, send or rewrite anything, or give a mark.

pub mod call;
