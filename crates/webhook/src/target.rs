//! Where somebody is told: an address of the web, encrypted, without a password in it.

use std::fmt;

use inroad_reach::Reach;
use url::{Host, Url};

/// No address is longer.
const CHARS_MAX: usize = 2000;

/// Where somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target(Url);

/// Why nobody can be told there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTarget {
    /// It is none.
    #[error("That is no address; write it like https://hooks.example/inroad")]
    NoAddress,
    /// It is too long.
    #[error("That is longer than {CHARS_MAX} characters")]
    TooLong,
    /// It is not encrypted.
    #[error("Only https is told anything")]
    NotEncrypted,
    /// It holds a name or a password.
    #[error("Leave the password out; what is sent is signed instead")]
    HoldsPassword,
    /// It lies within a network.
    #[error("That lies within a network of its own, where nobody is told anything")]
    NotPublic,
}

impl Target {
    /// The address, if somebody may be told there. A host that is a name is looked at when it is told.
    ///
    /// # Errors
    /// [`InvalidTarget`].
    pub fn new(text: &str, reach: Reach) -> Result<Self, InvalidTarget> {
        if text.chars().count() > CHARS_MAX {
            return Err(InvalidTarget::TooLong);
        }
        // Whatever way an address of digits is written, this gives it one spelling.
        let url = Url::parse(text.trim()).map_err(|_odd| InvalidTarget::NoAddress)?;
        let address = match url.host().ok_or(InvalidTarget::NoAddress)? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        };
        let is_here = |address: std::net::IpAddr| address.is_loopback();
        match url.scheme() {
            "https" => {}
            "http" if reach == Reach::ThisMachineToo && address.is_some_and(is_here) => {}
            "http" => return Err(InvalidTarget::NotEncrypted),
            _ => return Err(InvalidTarget::NoAddress),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidTarget::HoldsPassword);
        }
        if address.is_some_and(|address| !reach.allows(address)) {
            return Err(InvalidTarget::NotPublic);
        }
        Ok(Self(url))
    }

    /// The address as it is spelled here.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, to be shown.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn who_may_be_told() {
        use InvalidTarget::{HoldsPassword, NoAddress, NotEncrypted, NotPublic};
        for (text, expected) in [
            ("https://hooks.example/a?b=c", Ok(())),
            ("https://8.8.8.8/", Ok(())),
            ("http://hooks.example/", Err(NotEncrypted)),
            ("http://127.0.0.1/", Err(NotEncrypted)),
            ("ftp://hooks.example/", Err(NoAddress)),
            ("file:///etc/passwd", Err(NoAddress)),
            ("hooks.example", Err(NoAddress)),
            ("https://me:secret@hooks.example/", Err(HoldsPassword)),
            ("https://127.0.0.1/", Err(NotPublic)),
            ("https://2130706433/", Err(NotPublic)),
            ("https://0x7f.1/", Err(NotPublic)),
            ("https://017700000001/", Err(NotPublic)),
            ("https://[::1]/", Err(NotPublic)),
            ("https://[::ffff:10.0.0.1]/", Err(NotPublic)),
            ("https://169.254.169.254/latest/meta-data", Err(NotPublic)),
        ] {
            assert_eq!(Target::new(text, Reach::Public).map(|_| ()), expected, "{text}");
        }
        assert!(Target::new("http://127.0.0.1:8080/", Reach::ThisMachineToo).is_ok());
        let other = Target::new("http://10.0.0.1/", Reach::ThisMachineToo);
        assert_eq!(other, Err(NotEncrypted));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_encrypted(text in "(https?://)?[a-z0-9@:/.\\[\\]%]{0,40}") {
            if let Ok(target) = Target::new(&text, Reach::Public) {
                prop_assert!(target.as_str().starts_with("https://"));
                prop_assert_eq!(Target::new(target.as_str(), Reach::Public), Ok(target));
            }
        }
    }
}
