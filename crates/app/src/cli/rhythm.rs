//! The arguments of `inroad rhythm`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Subcommand;
use inroad_service::rhythm::Follow;

#[derive(Debug, Subcommand)]
pub(crate) enum RhythmAction {
    /// Print how likely each case of a file is, as CSV
    Predict {
        /// The folder of the log, with events.csv
        #[arg(long, value_name = "DIR")]
        log: PathBuf,
        /// Files of cases
        #[arg(long, required = true, value_name = "FILE")]
        cases: Vec<PathBuf>,
        /// A prior of your own [default: the shipped one]
        #[arg(long, value_name = "FILE")]
        prior: Option<PathBuf>,
        /// What to learn from the log: `always` (all that was known at each case's moment),
        /// `never`, or what was known at a moment, in seconds since 1970
        #[arg(long, value_name = "WHEN", default_value = "always")]
        follow: FollowArg,
    },
    /// Fit the prior on archives, and print or write it
    Fit {
        /// Folders of archives, each with events.csv; `DIR=0.3` lets one count less
        #[arg(required = true, value_name = "DIR")]
        archives: Vec<ArchiveArg>,
        /// Take this archive for who answers only
        #[arg(long, value_name = "DIR")]
        answers_only: Vec<ArchiveArg>,
        /// The file to write [default: print it]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// What is learnt from a log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FollowArg(pub Follow);

impl FromStr for FollowArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "always" => Ok(Self(Follow::Always)),
            "never" => Ok(Self(Follow::Never)),
            moment => match moment.parse::<f64>() {
                Ok(seconds) if seconds.is_finite() => Ok(Self(Follow::Until(seconds))),
                _ => Err("write always, never, or seconds since 1970".to_owned()),
            },
        }
    }
}

/// An archive with how much it counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ArchiveArg {
    pub path: PathBuf,
    pub weight: f64,
}

impl FromStr for ArchiveArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, weight) = text.rsplit_once('=').unwrap_or((text, "1"));
        match weight.parse::<f64>() {
            Ok(weight) if weight > 0.0 && weight.is_finite() => {
                Ok(Self { path: PathBuf::from(path), weight })
            }
            _ => Err("write DIR, or DIR=0.5 to let it count half".to_owned()),
        }
    }
}
