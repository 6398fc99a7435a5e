//! Estimators against other tools, and the properties that an estimator must have.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod logistic;
mod table;
