//! Where the model is: the address as the user named it, taken apart strictly, so that the host
//! that is consented to is the host that is asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The address of a server that speaks `OpenAI`'s chat completions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    encrypted: bool,
    host: String,
    port: Option<u16>,
    path: String,
}

/// Why an address is not asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEndpoint {
    /// It is no address of this kind.
    #[error("'{0}' is no address of a server; write it like https://models.example/v1")]
    NotAnAddress(String),
    /// It holds a password or a key.
    #[error("An address must hold no password or key; give the key by a variable or a file")]
    HoldsASecret,
    /// Letters would go through a public network in the open.
    #[error(
        "{0} would be asked without encryption; write https://, or name a server on this machine or \
         in your own network by its number"
    )]
    Unencrypted(String),
}

/// What stands behind the base of an address.
const CALL: &str = "/chat/completions";
/// Longer ones are no addresses.
const ADDRESS_BYTES_MAX: usize = 500;

impl Endpoint {
    /// Takes an address: `https://HOST/v1`, or `http://localhost:11434/v1` for a local server.
    ///
    /// # Errors
    /// [`InvalidEndpoint`].
    pub fn new(text: &str) -> Result<Self, InvalidEndpoint> {
        let text = text.trim();
        let shown = || text.chars().filter(|c| !c.is_control()).take(80).collect::<String>();
        let wrong = || InvalidEndpoint::NotAnAddress(shown());
        let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
        let encrypted = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(wrong()),
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.contains('@') || path.contains(['?', '#']) {
            return Err(InvalidEndpoint::HoldsASecret);
        }
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%:".contains(&b);
        if text.len() > ADDRESS_BYTES_MAX || !path.bytes().all(plain) {
            return Err(wrong());
        }
        let (host, port) = host_and_port(authority).ok_or_else(wrong)?;
        let path = path.trim_end_matches('/').trim_end_matches(CALL.trim_start_matches('/'));
        let path = path.trim_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        let endpoint = Self { encrypted, host, port, path };
        if !encrypted && !endpoint.is_near() {
            return Err(InvalidEndpoint::Unencrypted(endpoint.host));
        }
        Ok(endpoint)
    }

    /// The host that is asked, with its port where one is named: what a consent names.
    pub fn host(&self) -> String {
        self.port.map_or_else(|| self.host.clone(), |port| format!("{}:{port}", self.host))
    }

    /// Whether it is this very machine.
    pub fn is_here(&self) -> bool {
        self.host == "localhost" || self.ip().is_some_and(|ip| ip.is_loopback())
    }

    /// Whether what is sent is encrypted on its way.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// The address in full, as it is kept.
    pub fn url(&self) -> String {
        let scheme = if self.encrypted { "https" } else { "http" };
        format!("{scheme}://{}{}", self.host(), self.path)
    }

    pub(crate) fn call(&self) -> String {
        self.url() + CALL
    }

    fn ip(&self) -> Option<IpAddr> {
        self.host.trim_matches(['[', ']']).parse().ok()
    }

    /// Whether it is this machine, or one of the own network by its number.
    fn is_near(&self) -> bool {
        let private = match self.ip() {
            Some(IpAddr::V4(ip)) => Ipv4Addr::is_private(&ip),
            Some(IpAddr::V6(ip)) => Ipv6Addr::is_unique_local(&ip),
            None => false,
        };
        private || self.is_here()
    }
}

fn host_and_port(authority: &str) -> Option<(String, Option<u16>)> {
    let authority = authority.to_ascii_lowercase();
    let (host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((ip, rest)) => {
            let ip: Ipv6Addr = ip.parse().ok()?;
            (format!("[{ip}]"), rest.strip_prefix(':').or(rest.is_empty().then_some("")))
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host.to_owned(), Some(port).filter(|port| !port.is_empty())),
            None => (authority.clone(), Some("")),
        },
    };
    let port = match port? {
        "" => None,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
            Some(digits.parse().ok().filter(|port| *port > 0)?)
        }
        _ => return None,
    };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    let is_name = !host.is_empty() && host.bytes().all(plain) && !host.starts_with(['.', '-']);
    (is_name || host.starts_with('[')).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, host: &str) {
        let endpoint = Endpoint::new(text).unwrap();
        assert_eq!(
            (endpoint.call().as_str(), endpoint.host().as_str()),
            (expected, host),
            "{text}"
        );
    }

    #[test]
    fn addresses() {
        let full = "https://models.example/v1/chat/completions";
        check("https://Models.example/v1", full, "models.example");
        check("https://models.example/v1/", full, "models.example");
        check(full, full, "models.example");
        let here = "http://localhost:11434/v1/chat/completions";
        check("http://localhost:11434/v1", here, "localhost:11434");
        check("http://192.168.1.9", "http://192.168.1.9/chat/completions", "192.168.1.9");
        check("http://[::1]:80/v1", "http://[::1]:80/v1/chat/completions", "[::1]:80");
        assert!(Endpoint::new("http://127.0.0.1:1").unwrap().is_here());
        assert!(!Endpoint::new("https://models.example").unwrap().is_here());
    }

    #[test]
    fn what_is_refused() {
        for bad in [
            "",
            "models.example",
            "ftp://models.example",
            "https://",
            "https://a b",
            "https://a\\b",
            "https://a:99999",
            "https://a:",
            "https://a:0",
            "https://[x]",
            "https://a/\r\nHost: b",
            "https://ä.example",
        ] {
            let found = Endpoint::new(bad);
            assert!(matches!(found, Err(InvalidEndpoint::NotAnAddress(_))), "{bad}: {found:?}");
        }
        for secret in ["https://me:pass@models.example", "https://models.example/v1?key=x"] {
            assert_eq!(Endpoint::new(secret), Err(InvalidEndpoint::HoldsASecret), "{secret}");
        }
        for open in ["http://models.example/v1", "http://8.8.8.8", "http://localhost.evil.example"]
        {
            let found = Endpoint::new(open);
            assert!(matches!(found, Err(InvalidEndpoint::Unencrypted(_))), "{open}: {found:?}");
        }
    }
}
