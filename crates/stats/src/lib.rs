//! Estimators over slices of numbers. One estimator a file.
//!
//! This crate knows no mail, no person and no deal: it takes numbers and gives numbers, so that
//! each estimator can be read beside its source and checked against another tool.
//!
//! Must not: depend on any crate of ours, read a clock, or draw random numbers without a seed.

mod cure;
mod error;
mod gram;
mod logistic;
mod lognormal;
mod person_periods;
mod prior;
mod random;
mod symmetric;

pub use cure::CureModel;
pub use error::FitError;
pub use logistic::{LogisticFit, logistic};
pub use lognormal::{LogNormalPredictive, LogNormalPrior};
pub use person_periods::{PersonPeriods, Spell, person_periods};
pub use prior::{Precision, Prior};
pub use random::Random;
pub use symmetric::{Cholesky, Symmetric};
