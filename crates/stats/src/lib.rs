//! Estimators over slices of numbers. One estimator a file.
//!
//! This crate knows no mail, no person and no deal: it takes numbers and gives numbers, so that
//! each estimator can be read beside its source and checked against another tool.
//!
//! Must not: depend on any crate of ours, read a clock, or draw random numbers without a seed.

mod cure;
mod lognormal;

pub use cure::CureModel;
pub use lognormal::{LogNormalPredictive, LogNormalPrior};
