//! Passkeys of a device that exists in these tests alone, honest ones and forged ones.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod answers;
mod believing;
mod device;
