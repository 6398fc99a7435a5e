//! The secret of a link, and the one that is made of what a browser shows for the forms of its pages.

use std::fmt;

/// The secret of one start of the server: 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Takes 16 random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(random)))
    }

    /// The key that forms hold on pages for whoever shows this one.
    #[must_use]
    pub fn of_forms(&self) -> Self {
        Self::of_forms_for(&self.0)
    }

    /// The key that forms hold on pages for whoever shows that: nobody makes one of the other, and all programs
    /// on one database make the same.
    pub(super) fn of_forms_for(held: &str) -> Self {
        let made = blake3::derive_key("inroad 2026-11 key of forms", held.as_bytes());
        let hex = blake3::Hash::from_bytes(made).to_hex();
        Self(hex.chars().take(32).collect())
    }

    /// The text of the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares without telling by its time how much was right.
    pub(crate) fn is(&self, other: &str) -> bool {
        let differing = self.0.bytes().zip(other.bytes()).fold(0, |acc, (a, b)| acc | (a ^ b));
        self.0.len() == other.len() && differing == 0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_itself_only() {
        let key = Key::new([7; 16]);
        assert!(key.is(key.as_str()));
        assert!(!key.is(""));
        assert!(!key.is(Key::new([8; 16]).as_str()));
        assert_eq!(format!("{key:?}"), "Key(…)");
    }

    #[test]
    fn forms_of_others_have_other_keys() {
        let key = Key::new([7; 16]);
        assert_eq!(key.of_forms(), key.of_forms());
        assert_ne!(key.of_forms(), key);
        assert_ne!(key.of_forms(), Key::new([8; 16]).of_forms());
        assert_eq!(key.of_forms().as_str().len(), 32);
    }
}
