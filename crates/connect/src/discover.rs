//! From an address to proposals.
//!
//! Must not: ask anybody whom [`Asking`] does not name, tell anybody the part before the sign `@`,
//! or use what it finds.

mod files;
mod records;

use std::time::{Duration, Instant};

use crate::net::{Bounds, Resolver, Web};
use crate::proposal::in_order;
use crate::providers::Provider;
use crate::{Address, Error, Origin, Proposal, host, providers};

/// Who may be asked, and so learns something. Each asks what the ones before it ask as well. For a
/// domain that inroad knows, nobody is asked, whatever is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asking {
    /// Nobody. Only what inroad brings is looked at, and nobody learns anything.
    Nobody,
    /// The domain itself: its name servers, through those that this system is set up with, and the
    /// web servers `autoconfig.DOMAIN` and `DOMAIN`. Whoever runs these, and who sees the traffic
    /// on the way, learns that somebody at this connection looks for the domain's mail servers;
    /// not for which address.
    OwnDomain,
    /// Thunderbird's public directory at `autoconfig.thunderbird.net` as well, which belongs to
    /// neither side: it learns which domain somebody at this connection has to do with.
    PublicDirectory,
}

/// What the network is asked through.
#[derive(Clone, Copy)]
pub struct Network<'a> {
    /// DNS.
    pub resolver: &'a dyn Resolver,
    /// Web servers.
    pub web: &'a dyn Web,
}

impl std::fmt::Debug for Network<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Network")
    }
}

/// How long is waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For one answer.
    pub one: Duration,
    /// For all together.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(4),
            one: Duration::from_secs(6),
            whole: Duration::from_secs(25),
        }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Discovery {
    /// The servers, service by service, the best of each first.
    pub proposals: Vec<Proposal>,
    /// What was not reached, could not be read or is left out, in sentences.
    pub issues: Vec<String>,
    /// Whom was asked what, in order: names in DNS and addresses on the web.
    pub asked: Vec<String>,
}

/// Looks for the servers behind an address. Nothing of it is used until a person confirms it
/// ([`Proposal::confirm`]).
pub fn discover(
    address: &Address,
    asking: Asking,
    network: Network<'_>,
    patience: Patience,
) -> Discovery {
    let mut search = Search {
        address,
        network,
        patience,
        until: Instant::now() + patience.whole,
        told_late: false,
        found: Discovery::default(),
    };
    if let Some(provider) = providers::by_domain(address.domain()) {
        search.propose_shipped(provider, &Origin::Shipped { provider: provider.id.clone() });
    } else {
        if asking >= Asking::OwnDomain {
            search.mail_hosts();
            search.own_files();
            search.records();
        }
        if asking >= Asking::PublicDirectory {
            search.directory();
        }
    }
    search.found.proposals = in_order(search.found.proposals);
    search.found
}

/// A search that is under way.
struct Search<'a> {
    address: &'a Address,
    network: Network<'a>,
    patience: Patience,
    until: Instant,
    told_late: bool,
    found: Discovery,
}

impl Search<'_> {
    fn propose_shipped(&mut self, provider: &Provider, origin: &Origin) {
        for line in &provider.servers {
            let server = line.of(self.address);
            let ways = provider.ways(line);
            let mut proposal = Proposal::new(server, ways, origin.clone(), self.address.domain());
            proposal.notes.clone_from(&provider.notes);
            self.found.proposals.push(proposal);
        }
    }

    /// Whose hosts take the domain's mail.
    fn mail_hosts(&mut self) {
        let domain = self.address.domain();
        let resolver = self.network.resolver;
        let hosts = self.dns(domain, |patience| resolver.mail_hosts(domain, patience));
        let mut hosts = hosts.unwrap_or_default();
        hosts.sort_by_key(|found| found.preference);
        let names = hosts.iter().filter_map(|found| host::name(&found.host));
        let known = names.filter_map(|name| Some((providers::by_mail_host(&name)?, name)));
        if let Some((provider, host)) = known.into_iter().next() {
            self.propose_shipped(
                provider,
                &Origin::MailHost { provider: provider.id.clone(), host },
            );
        }
    }

    /// Asks DNS, if there is time; a failure is told once for each question.
    fn dns<T>(
        &mut self,
        name: &str,
        ask: impl FnOnce(Duration) -> Result<T, crate::net::Unreached>,
    ) -> Option<T> {
        let bounds = self.bounds(0)?;
        self.found.asked.push(format!("DNS: {name}"));
        match ask(bounds.whole) {
            Ok(answer) => Some(answer),
            Err(why) => {
                self.issue(&why.at(&format!("The name server for {name}"), bounds));
                None
            }
        }
    }

    /// How long one more question may take; nothing where the time is over, which is told once.
    fn bounds(&mut self, bytes_max: u64) -> Option<Bounds> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            if !self.told_late {
                let seconds = self.patience.whole.as_secs();
                let late = "Not everybody was asked, since others did not answer within";
                self.found.issues.push(format!("{late} {seconds} seconds; try again later"));
            }
            self.told_late = true;
            return None;
        }
        let whole = self.patience.one.min(left);
        Some(Bounds { connect: self.patience.connect.min(whole), whole, bytes_max })
    }

    fn issue(&mut self, error: &Error) {
        self.found.issues.push(error.to_string());
    }
}
