//! A password or a token, held so that it shows itself nowhere.

use std::fmt;

use zeroize::Zeroizing;

/// A password or a token: wiped from memory when it is dropped. It has no `Display`, no `Clone`, no
/// `Serialize`, and `Debug` hides it.
///
/// ```
/// use inroad_secrets::Secret;
/// let secret = Secret::new("correct horse".to_owned()).unwrap();
/// assert_eq!(format!("{secret:?}"), "Secret(hidden)");
/// assert_eq!(secret.expose(), "correct horse");
/// ```
pub struct Secret(Zeroizing<String>);

/// Longest secret that is kept. Tokens of known services stay below 8 KiB.
pub const SECRET_BYTES_MAX: usize = 16 << 10;

/// Why a text is kept as no secret. It never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSecret {
    /// Nothing was given.
    #[error("The password or token is empty")]
    Empty,
    /// It is longer than [`SECRET_BYTES_MAX`].
    #[error("The password or token is longer than {SECRET_BYTES_MAX} bytes")]
    TooLong,
    /// It could not be typed on one line.
    #[error("The password or token holds a line break or another control character")]
    ControlCharacter,
}

impl Secret {
    /// Takes a secret as it is; the text that was handed in is not copied.
    ///
    /// # Errors
    /// [`InvalidSecret`]; the text is wiped then, too.
    pub fn new(text: String) -> Result<Self, InvalidSecret> {
        let text = Zeroizing::new(text);
        if text.is_empty() {
            return Err(InvalidSecret::Empty);
        }
        if text.len() > SECRET_BYTES_MAX {
            return Err(InvalidSecret::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(InvalidSecret::ControlCharacter);
        }
        Ok(Self(text))
    }

    /// The text itself, for the one who hands it to a server. Copy it nowhere.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A text in which this secret is hidden; some servers repeat what they were sent.
    pub fn hidden_in(&self, text: &str) -> String {
        text.replace(self.expose(), "(hidden)")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(), InvalidSecret>) {
        assert_eq!(Secret::new(text.to_owned()).map(|_| ()), expected);
    }

    #[test]
    fn what_is_a_secret() {
        check("p", Ok(()));
        check(" with blanks and ü ", Ok(()));
        check(&"x".repeat(SECRET_BYTES_MAX), Ok(()));
        check("", Err(InvalidSecret::Empty));
        check(&"x".repeat(SECRET_BYTES_MAX + 1), Err(InvalidSecret::TooLong));
        check("a\nb", Err(InvalidSecret::ControlCharacter));
        check("a\0b", Err(InvalidSecret::ControlCharacter));
    }

    #[test]
    fn is_hidden() {
        let secret = Secret::new("hunter2".to_owned()).unwrap();
        assert_eq!(format!("{secret:?} {secret:#?}"), "Secret(hidden) Secret(hidden)");
        assert_eq!(secret.hidden_in("wrong password hunter2!"), "wrong password (hidden)!");
    }
}
