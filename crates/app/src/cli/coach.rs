//! Drafts read before they go out, and begun.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use inroad_coach::draft::{Channel, Stage};
use inroad_coach::rules::rule::Severity;
use inroad_model::EmailAddress;

use super::PlainFormat;
use crate::when::AsOf;

/// `inroad coach`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct CoachArgs {
    /// Drafts, as text or .eml; standard input without one, or with '-'
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The way it goes: email, voicemail, call or text
    #[arg(long, value_parser = channel, default_value = "email")]
    pub channel: Channel,
    /// Where it stands: first-touch, follow-up, answer, proposal, closing or courtesy [default: told by what passed before, or by its words]
    #[arg(long, value_parser = stage)]
    pub stage: Option<Stage>,
    /// Whom it is for [default: the To line of the draft]
    #[arg(long, value_name = "EMAIL")]
    pub person: Option<EmailAddress>,
    /// The same text goes to many
    #[arg(long)]
    pub many: bool,
    /// The day on which it goes out
    #[arg(long, value_name = "DAY", default_value = "now")]
    pub on: AsOf,
    /// End with exit code 3 if something of this weight or more was found: note, warn or block
    #[arg(long, value_name = "WEIGHT", value_parser = severity)]
    pub fail_on: Option<Severity>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
    #[command(subcommand)]
    pub action: Option<CoachAction>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CoachAction {
    /// List the rules, or show one with its reason and examples
    Rules {
        /// Its name, as `no-way-out`
        name: Option<String>,
    },
    /// Put a finding to rest for these words, until they change
    Dismiss {
        /// The rule, by name
        rule: String,
        /// The words for which it was found, as they were quoted [default: the draft as a whole]
        #[arg(default_value = "")]
        words: String,
        /// Take it back
        #[arg(long)]
        undo: bool,
    },
    /// Show rule by rule what became of findings: fixed or dismissed
    Stats,
}

/// `inroad draft`.
#[derive(Debug, Args)]
pub(crate) struct DraftArgs {
    /// Whom it is for
    #[arg(long, value_name = "EMAIL")]
    pub person: EmailAddress,
    /// The deal: its name, its id, or a part of one [default: the open deal in which they have a seat]
    #[arg(long, value_name = "NAME")]
    pub deal: Option<String>,
    /// The play: its name, a part of it, or its key [default: the first that fits and is with them]
    #[arg(long, value_name = "NAME", conflicts_with = "list")]
    pub play: Option<String>,
    /// List the plays that fit
    #[arg(long)]
    pub list: bool,
    /// The way it goes: email, voicemail, call or text
    #[arg(long, value_parser = channel, default_value = "email")]
    pub channel: Channel,
    /// Which of the ways to open that are listed below the draft
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub opening: usize,
    /// The draft alone, for a file
    #[arg(long)]
    pub bare: bool,
    /// The day on which it goes out
    #[arg(long, value_name = "DAY", default_value = "now")]
    pub on: AsOf,
    /// How to show it
    #[arg(long, value_enum, default_value_t = DraftFormat::Text)]
    pub format: DraftFormat,
}

/// How a draft that was begun is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DraftFormat {
    /// As text.
    Text,
    /// As JSON.
    Json,
}

fn channel(name: &str) -> Result<Channel, String> {
    let found = Channel::ALL.into_iter().find(|channel| channel.as_str() == name);
    found.ok_or_else(|| "write email, voicemail, call or text".to_owned())
}

fn stage(name: &str) -> Result<Stage, String> {
    let found = Stage::ALL.into_iter().find(|stage| stage.as_str() == name);
    found.ok_or_else(|| {
        "write first-touch, follow-up, answer, proposal, closing or courtesy".to_owned()
    })
}

fn severity(name: &str) -> Result<Severity, String> {
    let all = [Severity::Note, Severity::Warn, Severity::Block];
    let found = all.into_iter().find(|severity| severity.as_str() == name);
    found.ok_or_else(|| "write note, warn or block".to_owned())
}
