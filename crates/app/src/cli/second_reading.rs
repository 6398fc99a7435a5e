//! The arguments of `inroad second-reading`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::when::AsOf;

#[derive(Debug, Subcommand)]
pub(crate) enum SecondReadingAction {
    /// Say what would be sent where, and ask for your consent
    On(SwitchOn),
    /// Send nothing any more; what was read does not count
    Off {
        /// Forget what was read, too
        #[arg(long)]
        forget: bool,
    },
    /// Say whether it is on, and who would be asked
    Status,
    /// Ask about one deal, show the answer, and keep nothing
    Try {
        /// Its name, its id, or a part of one
        deal: String,
        /// Print what would be sent, and send nothing
        #[arg(long)]
        dry_run: bool,
        /// With the letters up to that day
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
    },
    /// Ask about one deal, or all open ones, and keep the answers for reviews
    Run {
        /// Its name, its id, or a part of one
        deal: Option<String>,
        /// With the letters up to that day
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct SwitchOn {
    #[arg(long, help = "The server: https://HOST/v1, or http://localhost:11434/v1")]
    pub url: String,
    /// The model, as the server calls it
    #[arg(long, value_name = "NAME")]
    pub model: String,
    #[arg(
        long,
        value_name = "FILE",
        help = "A file with the key that nobody else may read; $INROAD_SECOND_READING_KEY comes first"
    )]
    pub key_file: Option<PathBuf>,
    /// How far its readings are trusted, 0 to 2 [default: 1]
    #[arg(long, value_name = "NUMBER")]
    pub trust: Option<f64>,
    /// Your consent, for scripts: the host to which letters may be sent
    #[arg(long, value_name = "HOST")]
    pub i_agree_to_send_to: Option<String>,
}
