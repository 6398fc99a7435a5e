//! What is written down at the desk: notes, plans, what is laid aside.

use clap::Args;
use inroad_model::{Channel, EmailAddress, TeamName};
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

/// `inroad share`.
#[derive(Debug, Args)]
pub(crate) struct ShareArgs {
    /// The deal: its name, its id, or a part of one
    pub name: String,
    /// Somebody who works here
    #[arg(long, value_name = "EMAIL", required_unless_present = "team")]
    pub with: Option<EmailAddress>,
    /// Whoever is in a team
    #[arg(long, conflicts_with = "with", value_parser = team)]
    pub team: Option<TeamName>,
    /// What letters are about and the words that state something, too
    #[arg(long)]
    pub letters: bool,
}

fn team(name: &str) -> Result<TeamName, String> {
    TeamName::new(name).map_err(|why| why.to_string())
}

fn channel(name: &str) -> Result<Channel, String> {
    Channel::from_name(name).ok_or_else(|| format!("'{name}' is none of mail, call, meeting"))
}
