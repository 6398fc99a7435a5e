//! What is written down at the desk: notes, plans, what is laid aside.

use clap::Args;
use inroad_model::{Channel, EmailAddress};
use jiff::civil::Date;

/// `inroad note`.
#[derive(Debug, Args)]
pub(crate) struct NoteArgs {
    /// The deal: its name, its id, or a part of one
    pub name: String,
    /// What was said, or what you saw
    pub text: String,
    /// Of which day it tells [default: today]
    #[arg(long, value_name = "DAY")]
    pub on: Option<Date>,
    /// How it came about: mail, call or meeting
    #[arg(long, value_parser = channel)]
    pub by: Option<Channel>,
}

/// `inroad plan`.
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    /// The deal: its name, its id, or a part of one
    pub name: String,
    /// The day
    #[arg(value_name = "DAY")]
    pub day: Date,
    /// What
    pub what: String,
    /// How: mail, call or meeting
    #[arg(long, value_parser = channel, default_value = "mail")]
    pub by: Channel,
    /// With whom
    #[arg(long, value_name = "EMAIL")]
    pub with: Option<EmailAddress>,
}

/// `inroad aside`.
#[derive(Debug, Args)]
pub(crate) struct AsideArgs {
    /// The deal: its name, its id, or a part of one
    pub name: String,
    /// The day on which it comes back, if they do not write before
    #[arg(value_name = "DAY")]
    pub until: Date,
    /// Why, in a few words
    #[arg(long, value_name = "TEXT")]
    pub because: String,
}

fn channel(name: &str) -> Result<Channel, String> {
    Channel::from_name(name).ok_or_else(|| format!("'{name}' is none of mail, call, meeting"))
}
