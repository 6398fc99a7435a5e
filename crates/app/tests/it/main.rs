//! The program as a whole, run as a user runs it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests may fail loudly and say what they measured"
)]

#[path = "../../../service/tests/it/address_book.rs"]
#[expect(dead_code, reason = "shared with the tests of service, which ask more of it")]
mod address_book;
mod call;
mod coach;
mod commands;
mod connect;
mod connections;
mod desk;
mod drafts;
mod editor;
mod entrance;
mod hostile;
mod hostile_archives;
mod kill;
mod leads;
mod lessons;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(all(unix, feature = "operations"))]
mod operations;
mod packing;
mod playbook;
mod politics;
mod privacy;
mod private;
mod program;
mod prospects;
mod quotes;
mod rhythm;
mod sample;
mod second_reading;
mod sellers;
#[cfg(unix)]
mod serving;
mod shells;
#[path = "../../../dav/tests/it/stand_in.rs"]
#[expect(dead_code, reason = "shared with the tests of dav, which ask more of it")]
mod stand_in;
#[cfg(unix)]
mod stopping;
mod stories;
mod team;
mod tell;
#[path = "../../../service/tests/it/token_server.rs"]
#[expect(dead_code, reason = "shared with the tests of service, which ask more of it")]
mod token_server;
mod touches;
mod write_back;
