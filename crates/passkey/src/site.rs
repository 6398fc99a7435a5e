//! The site that passkeys open: the name under which people ask for the pages.

use std::time::Duration;

use url::{Host, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// A browser asks whoever is at it for so long.
const ANSWERED_WITHIN: Duration = Duration::from_mins(5);
/// What devices call the site beside its name.
const CALLED: &str = "inroad";

/// A site that passkeys can open.
#[derive(Debug, Clone)]
pub struct Site {
    pub(crate) webauthn: Webauthn,
}

impl Site {
    /// The site at an address as `https://inroad.firm.example`, by which browsers know it and all that its passkeys
    /// are for. `None` where browsers make none: for a number instead of a name, and for what is not encrypted, but for
    /// `localhost`.
    pub fn at(address: &str) -> Option<Self> {
        let origin = Url::parse(address).ok()?;
        let Some(Host::Domain(name)) = origin.host() else { return None };
        if origin.scheme() != "https" && name != "localhost" {
            return None;
        }
        let site = WebauthnBuilder::new(name, &origin).ok()?;
        let webauthn = site.rp_name(CALLED).timeout(ANSWERED_WITHIN).build().ok()?;
        Some(Self { webauthn })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_a_name_and_is_encrypted_or_here() {
        for (address, expected) in [
            ("https://inroad.firm.example", true),
            ("https://inroad.firm.example:8443", true),
            ("https://localhost:4747", true),
            ("http://localhost:4747", true),
            ("http://inroad.firm.example", false),
            ("http://127.0.0.1:4747", false),
            ("https://192.0.2.7", false),
            ("https://[2001:db8::1]", false),
            ("inroad.firm.example", false),
            ("", false),
        ] {
            assert_eq!(Site::at(address).is_some(), expected, "{address}");
        }
    }
}
