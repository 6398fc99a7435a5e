//! The pages: the morning review as a list, and each deal with its evidence.
//!
//! Server-rendered, and whole without scripts; one of ours moves and saves the picture of an account.
//! Nothing is fetched from elsewhere. It answers on
//! this machine only, to whoever holds the link of this start.
//!
//! Must not: hold SQL, decide anything about deals, or change anything on a GET.

mod access;
mod forms;
mod lessons;
mod overruling;
mod pages;
pub mod picture;
mod server;

pub use access::Key;
pub use pages::{standalone, standalone_backtest, standalone_map};
pub use server::{Server, ServerError, Settings};
