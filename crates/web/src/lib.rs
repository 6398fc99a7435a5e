//! The pages: the morning review as a list, and each deal with its evidence.
//!
//! Server-rendered, without scripts and without anything fetched from elsewhere. It answers on
//! this machine only, to whoever holds the link of this start.
//!
//! Must not: hold SQL, decide anything about deals, or change anything on a GET.

mod access;
mod forms;
mod lessons;
mod overruling;
mod pages;
mod server;

pub use access::Key;
pub use pages::{standalone, standalone_backtest};
pub use server::{Server, ServerError, Settings};
