//! The address of a provider: what it describes itself under, and what it signs as.

use std::fmt;

use url::{Host, Url};

/// Longer ones are no addresses.
const BYTES_MAX: usize = 500;

/// An `https://` address without a query, or an `http://` one of this very machine by its number. Not a letter of it is
/// changed: tokens name it, and it is compared.
#[derive(Clone, PartialEq, Eq)]
pub struct Issuer {
    text: String,
    is_here: bool,
}

/// Why something is no address of a provider.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{shown}' is no address of a sign-in service: it begins with https:// and has no ? or #")]
pub struct BadIssuer {
    shown: String,
}

impl Issuer {
    /// Takes an address.
    ///
    /// # Errors
    /// [`BadIssuer`].
    pub fn new(text: &str) -> Result<Self, BadIssuer> {
        let bad = || BadIssuer { shown: text.chars().take(60).collect() };
        if text.len() > BYTES_MAX {
            return Err(bad());
        }
        let url = Url::parse(text).map_err(|_odd| bad())?;
        if url.query().is_some() || !may_be_asked(&url, true) {
            return Err(bad());
        }
        Ok(Self { text: text.to_owned(), is_here: is_here(&url) })
    }

    /// As it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the provider may name this address as one of its own: encrypted, or on this machine where it is itself.
    pub(crate) fn may_name(&self, url: &Url) -> bool {
        may_be_asked(url, self.is_here)
    }
}

fn may_be_asked(url: &Url, may_be_here: bool) -> bool {
    let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let is_guarded =
        url.scheme() == "https" || (may_be_here && url.scheme() == "http" && is_here(url));
    is_bare && is_guarded && url.host_str().is_some()
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issuer({})", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in [
            "https://id.firm.example",
            "https://id.firm.example/",
            "https://id.firm.example:8443/realms/firm",
            "http://127.0.0.1:9/",
            "http://[::1]:9",
        ] {
            assert_eq!(Issuer::new(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "id.firm.example",
            "http://id.firm.example",
            "http://localhost:9",
            "http://10.0.0.1",
            "https://id.firm.example/?a=1",
            "https://id.firm.example/#a",
            "https://me@id.firm.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            &format!("https://{}.example", "x".repeat(BYTES_MAX)),
        ] {
            assert!(Issuer::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_a_provider_may_name() {
        let (far, here) = ("https://id.firm.example", "http://127.0.0.1:9");
        for (issuer, named, expected) in [
            (far, "https://tokens.other.example/t", true),
            (far, "http://id.firm.example/t", false),
            (far, "http://127.0.0.1:9/t", false),
            (far, "https://me:pw@id.firm.example/t", false),
            (here, "http://127.0.0.1:10/t", true),
            (here, "http://id.firm.example/t", false),
        ] {
            let issuer = Issuer::new(issuer).unwrap();
            assert_eq!(issuer.may_name(&named.parse().unwrap()), expected, "{issuer} {named}");
        }
    }
}
