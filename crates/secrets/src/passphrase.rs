//! The words that open a sealed file. Where they come from is the caller's: a prompt, the environment
//! variable [`PASSPHRASE_VARIABLE`], or a private file that the user named.

use std::fmt;
use std::path::Path;

use zeroize::Zeroizing;

use crate::VaultError;
use crate::private_file::{self, Unreadable};

/// The environment variable that may hold the passphrase.
pub const PASSPHRASE_VARIABLE: &str = "INROAD_PASSPHRASE";

/// The passphrase of a sealed file: wiped when dropped, hidden from `Debug`.
pub struct Passphrase(Zeroizing<String>);

/// Why a text is no passphrase. It never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPassphrase {
    /// Too few characters: guessed within hours, whatever is done with them.
    #[error("A passphrase has {CHARS_MIN} characters or more; a few words in a row are good")]
    TooShort,
    /// Too many bytes.
    #[error("A passphrase has {BYTES_MAX} bytes at most")]
    TooLong,
    /// A character that no two keyboards send alike.
    #[error("A passphrase stands on one line and holds no control characters")]
    ControlCharacter,
}

const CHARS_MIN: usize = 8;
const BYTES_MAX: usize = 1_000;

impl Passphrase {
    /// Takes a passphrase as it was typed; one line end behind it is not part of it.
    ///
    /// # Errors
    /// [`InvalidPassphrase`]; the text is wiped then, too.
    pub fn new(text: String) -> Result<Self, InvalidPassphrase> {
        let mut text = Zeroizing::new(text);
        if text.ends_with('\n') {
            text.pop();
            if text.ends_with('\r') {
                text.pop();
            }
        }
        if text.chars().any(char::is_control) {
            return Err(InvalidPassphrase::ControlCharacter);
        }
        if text.len() > BYTES_MAX {
            return Err(InvalidPassphrase::TooLong);
        }
        if text.chars().count() < CHARS_MIN {
            return Err(InvalidPassphrase::TooShort);
        }
        Ok(Self(text))
    }

    /// Reads it from a file that nobody else may read.
    ///
    /// # Errors
    /// [`VaultError::OpenToOthers`], [`VaultError::Io`], [`VaultError::NoPassphrase`] if the file holds
    /// none.
    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        let none =
            |why: String| VaultError::NoPassphrase { why: format!("{}: {why}", path.display()) };
        let bytes = match private_file::read(path, BYTES_MAX as u64 + 2) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(Unreadable::TooLarge) => return Err(none(InvalidPassphrase::TooLong.to_string())),
            Err(Unreadable::For(error)) => return Err(error),
        };
        let text =
            std::str::from_utf8(&bytes).map_err(|_place| none("It is no text".to_owned()))?;
        Self::new(text.to_owned()).map_err(|error| none(error.to_string()))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, InvalidPassphrase>) {
        let found = Passphrase::new(text.to_owned()).map(|passphrase| passphrase.0.to_string());
        assert_eq!(found, expected.map(str::to_owned));
    }

    #[test]
    fn passphrases() {
        check("four plain words here", Ok("four plain words here"));
        check("acht Büc\n", Ok("acht Büc"));
        check("acht Büc\r\n", Ok("acht Büc"));
        check(" a blank is a key ", Ok(" a blank is a key "));
        check("short", Err(InvalidPassphrase::TooShort));
        check("", Err(InvalidPassphrase::TooShort));
        check("two lines\nof them", Err(InvalidPassphrase::ControlCharacter));
        check(&"x".repeat(BYTES_MAX + 1), Err(InvalidPassphrase::TooLong));
    }
}
