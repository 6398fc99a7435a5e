//! Arguments of an assistant: what it may, and what it proposed.

use clap::{Args, Subcommand};
use inroad_model::EntryNumber;

use super::PlainFormat;

/// `inroad mcp`.
#[cfg(feature = "mcp")]
#[derive(Debug, Args)]
pub(crate) struct McpArgs {
    /// Give out whole letters, too, and not only the sentences that show something
    #[arg(long)]
    pub letters: bool,
    /// Let it propose what it reads in letters; it counts for nothing until you confirm it
    #[arg(long)]
    pub may_propose: bool,
}

/// `inroad proposed`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ProposedArgs {
    #[command(subcommand)]
    pub action: Option<ProposedAction>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}

/// What becomes of a proposal.
#[derive(Debug, Subcommand)]
pub(crate) enum ProposedAction {
    /// It is so: from then on it counts as your own word
    Confirm {
        /// Its number, as 'inroad proposed' lists it
        #[arg(value_parser = number)]
        number: EntryNumber,
    },
    /// It is not so, or of no use
    Dismiss {
        /// Its number, as 'inroad proposed' lists it
        #[arg(value_parser = number)]
        number: EntryNumber,
    },
}

fn number(text: &str) -> Result<EntryNumber, String> {
    text.parse().map_err(|()| "write the number that 'inroad proposed' shows".to_owned())
}
