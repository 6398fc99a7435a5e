//! Where a mail server is, and how the way there is protected.

use std::net::IpAddr;

use crate::error::{Error, Kind, Step};

/// How the way to the server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Encrypted from the first byte, usually on port 993.
    Tls,
    /// Encrypted before anything is told, by a command in the open, usually on port 143.
    StartTls,
    /// Not at all, which is only for servers on this very machine.
    Plain,
}

/// A mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its name or its number; the certificate has to be for this.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is protected.
    pub security: Security,
}

impl Endpoint {
    /// Whether it may be talked to at all: without encryption only on this machine.
    pub fn check(&self) -> Result<(), Error> {
        let host = self.host.trim();
        let is_named =
            !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c.is_control());
        if !is_named || self.port == 0 {
            return Err(Error::new(Kind::Unreachable, Step::Connect).saying("no such address"));
        }
        if self.security == Security::Plain && !self.is_this_machine() {
            return Err(Error::new(Kind::PlainToOthers, Step::Connect));
        }
        Ok(())
    }

    /// Whether the host is this machine by its very number, or by the one name that is never
    /// anything else.
    pub fn is_this_machine(&self) -> bool {
        let host = self.host.trim_matches(['[', ']']);
        host.eq_ignore_ascii_case("localhost")
            || host.parse::<IpAddr>().is_ok_and(|number| number.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_be_talked_to() {
        use Security::{Plain, StartTls, Tls};
        let check = |host: &str, port, security, expected: Option<Kind>| {
            let endpoint = Endpoint { host: host.to_owned(), port, security };
            assert_eq!(endpoint.check().err().map(|error| error.kind), expected, "{host}");
        };
        check("imap.lindner.example", 993, Tls, None);
        check("imap.lindner.example", 143, StartTls, None);
        check("imap.lindner.example", 143, Plain, Some(Kind::PlainToOthers));
        check("192.0.2.7", 143, Plain, Some(Kind::PlainToOthers));
        check("localhost.lindner.example", 143, Plain, Some(Kind::PlainToOthers));
        check("127.0.0.1", 143, Plain, None);
        check("127.8.0.1", 143, Plain, None);
        check("::1", 143, Plain, None);
        check("[::1]", 143, Plain, None);
        check("LocalHost", 143, Plain, None);
        check("", 993, Tls, Some(Kind::Unreachable));
        check("a b", 993, Tls, Some(Kind::Unreachable));
        check("imap.lindner.example", 0, Tls, Some(Kind::Unreachable));
    }
}
