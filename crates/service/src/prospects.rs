//! Before the first call: whom one can help best, the few that are worked on, and what is assumed and
//! known of each.

mod account;
mod alone;
mod ideal;
mod others;
mod research;
mod targets;

pub use account::{AccountGiven, Prospect};
pub use inroad_language::statements::{Proposed, Silence, Statement};
pub use others::Other;
pub use research::{PAGE_BYTES_MAX, PageToKeep};
pub use targets::{TARGETS_AT_LEAST, TARGETS_AT_MOST, Target};
