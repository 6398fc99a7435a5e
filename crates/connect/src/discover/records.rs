//! Servers in a domain's own records (RFC 6186, RFC 8314, RFC 6764).
//!
//! Records come unsigned: whoever can change an answer of DNS can name a host of theirs. So a host
//! outside of the domain is proposed as one that needs a look.

use super::Search;
use crate::net::ServiceRecord;
use crate::{Origin, Proposal, Security, Server, Service, SignIn, host, providers};

/// The services that are asked for, the better way of each first.
const SERVICES: [(&str, Service, Security); 6] = [
    ("_imaps._tcp", Service::Imap, Security::Tls),
    ("_imap._tcp", Service::Imap, Security::StartTls),
    ("_submissions._tcp", Service::Submission, Security::Tls),
    ("_submission._tcp", Service::Submission, Security::StartTls),
    ("_caldavs._tcp", Service::CalDav, Security::Tls),
    ("_carddavs._tcp", Service::CardDav, Security::Tls),
];
/// Of one service no more servers are proposed.
const SERVERS_MAX: usize = 4;
/// Longest path that is taken from a record.
const PATH_BYTES_MAX: usize = 200;

impl Search<'_> {
    /// Asks for each service.
    pub(super) fn records(&mut self) {
        for (label, service, security) in SERVICES {
            let name = format!("{label}.{}", self.address.domain());
            let resolver = self.network.resolver;
            let records = self.dns(&name, |patience| resolver.services(&name, patience));
            let hosts = usable(records.unwrap_or_default());
            if hosts.is_empty() {
                continue;
            }
            let path = if service.is_dav() { self.path(&name) } else { String::new() };
            for (host, port) in hosts {
                self.propose_found(service, security, &host, port, &path, &name);
            }
        }
    }

    /// The path that stands beside a service of calendars or contacts.
    fn path(&mut self, name: &str) -> String {
        let resolver = self.network.resolver;
        let texts = self.dns(name, |patience| resolver.texts(name, patience)).unwrap_or_default();
        let paths = texts.iter().filter_map(|text| text.strip_prefix("path="));
        paths.into_iter().find(|path| is_path(path)).unwrap_or_default().to_owned()
    }

    fn propose_found(
        &mut self,
        service: Service,
        security: Security,
        name: &str,
        port: u16,
        path: &str,
        record: &str,
    ) {
        let known = providers::by_host(name);
        let ways = known.map_or_else(Vec::new, |known| known.ways_at(service, name));
        let ways = if ways.is_empty() { vec![SignIn::Password] } else { ways };
        let (host, path) = (name.to_owned(), path.to_owned());
        let user = Some(self.address.to_string());
        let server = Server { service, host, port, security, path, user };
        let origin = Origin::Records { name: record.to_owned() };
        let mut proposal = Proposal::new(server, ways, origin, self.address.domain());
        proposal.notes = known.map_or_else(Vec::new, |known| known.notes.clone());
        self.found.proposals.push(proposal);
    }
}

/// The hosts that may be asked, by priority, and of one priority by weight. Chance, by which a
/// client shares the load between servers of one weight, has no place in a proposal.
fn usable(mut records: Vec<ServiceRecord>) -> Vec<(String, u16)> {
    records.sort_by_key(|record| (record.priority, u16::MAX - record.weight));
    let named = records.iter().filter(|record| record.port > 0 && record.target != ".");
    let hosts = named.filter_map(|record| Some((host::name(&record.target)?, record.port)));
    hosts.take(SERVERS_MAX).collect()
}

fn is_path(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%@+=,".contains(&b);
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= PATH_BYTES_MAX
        && path.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(records: &[(u16, u16, u16, &str)], expected: &[(&str, u16)]) {
        let record = |(priority, weight, port, target): &(u16, u16, u16, &str)| ServiceRecord {
            priority: *priority,
            weight: *weight,
            port: *port,
            target: (*target).to_owned(),
        };
        let found = usable(records.iter().map(record).collect());
        let found: Vec<(&str, u16)> = found.iter().map(|(host, port)| (&**host, *port)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn priorities_and_weights() {
        check(&[(0, 0, 0, ".")], &[]);
        check(&[(0, 0, 993, ".")], &[]);
        check(
            &[
                (20, 90, 993, "c.lindner.example."),
                (10, 5, 993, "b.lindner.example."),
                (10, 50, 9993, "A.lindner.example."),
            ],
            &[("a.lindner.example", 9993), ("b.lindner.example", 993), ("c.lindner.example", 993)],
        );
        check(&[(0, 0, 993, "localhost."), (0, 0, 993, "127.0.0.1"), (0, 0, 993, "")], &[]);
        check(&[(1, 0, 1, "a.example"); 9], &[("a.example", 1); SERVERS_MAX]);
    }

    #[test]
    fn paths() {
        assert!(is_path("/dav/") && is_path("/"));
        for bad in ["", "dav", "//evil.example/", "/a b", "/a?b", "/a#b", "/a\r\nb", "/ä"] {
            assert!(!is_path(bad), "{bad}");
        }
        assert!(!is_path(&"/a".repeat(PATH_BYTES_MAX)));
    }
}
