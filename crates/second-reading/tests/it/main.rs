//! Asking, over real connections to a server on this machine that stands in for a model.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod asking;
