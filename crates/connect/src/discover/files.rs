//! Servers in the file that a domain gives out, and in the public directory.
//!
//! Must not: ask without encryption, follow a redirect to another host, or put the address into a
//! question.

use super::Search;
use crate::autoconfig::{self, FILE_BYTES_MAX, Told, Way};
use crate::net::Answer;
use crate::providers::Provider;
use crate::{Origin, Proposal, SignIn, WebAddress, providers};

/// How often a redirect on the same host is followed.
const MOVES_MAX: usize = 2;

impl Search<'_> {
    /// The domain's own files; the first that is there is the one.
    pub(super) fn own_files(&mut self) {
        let domain = self.address.domain();
        for place in [
            format!("https://autoconfig.{domain}/mail/config-v1.1.xml"),
            format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml"),
        ] {
            if self.file(&place, |address| Origin::OwnFile { address }) {
                return;
            }
        }
    }

    /// The public directory.
    pub(super) fn directory(&mut self) {
        let place = format!("https://autoconfig.thunderbird.net/v1.1/{}", self.address.domain());
        self.file(&place, |address| Origin::Directory { address });
    }

    /// Whether a file was there.
    fn file(&mut self, place: &str, origin: impl Fn(String) -> Origin) -> bool {
        let Some((address, answer)) = self.fetch(place) else { return false };
        if answer.status != 200 {
            return false;
        }
        let read = match autoconfig::read(&answer.body, self.address) {
            Ok(read) => read,
            Err(why) => {
                self.found.issues.push(format!("What {address} gives is left out: {why}"));
                return false;
            }
        };
        self.found.issues.extend(read.issues);
        let found = !read.servers.is_empty();
        for told in read.servers {
            self.propose_told(told, origin(address.to_string()));
        }
        found
    }

    /// Fetches, and follows redirects that stay on the host.
    fn fetch(&mut self, place: &str) -> Option<(WebAddress, Answer)> {
        let mut address = WebAddress::new(place).ok()?;
        for _ in 0..=MOVES_MAX {
            let bounds = self.bounds(FILE_BYTES_MAX as u64)?;
            self.found.asked.push(address.to_string());
            let answer = match self.network.web.get(&address, bounds) {
                Ok(answer) => answer,
                Err(why) => {
                    self.issue(&why.at(address.host(), bounds));
                    return None;
                }
            };
            if !(300..400).contains(&answer.status) {
                return Some((address, answer));
            }
            let Some(there) = answer.location.as_deref().and_then(|there| address.moved(there))
            else {
                let host = address.host();
                let why = "is not followed, since it leads to another host or away from encryption";
                self.found.issues.push(format!("A redirect of {host} {why}"));
                return None;
            };
            address = there;
        }
        self.found.issues.push(format!("{} redirects too often and is left out", address.host()));
        None
    }

    fn propose_told(&mut self, told: Told, origin: Origin) {
        let Told { server, ways } = told;
        let known = providers::by_host(&server.host);
        let mut sign_in =
            known.map_or_else(Vec::new, |it| it.ways_at(server.service, &server.host));
        let mut notes = known.map_or_else(Vec::new, |known| known.notes.clone());
        if sign_in.is_empty() {
            sign_in = ways_of(&ways, known);
            if sign_in.is_empty() {
                let none = "This server names no way of signing in that inroad knows";
                notes.push(format!("{none}; ask whoever runs it"));
            }
        }
        let mut proposal = Proposal::new(server, sign_in, origin, self.address.domain());
        proposal.notes = notes;
        self.found.proposals.push(proposal);
    }
}

/// The ways that inroad can go. Where the file names none, a password is the usual one.
fn ways_of(ways: &[Way], known: Option<&Provider>) -> Vec<SignIn> {
    if ways.is_empty() {
        return vec![SignIn::Password];
    }
    let with = known.filter(|known| known.oauth.is_some());
    let way = |way: &Way| match way {
        Way::Password => Some(SignIn::Password),
        Way::OAuth => with.map(|known| SignIn::OAuth { provider: known.id.clone() }),
        Way::Other => None,
    };
    ways.iter().filter_map(way).collect()
}
