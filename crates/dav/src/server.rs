//! A server that the person named, with what it knows them by.

use std::fmt;

use url::Url;

use crate::collection::{Collection, Kind};
use crate::credentials::Credentials;
use crate::discovery;
use crate::error::{Error, shown};
use crate::http::Line;
use crate::limits::Limits;
use crate::redirect::{Origin, is_loopback};

/// A server for calendars and address books. Cloning it is cheap, and clones share connections.
#[derive(Clone)]
pub struct Server {
    pub(crate) base: Url,
    pub(crate) line: Line,
}

/// Why an address is not asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidServer {
    /// It is no address of this kind.
    #[error("'{0}' is no address of a server; write it like https://dav.example")]
    NotAnAddress(String),
    /// It holds a password or a key.
    #[error("An address must hold no password; give it in its own field")]
    HoldsASecret,
    /// The password would go through a network in the open.
    #[error("{0} would be asked without encryption; write https://")]
    Unencrypted(String),
    /// The text with certificates to be trusted holds none.
    #[error("There is no certificate in that text; it starts with -----BEGIN CERTIFICATE-----")]
    NoCertificate,
}

/// Longer ones are no addresses.
const ADDRESS_BYTES_MAX: usize = 2_000;

impl Server {
    /// Takes an address as a person writes it: `dav.example`, `https://dav.example/`, or that of a
    /// calendar itself. Without encryption only this very machine is asked.
    ///
    /// # Errors
    /// [`InvalidServer`].
    pub fn new(address: &str, credentials: Credentials) -> Result<Self, InvalidServer> {
        let base = address_of(address)?;
        if base.query().is_some() {
            return Err(InvalidServer::NotAnAddress(plain(address)));
        }
        let line = Line::new(&base, credentials, false);
        Ok(Self { base, line })
    }

    /// Names another address as the person's own, after they agreed to it: one to which the first
    /// pointed ([`Why::Elsewhere`](crate::Why::Elsewhere)). It is told who asks as well.
    ///
    /// # Errors
    /// [`InvalidServer`].
    pub fn also(mut self, address: &str) -> Result<Self, InvalidServer> {
        self.line = self.line.also(Origin::of(&address_of(address)?));
        Ok(self)
    }

    /// Trusts these certificates (PEM), and none of those that everybody trusts: for a server that
    /// has made its own.
    ///
    /// # Errors
    /// [`InvalidServer::NoCertificate`].
    pub fn trusting(self, pem: &[u8]) -> Result<Self, InvalidServer> {
        let line = self.line.trusting(pem).ok_or(InvalidServer::NoCertificate)?;
        Ok(Self { line, ..self })
    }

    /// Sets other bounds.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { line: self.line.within(limits), ..self }
    }

    /// The host, as it is shown to a person.
    pub fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    /// Finds the calendars or the address books of the person: by the well-known address, their
    /// principal and their home (RFC 6764, 4791, 6352), or the one at the address itself. In the
    /// order of their addresses.
    ///
    /// # Errors
    /// [`Error`]; [`Why::NothingThere`](crate::Why::NothingThere) if there are none, and
    /// [`Why::Elsewhere`](crate::Why::Elsewhere) if the server points to a host that was not named.
    pub fn collections(&self, kind: Kind) -> Result<Vec<Collection>, Error> {
        discovery::collections(&self.line, &self.base, kind)
    }
}

/// It shows where, never who.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}

/// An address that may be asked.
pub(crate) fn address_of(text: &str) -> Result<Url, InvalidServer> {
    let text = text.trim();
    let wrong = || InvalidServer::NotAnAddress(plain(text));
    if text.is_empty() || text.len() > ADDRESS_BYTES_MAX || text.contains(char::is_whitespace) {
        return Err(wrong());
    }
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let Ok(mut url) = Url::parse(&full) else { return Err(wrong()) };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InvalidServer::HoldsASecret);
    }
    url.set_fragment(None);
    match url.scheme() {
        "https" if url.has_host() => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(InvalidServer::Unencrypted(url.host_str().unwrap_or_default().to_owned())),
        _ => Err(wrong()),
    }
}

/// What was typed, without what may be a secret in it.
fn plain(text: &str) -> String {
    let bare = text.split(['?', '#']).next().unwrap_or_default();
    shown(bare.rsplit('@').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |text: &str, expected: &str| {
            assert_eq!(address_of(text).unwrap().as_str(), expected, "{text}");
        };
        check("dav.example", "https://dav.example/");
        check(" https://Dav.example:443/u#x ", "https://dav.example/u");
        check("http://127.0.0.1:5232", "http://127.0.0.1:5232/");
        check("http://[::1]:5232/u/", "http://[::1]:5232/u/");
        check("http://localhost/", "http://localhost/");
    }

    #[test]
    fn what_is_refused() {
        let found = |text: &str| Server::new(text, Credentials::none()).map(|_| ()).unwrap_err();
        for bad in ["", "a b", "https://", "ftp://a.example", "mailto:x", "https://a.example/?k=1"]
        {
            assert!(
                matches!(found(bad), InvalidServer::NotAnAddress(_)),
                "{bad}: {:?}",
                found(bad)
            );
        }
        assert_eq!(found("https://me:pass@a.example"), InvalidServer::HoldsASecret);
        assert_eq!(found("me@a.example"), InvalidServer::HoldsASecret);
        for open in ["http://dav.example", "http://10.0.0.1/", "http://localhost.evil.example"] {
            assert!(matches!(found(open), InvalidServer::Unencrypted(_)), "{open}");
        }
        let told = found("https://me:geheim@a b?key=geheim").to_string();
        assert!(!told.contains("geheim"), "{told}");
    }

    #[test]
    fn it_goes_to_any_thread() {
        fn check<T: Send + Sync + Clone + 'static>() {}
        check::<Server>();
        check::<crate::Feed>();
    }

    #[test]
    fn nothing_secret_is_shown() {
        let secret = Credentials::password("jana", "geheim").unwrap();
        let server = Server::new("https://dav.example/", secret).unwrap();
        let shown = format!("{server:?} {:?}", server.line);
        assert!(!shown.contains("geheim") && shown.contains("dav.example"), "{shown}");
        assert!(server.clone().trusting(b"no certificate").is_err());
        assert!(server.also("other.example").is_ok());
    }
}
