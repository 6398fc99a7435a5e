//! A proposal: a server, how it was found, and how much of a look it needs.
//!
//! Must not: use it. Only [`Proposal::confirm`] gives out what a connection may be made with.

use crate::{Error, Security, Server, Service, SignIn, host, providers};

/// A server that may be the right one, until a person confirms it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The server.
    pub server: Server,
    /// How one signs in, the best way first; empty where none that inroad knows was named.
    pub sign_in: Vec<SignIn>,
    /// How it was found.
    pub origin: Origin,
    /// How it was found as well, less trusted ways behind.
    pub also: Vec<Origin>,
    /// Whose it seems to be.
    pub standing: Standing,
    /// What a person should know beforehand, in sentences.
    pub notes: Vec<String>,
}

/// How a server was found, the most trusted way first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// In the data that inroad brings, by the domain of the address.
    Shipped {
        /// The provider's id.
        provider: String,
    },
    /// In the same data, by the host that takes the domain's mail. DNS said so, unsigned.
    MailHost {
        /// The provider's id.
        provider: String,
        /// The host.
        host: String,
    },
    /// In the file that the domain itself gives out, over an encrypted connection.
    OwnFile {
        /// Where.
        address: String,
    },
    /// In the domain's records. DNS said so, unsigned.
    Records {
        /// The name that was asked for.
        name: String,
    },
    /// In the public directory.
    Directory {
        /// Where.
        address: String,
    },
}

/// Whose a server seems to be, seen from the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Its name is the domain, or stands below it.
    OwnDomain,
    /// It is a server of a provider that inroad knows.
    Known {
        /// The provider's id.
        provider: String,
    },
    /// A program on this machine.
    ThisMachine,
    /// It stands elsewhere: right for many small providers, and what it looks like when somebody
    /// wants a password that is not for them.
    Elsewhere,
}

/// What a person confirmed, and a connection may be made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    server: Server,
}

impl Confirmed {
    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }
}

impl Proposal {
    pub(crate) fn new(server: Server, sign_in: Vec<SignIn>, origin: Origin, domain: &str) -> Self {
        let standing = Standing::of(&server.host, domain, &origin);
        Self { server, sign_in, origin, also: Vec::new(), standing, notes: Vec::new() }
    }

    /// Whether it should be shown with a warning: nothing ties the server to the address but the
    /// way in which it was found.
    pub fn needs_a_look(&self) -> bool {
        self.standing == Standing::Elsewhere
    }

    /// Takes a person's word for it, who saw that host.
    ///
    /// # Errors
    /// [`Error::NotConfirmed`] if what they saw was another host.
    pub fn confirm(&self, host_seen: &str) -> Result<Confirmed, Error> {
        if host_seen == self.server.host {
            return Ok(Confirmed { server: self.server.clone() });
        }
        Err(Error::NotConfirmed { host: self.server.host.clone() })
    }

    fn rank(&self) -> (Service, bool, Origin, Security) {
        let server = &self.server;
        (server.service, self.needs_a_look(), self.origin.kind(), server.security)
    }
}

impl Standing {
    fn of(name: &str, domain: &str, origin: &Origin) -> Self {
        let provider = match origin {
            Origin::Shipped { provider } | Origin::MailHost { provider, .. } => {
                Some(provider.clone())
            }
            _ => None,
        };
        if host::is_loopback(name) {
            return Self::ThisMachine;
        }
        if host::belongs_to(name, domain) {
            return Self::OwnDomain;
        }
        provider
            .or_else(|| providers::by_host(name).map(|provider| provider.id.clone()))
            .map_or(Self::Elsewhere, |provider| Self::Known { provider })
    }
}

impl Origin {
    /// The way without its details, so that they do not decide which proposal is better.
    fn kind(&self) -> Self {
        match self {
            Self::Shipped { .. } => Self::Shipped { provider: String::new() },
            Self::MailHost { .. } => {
                Self::MailHost { provider: String::new(), host: String::new() }
            }
            Self::OwnFile { .. } => Self::OwnFile { address: String::new() },
            Self::Records { .. } => Self::Records { name: String::new() },
            Self::Directory { .. } => Self::Directory { address: String::new() },
        }
    }
}

/// The best first, service by service; what was found in several ways stands there once. What is
/// equally good stays in the order in which it came.
pub(crate) fn in_order(mut proposals: Vec<Proposal>) -> Vec<Proposal> {
    proposals.sort_by_key(Proposal::rank);
    let mut kept: Vec<Proposal> = Vec::new();
    for proposal in proposals {
        let twin = kept.iter_mut().find(|known| known.server.is_same_place(&proposal.server));
        let Some(twin) = twin else {
            kept.push(proposal);
            continue;
        };
        if twin.origin != proposal.origin && !twin.also.contains(&proposal.origin) {
            twin.also.push(proposal.origin);
        }
        if twin.server.path.is_empty() {
            twin.server.path = proposal.server.path;
        }
        if twin.sign_in.is_empty() {
            twin.sign_in = proposal.sign_in;
        }
    }
    kept
}
