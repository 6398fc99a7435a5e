//! How long is waited, for each thing that a server does. RFC 5321, 4.5.3.2 gives the orders of magnitude.

use std::time::Duration;

/// Time-outs. Each is for a whole step: a server that sends a byte now and then gains nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one address of the server to be reached, and for the encryption to be made.
    pub connection: Duration,
    /// For the answer to a command.
    pub answer: Duration,
    /// For the letter to be handed over.
    pub content: Duration,
    /// For the answer to the whole letter, which a server may look through first.
    pub end: Duration,
    /// For the whole of a goodbye, on which nothing hangs.
    pub goodbye: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connection: Duration::from_secs(20),
            answer: Duration::from_mins(1),
            content: Duration::from_mins(3),
            end: Duration::from_mins(10),
            goodbye: Duration::from_secs(3),
        }
    }
}
