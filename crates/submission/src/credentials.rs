//! By what the user signs in to their mail server.

use inroad_secrets::Secret;

/// The name of the account with its password or token. `Debug` hides both of the latter.
#[derive(Debug)]
pub struct Credentials {
    user: String,
    proof: Proof,
}

/// What proves that the account is the user's.
#[derive(Debug)]
pub(crate) enum Proof {
    Password(Secret),
    /// An access token of OAuth 2.
    Token(Secret),
}

/// Why nobody signs in by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCredentials {
    /// The name of the account cannot be sent.
    #[error("The name of a mail account is 1 to {USER_BYTES_MAX} bytes without control characters")]
    User,
    /// A token of other characters than tokens have.
    #[error("This is no access token: it holds blanks or letters beyond a-z")]
    Token,
}

const USER_BYTES_MAX: usize = 320;

impl Credentials {
    /// A password, or one that was made for this program.
    ///
    /// # Errors
    /// [`InvalidCredentials::User`].
    pub fn password(user: &str, password: Secret) -> Result<Self, InvalidCredentials> {
        Ok(Self { user: checked(user)?, proof: Proof::Password(password) })
    }

    /// An access token of OAuth 2.
    ///
    /// # Errors
    /// [`InvalidCredentials`].
    pub fn token(user: &str, token: Secret) -> Result<Self, InvalidCredentials> {
        if !token.expose().bytes().all(|b| b.is_ascii_graphic()) {
            return Err(InvalidCredentials::Token);
        }
        Ok(Self { user: checked(user)?, proof: Proof::Token(token) })
    }

    /// The name of the account.
    pub fn user(&self) -> &str {
        &self.user
    }

    pub(crate) fn proof(&self) -> &Proof {
        &self.proof
    }
}

fn checked(user: &str) -> Result<String, InvalidCredentials> {
    let fits = (1..=USER_BYTES_MAX).contains(&user.len()) && !user.chars().any(char::is_control);
    fits.then(|| user.to_owned()).ok_or(InvalidCredentials::User)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_signs_in() {
        let secret = |text: &str| Secret::new(text.to_owned()).unwrap();
        let good = Credentials::password("jana@lindner.example", secret("hunter 2 ü")).unwrap();
        assert!(!format!("{good:?}").contains("hunter"));
        assert!(Credentials::token("jana", secret("ya29.a0-_~+/=")).is_ok());
        let bad = Credentials::token("jana", secret("two words")).map(|_| ());
        assert_eq!(bad, Err(InvalidCredentials::Token));
        for user in ["", "a\0b", "a\nb", &"x".repeat(USER_BYTES_MAX + 1)] {
            let bad = Credentials::password(user, secret("x")).map(|_| ());
            assert_eq!(bad, Err(InvalidCredentials::User));
        }
    }
}
