//! Providers that are known: data in `playbook/providers`, a file each, with the provider's own
//! page as its source and the day on which it was held against it.
//!
//! Must not: guess. What is not certain is not in it.

mod file;

use std::sync::OnceLock;

use crate::{Service, SignIn, host};

pub use file::{Evidence, OAuth, RedirectHost, SecretUse, ShippedServer, UserName};

/// One provider, or one of a provider's ways of giving access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// The name of its file without the ending.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The domains of its addresses.
    pub domains: Vec<String>,
    /// Domains of hosts that take mail for customers' own domains.
    pub mail_hosts: Vec<String>,
    /// Its servers, the best of each service first.
    pub servers: Vec<ShippedServer>,
    /// How one signs in at those that say nothing else, the best way first.
    pub sign_in: Vec<SignIn>,
    /// Where and for what one asks, for signing in by OAuth 2.
    pub oauth: Option<OAuth>,
    /// What a person should know beforehand.
    pub notes: Vec<String>,
    /// The provider's own pages on which it stands.
    pub source: Vec<String>,
    /// The day on which it was last looked at.
    pub checked: String,
    /// What it was held against on that day.
    pub evidence: Evidence,
}

macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        /// The files, by id.
        const FILES: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../../../playbook/providers/", $id, ".toml")))),*];
    };
}

shipped!(
    "fastmail",
    "gmail",
    "gmx",
    "gmx-com",
    "icloud",
    "ionos",
    "ionos-de",
    "ionos-fr",
    "mailbox-org",
    "microsoft-365",
    "outlook-com",
    "posteo",
    "proton",
    "t-online",
    "web-de",
    "yahoo",
    "zoho",
    "zoho-eu",
    "zoho-eu-organisation",
    "zoho-organisation",
);

/// All of them, by id.
pub fn all() -> &'static [Provider] {
    static ALL: OnceLock<Vec<Provider>> = OnceLock::new();
    // A file that cannot be read is left out; a test reads every one.
    ALL.get_or_init(|| {
        FILES.iter().filter_map(|(id, text)| Provider::read(id, text).ok()).collect()
    })
}

/// The one of that id.
pub fn by_id(id: &str) -> Option<&'static Provider> {
    all().iter().find(|provider| provider.id == id)
}

/// The one whose addresses are at that domain.
pub fn by_domain(domain: &str) -> Option<&'static Provider> {
    all().iter().find(|provider| provider.domains.iter().any(|known| known == domain))
}

/// The one whose host takes the mail of a customer's own domain.
pub fn by_mail_host(name: &str) -> Option<&'static Provider> {
    let takes = |provider: &&Provider| {
        provider.mail_hosts.iter().any(|known| host::belongs_to(name, known))
    };
    all().iter().find(takes)
}

/// The one that has that host among its servers, but for programs on this machine.
pub fn by_host(name: &str) -> Option<&'static Provider> {
    if host::is_loopback(name) {
        return None;
    }
    all().iter().find(|provider| provider.servers.iter().any(|server| server.host == name))
}

impl Provider {
    /// How one signs in for a service: as the server of it says, or else as the provider does.
    pub fn ways(&self, server: &ShippedServer) -> Vec<SignIn> {
        server.sign_in.clone().unwrap_or_else(|| self.sign_in.clone())
    }

    /// How one signs in at a host of theirs, found by other ways.
    pub(crate) fn ways_at(&self, service: Service, name: &str) -> Vec<SignIn> {
        let known = |server: &&ShippedServer| server.service == service && server.host == name;
        self.servers.iter().find(known).map_or_else(Vec::new, |server| self.ways(server))
    }
}
