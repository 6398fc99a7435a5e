//! Estimators over slices of numbers. One estimator a file.
//!
//! This crate knows no mail, no person and no deal: it takes numbers and gives numbers, so that
//! each estimator can be read beside its source and checked against another tool.
//!
//! | to learn | from | take |
//! | --- | --- | --- |
//! | how long one waits | a handful of waits and a habit | [`LogNormalPrior`] |
//! | | many waits, no form assumed, late entry | [`KaplanMeier`] |
//! | | many waits of one form, some that never end | [`Weibull`], [`LogNormalWaits`], [`CureModel`] |
//! | what makes a wait longer | waits and columns | [`accelerated()`], [`cox()`] |
//! | | one row a person and period | [`person_periods()`] and [`logistic()`] |
//! | whether something comes | columns, outcomes and a prior | [`logistic()`] |
//! | | few of very many columns, as the words of a text are | [`SparseMargin`] |
//! | | a score | [`PlattScaling`], [`Isotonic`] |
//! | which of several kinds it is | columns, and what was believed before | [`Multinomial`] |
//! | how strongly to shrink | rows in groups, honestly judged | [`grouped_folds()`] and [`choose_ridge`] |
//! | how good probabilities are | outcomes | [`brier_score`], [`log_loss`], [`auc`], [`auc_interval`], [`average_precision`], [`reliability()`] |
//! | when a habit changed | a stream | [`ChangePoints`] |
//! | whether it did at one place | numbers before and after | [`LevelShift`] |
//! | whether one still comes again | counts and times | [`BgNbd`], [`ParetoNbd`] |
//! | a share, or two | small counts | [`wilson`], [`clopper_pearson`], [`jeffreys`], [`binomial_test`], [`fisher_test`] |
//! | | whether they are enough to tell | [`conclude`] |
//! | a middle | a few numbers of any form | [`median()`] |
//!
//! Must not: depend on any crate of ours, read a clock, or draw random numbers without a seed.

mod accelerated;
mod auc_interval;
mod bg_nbd;
mod change_point;
mod conclusion;
mod cox;
mod cure;
mod error;
mod estimate;
mod exact_test;
mod gram;
mod grouped_folds;
mod isotonic;
mod kaplan_meier;
mod lanes;
mod lbfgs;
mod level_shift;
mod location_scale;
mod logistic;
mod lognormal;
mod lognormal_waits;
mod median;
mod multinomial;
mod newton;
mod normal;
mod pareto_nbd;
mod person_periods;
mod platt;
mod positive;
mod prior;
mod proportion;
mod quadrature;
mod random;
mod ranking;
mod reliability;
mod repeats;
mod ridge_choice;
mod run_model;
mod scores;
mod sparse_margin;
mod special;
mod symmetric;
mod waits;
mod weibull;

pub use accelerated::{AcceleratedFit, Family, accelerated};
pub use auc_interval::{Bootstrap, auc_interval};
pub use bg_nbd::BgNbd;
pub use change_point::{ChangeOptions, ChangePoints, RunModel};
pub use conclusion::{CASES_MIN, Conclusion, WIDTH_MAX, conclude};
pub use cox::{CoxFit, cox};
pub use cure::CureModel;
pub use error::FitError;
pub use estimate::Estimate;
pub use exact_test::{Side, binomial_test, fisher_test};
pub use grouped_folds::grouped_folds;
pub use isotonic::Isotonic;
pub use kaplan_meier::{KaplanMeier, SurvivalStep};
pub use level_shift::LevelShift;
pub use logistic::{LogisticFit, logistic};
pub use lognormal::{LogNormalPredictive, LogNormalPrior};
pub use lognormal_waits::LogNormalWaits;
pub use median::{Median, median};
pub use multinomial::Multinomial;
pub use pareto_nbd::ParetoNbd;
pub use person_periods::{PersonPeriods, Spell, person_periods};
pub use platt::PlattScaling;
pub use prior::{Precision, Prior};
pub use proportion::{Counted, clopper_pearson, jeffreys, wilson};
pub use random::Random;
pub use ranking::{auc, average_precision};
pub use reliability::{ReliabilityBin, calibration_error, reliability};
pub use repeats::{Repeat, Repeats};
pub use ridge_choice::{Parted, RidgeChoice, choose_ridge, ridge_with_intercept};
pub use run_model::{BernoulliRun, NormalRun, PoissonRun, Sometimes};
pub use scores::{brier_score, brier_skill, log_loss};
pub use sparse_margin::{SparseMargin, SparseRows};
pub use symmetric::{Cholesky, Symmetric};
pub use waits::Waits;
pub use weibull::Weibull;
