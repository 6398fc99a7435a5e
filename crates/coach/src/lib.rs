//! Drafts, voicemail scripts and calls, read before a person sends or says them, and calls after.
//!
//! The way of one draft: [`draft`] tells its words from its head, quotes and signature; [`reading`] finds
//! its sentences, what it asks, its numbers and what strikes a careful reader who has the record
//! ([`audience`]) at hand; [`rules`] hold their data against that; the [`report`] tells what was found, with
//! place, reason and a way out, and what could not be checked; [`fixes`] offers what can be put right by
//! taking out or by writing what the record has, if a person wants it.
//!
//! Must not: read a clock, a file or a database, send or rewrite anything, or give a mark.

pub mod audience;
pub mod call;
pub mod draft;
pub mod fixes;
pub mod reading;
pub mod report;
pub mod rules;
