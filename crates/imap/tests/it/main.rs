//! Sessions with servers: an orderly one, bad ones, one over TLS, and Dovecot.

mod cuts;
mod dovecot;
mod hostile;
mod idle;
mod orderly;
mod reading;
mod server;
mod tls;
mod writing;
