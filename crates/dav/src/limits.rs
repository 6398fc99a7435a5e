//! Every bound on what a server may cost: time, bytes, items.

use std::time::Duration;

/// How long is waited for what, and how much is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For a connection, its encryption among it.
    pub connect: Duration,
    /// While nothing at all comes.
    pub silence: Duration,
    /// For one request with its answer; it ends an answer that drips.
    pub whole: Duration,
    /// Bytes of one answer that is held in memory.
    pub answer_bytes: u64,
    /// Bytes of one answer that lists a collection; it is read as it comes and not held.
    pub listing_bytes: u64,
    /// Bytes of one item; a larger one is left out, which is told.
    pub item_bytes: usize,
    /// Bytes of a feed.
    pub feed_bytes: u64,
    /// Items of a collection.
    pub members: usize,
    /// Items that are asked for in one request and handed on in one batch.
    pub items_at_once: usize,
    /// Redirects that are followed for one request.
    pub redirects: usize,
    /// Answers into which a server may cut one listing.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            silence: Duration::from_mins(1),
            whole: Duration::from_mins(5),
            answer_bytes: 32 << 20,
            listing_bytes: 128 << 20,
            item_bytes: 4 << 20,
            feed_bytes: 64 << 20,
            members: 200_000,
            items_at_once: 50,
            redirects: 4,
            pages: 1_000,
        }
    }
}
