//! Estimators against other tools, and the properties that an estimator must have.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod calibration;
mod change;
mod cox;
mod exact;
mod kaplan_meier;
mod logistic;
mod parametric;
mod repeats;
mod scores;
mod survival_rows;
mod table;
