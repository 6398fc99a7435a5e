//! From the address of a mailbox to the servers where it may be read, with how each was found. Nothing of it
//! is used until a person takes it.

use inroad_connect::net::dns::Dns;
use inroad_connect::net::http::HttpWithin;
use inroad_connect::providers::{self, SecretUse};
use inroad_connect::{
    Address, Discovery, Network, Origin, Patience, Proposal, Service, SignIn, Standing, discover,
};
use inroad_model::{EmailAddress, Security, ServerAddress};
use inroad_reach::Reach;
use tokio::task::spawn_blocking;

use super::oauth::of_connect;
use crate::{Error, Result};

pub use inroad_connect::Asking;

/// What was found for an address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundServers {
    /// Servers where the mailbox may be read, the best first.
    pub servers: Vec<ProposedServer>,
    /// What was not reached, or is left out, in sentences.
    pub issues: Vec<String>,
    /// Who was asked what, in order.
    pub asked: Vec<String>,
}

/// A server that may be the right one, until a person takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedServer {
    /// Where it is.
    pub server: ServerAddress,
    /// By which name one signs in there; `None` where the person has to know.
    pub user: Option<String>,
    /// How it was found, the most trusted way first: phrases.
    pub how_found: Vec<String>,
    /// Whether nothing ties it to the address but the way in which it was found.
    pub needs_a_look: bool,
    /// How one signs in, the best way first; empty where nobody knows.
    pub ways: Vec<WayIn>,
    /// What a person should know beforehand, in sentences.
    pub notes: Vec<String>,
}

/// A way of signing in, with what a person needs for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayIn {
    /// With the password of the mailbox.
    Password,
    /// With a password that is made for one program.
    AppPassword {
        /// The page on which one makes it.
        page: Option<String>,
        /// What has to be so before.
        needs: Option<String>,
    },
    /// By OAuth 2 at a provider.
    OAuth {
        /// The provider's id.
        provider: String,
        /// What people call it.
        name: String,
        /// Where one gets a client id of one's own.
        register: String,
        /// Whether that comes with a secret that has to be sent along.
        has_secret: bool,
        /// Whether one may sign in by a code on another device.
        has_codes: bool,
    },
}

/// Looks for the servers where the mailbox of an address may be read. Only who is named by `asking` is asked, and
/// nobody beyond that reach.
///
/// # Errors
/// [`Error::Invalid`] for an address that is at no domain of the Internet.
pub async fn find_servers(
    address: &EmailAddress,
    asking: Asking,
    reach: Reach,
) -> Result<FoundServers> {
    let address = Address::new(address.as_str()).map_err(|no| of_connect(&no))?;
    let find = spawn_blocking(move || {
        let dns = Dns::default();
        let web = HttpWithin(reach);
        discover(&address, asking, Network { resolver: &dns, web: &web }, Patience::default())
    });
    Ok(found(find.await.map_err(|task| Error::stopped(&task))?))
}

/// The way of signing in by OAuth 2 that is known for a server, if there is one.
pub fn way_in_by_oauth(host: &str) -> Option<WayIn> {
    let provider = providers::by_host(host)?;
    provider.oauth.as_ref().and_then(|_| by_oauth(&provider.id))
}

fn found(discovery: Discovery) -> FoundServers {
    let Discovery { proposals, issues, asked } = discovery;
    let reads = proposals.into_iter().filter(|it| it.server.service == Service::Imap);
    FoundServers { servers: reads.map(proposed).collect(), issues, asked }
}

fn proposed(proposal: Proposal) -> ProposedServer {
    let needs_a_look = proposal.needs_a_look();
    let origins = std::iter::once(&proposal.origin).chain(&proposal.also);
    let mut how_found: Vec<String> = origins.map(how_found).collect();
    if proposal.standing == Standing::ThisMachine {
        how_found.push("it runs on this machine".to_owned());
    }
    let Proposal { server, sign_in, notes, .. } = proposal;
    let security = match server.security {
        inroad_connect::Security::Tls => Security::Tls,
        inroad_connect::Security::StartTls => Security::StartTls,
    };
    ProposedServer {
        server: ServerAddress { host: server.host, port: server.port, security },
        user: server.user,
        how_found,
        needs_a_look,
        ways: sign_in.into_iter().filter_map(way_in).collect(),
        notes,
    }
}

fn way_in(way: SignIn) -> Option<WayIn> {
    match way {
        SignIn::Password => Some(WayIn::Password),
        SignIn::AppPassword { page, needs } => Some(WayIn::AppPassword { page, needs }),
        SignIn::OAuth { provider } => by_oauth(&provider),
    }
}

fn by_oauth(id: &str) -> Option<WayIn> {
    let provider = providers::by_id(id)?;
    let oauth = provider.oauth.as_ref()?;
    Some(WayIn::OAuth {
        provider: id.to_owned(),
        name: provider.name.clone(),
        register: oauth.register.clone(),
        has_secret: oauth.secret == SecretUse::Public,
        has_codes: oauth.device.is_some(),
    })
}

fn how_found(origin: &Origin) -> String {
    let name = |id: &str| providers::by_id(id).map_or_else(|| id.to_owned(), |it| it.name.clone());
    match origin {
        Origin::Shipped { provider } => {
            format!("inroad knows {}; nobody was asked", name(provider))
        }
        Origin::MailHost { provider, host } => format!(
            "{host} takes the domain's mail, which belongs to {}; a name server said so",
            name(provider)
        ),
        Origin::OwnFile { address } => format!("the domain itself says so, at {address}"),
        Origin::Records { name } => {
            format!("the domain's records say so, at {name}; a name server said so")
        }
        Origin::Directory { address } => {
            format!("a public directory says so, which is not the domain's own: {address}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn nobody_asked(address: &str) -> FoundServers {
        let address = address.parse().unwrap();
        let found = find_servers(&address, Asking::Nobody, Reach::Public).await.unwrap();
        assert!(found.asked.is_empty(), "{found:?}");
        found
    }

    #[tokio::test]
    async fn a_known_provider_is_told_with_what_it_needs() {
        let found = nobody_asked("jana@gmail.com").await;
        let [only] = found.servers.as_slice() else { panic!("{found:?}") };
        assert_eq!((only.server.host.as_str(), only.server.port), ("imap.gmail.com", 993));
        assert_eq!(only.user.as_deref(), Some("jana@gmail.com"));
        assert!(!only.needs_a_look);
        assert!(only.how_found[0].starts_with("inroad knows Gmail"), "{:?}", only.how_found);
        let [WayIn::OAuth { provider, has_secret, has_codes, .. }, WayIn::AppPassword { .. }] =
            only.ways.as_slice()
        else {
            panic!("{:?}", only.ways)
        };
        assert_eq!((provider.as_str(), has_secret, has_codes), ("gmail", &true, &false));
        assert_eq!(way_in_by_oauth("imap.gmail.com").as_ref(), Some(&only.ways[0]));
        assert_eq!(way_in_by_oauth("imap.firm.example"), None);
    }

    #[tokio::test]
    async fn of_an_unknown_domain_nothing_is_known_without_asking() {
        assert_eq!(nobody_asked("jana@lindner.example").await, FoundServers::default());
    }
}
