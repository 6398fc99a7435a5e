//! What is known of deals, for an assistant that the user runs, over the Model Context Protocol.
//!
//! `server` is the conversation, `asker` in whose name it is held, `http` the way to it from elsewhere, `tools`
//! what may be asked, one file a tool, and `resources` the same to be read by an address. All of it reads, but for one
//! tool, which proposes and is there only by leave. Nothing here sends, decides, or changes what counts.
//!
//! Must not: read data but through `service`, say who somebody is (whoever serves it over HTTP does), write anything but
//! a proposal, or give out a whole letter unless the user said so when the program was started.

mod asked;
mod asker;
mod http;
mod resources;
mod server;
mod tools;
mod unread;

pub use asker::{Asker, Leave};
pub use http::{AnsweredAt, PLACE, refused, router};
pub use server::{serve, serve_stdio};
