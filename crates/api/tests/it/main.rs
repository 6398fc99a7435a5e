//! The routes in memory: each asked as whoever reads the document would, and as whoever may not.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod acts;
mod document;
mod examples;
mod imports;
mod once;
mod refusals;
mod resources;
mod rights;
mod schema;
mod webhooks;
mod world;
