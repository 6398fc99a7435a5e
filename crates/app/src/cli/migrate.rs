//! The arguments of `inroad migrate`.

use std::path::PathBuf;

use clap::Args;

/// Where everything is copied.
#[derive(Debug, Args)]
pub(crate) struct MigrateArgs {
    #[arg(long, value_name = "URL", help = "The database, as postgres://user@host/name")]
    pub to: String,
    /// What the workspace is called there
    #[arg(long, value_name = "NAME", default_value = "mine")]
    pub workspace: String,
    /// The workspace file to write, by which --data opens it from then on [default: NAME.toml beside the
    /// data file]
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}
