//! Estimators over slices of numbers. One estimator a file.
//!
//! This crate knows no mail, no person and no deal: it takes numbers and gives numbers, so that
//! each estimator can be read beside its source and checked against another tool.
//!
//! Must not: depend on any crate of ours, read a clock, or draw random numbers without a seed.

mod accelerated;
mod cox;
mod cure;
mod error;
mod estimate;
mod gram;
mod kaplan_meier;
mod location_scale;
mod logistic;
mod lognormal;
mod lognormal_waits;
mod newton;
mod normal;
mod person_periods;
mod prior;
mod random;
mod symmetric;
mod waits;
mod weibull;

pub use accelerated::{AcceleratedFit, Family, accelerated};
pub use cox::{CoxFit, cox};
pub use cure::CureModel;
pub use error::FitError;
pub use estimate::Estimate;
pub use kaplan_meier::{KaplanMeier, SurvivalStep};
pub use logistic::{LogisticFit, logistic};
pub use lognormal::{LogNormalPredictive, LogNormalPrior};
pub use lognormal_waits::LogNormalWaits;
pub use person_periods::{PersonPeriods, Spell, person_periods};
pub use prior::{Precision, Prior};
pub use random::Random;
pub use symmetric::{Cholesky, Symmetric};
pub use waits::Waits;
pub use weibull::Weibull;
