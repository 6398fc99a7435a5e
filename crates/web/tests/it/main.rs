//! The pages through real HTTP, on a port of this machine.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]
#![expect(clippy::print_stdout, reason = "a test says when it was skipped")]

mod access;
#[path = "../../../service/tests/it/address_book.rs"]
#[expect(dead_code, reason = "shared with the tests of service, which ask more of it")]
mod address_book;
#[cfg(feature = "api")]
mod api;
mod as_written;
mod browser;
#[cfg(feature = "passkeys")]
mod by_passkey;
mod coach;
mod connections;
mod corrections;
#[cfg(feature = "passkeys")]
#[path = "../../../passkey/tests/it/device.rs"]
#[expect(dead_code, reason = "shared with the tests of passkey, which ask more of it")]
mod device;
mod devtools;
mod feed;
#[path = "../../../ingest/tests/hostile_html/patterns.rs"]
mod hostile_html;
mod import;
mod leads;
mod lessons;
mod marked;
mod matrix;
#[cfg(feature = "mcp")]
mod mcp;
mod network;
mod outward;
mod overruling;
mod pages;
mod people;
mod privacy;
mod proposed;
mod prospects;
#[cfg(feature = "oidc")]
#[path = "../../../openid/provider/visit.rs"]
#[expect(dead_code, reason = "shared with the tests of openid, which ask more of it")]
mod provider;
mod sellers;
mod sending;
mod settings;
mod site;
#[path = "../../../dav/tests/it/stand_in.rs"]
#[expect(dead_code, reason = "shared with the tests of dav, which ask more of it")]
mod stand_in;
mod team;
#[path = "../../../service/tests/it/token_server.rs"]
#[expect(dead_code, reason = "shared with the tests of service, which ask more of it")]
mod token_server;
mod touches;
mod watching;
mod welcome;
#[cfg(feature = "oidc")]
mod with_provider;
mod write_back;
