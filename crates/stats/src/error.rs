//! Why an estimate cannot be given. One list for all estimators of this crate.
//!
//! Input is checked before anything is computed, so that no number of the input reaches a panic
//! or comes out as a silent NaN.

/// Why there is no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// There is nothing to learn from.
    #[error("There are no {what}")]
    Empty {
        /// What is missing.
        what: &'static str,
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
        /// Which slice.
        what: &'static str,
        /// The place in it, from 0.
        at: usize,
        /// What would be accepted.
        must: &'static str,
    },
    /// The data do not determine the answer: a column that repeats others, outcomes that a column
    /// separates without a prior, a likelihood without a maximum. Give a prior or fewer columns.
    #[error("The data do not determine the {what}")]
    Undetermined {
        /// What stays open.
        what: &'static str,
    },
    /// The maximum was not reached in the number of steps that is allowed.
    #[error("No maximum was reached in {steps} steps")]
    NotConverged {
        /// The steps that were made.
        steps: u32,
    },
}

/// Checks that each number is finite.
pub(crate) fn finite(what: &'static str, values: &[f64]) -> Result<(), FitError> {
    all(what, values, "a finite number", f64::is_finite)
}

/// Checks that each number is finite and above 0.
pub(crate) fn positive(what: &'static str, values: &[f64]) -> Result<(), FitError> {
    all(what, values, "finite and above 0", |value| value.is_finite() && value > 0.0)
}

/// Checks that each number is finite and not below 0.
pub(crate) fn not_negative(what: &'static str, values: &[f64]) -> Result<(), FitError> {
    all(what, values, "finite and not below 0", |value| value.is_finite() && value >= 0.0)
}

/// Checks that each number is from 0 to 1.
pub(crate) fn share(what: &'static str, values: &[f64]) -> Result<(), FitError> {
    all(what, values, "from 0 to 1", |value| (0.0..=1.0).contains(&value))
}

/// Checks that a slice has the length that the rest asks for.
pub(crate) fn length(what: &'static str, found: usize, wanted: usize) -> Result<(), FitError> {
    if found == wanted { Ok(()) } else { Err(FitError::Shape { what }) }
}

/// Checks that each number passes; names the first that does not.
pub(crate) fn all(
    what: &'static str,
    values: &[f64],
    must: &'static str,
    passes: impl Fn(f64) -> bool,
) -> Result<(), FitError> {
    match values.iter().position(|&value| !passes(value)) {
        Some(at) => Err(FitError::OutOfRange { what, at, must }),
        None => Ok(()),
    }
}
