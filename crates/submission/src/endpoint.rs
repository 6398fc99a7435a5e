//! The user's mail server: where it is, and how the connection to it is kept private.

use std::net::IpAddr;

use inroad_reach::Reach;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, pem::PemObject as _};

use crate::Patience;

/// How a connection is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// From the first byte on; usually port 465.
    Tls,
    /// By `STARTTLS` before anything is said; usually port 587. A server that does not offer it is told
    /// nothing.
    StartTls,
    /// Not at all: only to a program on this machine that takes mail further.
    Plain,
}

impl Security {
    /// The port at which servers usually take letters so.
    pub fn usual_port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::Plain => 25,
        }
    }
}

/// A mail server that takes letters.
#[derive(Debug, Clone)]
pub struct Endpoint {
    host: String,
    port: u16,
    security: Security,
    extra_roots: Vec<CertificateDer<'static>>,
    patience: Patience,
    reach: Reach,
}

/// Why no letter goes to a server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEndpoint {
    /// It is no name and no number of a machine.
    #[error("'{0}' is no name of a mail server; write it like smtp.lindner.example")]
    Host(String),
    /// There is no port 0.
    #[error("A mail server has a port of 1 to 65535, usually 465 or 587")]
    Port,
    /// Letters and passwords would go through a network in the open.
    #[error("{0} is not on this machine, so the connection to it must be encrypted")]
    Unencrypted(String),
    /// The certificates cannot be read.
    #[error(
        "The file holds no certificate that can be read; it begins with -----BEGIN CERTIFICATE-----"
    )]
    Certificates,
}

impl Endpoint {
    /// A mail server by its name or its number.
    ///
    /// # Errors
    /// [`InvalidEndpoint`].
    pub fn new(host: &str, port: u16, security: Security) -> Result<Self, InvalidEndpoint> {
        let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
                && !label.starts_with('-')
        };
        let is_name = host.len() <= 253 && host.split('.').all(is_label);
        if host.parse::<IpAddr>().is_err() && !is_name
            || ServerName::try_from(host.as_str()).is_err()
        {
            return Err(InvalidEndpoint::Host(host.chars().take(80).collect()));
        }
        if port == 0 {
            return Err(InvalidEndpoint::Port);
        }
        let here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        if security == Security::Plain && !here {
            return Err(InvalidEndpoint::Unencrypted(host));
        }
        let patience = Patience::default();
        let reach = Reach::Anywhere;
        Ok(Self { host, port, security, extra_roots: Vec::new(), patience, reach })
    }

    /// The same, trusting these certificates of authorities as well (PEM): those of a firm, of a bridge on
    /// this machine, or of a test.
    ///
    /// # Errors
    /// [`InvalidEndpoint::Certificates`].
    pub fn trusting(mut self, pem: &[u8]) -> Result<Self, InvalidEndpoint> {
        let before = self.extra_roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            self.extra_roots.push(certificate.map_err(|_cause| InvalidEndpoint::Certificates)?);
        }
        if self.extra_roots.len() == before {
            return Err(InvalidEndpoint::Certificates);
        }
        Ok(self)
    }

    /// The same with other time-outs.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The same, if it lies where it may be reached.
    #[must_use]
    pub fn within(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// Where it may lie.
    pub(crate) fn reach(&self) -> Reach {
        self.reach
    }

    /// Its name or number, in lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How the connection is kept private.
    pub fn security(&self) -> Security {
        self.security
    }

    /// How long is waited for it.
    pub fn patience(&self) -> Patience {
        self.patience
    }

    pub(crate) fn extra_roots(&self) -> &[CertificateDer<'static>] {
        &self.extra_roots
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, port: u16, security: Security, expected: Result<&str, InvalidEndpoint>) {
        let found = Endpoint::new(host, port, security).map(|endpoint| endpoint.host);
        assert_eq!(found, expected.map(str::to_owned), "{host}");
    }

    #[test]
    fn servers() {
        use Security::{Plain, StartTls, Tls};
        check(" SMTP.Lindner.example. ", 465, Tls, Ok("smtp.lindner.example"));
        check("127.0.0.1", 2500, Plain, Ok("127.0.0.1"));
        check("::1", 2500, Plain, Ok("::1"));
        check("localhost", 2500, Plain, Ok("localhost"));
        check("192.168.1.9", 587, StartTls, Ok("192.168.1.9"));
        let unencrypted = |host: &str| Err(InvalidEndpoint::Unencrypted(host.to_owned()));
        check("smtp.lindner.example", 25, Plain, unencrypted("smtp.lindner.example"));
        check("localhost.evil.example", 25, Plain, unencrypted("localhost.evil.example"));
        check("192.168.1.9", 25, Plain, unencrypted("192.168.1.9"));
        check("lindner.example", 0, Tls, Err(InvalidEndpoint::Port));
        for bad in [
            "",
            "a b",
            "a/b",
            "https://a.example",
            "a.example:465",
            "a..example",
            "ä.example",
            "a\r\nb",
            "-a.example",
            "[::1]",
        ] {
            let found = Endpoint::new(bad, 465, Tls);
            assert!(matches!(found, Err(InvalidEndpoint::Host(_))), "{bad}: {found:?}");
        }
    }

    #[test]
    fn certificates() {
        let endpoint = || Endpoint::new("localhost", 465, Security::Tls).unwrap();
        for bad in [
            &b""[..],
            b"no certificate",
            b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        ] {
            let found = endpoint().trusting(bad).map(|_| ());
            assert_eq!(found, Err(InvalidEndpoint::Certificates));
        }
    }
}
