//! Words by which a server knows somebody. They are held here and shown nowhere.

use std::fmt;

use zeroize::Zeroizing;

/// No server gives out longer ones.
const TOKEN_BYTES_MAX: usize = 16_000;

/// A token, a code or a client's secret: printable ASCII on one line. It has no `Display` and no
/// form in which it could be written down by accident; `Debug` hides it. Its memory is overwritten
/// when it is dropped. What a connection copies of it on its way out is not.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<String>);

impl Token {
    /// Takes the text; nothing where it is empty, too long, or could not stand in a header.
    pub fn new(text: String) -> Option<Self> {
        let held = Zeroizing::new(text);
        let fits = (1..=TOKEN_BYTES_MAX).contains(&held.len());
        (fits && held.bytes().all(|b| b.is_ascii_graphic())).then_some(Self(held))
    }

    /// The token itself, for the one who is to send or to keep it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let token = Token::new("ya29.secret".to_owned()).unwrap();
        assert_eq!(format!("{token:?} {:?}", Some(&token)), "Token(hidden) Some(Token(hidden))");
        assert_eq!(token.reveal(), "ya29.secret");
        for bad in ["", "a b", "a\n", "ä", &"x".repeat(TOKEN_BYTES_MAX + 1)] {
            assert!(Token::new(bad.to_owned()).is_none());
        }
    }
}
