//! How long a server is waited for, how often it is asked, and by which clock: as usual, or as a measurement
//! wants it.

use std::time::Duration;

use inroad_imap::{Backoff, Limits};
use inroad_model::Moment;

/// How long is waited, how often is asked, and by which clock.
#[derive(Debug, Clone)]
pub struct Tempo {
    /// What a server may make us wait for or hold.
    pub limits: Limits,
    /// How long until what went wrong is tried again.
    pub backoff: Backoff,
    /// So often it is looked whether something was connected, changed or let go of.
    pub looked_every: Duration,
    /// The inbox tells of its news at once; the other folders are asked so often.
    pub others_every: Duration,
    /// A server that does not tell by itself is asked so often.
    pub asked_every: Duration,
    /// A folder that ended the session again and again is left out for so long.
    pub left_out_for: Duration,
    /// The clock, by which nothing is decided: it only says when something was noticed.
    pub now: fn() -> Moment,
}

impl Default for Tempo {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            backoff: Backoff::default(),
            looked_every: Duration::from_secs(2),
            others_every: Duration::from_mins(3),
            asked_every: Duration::from_mins(1),
            left_out_for: Duration::from_hours(1),
            now: crate::now,
        }
    }
}
