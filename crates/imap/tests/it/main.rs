//! Sessions with servers: an orderly one, bad ones, one over TLS, and Dovecot.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests may fail loudly, and say what they skip"
)]

mod cuts;
mod dovecot;
mod hostile;
mod idle;
mod orderly;
mod reach;
mod reading;
mod server;
mod tls;
mod writing;
