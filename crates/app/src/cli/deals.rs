//! What is done with deals that mail suggests.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum DealsAction {
    /// Accept proposals; all of them if none is named
    Accept {
        /// Names, ids, or parts of them
        names: Vec<String>,
    },
    /// Dismiss deals or proposals
    Dismiss {
        /// Names, ids, or parts of them
        #[arg(required = true)]
        names: Vec<String>,
    },
}
