//! How somebody sells, as far as it is seen: counted from letters, plans, calls and deals, each with its
//! interval, and beside it what they say of themselves.
//!
//! Nobody gets a mark or a sum, and nobody is held against anybody else. What is counted are numbers of
//! letters and days; no word of a letter comes in here or goes out. Where there are too few cases to tell,
//! that is what is told.
//!
//! Must not: read a clock, rank people, or conclude what somebody is like.

pub mod competences;
pub mod deals;
pub mod goals;
pub mod helping;
pub mod letters;
pub mod measure;
pub mod plans;
pub mod reluctance;
pub mod weeks;
pub mod written;
