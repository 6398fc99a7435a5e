//! What holds of any records, and what is said of pairs that are written down.

mod any_records;
mod lists;
mod pairs;
