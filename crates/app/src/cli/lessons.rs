//! The arguments of `inroad lessons`.

use clap::{Args, Subcommand};
use inroad_model::{Cause, LessonNumber, Outcome};

use super::{PlainFormat, cause, outcome};
use crate::when::AsOf;

#[derive(Debug, Subcommand)]
pub(crate) enum LessonsAction {
    /// Review a deal that has ended: shows what is known, and takes your answers
    Review(LessonArgs),
    /// Take a lesson back
    Undo {
        /// Its number
        number: LessonNumber,
    },
}

#[derive(Debug, Args)]
pub(crate) struct LessonArgs {
    /// The deal: its name, its id, or a part of one
    pub name: String,
    /// How it ended: won, lost, no-decision or let-go
    #[arg(long, value_parser = outcome)]
    pub outcome: Option<Outcome>,
    /// What was behind it, as `price_too_high`; may stand several times
    #[arg(long, value_name = "CAUSE", value_parser = cause)]
    pub cause: Vec<Cause>,
    /// What you tried: the name of a play, or of a scenario with one play
    #[arg(long, value_name = "NAME")]
    pub play: Option<String>,
    /// Your words on the people
    #[arg(long, value_name = "TEXT")]
    pub people: Option<String>,
    /// Your words on how it went
    #[arg(long, value_name = "TEXT")]
    pub process: Option<String>,
    /// Your words on what changed
    #[arg(long, value_name = "TEXT")]
    pub changed: Option<String>,
    /// The day on which it ended [default: as told of the deal, else today]
    #[arg(long, value_name = "DAY")]
    pub ended: Option<AsOf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
    pub format: PlainFormat,
}
