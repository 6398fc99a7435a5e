//! Every bound on what a server may make us wait for or hold, with its name.

use std::time::Duration;

/// What a server may cost us. The defaults suit a mailbox of a few hundred thousand messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// To find the host, connect and agree on encryption.
    pub connect: Duration,
    /// Without a single byte while we wait for an answer.
    pub silence: Duration,
    /// For one command from its first byte to its answer, however busy the server is.
    pub command: Duration,
    /// For one command that brings messages or lists of the whole folder.
    pub transfer: Duration,
    /// After this long an IDLE is ended and begun anew. Servers may hang up after 30 minutes.
    pub idle_renewal: Duration,
    /// One message. Larger ones are to be left out by their told size; see
    /// [`crate::Session::sizes`].
    pub message_bytes_max: u32,
    /// One response of the server, which is a message at the most, or the numbers of a whole folder.
    pub response_bytes_max: u32,
    /// Responses to one command.
    pub responses_max: u64,
    /// Responses to one command that cannot be understood and need not be.
    pub strange_responses_max: u32,
    /// Folders of one mailbox.
    pub folders_max: usize,
    /// Messages asked for by one command.
    pub chunk_messages_max: usize,
    /// Bytes asked for by one command, by the told sizes; a larger message is asked for alone.
    pub chunk_bytes_max: u64,
    /// Commands for messages that are under way at the same time.
    pub chunks_at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            silence: Duration::from_mins(1),
            command: Duration::from_mins(3),
            transfer: Duration::from_mins(15),
            idle_renewal: Duration::from_mins(25),
            message_bytes_max: 50 << 20,
            response_bytes_max: 64 << 20,
            responses_max: 4_000_000,
            strange_responses_max: 1_000,
            folders_max: 10_000,
            chunk_messages_max: 200,
            chunk_bytes_max: 4 << 20,
            chunks_at_once: 2,
        }
    }
}
