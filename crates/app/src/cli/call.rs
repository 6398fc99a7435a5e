//! `inroad call`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::PlainFormat;

/// `inroad call`.
#[derive(Debug, Args)]
pub(crate) struct CallArgs {
    #[arg(help = "A transcript: WebVTT, SRT, or lines of 'Name: text'")]
    pub file: PathBuf,
    /// A speaker who is you or a colleague, by the name in the file or a part of it; may be repeated
    #[arg(long, value_name = "NAME")]
    pub me: Vec<String>,
    /// The day of the call [default: the day in the file's name, else today]
    #[arg(long, value_name = "DAY")]
    pub on: Option<Date>,
    /// Keep it as a note of this deal: its name, its id, or a part of one
    #[arg(long, value_name = "DEAL")]
    pub keep: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}
