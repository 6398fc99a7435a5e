//! What was wrong with some input, where, and what to do about it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where in an input something was found. Unknown parts are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file or mailbox, as the user named it.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The byte, counted from 0.
    pub byte: Option<u64>,
    /// The Message-ID, if a message was being read.
    pub message: Option<String>,
}

/// A finding about malformed or refused input. It is a value, not an error: the rest goes on.
///
/// ```
/// use inroad_model::Issue;
/// let issue = Issue::new("The date is missing", "The message is kept without a date").at_line(3);
/// assert_eq!(issue.to_string(), "line 3: The date is missing. The message is kept without a date");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Issue {
    /// Where.
    pub place: Place,
    /// What is wrong: a capital first, no full stop.
    pub what: String,
    /// What was done instead, or what the user can do.
    pub way_out: String,
}

impl Issue {
    /// An issue without a place yet.
    pub fn new(what: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { place: Place::default(), what: what.into(), way_out: way_out.into() }
    }

    /// The same issue, in that file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place.file = Some(file.into());
        self
    }

    /// The same issue, at that line (from 1).
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.place.line = Some(line);
        self
    }

    /// The same issue, at that byte (from 0).
    #[must_use]
    pub fn at_byte(mut self, byte: u64) -> Self {
        self.place.byte = Some(byte);
        self
    }

    /// The same issue, in that message.
    #[must_use]
    pub fn in_message(mut self, message: impl Into<String>) -> Self {
        self.place.message = Some(message.into());
        self
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut places = Vec::new();
        if let Some(file) = &self.place.file {
            places.push(file.clone());
        }
        if let Some(line) = self.place.line {
            places.push(format!("line {line}"));
        }
        if let Some(byte) = self.place.byte {
            places.push(format!("byte {byte}"));
        }
        if let Some(message) = &self.place.message {
            places.push(format!("message {message}"));
        }
        if !places.is_empty() {
            write!(f, "{}: ", places.join(", "))?;
        }
        write!(f, "{}. {}", self.what, self.way_out)
    }
}
