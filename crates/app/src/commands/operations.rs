//! What `inroad serve` does for whoever runs it: when it ends.

pub(super) mod stop;
