//! Leads between marketing and sales.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use inroad_leads::{Held, Outcome, Side};
use inroad_model::EmailAddress;
use jiff::civil::Date;

use super::PlainFormat;

/// `inroad leads`.
#[derive(Debug, Args)]
pub(crate) struct LeadsArgs {
    #[command(subcommand)]
    pub action: Option<LeadsAction>,
    /// Who does it, of those who work here [default: you]
    #[arg(long = "as", value_name = "ADDRESS", global = true)]
    pub who: Option<EmailAddress>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table, global = true)]
    pub format: PlainFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LeadsAction {
    /// List leads, what waits first
    List(ListArgs),
    /// Show one
    Show {
        /// Its number
        number: i64,
    },
    /// Hand one over
    HandOver(Box<HandOverArgs>),
    /// Take one on
    Accept {
        /// Its number
        number: i64,
    },
    /// Give one back
    Return {
        /// Its number
        number: i64,
        /// Why, out of the agreed reasons
        #[arg(long)]
        reason: String,
        /// Why, in words
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
    /// Lay one aside: it comes back to marketing on a day
    Recycle {
        /// Its number
        number: i64,
        /// The day
        #[arg(long, value_name = "DAY")]
        until: Date,
        /// Why
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
    },
    /// Answer a return, and hand it over again; or agree that it is none
    Answer {
        /// Its number
        number: i64,
        /// What you know now
        #[arg(long, value_name = "TEXT")]
        because: String,
        /// What you know of a criterion: KEY=yes, no, unknown or a number
        #[arg(long = "answer", value_name = "KEY=ANSWER")]
        answers: Vec<String>,
        /// To whom: an address, or a team
        #[arg(long)]
        to: Option<String>,
        /// It is none
        #[arg(long, conflicts_with_all = ["answers", "to"])]
        give_up: bool,
    },
    /// Say how far you came: contacted, meeting, proposal, won or lost
    Outcome {
        /// Its number
        number: i64,
        /// How far
        #[arg(value_parser = outcome)]
        outcome: Outcome,
        /// A word on it; needed where it was lost
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
    },
    /// Say how good the lead was, or with --treatment how it was treated
    Feedback {
        /// Its number
        number: i64,
        /// Of a criterion: KEY=held, did-not-hold or unknown
        #[arg(long, value_name = "KEY=WORD", value_parser = held)]
        held: Vec<(String, Held)>,
        /// In words
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
        /// Of its treatment, which marketing says
        #[arg(long, conflicts_with = "held", requires = "because")]
        treatment: bool,
    },
    /// Reply to what was said of a lead
    Reply {
        /// Its number
        number: i64,
        /// The number of what was said, as 'inroad leads show' tells it
        to: i64,
        /// The reply
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
    /// Hand the leads of a table over: an export of a CRM or of a form, as CSV
    Import {
        /// The table
        file: PathBuf,
        /// Who takes those to whom no territory leads: an address, or a team
        #[arg(long)]
        to: Option<String>,
        /// Where they came from, where the table does not say
        #[arg(long, default_value = "")]
        source: String,
        /// Say what would come in, and keep nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// `inroad leads list`.
#[derive(Debug, Default, Args)]
pub(crate) struct ListArgs {
    /// Only those of that state; may be given several times
    #[arg(long = "state", value_name = "STATE")]
    pub states: Vec<String>,
    /// Only those of that source
    #[arg(long, default_value = "")]
    pub source: String,
    /// Only those with these words
    #[arg(long, default_value = "")]
    pub words: String,
    /// Only yours
    #[arg(long)]
    pub mine: bool,
    /// Which page of a long list
    #[arg(long, default_value_t = 1)]
    pub page: usize,
}

/// `inroad leads hand-over`.
#[derive(Debug, Args)]
pub(crate) struct HandOverArgs {
    /// Who it is
    #[arg(long, default_value = "")]
    pub name: String,
    /// Their address
    #[arg(long)]
    pub email: Option<EmailAddress>,
    /// Their telephone number
    #[arg(long, default_value = "")]
    pub phone: String,
    /// Their firm
    #[arg(long, default_value = "")]
    pub account: String,
    /// Where that is
    #[arg(long, default_value = "")]
    pub place: String,
    /// Where they came from
    #[arg(long, default_value = "")]
    pub source: String,
    /// The campaign
    #[arg(long, default_value = "")]
    pub campaign: String,
    /// What was said
    #[arg(long, default_value = "")]
    pub said: String,
    /// What was promised to them; may be given several times
    #[arg(long = "promised")]
    pub promised: Vec<String>,
    /// What they asked
    #[arg(long, default_value = "")]
    pub asked: String,
    /// What you know of a criterion: KEY=yes, no, unknown or a number
    #[arg(long = "answer", value_name = "KEY=ANSWER")]
    pub answers: Vec<String>,
    /// To whom: an address, or a team [default: where the territories lead]
    #[arg(long)]
    pub to: Option<String>,
    /// Although an open lead seems to be the same
    #[arg(long)]
    pub despite_doubles: bool,
}

/// `inroad definition`.
#[derive(Debug, Args)]
pub(crate) struct DefinitionArgs {
    #[command(subcommand)]
    pub action: Option<DefinitionAction>,
    /// Who does it, of those who work here [default: you]
    #[arg(long = "as", value_name = "ADDRESS", global = true)]
    pub who: Option<EmailAddress>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table, global = true)]
    pub format: PlainFormat,
}

/// What is done with a definition.
#[derive(Debug, Subcommand)]
pub(crate) enum DefinitionAction {
    /// Show a version as a file [default: the one that counts]
    Show {
        /// Its number
        number: Option<i64>,
    },
    /// Propose a version by a file, as 'inroad definition' shows one
    Propose {
        /// The file, as TOML
        file: PathBuf,
        /// Why
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
    },
    /// Sign a version
    Sign {
        /// Its number
        number: i64,
        /// For which side: marketing or sales [default: yours]
        #[arg(long, value_parser = side)]
        side: Option<Side>,
    },
}

fn outcome(text: &str) -> Result<Outcome, String> {
    Outcome::from_name(text)
        .ok_or_else(|| "write contacted, meeting, proposal, won or lost".to_owned())
}

fn held(text: &str) -> Result<(String, Held), String> {
    let way_out = || "write it like need=held, need=did_not_hold or need=unknown".to_owned();
    let (key, word) = text.split_once('=').ok_or_else(way_out)?;
    Ok((key.to_owned(), Held::from_name(&word.replace('-', "_")).ok_or_else(way_out)?))
}

fn side(text: &str) -> Result<Side, String> {
    Side::from_name(text).ok_or_else(|| "write marketing or sales".to_owned())
}
