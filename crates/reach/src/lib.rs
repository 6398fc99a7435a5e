//! Which addresses may be reached, where the one who names a server is not the one whose machine asks.
//!
//! Whoever sits at the machine may name any server, also one within their own network. Whoever names one from
//! elsewhere, and a server that names another one, reach the public network alone; else this machine would ask for
//! them what they cannot reach themselves. A name is led to its addresses first, and the very addresses that were
//! looked at are the ones that are connected to, so that a name which leads elsewhere a moment later leads nowhere.
//!
//! Must not: open a connection, or know what is asked and why.

mod address;
#[cfg(feature = "http")]
mod named;

pub use address::{Reach, is_public};
#[cfg(feature = "http")]
pub use named::{Named, is_refused};

/// What is said of an address that may not be reached.
pub const REFUSED: &str = "it lies within a network of its own, where nothing is asked from here";
