//! What is told of reading to the log of a program that serves: numbers, kinds and states. Never a name, an
//! address, a folder or a server's words.

use inroad_store::KeptConnection;

use super::fault::Fault;
use super::numbered::{cause, kind, state};
use super::status::LiveState;

const TARGET: &str = "inroad::reading";

/// What is being done about a connection.
pub(super) fn state_of(kept: &KeptConnection, now: &LiveState) {
    let (connection, kind, state) = (kept.id, kind(&kept.connection.reads), state(now));
    match now {
        LiveState::Reading { done, total, .. } => {
            tracing::debug!(target: TARGET, connection, kind, state, done, total, "reading");
        }
        LiveState::Off { .. } | LiveState::Reaching => {
            tracing::debug!(target: TARGET, connection, kind, state, "reading");
        }
        _ => tracing::info!(target: TARGET, connection, kind, state, "reading"),
    }
}

/// Why it did not work.
pub(super) fn fault_of(kept: &KeptConnection, fault: &Fault, wait_seconds: u64) {
    let (connection, kind, cause) = (kept.id, kind(&kept.connection.reads), cause(fault));
    if fault.is_passing() {
        tracing::warn!(target: TARGET, connection, kind, cause, wait_seconds, "tried again later");
    } else {
        tracing::error!(target: TARGET, connection, kind, cause, "somebody has to do something");
    }
}
