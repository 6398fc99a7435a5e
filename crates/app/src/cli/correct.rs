//! The arguments of `inroad correct`.

use clap::{Args, ValueEnum};
use inroad_model::{Cue, MessageId};

use super::{PlainFormat, cue};

#[derive(Debug, Args)]
pub(crate) struct CorrectArgs {
    /// The Message-ID of the letter
    #[arg(value_name = "MESSAGE-ID", value_parser = id, required_unless_present = "list")]
    pub message: Option<MessageId>,
    /// The sentence, as it stands there
    #[arg(required_unless_present = "list")]
    pub sentence: Option<String>,
    /// What it is about, as `too_dear`; 'inroad playbook signs' lists them
    #[arg(value_parser = cue, required_unless_present = "list")]
    pub cue: Option<Cue>,
    /// Whether the sentence does that
    #[arg(value_enum, required_unless_present_any = ["list", "undo"])]
    pub holds: Option<Holds>,
    /// Take back what you said of this sentence
    #[arg(long, conflicts_with = "holds")]
    pub undo: bool,
    /// List what you corrected; as JSON in the form of the examples in playbook/cues
    #[arg(long, conflicts_with_all = ["message", "undo"])]
    pub list: bool,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}

/// Whether a sentence does what a cue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Holds {
    /// It does
    Yes,
    /// It does not
    No,
}

fn id(text: &str) -> Result<MessageId, String> {
    MessageId::new(text.trim_matches(['<', '>'])).map_err(|cause| cause.to_string())
}
