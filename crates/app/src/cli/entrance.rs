//! Arguments of who comes in: from where pages are asked for, tokens of programs, and the log of both.

use std::net::IpAddr;

use clap::{Args, Subcommand};
use inroad_web::PublicAddress;

/// Where pages are served.
#[derive(Debug, Args)]
pub(crate) struct Serving {
    /// The port on this machine; 0 takes any free one
    #[arg(long, default_value_t = 4747)]
    pub port: u16,
}

/// From where pages are asked for.
#[derive(Debug, Args)]
pub(crate) struct ReachArgs {
    /// Let others sign in, under this address: a proxy of yours has it, speaks encrypted, and asks here
    #[arg(long, value_name = "https://NAME", conflicts_with = "as_of")]
    pub at: Option<PublicAddress>,
    /// Where the proxy asks, if it is on another machine
    #[arg(long, value_name = "IP", requires = "at", default_value = "127.0.0.1")]
    pub listen: IpAddr,
}

/// `inroad token`.
#[derive(Debug, Subcommand)]
pub(crate) enum TokenAction {
    /// Make one; it is shown once
    Make {
        /// What it is for
        name: String,
        /// Let it change what you may change, too
        #[arg(long)]
        write: bool,
        /// Let an assistant propose what it reads in letters; you confirm or dismiss it
        #[arg(long)]
        propose: bool,
        /// For how many days it opens
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=366))]
        days: u16,
    },
    /// Take one back; it opens nothing from then on
    Withdraw {
        /// Its number, as 'inroad token' lists it
        number: i64,
    },
}

/// `inroad audit`.
#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    /// A hash of the log that you noted: whether all before it is what it was
    #[arg(long, value_name = "HASH")]
    pub noted: Option<String>,
    /// How many lines to show, the last one first
    #[arg(long, default_value_t = 20)]
    pub lines: u32,
}
