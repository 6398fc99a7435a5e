//! Letters that go out by the user's act.

use std::path::PathBuf;

use clap::Args;
use inroad_service::Approval;
use jiff::civil::Date;

use super::{PlainFormat, SecretArgs};

/// `inroad send`.
#[derive(Debug, Args)]
pub(crate) struct SendArgs {
    /// The draft, as text with its head (To, Subject) or .eml; standard input with '-'
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// From which mailbox, as 'inroad status' calls it [default: the only one]
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
    /// To whom, beside those that the draft names
    #[arg(long, value_name = "ADDRESS")]
    pub to: Vec<String>,
    /// Whom a copy goes to
    #[arg(long, value_name = "ADDRESS")]
    pub cc: Vec<String>,
    /// Whom a blind copy goes to
    #[arg(long, value_name = "ADDRESS")]
    pub bcc: Vec<String>,
    /// The subject [default: that of the draft]
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    /// The Message-ID of the letter that it answers, or none [default: the last one with them of the same subject, if it begins with Re:]
    #[arg(long, value_name = "ID")]
    pub answers: Option<String>,
    /// Put it among the drafts of your mailbox, and send it from your own mail program
    #[arg(long)]
    pub to_drafts: bool,
    /// Show it as it would go, and do nothing
    #[arg(long, conflicts_with_all = ["yes", "remind"])]
    pub show: bool,
    /// Let go the very letter that --show showed, by what it printed; nobody is asked
    #[arg(long, value_name = "APPROVAL")]
    pub yes: Option<Approval>,
    /// Why it goes although the coach holds it up; this is kept
    #[arg(long, value_name = "TEXT")]
    pub although: Option<String>,
    /// Send nothing: plan for that day that you send it
    #[arg(long, value_name = "DAY", conflicts_with = "yes")]
    pub remind: Option<Date>,
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// `inroad sent`.
#[derive(Debug, Args)]
pub(crate) struct SentArgs {
    /// Say of a letter of which nobody could tell that it went, by its number
    #[arg(long, value_name = "N", conflicts_with = "did_not_go")]
    pub went: Option<i64>,
    /// Say of such a letter that it did not go
    #[arg(long, value_name = "N")]
    pub did_not_go: Option<i64>,
    /// So many, the latest first
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u32,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
    #[command(flatten)]
    pub secrets: SecretArgs,
}
