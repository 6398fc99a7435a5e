//! By what a server knows who asks. It is held here and shown nowhere.

use std::fmt;

use crate::error::Why;

/// What is sent with each request to the hosts that the person named.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(Kind);

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    None,
    Password { user: Box<str>, password: Box<str> },
    Token(Box<str>),
}

/// Why a text cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCredentials {
    /// The user name cannot stand in a request.
    #[error("A user name is one line without a colon; check it")]
    User,
    /// The password cannot stand in a request.
    #[error("A password is one line that is not empty; type it again")]
    Password,
    /// The token cannot stand in a request.
    #[error("An access token is letters, digits and signs on one line; fetch it anew")]
    Token,
}

/// No service gives out longer ones.
const BYTES_MAX: usize = 8_000;

impl Credentials {
    /// Nothing is sent.
    pub fn none() -> Self {
        Self(Kind::None)
    }

    /// A user name and a password, or one that was made for this program alone.
    ///
    /// # Errors
    /// [`InvalidCredentials`] if one of them is empty, too long or more than a line.
    pub fn password(user: &str, password: &str) -> Result<Self, InvalidCredentials> {
        let line = |text: &str| {
            !text.is_empty() && text.len() <= BYTES_MAX && !text.chars().any(char::is_control)
        };
        if !line(user) || user.contains(':') {
            return Err(InvalidCredentials::User);
        }
        if !line(password) {
            return Err(InvalidCredentials::Password);
        }
        Ok(Self(Kind::Password { user: user.into(), password: password.into() }))
    }

    /// An access token (OAuth 2, RFC 6750); whoever calls renews it.
    ///
    /// # Errors
    /// [`InvalidCredentials::Token`] if it could not stand in a header.
    pub fn token(token: &str) -> Result<Self, InvalidCredentials> {
        let token = token.trim();
        let fits = !token.is_empty() && token.len() <= BYTES_MAX;
        if fits && token.bytes().all(|b| b.is_ascii_graphic()) {
            return Ok(Self(Kind::Token(token.into())));
        }
        Err(InvalidCredentials::Token)
    }

    /// What it means that a server does not take this.
    pub(crate) fn refused(&self) -> Why {
        match self.0 {
            Kind::None => Why::NoCredentials,
            Kind::Password { .. } => Why::Password,
            Kind::Token(_) => Why::Token,
        }
    }

    /// The value of `Authorization`, if anything is sent.
    pub(crate) fn header(&self) -> Option<String> {
        match &self.0 {
            Kind::None => None,
            Kind::Password { user, password } => {
                Some(format!("Basic {}", base64(format!("{user}:{password}").as_bytes())))
            }
            Kind::Token(token) => Some(format!("Bearer {token}")),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::None => "Credentials(none)",
            Kind::Password { .. } => "Credentials(password, hidden)",
            Kind::Token(_) => "Credentials(token, hidden)",
        })
    }
}

/// RFC 4648, with padding: fifteen lines are less than a dependency.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4_usize {
            let sign = (bits >> (18 - 6 * at) & 63) as usize;
            let sign = SIGNS.get(sign).copied().unwrap_or(b'=');
            out.push(if at > group.len() { '=' } else { char::from(sign) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        let check = |bytes: &str, expected: &str| assert_eq!(base64(bytes.as_bytes()), expected);
        check("", "");
        check("f", "Zg==");
        check("fo", "Zm8=");
        check("foo", "Zm9v");
        check("foobar", "Zm9vYmFy");
        // RFC 7617, 2.
        let aladdin = Credentials::password("Aladdin", "open sesame").unwrap();
        assert_eq!(aladdin.header().unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        let test = Credentials::password("test", "123£").unwrap();
        assert_eq!(test.header().unwrap(), "Basic dGVzdDoxMjPCow==");
        assert_eq!(Credentials::token(" abc \n").unwrap().header().unwrap(), "Bearer abc");
        assert_eq!(Credentials::none().header(), None);
    }

    #[test]
    fn nothing_is_shown() {
        let shown = format!(
            "{:?} {:?}",
            Credentials::password("jana", "geheim").unwrap(),
            Credentials::token("geheim").unwrap()
        );
        assert!(!shown.contains("geheim") && !shown.contains("jana"), "{shown}");
    }

    #[test]
    fn what_cannot_be_sent() {
        assert_eq!(Credentials::password("a:b", "c"), Err(InvalidCredentials::User));
        assert_eq!(Credentials::password("", "c"), Err(InvalidCredentials::User));
        assert_eq!(Credentials::password("a", ""), Err(InvalidCredentials::Password));
        assert_eq!(Credentials::password("a", "b\r\nX: y"), Err(InvalidCredentials::Password));
        for bad in ["", "a b", "a\nb", "schlüssel", &"x".repeat(BYTES_MAX + 1)] {
            assert_eq!(Credentials::token(bad), Err(InvalidCredentials::Token), "{bad}");
        }
    }
}
