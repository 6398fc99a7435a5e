//! Where a server may lead us: a pure function, so that every case stands in one table.
//!
//! A redirect within the host that the person named, or to a host below it, is followed; what the
//! server knows us by goes only to the very origins that the person named.

use std::collections::BTreeSet;

use url::{Host, Url};

use crate::error::Why;

/// Scheme, host and port: what the person named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin(String);

impl Origin {
    pub(crate) fn of(url: &Url) -> Self {
        Self(url.origin().ascii_serialization())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The next address, and whether it may be told who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) url: Url,
    pub(crate) knows_us: bool,
}

/// Where `location` leads from an address, given the origins that the person named.
///
/// # Errors
/// [`Why::Elsewhere`] and [`Why::Unencrypted`], with nothing sent there.
pub(crate) fn step(from: &Url, location: &str, named: &BTreeSet<Origin>) -> Result<Step, Why> {
    let mut url = from
        .join(location.trim())
        .map_err(|error| Why::Protocol(format!("it points to no address ({error})")))?;
    url.set_fragment(None);
    // What stands before an @ is a secret or a lure.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Why::Protocol("it points to an address with a password in it".to_owned()));
    }
    if named.contains(&Origin::of(&url)) {
        return Ok(Step { url, knows_us: true });
    }
    let stays_here = url.scheme() == "http" && is_loopback(&url) && is_loopback(from);
    if url.scheme() != "https" && !stays_here {
        return Err(Why::Unencrypted);
    }
    if !is_within(&url, from) {
        return Err(Why::Elsewhere(elsewhere(&url)));
    }
    Ok(Step { url, knows_us: false })
}

/// An address as it is shown to be named by the person: without what may be a secret.
pub(crate) fn elsewhere(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_query(None);
    shown.into()
}

/// Whether a host is the other one, or lies below it.
fn is_within(url: &Url, other: &Url) -> bool {
    match (url.host(), other.host()) {
        (Some(Host::Domain(below)), Some(Host::Domain(above))) => {
            below == above
                || below.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'))
                    && above.contains('.')
        }
        (below, above) => below.is_some() && below == above,
    }
}

/// Whether it is this very machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, location: &str, expected: &str) {
        let url = Url::parse(from).unwrap();
        let named = BTreeSet::from([Origin::of(&url)]);
        let found = match step(&url, location, &named) {
            Ok(Step { url, knows_us: true }) => format!("known {url}"),
            Ok(Step { url, knows_us: false }) => format!("unknown {url}"),
            Err(Why::Elsewhere(url)) => format!("elsewhere {url}"),
            Err(Why::Unencrypted) => "unencrypted".to_owned(),
            Err(_) => "protocol".to_owned(),
        };
        assert_eq!(found, expected, "{from} -> {location}");
    }

    #[test]
    fn ways() {
        let from = "https://example.org/.well-known/caldav";
        check(from, "/dav/", "known https://example.org/dav/");
        check(from, "https://example.org:443/dav/#x", "known https://example.org/dav/");
        check(from, "https://example.org:8443/dav/", "unknown https://example.org:8443/dav/");
        check(from, "https://dav.example.org/", "unknown https://dav.example.org/");
        check(from, "https://evilexample.org/", "elsewhere https://evilexample.org/");
        check(from, "https://other.example/a?key=1", "elsewhere https://other.example/a");
        check(from, "//other.example/", "elsewhere https://other.example/");
        check(from, "http://example.org/dav/", "unencrypted");
        check(from, "http://127.0.0.1/dav/", "unencrypted");
        check(from, "file:///etc/passwd", "unencrypted");
        check(from, "https://me:pw@example.org/", "protocol");
        check(from, "https://[", "protocol");
        // Siblings may be strangers: nobody knows where a registry gives names out.
        check(
            "https://a.example.org/",
            "https://b.example.org/",
            "elsewhere https://b.example.org/",
        );
        check("https://dav.example.org/", "https://example.org/", "elsewhere https://example.org/");
        let here = "http://127.0.0.1:5232/";
        check(here, "/u/", "known http://127.0.0.1:5232/u/");
        check(here, "http://127.0.0.1:1/u/", "unknown http://127.0.0.1:1/u/");
        check(here, "http://localhost:5232/", "elsewhere http://localhost:5232/");
        check(here, "http://10.0.0.1/", "unencrypted");
        check("https://localhost/", "https://x.localhost/", "elsewhere https://x.localhost/");
    }
}
