//! How things are shown, by what they are.

use clap::ValueEnum;

/// How a review is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for the terminal
    Table,
    /// For other programs
    Json,
    /// One page that needs nothing else
    Html,
    /// Markdown
    Md,
}

/// How other things are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainFormat {
    /// For the terminal
    Table,
    /// For other programs
    Json,
}

/// How a report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For the terminal
    Table,
    /// For other programs
    Json,
    /// One page in one file
    Html,
}

/// How the politics of a deal are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MapFormat {
    /// Text for the terminal
    Table,
    /// For other programs
    Json,
    /// The picture, as a file of its own
    Svg,
}
