//! What `inroad serve` does for whoever runs it: when it ends, and what it tells of itself.

#[cfg(feature = "operations")]
pub(super) mod log;
pub(super) mod stop;
#[cfg(feature = "operations")]
pub(super) mod watched;
