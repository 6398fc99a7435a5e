//! Why an answer cannot be given. One list for all algorithms of this crate.
//!
//! Input is checked before anything is computed, so that no number of the input reaches a panic
//! or comes out as a silent NaN.

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// There is nothing to compute from.
    #[error("There are no {what}")]
    Empty {
        /// What is missing.
        what: &'static str,
    },
    /// A node is named that the graph does not have.
    #[error("There is no node {node}: the graph has {nodes}")]
    NoSuchNode {
        /// The number that was named.
        node: u32,
        /// How many nodes there are, numbered from 0.
        nodes: usize,
    },
    /// Slices that belong together differ in length.
    #[error("The number of {what} does not fit the rest")]
    Shape {
        /// Which slice.
        what: &'static str,
    },
    /// A number is NaN or infinite, or outside what it can mean.
    #[error("The {what} at place {at} cannot be: it must be {must}")]
    OutOfRange {
        /// Which numbers.
        what: &'static str,
        /// The place among them, from 0.
        at: usize,
        /// What would be accepted.
        must: &'static str,
    },
    /// An exact answer would take too long. Ask for less, or for an estimate where there is one.
    #[error("There are too many {what}: at most {most} can be")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How much would do.
        most: usize,
    },
    /// The input does not determine the answer: several groups that do not listen to each other,
    /// opinions that nobody holds on to.
    #[error("The graph does not determine the {what}")]
    Undetermined {
        /// What stays open.
        what: &'static str,
    },
    /// The answer was not reached in the number of rounds that is allowed.
    #[error("No answer was reached in {rounds} rounds")]
    NotConverged {
        /// The rounds that were made.
        rounds: usize,
    },
}

/// Checks that each number passes; names the first that does not.
pub(crate) fn all(
    what: &'static str,
    values: &[f64],
    must: &'static str,
    passes: impl Fn(f64) -> bool,
) -> Result<(), GraphError> {
    match values.iter().position(|&value| !passes(value)) {
        Some(at) => Err(GraphError::OutOfRange { what, at, must }),
        None => Ok(()),
    }
}

/// Checks that each number is finite.
pub(crate) fn finite(what: &'static str, values: &[f64]) -> Result<(), GraphError> {
    all(what, values, "a finite number", f64::is_finite)
}

/// Checks that each number is finite and above 0.
pub(crate) fn positive(what: &'static str, values: &[f64]) -> Result<(), GraphError> {
    all(what, values, "finite and above 0", |value| value.is_finite() && value > 0.0)
}

/// Checks that each number is finite and not below 0.
pub(crate) fn not_negative(what: &'static str, values: &[f64]) -> Result<(), GraphError> {
    all(what, values, "finite and not below 0", |value| value.is_finite() && value >= 0.0)
}

/// Checks that each number is from 0 to 1.
pub(crate) fn share(what: &'static str, values: &[f64]) -> Result<(), GraphError> {
    all(what, values, "from 0 to 1", |value| (0.0..=1.0).contains(&value))
}

/// Checks that a slice has the length that the rest asks for.
pub(crate) fn length(what: &'static str, found: usize, wanted: usize) -> Result<(), GraphError> {
    if found == wanted { Ok(()) } else { Err(GraphError::Shape { what }) }
}
