//! How `inroad serve` tells of itself, to whoever runs it for others.

use clap::{Args, ValueEnum};

#[derive(Debug, Default, Args)]
pub(crate) struct OperationsArgs {
    /// Tell on the error output what is done, a line each: never names, addresses, subjects or words of letters
    #[arg(long, value_enum, value_name = "FORM", help_heading = "For whoever runs it for others")]
    pub log: Option<LogForm>,
    /// How much is told
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = LogLevel::Info, requires = "log")]
    #[arg(help_heading = "For whoever runs it for others")]
    pub log_level: LogLevel,
    /// Answer /healthz, /readyz and /metrics (for Prometheus) here, too, without a key
    #[arg(long, value_name = "ADDRESS:PORT", help_heading = "For whoever runs it for others")]
    pub metrics: Option<std::net::SocketAddr>,
}

/// What a line of the log looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogForm {
    /// An object in JSON
    Json,
    /// Words to be read
    Text,
}

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum LogLevel {
    /// What went wrong
    Error,
    /// What did not work and is tried again, too
    Warn,
    /// Each request, and what is read and imported, too
    #[default]
    Info,
    /// How far each reading is, too
    Debug,
}
