//! E-mail addresses, compared as people mean them: without regard to case.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An e-mail address in one canonical spelling: lower case, no surrounding blanks or brackets.
///
/// The invariant is what a mailbox of correspondence needs, not the whole of RFC 5321: one `@`
/// that is not at either end, at most 320 bytes, no blanks, no control characters.
///
/// ```
/// use inroad_model::EmailAddress;
/// let address: EmailAddress = " <Jana.Kuehn@Lindner.Example> ".parse().unwrap();
/// assert_eq!(address.as_str(), "jana.kuehn@lindner.example");
/// assert_eq!(address.domain(), "lindner.example");
/// assert!("nobody".parse::<EmailAddress>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(Box<str>);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not an e-mail address; write it as name@domain")]
pub struct InvalidAddress {
    /// The text as it was given, cut to 80 characters.
    pub text: String,
}

/// Longest address that RFC 5321 lets a server accept: 64 bytes, an `@`, 255 bytes.
const ADDRESS_BYTES_MAX: usize = 320;

impl EmailAddress {
    /// The canonical spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the last `@`.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What stands behind the last `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// Its domain and each one above it: `mail.lindner.example`, `lindner.example`, `example`.
    pub fn domains(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.domain()), |domain| Some(domain.split_once('.')?.1))
    }

    /// The address without what stands behind a `+` in front of its domain: mail to both comes to one
    /// mailbox.
    ///
    /// ```
    /// use inroad_model::EmailAddress;
    /// let tagged: EmailAddress = "jana+news@lindner.example".parse().unwrap();
    /// assert_eq!(tagged.without_tag().as_str(), "jana@lindner.example");
    /// ```
    #[must_use]
    pub fn without_tag(&self) -> Self {
        match self.local().split_once('+') {
            Some((local, _)) if !local.is_empty() => {
                Self(format!("{local}@{}", self.domain()).into_boxed_str())
            }
            _ => self.clone(),
        }
    }

    /// Whether it lies at a domain as a person types one, or below it: `@Lindner.example` holds
    /// `jana@mail.lindner.example`.
    pub fn is_at(&self, domain: &str) -> bool {
        let domain = typed_domain(domain);
        !domain.is_empty()
            && self
                .domain()
                .strip_suffix(&*domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}

/// A domain that a person typed, in small letters: ` @Lindner.example` is `lindner.example`.
pub fn typed_domain(text: &str) -> Cow<'_, str> {
    let domain = text.trim().trim_start_matches('@');
    // Lists ask this very often, and hardly a domain is typed in capitals.
    let is_small = domain.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_small { Cow::Borrowed(domain) } else { domain.to_lowercase().into() }
}

impl FromStr for EmailAddress {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let trimmed = text.trim().trim_start_matches('<').trim_end_matches('>').trim();
        let bare = match trimmed.get(..7) {
            Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
                trimmed.get(7..).unwrap_or("")
            }
            _ => trimmed,
        };
        let shaped = bare.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.starts_with('.')
        });
        let clean =
            !bare.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;".contains(c));
        if shaped && clean && bare.len() <= ADDRESS_BYTES_MAX {
            Ok(Self(bare.to_lowercase().into_boxed_str()))
        } else {
            Err(InvalidAddress { text: text.chars().take(80).collect() })
        }
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidAddress;

    fn try_from(text: String) -> Result<Self, InvalidAddress> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0.into_string()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address with the name that stood beside it, as in `Jana Kühn <jana@lindner.example>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mailbox {
    /// The display name as written, without quotes; `None` if there was none.
    pub name: Option<String>,
    /// The address.
    pub address: EmailAddress,
}

impl Mailbox {
    /// The display name, or the address where no name stands.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.address.as_str())
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => fmt::Display::fmt(&self.address, f),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_what_nobody_can_write_to() {
        for bad in ["", "@", "a@", "@b", "a b@c.example", "a@.example", "a@b\u{0}.example"] {
            assert!(bad.parse::<EmailAddress>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn lies_at_its_domain_and_above() {
        let jana: EmailAddress = "jana@mail.lindner.example".parse().unwrap();
        for (domain, expected) in [
            ("mail.lindner.example", true),
            (" @Lindner.Example", true),
            ("indner.example", false),
            ("other.example", false),
            ("", false),
        ] {
            assert_eq!(jana.is_at(domain), expected, "{domain}");
        }
    }

    proptest! {
        #[test]
        fn parsing_the_canonical_spelling_changes_nothing(text in "\\PC{0,20}@\\PC{0,20}") {
            if let Ok(address) = text.parse::<EmailAddress>() {
                // Lower-casing is not idempotent for a handful of letters; twice is.
                let again: EmailAddress = address.as_str().parse().unwrap();
                let thrice: EmailAddress = again.as_str().parse().unwrap();
                prop_assert_eq!(again, thrice);
            }
        }
    }
}
