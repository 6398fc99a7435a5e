//! Text to meaning: what the writer added, what the signature says, what is stated.
//!
//! The way through one message: [`zones`] cuts the body into new text, quotes and signature,
//! [`signature`] reads the signature's lines, [`facts`] reads what the new text states, with days
//! found by [`dates`]; [`mod@read`] does all of it. [`cues`] reads, when asked, what each sentence tells
//! a seller; [`questions`] tells which of them ask, and how.
//!
//! Must not: read a clock, a file or a database, or judge what a statement means for a deal.

pub mod cues;
pub mod dates;
pub mod facts;
pub mod folding;
pub mod linear;
pub mod patterns;
pub mod private;
pub mod questions;
pub mod read;
pub mod sentences;
pub mod signature;
pub mod statements;
mod text;
pub mod traces;
pub mod voice;
mod word_table;
pub mod zones;
