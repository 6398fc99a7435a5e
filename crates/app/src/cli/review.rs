//! How reviews are asked for: as they are shown, and those of files that are not kept.

use std::path::PathBuf;

use clap::Args;

use super::formats::Format;
use crate::when::AsOf;

#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    pub showing: Showing,
    /// Review these mail files instead of the data file, and write nothing
    #[arg(long, value_name = "PATH")]
    pub mail: Vec<PathBuf>,
    /// The deals for --mail; proposed from the mail if missing
    #[arg(long, value_name = "FILE", requires = "mail")]
    pub deals: Option<PathBuf>,
    /// A folder with scenarios of your own, for --mail
    #[arg(long, value_name = "DIR", requires = "mail")]
    pub playbook: Option<PathBuf>,
    /// Second readings that were recorded, for --mail
    #[arg(long, value_name = "FILE", requires = "mail")]
    pub second_reading: Option<PathBuf>,
    /// Ask this server for second readings, for --mail; say to whom you agree to send
    #[arg(long, value_name = "URL", requires_all = ["mail", "second_reading_model", "i_agree_to_send_to"])]
    #[arg(conflicts_with = "second_reading")]
    pub second_reading_from: Option<String>,
    /// The model to ask
    #[arg(long, value_name = "NAME", requires = "second_reading_from")]
    pub second_reading_model: Option<String>,
    /// Your consent: the host to which the letters of all these deals may be sent, one deal at a time
    #[arg(long, value_name = "HOST", requires = "second_reading_from")]
    pub i_agree_to_send_to: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Showing {
    /// What was known on that day: 2026-09-01, a time, or now
    #[arg(long, value_name = "DAY", default_value = "now")]
    pub as_of: AsOf,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}
