//! Estimators against other tools, and the properties that an estimator must have.
//!
//! The figures of the other tools lie in `tests/oracles`, each table beside the script that makes it
//! and with the versions of the tools in its first line: `cd tests/oracles && python3 NAME.py`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod any_input;
mod calibration;
mod change;
mod cox;
mod exact;
mod kaplan_meier;
mod logistic;
mod median;
mod parametric;
mod repeats;
mod scores;
mod survival_rows;
mod table;
mod winning;
