//! Other programs that the user named, told of what was done: one request each, signed, to an address that was
//! looked at first.
//!
//! `target` says which addresses may be named, `inroad-reach` which of those that a name leads to may be reached,
//! `sign` proves who tells it (the Standard Webhooks specification), and `send` is the one way out.
//!
//! Must not: know a noun of ours, keep anything, try again by itself, follow a redirect, or reach what lies within
//! the network that it runs in.

mod send;
mod sign;
mod target;

pub use inroad_reach::Reach;
pub use send::{NotTold, Told, send};
pub use sign::{InvalidSecret, Secret};
pub use target::{InvalidTarget, Target};
