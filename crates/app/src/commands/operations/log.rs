//! The log of `inroad serve`, on the error output.
//!
//! Only events of our own are written, by their target: those of other crates may hold what a server or a person
//! said. What ours hold is named where they are told: numbers, kinds, routes with their blanks unfilled.

use std::io::stderr;

use tracing::{Level, Metadata};
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::cli::{LogForm, LogLevel, OperationsArgs};

/// Begins to write, if that is wished for. A program that writes already goes on as it does.
pub(in crate::commands) fn begin(args: &OperationsArgs) {
    let Some(form) = args.log else { return };
    let level = match args.log_level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    let ours = filter_fn(move |of| is_ours(of) && *of.level() <= level);
    let begun = match form {
        LogForm::Json => {
            let lines = fmt::layer().json().flatten_event(true).with_current_span(false);
            registry()
                .with(lines.with_span_list(false).with_writer(stderr).with_filter(ours))
                .try_init()
        }
        LogForm::Text => {
            let lines = fmt::layer().with_ansi(false).with_writer(stderr);
            registry().with(lines.with_filter(ours)).try_init()
        }
    };
    if begun.is_ok() {
        tracing::info!(target: "inroad::serving", version = env!("CARGO_PKG_VERSION"), "starting");
    }
}

/// Spans may carry what others put into them, so there are none.
fn is_ours(of: &Metadata<'_>) -> bool {
    of.is_event() && of.target().strip_prefix("inroad").is_some_and(|rest| rest.starts_with("::"))
}
