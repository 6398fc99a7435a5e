//! The pages: the morning review, each deal with its evidence, and what stands behind both.
//!
//! Server-rendered, and whole without scripts; ours make them quicker to use. A family of pages is a
//! file: its `routes` and what answers them; how it looks stands in the folder of the same name.
//! Nothing is fetched from elsewhere. It answers on this machine only, to whoever holds the link of
//! this start, or to whoever signed in, behind a proxy that speaks encrypted; whether all is well, to anybody
//! (`watching`).
//!
//! Must not: hold SQL, decide anything about deals, or change anything on a GET.

mod access;
mod accounts;
mod acts;
#[cfg(feature = "api")]
mod api;
mod assets;
mod audit;
mod backtest;
mod care;
mod clip;
mod coach;
mod connections;
mod credentials;
mod deal;
mod deals;
mod deeds;
mod doubles;
mod ending;
mod feed;
mod fits;
mod forms;
mod frame;
mod help;
mod icons;
mod ideal;
mod import;
mod job;
mod leads;
mod lessons;
#[cfg(feature = "mcp")]
mod mcp;
mod message;
mod news;
mod one_file;
mod pager;
mod parts;
mod people;
pub mod picture;
mod playbook;
mod politics;
mod privacy;
mod proposals;
mod rights;
mod sample;
mod search;
mod sellers;
mod sending;
mod server;
mod settings;
mod shared;
mod sign_in;
mod strip;
mod targets;
mod team;
mod today;
mod touches;
mod visit;
mod watching;
mod welcome;

pub use access::{BadPublicAddress, Key, PublicAddress, Reach};
pub use one_file::{standalone, standalone_backtest};
pub use politics::standalone_map;
pub use sample::SampleSettings;
pub use server::{Server, ServerError, Settings};
pub use sign_in::begin_link;
#[cfg(feature = "oidc")]
pub use sign_in::return_address;
pub use watching::Watched;
