//! What can be asked of touch plans.

use clap::{Args, Subcommand};
use inroad_model::{Channel, Useful};
use jiff::civil::Date;

use super::PlainFormat;
use crate::when::AsOf;

/// `inroad touches`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct TouchesArgs {
    #[command(subcommand)]
    pub action: Option<TouchesAction>,
    #[command(flatten)]
    pub showing: TouchesShowing,
}

#[derive(Debug, Args)]
pub(crate) struct TouchesShowing {
    /// What was known on that day
    #[arg(long, value_name = "DAY", default_value = "now")]
    pub as_of: AsOf,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TouchesAction {
    /// List with whom you stay in touch: due, coming, paused and why, over
    List {
        #[command(flatten)]
        showing: TouchesShowing,
    },
    /// Begin to stay in touch with somebody until they respond
    Begin {
        /// The address, or the name where one person alone has it
        #[arg(value_name = "WHOM")]
        whom: String,
        /// The deal that has gone quiet: its name, its id, or a part of one
        #[arg(long, value_name = "DEAL")]
        deal: Option<String>,
        /// The firm whose form is drawn on, where the address does not tell it
        #[arg(long, value_name = "ACCOUNT")]
        firm: Option<String>,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
    },
    /// Show one plan: the next touch with its reasons, and what has happened
    Show {
        /// The address, the name, or the number of the plan
        #[arg(value_name = "WHOM")]
        whom: String,
        #[command(flatten)]
        showing: TouchesShowing,
    },
    /// Approve the next touch as it is proposed, or otherwise: it is planned for its day
    Approve {
        /// The address, the name, or the number of the plan
        #[arg(value_name = "WHOM")]
        whom: String,
        /// Another day
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
        /// Another way: mail, call or meeting
        #[arg(long, value_parser = channel)]
        by: Option<Channel>,
        /// What, in your words
        #[arg(long, value_name = "TEXT")]
        what: Option<String>,
    },
    /// Say that a touch was made
    Done {
        /// The address, the name, or the number of the plan
        #[arg(value_name = "WHOM")]
        whom: String,
        /// On which day [default: today]
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
        /// How: mail, call or meeting
        #[arg(long, value_parser = channel)]
        by: Option<Channel>,
        /// What it brought: answer, observation, research, article or introduction
        #[arg(long, value_parser = useful)]
        useful: Option<Useful>,
        /// They answered: you spoke
        #[arg(long)]
        answered: bool,
    },
    /// Leave the next touch out
    Skip {
        /// The address, the name, or the number of the plan
        #[arg(value_name = "WHOM")]
        whom: String,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
    /// Put the next touch off
    PutOff {
        /// The address, the name, or the number of the plan
        #[arg(value_name = "WHOM")]
        whom: String,
        /// The first day on which it may come
        #[arg(value_name = "DAY")]
        until: Date,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
    },
    /// Stay in touch no longer
    End {
        /// The address, the name, or the number of the plan
        #[arg(value_name = "WHOM")]
        whom: String,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
}

fn channel(name: &str) -> Result<Channel, String> {
    Channel::from_name(name).ok_or_else(|| format!("'{name}' is none of mail, call, meeting"))
}

fn useful(name: &str) -> Result<Useful, String> {
    let names = || Useful::ALL.map(Useful::as_str).join(", ");
    super::names::named(name, Useful::from_name, "")
        .map_err(|_odd| format!("take one of {}", names()))
}
