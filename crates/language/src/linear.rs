//! Sentences told apart by small linear models: one border for each thing that a sentence may carry, over
//! its words, neighbours and pieces of words.
//!
//! [`features`] turns a sentence into hashed words, pairs of words and pieces of words; [`weights`] is a
//! file that was learnt, in memory; [`reader`] weighs a sentence for everything that it may carry at once.
//! [`crate::cues`] are read so, and so are sayings of a draft by the coach.
//!
//! Must not: know what is read, or conclude anything from it.

pub mod features;
pub mod reader;
pub mod weights;

/// How far the words of a sentence are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Two in a row.
    Two,
    /// Three in a row too, and two around a third.
    Three,
}

/// What a sentence may carry: a cue, a rule of the coach.
pub trait Label: Clone + Ord + Send + Sync {
    /// With what a file of its weights begins.
    const MAGIC: &'static [u8; 5];
    /// How much of the highest score of the others is taken off a score; chosen on sentences that were set
    /// aside.
    const RIVALRY: f32;
    /// How far words are looked at together.
    const REACH: Reach;

    /// The label of that name, if there can be one.
    fn from_name(name: &str) -> Option<Self>;

    /// Its name.
    fn name(&self) -> &str;
}
