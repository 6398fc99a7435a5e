//! The chance of winning: from a table of anybody's closed deals, or from the user's own.

mod deals;
mod file;

pub(crate) use deals::add_base_rates;
pub use deals::{DealChance, DealsWinning};
pub use file::{ColumnWords, FileWinning, RowChance, WinningQuestion, weigh_file};
