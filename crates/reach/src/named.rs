//! Whom HTTP may be spoken with: the servers that somebody named, wherever they lie, and whomever these name in turn,
//! in the public network alone, unless they themselves lie within the same one.

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use crate::{REFUSED, Reach};

/// Servers that somebody named, and how far whoever else is asked may lie.
#[derive(Debug)]
pub struct Named {
    servers: Vec<Uri>,
    others: Reach,
    names: DefaultResolver,
}

/// That an address was refused.
#[derive(Debug, thiserror::Error)]
#[error("{REFUSED}")]
struct Refused;

/// Whether nothing was asked since an address may not be reached.
pub fn is_refused(error: &Error) -> bool {
    matches!(error, Error::Other(inner) if inner.is::<Refused>())
}

impl Named {
    /// These servers by their addresses, wherever they lie; what is no address names nobody.
    pub fn servers<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let servers = addresses.into_iter().filter_map(|address| address.parse().ok()).collect();
        Self { servers, others: Reach::Public, names: DefaultResolver::default() }
    }

    /// Nobody; everybody who lies so.
    pub fn nobody(others: Reach) -> Self {
        Self { servers: Vec::new(), others, names: DefaultResolver::default() }
    }

    /// Whoever asks with this asks nobody else.
    pub fn agent(self, config: Config) -> Agent {
        Agent::with_parts(config, DefaultConnector::default(), self)
    }

    fn knows(&self, asked: &Uri) -> bool {
        let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
        self.servers.iter().any(|server| host(server).is_some() && host(server) == host(asked))
    }

    /// Whether a server that somebody named lies within a network itself: then it may name its neighbours.
    fn lies_within(&self, config: &Config, timeout: NextTimeout) -> bool {
        self.servers.iter().any(|server| {
            let found = self.names.resolve(server, config, timeout);
            found.is_ok_and(|found| found.iter().any(|at| !self.others.allows(at.ip())))
        })
    }
}

impl Resolver for Named {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let is_open = found.iter().all(|address| self.others.allows(address.ip()));
        if is_open || self.knows(uri) || self.lies_within(config, timeout) {
            return Ok(found);
        }
        Err(Error::Other(Box::new(Refused)))
    }
}
