//! What a server says that it can do.

use std::collections::BTreeSet;

/// What a server offers, upper case. Names that are none are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities(BTreeSet<String>);

/// More than any server offers.
const NAMES_MAX: usize = 500;
const NAME_BYTES_MAX: usize = 100;

impl Capabilities {
    pub(crate) fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let named = names.into_iter().take(NAMES_MAX);
        let named = named.filter(|name| !name.is_empty() && name.len() <= NAME_BYTES_MAX);
        Self(named.map(str::to_ascii_uppercase).collect())
    }

    /// Out of a text such as `CAPABILITY IMAP4rev1 IDLE`, as servers write it where they forget the
    /// brackets.
    pub(crate) fn in_text(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        let first = words.next()?;
        first.eq_ignore_ascii_case("CAPABILITY").then(|| Self::of(words))
    }

    /// Whether it offers that, in whatever case.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(&name.to_ascii_uppercase())
    }

    /// Whether nothing is known of what it offers.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_and_without_brackets() {
        let found = Capabilities::in_text("capability IMAP4rev1  Idle AUTH=Plain").unwrap();
        assert!(found.has("idle") && found.has("AUTH=PLAIN") && !found.has("ENABLE"));
        assert_eq!(Capabilities::in_text("Dovecot ready."), None);
        assert_eq!(Capabilities::in_text(""), None);
        assert!(Capabilities::of(["", "x"]).iter().eq(["X"]));
    }
}
