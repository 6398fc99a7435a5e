//! With which services people sign in.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use inroad_web::PublicAddress;

use super::SecretArgs;

/// `inroad team identity-provider`.
#[derive(Debug, Subcommand)]
pub(crate) enum ProviderAction {
    /// Let people sign in with a service, or say otherwise what is so of it
    Put(ProviderArgs),
    /// Let nobody sign in with it any more; whoever did is signed out
    Remove {
        /// Its number, as 'inroad team identity-provider' lists it
        number: i64,
        #[command(flatten)]
        secrets: SecretArgs,
    },
}

/// `inroad team identity-provider put`.
#[derive(Debug, Args)]
pub(crate) struct ProviderArgs {
    /// Its address, as it calls itself (the issuer)
    #[arg(value_name = "https://ISSUER")]
    pub issuer: String,
    /// What the page of signing in calls it
    #[arg(long)]
    pub name: String,
    /// The client id that it gave inroad
    #[arg(long, value_name = "ID")]
    pub client_id: String,
    /// A file with the client secret; - reads it as input [default: it is asked; many services want none]
    #[arg(long, value_name = "FILE")]
    pub client_secret_file: Option<PathBuf>,
    /// Whoever has the mail address of a member there is taken for that member, if the service made sure of it
    #[arg(long)]
    pub by_address: bool,
    /// Under which address 'inroad serve' lets others sign in
    #[arg(long, value_name = "https://NAME")]
    pub at: PublicAddress,
    #[command(flatten)]
    pub secrets: SecretArgs,
}
