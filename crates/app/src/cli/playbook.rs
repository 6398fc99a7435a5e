//! `inroad playbook`: the causes that it knows, as files.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum PlaybookAction {
    /// Read all files, yours among them, and run their test cases
    Check,
    /// Show one scenario, or the names of all
    Show {
        /// The name, as `price_too_high`
        name: Option<String>,
    },
    /// List what the files may speak of: cues in letters, and signals
    Signs,
    /// Begin a file of your own: a copy of ours, or an empty one
    New {
        /// The name, as `price_too_high`
        name: String,
    },
}
