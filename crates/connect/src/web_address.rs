//! Addresses on the web that may be asked: encrypted, or on this very machine.

use std::fmt;

use url::Url;

use crate::{Error, host, words};

/// Longer ones are no addresses.
const ADDRESS_BYTES_MAX: usize = 2_000;

/// An `https://` address of a named host, or an `http://` one of this machine by its number,
/// without a password, a user or a fragment.
#[derive(Clone, PartialEq, Eq)]
pub struct WebAddress(Url);

impl WebAddress {
    /// Takes an address.
    ///
    /// # Errors
    /// [`Error::NotAllowed`].
    pub fn new(text: &str) -> Result<Self, Error> {
        let not = |why| Error::NotAllowed { shown: words::shown(text, &[]), why };
        if text.len() > ADDRESS_BYTES_MAX {
            return Err(not("it is too long"));
        }
        let Ok(url) = Url::parse(text) else {
            return Err(not("it is no address; write it like https://mail.example"));
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(not("it must hold no user and no password"));
        }
        if url.fragment().is_some() || url.port() == Some(0) {
            return Err(not("it is no address of a server"));
        }
        let near = url.host_str().is_some_and(host::is_loopback);
        let named = url.host_str().and_then(host::name).as_deref() == url.host_str();
        match url.scheme() {
            "https" if named && url.host_str().is_some() => Ok(Self(url)),
            "https" | "http" if near => Ok(Self(url)),
            "http" => Err(not("it is without encryption; write https://")),
            "https" => Err(not("a server is named by its name, not by a number")),
            _ => Err(not("only https:// is asked")),
        }
    }

    /// The host, for people and for comparing.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The port, 443 where none is named.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }

    /// The path, which begins with `/`.
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Where a redirect leads, if it stays on the same host and port and is as well encrypted.
    pub(crate) fn moved(&self, location: &str) -> Option<Self> {
        let there = Self::new(self.0.join(location).ok()?.as_str()).ok()?;
        let same = there.host() == self.host() && there.port() == self.port();
        (same && there.0.scheme() == self.0.scheme()).then_some(there)
    }

    /// The address with questions added to those that it has.
    pub(crate) fn asking(&self, questions: &[(&str, &str)]) -> String {
        let mut url = self.0.clone();
        url.query_pairs_mut().extend_pairs(questions);
        url.into()
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebAddress({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let address = WebAddress::new("https://Dav.Example.com:8443/cal?x=1").unwrap();
        assert_eq!(
            (address.host(), address.port(), address.path()),
            ("dav.example.com", 8443, "/cal")
        );
        assert!(WebAddress::new("http://127.0.0.1:9").is_ok());
        assert!(WebAddress::new("http://[::1]:9/x").is_ok());
        for bad in [
            "",
            "mail.example",
            "http://mail.example",
            "https://10.0.0.1/",
            "https://localhost/",
            "http://localhost/",
            "https://me@mail.example/",
            "https://me:pw@mail.example/",
            "ftp://mail.example/",
            "file:///etc/passwd",
            "https://mail.example/#x",
            "https://mail/",
            "https://mail.example:0/",
            "http://192.168.1.1/",
            "https://mail.local/",
            "javascript:alert(1)",
        ] {
            assert!(matches!(WebAddress::new(bad), Err(Error::NotAllowed { .. })), "{bad}");
        }
    }

    #[test]
    fn redirects_stay() {
        let from = WebAddress::new("https://mail.example/a/b").unwrap();
        assert_eq!(from.moved("/c").unwrap().as_str(), "https://mail.example/c");
        assert_eq!(from.moved("c").unwrap().as_str(), "https://mail.example/a/c");
        for away in [
            "https://other.example/c",
            "//other.example/c",
            "http://mail.example/c",
            "https://mail.example:444/c",
            "https://www.mail.example/c",
            "http://127.0.0.1/",
        ] {
            assert!(from.moved(away).is_none(), "{away}");
        }
    }

    #[test]
    fn questions_are_added() {
        let asked = WebAddress::new("https://id.example/a?p=1").unwrap().asking(&[("q", "a b&c")]);
        assert_eq!(asked, "https://id.example/a?p=1&q=a+b%26c");
    }
}
