//! Who can ask at all: this machine alone, or others, too, by one address that a proxy keeps encrypted.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};

use super::Key;

/// From where pages are asked for.
#[derive(Debug, Clone)]
pub enum Reach {
    /// From this machine, by whoever holds the link of this start.
    ThisMachine {
        /// The secret in the link.
        key: Key,
    },
    /// From other machines, too, by whoever signs in.
    Network {
        /// Where the proxy finds the pages.
        listen: IpAddr,
        /// Under which address everybody else does.
        address: PublicAddress,
    },
}

/// An address under which pages are asked for from elsewhere, as `https://inroad.firm.example`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAddress {
    host: String,
}

/// Why something is no address for pages.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "'{0}' is no address for pages: it is https:// and a name, as in https://inroad.your-firm.example"
)]
pub struct BadPublicAddress(String);

impl std::str::FromStr for PublicAddress {
    type Err = BadPublicAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadPublicAddress(text.to_owned());
        let host = text.strip_prefix("https://").ok_or_else(bad)?;
        let host = host.strip_suffix('/').unwrap_or(host).to_ascii_lowercase();
        let (name, port) = host.split_once(':').unwrap_or((&host, "443"));
        let is_label = |label: &str| {
            !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        if !name.split('.').all(is_label) || port.parse::<u16>().is_err() {
            return Err(bad());
        }
        // Browsers name no port that goes without saying.
        let host = host.strip_suffix(":443").map_or(host.clone(), str::to_owned);
        Ok(Self { host })
    }
}

impl PublicAddress {
    /// The name, with its port where it is none that goes without saying.
    #[cfg(feature = "mcp")]
    pub(crate) fn host(&self) -> &str {
        &self.host
    }
}

impl std::fmt::Display for PublicAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "https://{}", self.host)
    }
}

/// Whether a request comes to the name that it has to come to: a name of somebody else that points here opens
/// nothing.
pub(super) fn is_asked_by_name(headers: &HeaderMap, reach: &Reach) -> bool {
    match reach {
        Reach::Network { address, .. } => host(headers).eq_ignore_ascii_case(&address.host),
        Reach::ThisMachine { .. } => is_this_machine(headers),
    }
}

/// Whether a request calls this machine by its own name.
pub(crate) fn is_this_machine(headers: &HeaderMap) -> bool {
    let host = host(headers);
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|b| b.is_ascii_digit()) { name } else { host }
    });
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn host(headers: &HeaderMap) -> &str {
    text(headers, header::HOST.as_str()).unwrap_or("")
}

/// Whether the browser says that a page of this server asks. Our pages tell nobody where they are
/// (`Referrer-Policy`), so browsers may send `null` for their origin; then `Sec-Fetch-Site` tells, and
/// the key in the form. From other machines, one of the two has to say so.
pub(super) fn is_from_our_page(headers: &HeaderMap, reach: &Reach) -> bool {
    let host = host(headers);
    let origin = text(headers, "origin").filter(|origin| *origin != "null");
    let site = text(headers, "sec-fetch-site");
    let (scheme, must_say) = match reach {
        Reach::ThisMachine { .. } => ("http://", false),
        Reach::Network { .. } => ("https://", true),
    };
    let is_ours = |origin: &str| {
        origin.strip_prefix(scheme).is_some_and(|name| name.eq_ignore_ascii_case(host))
    };
    origin.is_none_or(is_ours)
        && site.is_none_or(|site| site == "same-origin")
        && (!must_say || origin.is_some() || site.is_some())
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

/// The machine that asks: as the proxy says, who puts it last behind what it was told itself.
pub(super) fn machine(headers: &HeaderMap, reach: &Reach, peer: Option<IpAddr>) -> String {
    let peer = peer.map(|peer| peer.to_string()).unwrap_or_default();
    if matches!(reach, Reach::ThisMachine { .. }) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
    let forwarded = forwarded.and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|list| list.rsplit(',').next()).map(str::trim);
    // Some proxies also say from which port.
    let address = |last: &str| {
        let with_port = || last.parse::<SocketAddr>().ok().map(|address| address.ip());
        last.parse::<IpAddr>().ok().or_else(with_port)
    };
    last.and_then(address).map_or(peer, |last| last.to_string())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn here() -> Reach {
        Reach::ThisMachine { key: Key::new([7; 16]) }
    }

    fn elsewhere() -> Reach {
        let address = "https://Inroad.Firm.example/".parse().unwrap();
        Reach::Network { listen: [127, 0, 0, 1].into(), address }
    }

    fn headers(pairs: &[(&'static str, Option<&str>)]) -> HeaderMap {
        let given = pairs.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
        given
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    #[test]
    fn an_address_is_encrypted_and_a_name() {
        for (text, expected) in [
            ("https://inroad.firm.example", Some("https://inroad.firm.example")),
            ("https://inroad.firm.example:443/", Some("https://inroad.firm.example")),
            ("https://INROAD.firm.example:8443", Some("https://inroad.firm.example:8443")),
            ("http://inroad.firm.example", None),
            ("inroad.firm.example", None),
            ("https://", None),
            ("https://firm.example/inroad", None),
            ("https://a@firm.example", None),
            ("https://firm.example:x", None),
            ("https://firm..example", None),
        ] {
            let address = text.parse::<PublicAddress>().ok().map(|address| address.to_string());
            assert_eq!(address.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_by_its_name() {
        for (host, by_machine, by_network) in [
            ("127.0.0.1:4747", true, false),
            ("localhost", true, false),
            ("[::1]:80", true, false),
            ("inroad.firm.example", false, true),
            ("INROAD.firm.example", false, true),
            ("evil.example:4747", false, false),
            ("inroad.firm.example.evil.example", false, false),
            ("127.0.0.1.evil.example", false, false),
            ("", false, false),
        ] {
            let asked = headers(&[("host", Some(host))]);
            assert_eq!(is_asked_by_name(&asked, &here()), by_machine, "{host}");
            assert_eq!(is_asked_by_name(&asked, &elsewhere()), by_network, "{host}");
        }
    }

    #[test]
    fn only_our_own_pages_change_anything() {
        for (origin, site, expected) in [
            (None, None, true),
            (Some("http://localhost:4747"), Some("same-origin"), true),
            (Some("null"), Some("same-origin"), true),
            (Some("null"), Some("cross-site"), false),
            (Some("http://localhost:8080"), None, false),
            (Some("http://localhost:4747.evil.example"), None, false),
            (Some("https://localhost:4747"), None, false),
            (None, Some("same-site"), false),
        ] {
            let asked = headers(&[
                ("host", Some("localhost:4747")),
                ("origin", origin),
                ("sec-fetch-site", site),
            ]);
            assert_eq!(is_from_our_page(&asked, &here()), expected, "{origin:?} {site:?}");
        }
    }

    #[test]
    fn from_elsewhere_a_page_has_to_say_whose_it_is() {
        for (origin, site, expected) in [
            (Some("https://inroad.firm.example"), None, true),
            (Some("https://inroad.firm.example"), Some("same-origin"), true),
            (Some("null"), Some("same-origin"), true),
            (None, Some("same-origin"), true),
            (None, None, false),
            (Some("null"), None, false),
            (Some("http://inroad.firm.example"), None, false),
            (Some("https://other.firm.example"), Some("same-site"), false),
            (Some("https://evil.example"), Some("cross-site"), false),
        ] {
            let asked = headers(&[
                ("host", Some("inroad.firm.example")),
                ("origin", origin),
                ("sec-fetch-site", site),
            ]);
            assert_eq!(is_from_our_page(&asked, &elsewhere()), expected, "{origin:?} {site:?}");
        }
    }

    #[test]
    fn the_proxy_is_believed_and_nobody_before_it() {
        let peer = Some([10, 0, 0, 1].into());
        for (told, expected) in [
            (None, "10.0.0.1"),
            (Some("192.0.2.7"), "192.0.2.7"),
            // What the caller claims stands before what the proxy saw.
            (Some("127.0.0.1, 192.0.2.7"), "192.0.2.7"),
            (Some("192.0.2.7:50123"), "192.0.2.7"),
            (Some("[2001:db8::1]:50123"), "2001:db8::1"),
            (Some("nonsense"), "10.0.0.1"),
        ] {
            let asked = headers(&[("x-forwarded-for", told)]);
            assert_eq!(machine(&asked, &elsewhere(), peer), expected, "{told:?}");
            assert_eq!(machine(&asked, &here(), peer), "10.0.0.1", "nobody forwards here");
        }
    }
}
