//! What is known of deals, for an assistant that the user runs, over the Model Context Protocol.
//!
//! `server` is the conversation, `tools` what may be asked, one file a tool, and `resources` the same to be read
//! by an address. All of it reads. Nothing here sends, writes a decision, or changes what is kept.
//!
//! Must not: read data but through `service`, write anything, or give out a whole letter unless the user
//! said so when the program was started.

mod asked;
mod resources;
mod server;
mod tools;

pub use server::{Access, serve, serve_stdio};
