//! Rhythm on archives of letters without words: forecasts of given cases, and fitting the prior
//! that is shipped.

mod fitting;
mod forecasts;
mod log_file;

pub use fitting::{ArchiveFile, fit_prior};
pub use forecasts::{Forecast, Forecasts, forecast_cases};
pub(crate) use log_file::LogFile;

pub use inroad_advice::rhythm::forecast::Follow;
