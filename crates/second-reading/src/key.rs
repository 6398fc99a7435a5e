//! The word by which a server knows who asks. It is held here and shown nowhere.

use std::fmt;

/// An API key. It has no `Display`, and `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Box<str>);

/// Why a text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("An API key is 1 to {bytes_max} letters, digits and signs on one line")]
pub struct InvalidKey {
    /// The longest key allowed.
    pub bytes_max: usize,
}

/// No service gives out longer ones.
const KEY_BYTES_MAX: usize = 4_000;

impl Key {
    /// Takes the text without surrounding white space.
    ///
    /// # Errors
    /// [`InvalidKey`] if nothing is left, if it is too long, or if it could not stand in a header.
    pub fn new(text: &str) -> Result<Self, InvalidKey> {
        let bare = text.trim();
        let fits = !bare.is_empty() && bare.len() <= KEY_BYTES_MAX;
        if fits && bare.bytes().all(|b| b.is_ascii_graphic()) {
            return Ok(Self(bare.into()));
        }
        Err(InvalidKey { bytes_max: KEY_BYTES_MAX })
    }

    pub(crate) fn header(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// A text in which the key is hidden; some servers repeat it in their errors.
    pub(crate) fn hidden_in(&self, text: &str) -> String {
        text.replace(&*self.0, "(key)")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        let key = Key::new(" sk-123\n").unwrap();
        assert_eq!(key.header(), "Bearer sk-123");
        assert_eq!(format!("{key:?}"), "Key(hidden)");
        assert_eq!(key.hidden_in("wrong key sk-123"), "wrong key (key)");
        for bad in ["", " ", "a b", "a\nb", "schlüssel", &"x".repeat(KEY_BYTES_MAX + 1)] {
            assert!(Key::new(bad).is_err(), "{bad}");
        }
    }
}
