//! The arguments of `inroad winning`.

use std::path::PathBuf;

use clap::Args;

use super::PlainFormat;
use crate::when::AsOf;

#[derive(Debug, Args)]
pub(crate) struct WinningArgs {
    /// A CSV file of deals, closed ones and open ones [default: the deals of the data file]
    #[arg(value_name = "FILE", requires = "outcome")]
    pub file: Option<PathBuf>,
    /// The column of the file that tells how each deal ended; what is empty there is open
    #[arg(long, value_name = "COLUMN", requires = "file")]
    pub outcome: Option<String>,
    /// The value that means won, where its words do not tell
    #[arg(long, value_name = "VALUE", requires = "file")]
    pub won: Option<String>,
    /// This column is filled only after the outcome
    #[arg(long, value_name = "COLUMN", requires = "file")]
    pub known_after: Vec<String>,
    /// This column is known before the outcome, whatever it looks like
    #[arg(long, value_name = "COLUMN", requires = "file")]
    pub known_before: Vec<String>,
    /// Of your own deals: what was known on that day
    #[arg(long, value_name = "DAY", default_value = "now", conflicts_with = "file")]
    pub as_of: AsOf,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}
