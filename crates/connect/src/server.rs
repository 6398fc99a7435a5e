//! A server, and how one signs in there.

use crate::host;

/// What a server is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Reading mail (IMAP).
    Imap,
    /// Handing in mail that is to be sent (SMTP submission).
    Submission,
    /// Calendars.
    CalDav,
    /// Address books.
    CardDav,
}

/// How the connection is encrypted. Without encryption nothing is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// From the first byte on.
    Tls,
    /// By STARTTLS, without which the client must go away again.
    StartTls,
}

/// A server for one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What it is for.
    pub service: Service,
    /// Its name in ASCII and small letters; a number only for a program on this machine.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted; calendars and contacts always from the first byte on.
    pub security: Security,
    /// Where on a server for calendars or contacts to begin; empty where nobody knows, and then one
    /// begins at its well-known place (RFC 6764). Empty for mail.
    pub path: String,
    /// The name to sign in with; nothing where the person has to be asked.
    pub user: Option<String>,
}

/// A way of signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// With the password of the mailbox.
    Password,
    /// With a password that is made for one program.
    AppPassword {
        /// The page on which one makes it.
        page: Option<String>,
        /// What has to be so before one can make it.
        needs: Option<String>,
    },
    /// By OAuth 2 with the provider of that id, see [`crate::providers::by_id`].
    OAuth {
        /// The provider's id.
        provider: String,
    },
}

impl Service {
    /// Whether it is spoken over HTTP.
    pub fn is_dav(self) -> bool {
        matches!(self, Self::CalDav | Self::CardDav)
    }
}

impl Server {
    /// For calendars and contacts, the address at which to begin.
    pub fn url(&self) -> Option<String> {
        let known = match self.service {
            Service::CalDav => "/.well-known/caldav",
            Service::CardDav => "/.well-known/carddav",
            Service::Imap | Service::Submission => return None,
        };
        let path = if self.path.is_empty() { known } else { &self.path };
        let port = if self.port == 443 { String::new() } else { format!(":{}", self.port) };
        Some(format!("https://{}{port}{path}", self.host))
    }

    /// Whether it runs on this very machine.
    pub fn is_here(&self) -> bool {
        host::is_loopback(&self.host)
    }

    /// Whether both are the same place, whatever is known of the user's name.
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        (self.service, &self.host, self.port, self.security)
            == (other.service, &other.host, other.port, other.security)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(service: Service, port: u16, path: &str, expected: Option<&str>) {
        let security = Security::Tls;
        let (host, path) = ("dav.example.com".to_owned(), path.to_owned());
        let server = Server { service, host, port, security, path, user: None };
        assert_eq!(server.url().as_deref(), expected);
    }

    #[test]
    fn where_to_begin() {
        check(Service::CalDav, 443, "", Some("https://dav.example.com/.well-known/caldav"));
        check(Service::CardDav, 8443, "", Some("https://dav.example.com:8443/.well-known/carddav"));
        check(Service::CalDav, 443, "/dav/", Some("https://dav.example.com/dav/"));
        check(Service::Imap, 993, "", None);
    }
}
