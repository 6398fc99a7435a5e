//! The actions of a user against a real data file.

#![expect(clippy::unwrap_used, reason = "tests may fail loudly")]
#![expect(clippy::print_stdout, reason = "what was skipped and what was measured is told")]

mod archives;
mod as_of;
mod at_the_desk;
mod backups;
mod coach;
mod copies;
mod corrections;
mod deals;
mod desk;
mod drafts;
mod dry_run;
mod feed;
mod first_steps;
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
mod live_sign_in;
mod meetings;
mod opt_out;
mod packed;
mod past_day;
mod people;
mod privacy;
mod prospects;
mod reread;
mod same_review;
mod search;
mod sellers;
mod sellers_rights;
mod story;
mod team;
mod token_server;
mod touches;
mod winning;
mod written;
