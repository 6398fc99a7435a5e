//! A firm on the other side, and the key under which everything about it is kept.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What names an account: its mail domain (`lindner.example`), or, while none is known, its name
/// in small letters and hyphens (`lindner-bau`). A key with a dot is a domain.
///
/// ```
/// use inroad_model::AccountKey;
/// assert_eq!(AccountKey::domain(" @Lindner.Example").unwrap().as_str(), "lindner.example");
/// assert_eq!(AccountKey::of_name("Lindner & Söhne Bau GmbH").unwrap().as_str(), "lindner-söhne-bau-gmbh");
/// assert!(AccountKey::domain("lindner").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountKey(Box<str>);

/// Why a text names no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAccountKey {
    /// A domain was meant.
    #[error("'{typed}' is no mail domain; write it as lindner.example")]
    NoDomain {
        /// What was typed.
        typed: String,
    },
    /// No letter or digit stands in it.
    #[error("An account needs a name with letters or digits")]
    NoName,
}

impl AccountKey {
    /// The longest key, in characters: a domain has at most 253.
    pub const CHARS_MAX: usize = 253;

    /// The key of a firm whose mail domain is known.
    ///
    /// # Errors
    /// [`InvalidAccountKey::NoDomain`].
    pub fn domain(text: &str) -> Result<Self, InvalidAccountKey> {
        let domain = text.trim().trim_start_matches('@').trim_end_matches('.').to_lowercase();
        let no_domain = || InvalidAccountKey::NoDomain { typed: shown(text) };
        let labels_are_clean = domain.split('.').all(|label| {
            let is_inside = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            !label.is_empty() && !label.starts_with('-') && label.chars().all(is_inside)
        });
        if !domain.contains('.') || !labels_are_clean || domain.chars().count() > Self::CHARS_MAX {
            return Err(no_domain());
        }
        Ok(Self(domain.into()))
    }

    /// The key of a firm of which only the name is known.
    ///
    /// # Errors
    /// [`InvalidAccountKey::NoName`].
    pub fn of_name(name: &str) -> Result<Self, InvalidAccountKey> {
        let lower = name.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let key = words.collect::<Vec<_>>().join("-");
        let key: String = key.chars().take(Self::CHARS_MAX).collect();
        let key = key.trim_end_matches('-');
        if key.is_empty() { Err(InvalidAccountKey::NoName) } else { Ok(Self(key.into())) }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the same, or a host below that domain.
    pub fn is_within(&self, other: &Self) -> bool {
        let rest = self.0.strip_suffix(&*other.0);
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.ends_with('.') && other.as_domain().is_some()
        })
    }

    /// The mail domain, if the key is one.
    pub fn as_domain(&self) -> Option<&str> {
        self.0.contains('.').then_some(&*self.0)
    }
}

/// What was typed, short enough for a message.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

impl FromStr for AccountKey {
    type Err = InvalidAccountKey;

    /// A text with a dot is a domain, any other a name.
    fn from_str(text: &str) -> Result<Self, InvalidAccountKey> {
        if text.contains('.') { Self::domain(text) } else { Self::of_name(text) }
    }
}

impl TryFrom<String> for AccountKey {
    type Error = InvalidAccountKey;

    fn try_from(text: String) -> Result<Self, InvalidAccountKey> {
        text.parse()
    }
}

impl From<AccountKey> for String {
    fn from(key: AccountKey) -> Self {
        key.0.into_string()
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A firm as a person or an export described it. Empty cells are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Its mail or web domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Its trade, in the words or the code of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// How many people work there, as written: `350`, `51-200`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees: Option<String>,
    /// Its yearly revenue, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revenue: Option<String>,
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// The city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The state, canton or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Its telephone number as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who looks after it, as the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The identifier in the system it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
}

impl Account {
    /// One of which only the name is known.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            domain: None,
            industry: None,
            employees: None,
            revenue: None,
            street: None,
            postcode: None,
            city: None,
            region: None,
            country: None,
            phone: None,
            note: None,
            owner: None,
            external_id: None,
        }
    }

    /// The key under which it is kept: by its domain, else by its name.
    ///
    /// # Errors
    /// [`InvalidAccountKey`] where neither can be one.
    pub fn key(&self) -> Result<AccountKey, InvalidAccountKey> {
        let by_domain = self.domain.as_deref().and_then(|domain| AccountKey::domain(domain).ok());
        by_domain.map_or_else(|| AccountKey::of_name(&self.name), Ok)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_key_stays_what_it_is(text in any::<String>()) {
            for key in [AccountKey::domain(&text), AccountKey::of_name(&text)].into_iter().flatten() {
                prop_assert!(!key.as_str().contains(['@', '/', '?', '#', ' ']));
                prop_assert_eq!(key.as_str().parse::<AccountKey>(), Ok(key.clone()));
            }
        }
    }

    #[test]
    fn a_domain_is_told_from_a_name() {
        assert!("lindner.example".parse::<AccountKey>().unwrap().as_domain().is_some());
        assert!("Lindner Bau".parse::<AccountKey>().unwrap().as_domain().is_none());
        assert_eq!(AccountKey::of_name(" -- "), Err(InvalidAccountKey::NoName));
        for typed in ["a@b.example", "https://lindner.example", "..", "lindner..example"] {
            assert!(AccountKey::domain(typed).is_err(), "{typed}");
        }
    }
}
