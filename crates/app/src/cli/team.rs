//! Who works here.

use clap::{Args, Subcommand};
use inroad_model::{EmailAddress, MemberRole};
use inroad_web::PublicAddress;

#[derive(Debug, Subcommand)]
pub(crate) enum TeamAction {
    /// Name somebody, or say otherwise what they do
    Put(MemberArgs),
    /// They work here no more; what they did stays
    Leave {
        /// Their address
        email: EmailAddress,
    },
    /// Make the key of their link to the pages on this machine; a former one leads nowhere
    Link {
        /// Their address
        email: EmailAddress,
    },
    /// Make a link by which somebody sets up how they sign in from elsewhere; it works once
    Invite {
        /// Their address; without one, the link is for you
        email: Option<EmailAddress>,
        /// Under which address 'inroad serve' lets others sign in
        #[arg(long, value_name = "https://NAME")]
        at: PublicAddress,
    },
    /// Services of yours with which people sign in (OpenID Connect); lists those that are named
    #[cfg(feature = "oidc")]
    #[command(args_conflicts_with_subcommands = true)]
    IdentityProvider {
        #[command(subcommand)]
        action: Option<super::identity_provider::ProviderAction>,
    },
}

/// `inroad team put`.
#[derive(Debug, Args)]
pub(crate) struct MemberArgs {
    /// Their address
    pub email: EmailAddress,
    /// Their name
    #[arg(long, default_value = "")]
    pub name: String,
    /// What they do: seller, marketer, manager, administrator or provider; may be given several times
    #[arg(long = "role", value_parser = role, required = true)]
    pub roles: Vec<MemberRole>,
    /// Their team; of an outside provider, the firm
    #[arg(long)]
    pub team: Option<String>,
}

fn role(name: &str) -> Result<MemberRole, String> {
    MemberRole::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = MemberRole::ALL.iter().map(|role| role.as_str()).collect();
        format!("'{name}' is none of {}", names.join(", "))
    })
}
