//! What can be asked before a first call: targets, the ideal client, the form of a firm.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use inroad_model::{EmailAddress, EntryNumber, Topic};
use jiff::civil::Date;

use super::PlainFormat;

#[derive(Debug, Subcommand)]
pub(crate) enum TargetsAction {
    /// Put a firm on the list; of a full list one leaves for it
    Add {
        /// Its domain or its name
        account: String,
        /// Why they
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
        /// The firm that leaves
        #[arg(long, value_name = "ACCOUNT")]
        instead_of: Option<String>,
        /// It is a new firm, also where one that is known is like it
        #[arg(long)]
        new: bool,
    },
    /// Take a firm off the list; what you know of it stays
    Remove {
        /// Its domain or its name
        account: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum DoublesAction {
    /// Two addresses are one person's, or two names one firm's
    Same {
        /// An address, or the domain or the name of a firm
        a: String,
        /// The other
        b: String,
    },
    /// They are two people, or two firms
    Apart {
        /// An address, or the domain or the name of a firm
        a: String,
        /// The other
        b: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum IdealAction {
    /// State it by a file, as 'inroad ideal-client' prints it
    Set {
        /// The file; - is the standard input
        file: PathBuf,
    },
}

/// `inroad form`.
#[derive(Debug, Args)]
pub(crate) struct FormArgs {
    /// The firm: its domain or its name
    pub account: String,
    /// The sheet for a first call instead
    #[arg(long)]
    pub call: bool,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}

/// `inroad assume`.
#[derive(Debug, Args)]
pub(crate) struct AssumeArgs {
    /// The firm: its domain or its name
    pub account: String,
    /// What it is about
    #[arg(value_parser = topic, value_name = "TOPIC")]
    pub topic: Topic,
    /// What is so
    #[arg(required_unless_present = "wrong")]
    pub text: Vec<String>,
    /// It was checked, not only assumed
    #[arg(long)]
    pub verified: bool,
    /// Who said so
    #[arg(long, value_name = "EMAIL")]
    pub by: Option<EmailAddress>,
    /// Of which day it tells [default: today]
    #[arg(long, value_name = "DAY")]
    pub on: Option<Date>,
    /// It settles the assumption of that number: that one holds
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    pub settles: Option<EntryNumber>,
    /// The assumption of that number does not hold; TEXT says what is so instead
    #[arg(long, value_name = "NUMBER", value_parser = number, conflicts_with_all = ["settles", "verified", "by", "on"])]
    pub wrong: Option<EntryNumber>,
}

/// `inroad found`.
#[derive(Debug, Args)]
pub(crate) struct FoundArgs {
    /// The firm: its domain or its name
    pub account: String,
    /// A text file: a page, a report, a press note; - is the standard input
    pub file: PathBuf,
    /// What it is called [default: its first line]
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub title: String,
    /// Where it stood; it is never fetched
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    pub url: String,
    /// Of which day it tells [default: today]
    #[arg(long, value_name = "DAY")]
    pub on: Option<Date>,
}

fn topic(name: &str) -> Result<Topic, String> {
    let names = || Topic::ALL.map(Topic::as_str).join(", ");
    super::names::named(name, Topic::from_name, "")
        .map_err(|_odd| format!("take one of {}", names()))
}

fn number(text: &str) -> Result<EntryNumber, String> {
    text.parse().map_err(|()| "write the number that 'inroad form' shows".to_owned())
}
