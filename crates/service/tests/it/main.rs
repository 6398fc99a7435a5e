//! The actions of a user against a real data file.

#![expect(clippy::unwrap_used, reason = "tests may fail loudly")]
#![expect(clippy::print_stdout, reason = "what was skipped and what was measured is told")]

#[expect(dead_code, reason = "a test of the program uses all of it")]
mod address_book;
mod archives;
mod as_of;
mod at_the_desk;
mod backups;
#[cfg(feature = "passkeys")]
mod by_passkey;
#[cfg(feature = "oidc")]
mod by_provider;
mod coach;
mod copies;
mod corrections;
mod deals;
mod desk;
mod drafts;
mod dry_run;
mod entrance;
mod feed;
mod first_steps;
mod followed;
mod insights;
mod jobs;
mod lead_erased;
mod lead_rights;
mod lead_tables;
mod leads;
mod lessons;
mod letters;
mod lists;
mod live;
mod live_deleted;
mod live_faults;
mod live_obstacles;
mod live_opt_outs;
mod live_sign_in;
mod mail_server;
mod meetings;
mod opt_out;
mod packed;
mod past_day;
mod people;
mod privacy;
mod proposed_assessments;
#[cfg(test)]
mod proposing;
mod prospects;
mod reread;
mod retention;
mod same_review;
mod search;
mod sellers;
mod sellers_rights;
mod sending;
#[cfg(feature = "postgres")]
mod server;
mod story;
mod team;
mod token_server;
mod touches;
mod watched_notes;
mod winning;
mod write_back;
mod written;

#[cfg(feature = "passkeys")]
#[path = "../../../passkey/tests/it/device.rs"]
mod device;
#[cfg(feature = "oidc")]
#[path = "../../../openid/provider/visit.rs"]
mod provider;
#[expect(dead_code, reason = "the tests of the crate that speaks with servers use all of it")]
#[path = "../../../dav/tests/it/stand_in.rs"]
mod stand_in;
#[expect(dead_code, reason = "the tests of the crate that speaks with servers use all of it")]
#[path = "../../../dav/tests/it/world.rs"]
mod world;
