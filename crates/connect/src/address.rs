//! The address that a person typed, taken apart.

use std::fmt;

use crate::{Error, host, words};

/// Longest part before the sign `@` (RFC 5321).
const LOCAL_BYTES_MAX: usize = 64;

/// An e-mail address at a domain of the Internet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    local: String,
    domain: String,
}

impl Address {
    /// Takes an address like `jana@lindner.example`. The domain may be written in any script.
    ///
    /// # Errors
    /// [`Error::NotAnAddress`].
    pub fn new(text: &str) -> Result<Self, Error> {
        let bare = text.trim();
        let wrong = || Error::NotAnAddress { shown: words::shown(bare, &[]) };
        let (local, domain) = bare.rsplit_once('@').ok_or_else(wrong)?;
        let plain =
            |c: char| !c.is_whitespace() && !words::turns_text(c) && !"\"<>()[],;:\\@".contains(c);
        let fits = (1..=LOCAL_BYTES_MAX).contains(&local.len()) && local.chars().all(plain);
        let domain = host::name(domain).filter(|_| fits).ok_or_else(wrong)?;
        Ok(Self { local: local.to_owned(), domain })
    }

    /// What stands before the sign `@`, as it was typed.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The domain in ASCII and small letters.
    pub fn domain(&self) -> &str {
        &self.domain
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let address = Address::new(" Jana.Roth@Lindner.Example ").unwrap();
        assert_eq!((address.local(), address.domain()), ("Jana.Roth", "lindner.example"));
        assert_eq!(address.to_string(), "Jana.Roth@lindner.example");
        assert_eq!(Address::new("j@büro.example").unwrap().domain(), "xn--bro-hoa.example");
        for bad in [
            "",
            "jana",
            "@lindner.example",
            "jana@",
            "jana@localhost",
            "jana@127.0.0.1",
            "a b@c.example",
            "a@b@c.example",
            "<a@c.example>",
            "a\r\n@c.example",
            "a@c.example/x",
            &format!("{}@c.example", "a".repeat(65)),
        ] {
            assert!(matches!(Address::new(bad), Err(Error::NotAnAddress { .. })), "{bad}");
        }
    }
}
