//! How one signs in at a server that is read by itself.
//!
//! No secret stands here: passwords, tokens and the secrets of clients lie in a sealed file.

use serde::{Deserialize, Serialize};

/// How one signs in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum SignIn {
    /// With a password, of the account or made for this program.
    #[default]
    Password,
    /// By OAuth 2: a person said yes at their provider, and tokens are renewed by themselves.
    #[serde(rename = "oauth")]
    OAuth(Box<OAuthSignIn>),
}

/// A sign-in by OAuth 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuthSignIn {
    /// By which id this program is registered there, by the user or their firm.
    pub client_id: String,
    /// Who is asked for tokens.
    pub server: OAuthServer,
}

/// Who is asked for tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OAuthServer {
    /// A provider that is known, by its id.
    Provider(String),
    /// A server that the user named, as firms have their own.
    Own {
        /// Where a person says yes, in a browser.
        authorize: String,
        /// Where tokens are given out.
        token: String,
        /// Where codes for another device are given out, if they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<String>,
        /// For what is asked.
        scopes: Vec<String>,
    },
}

impl SignIn {
    /// Whether it is by a password.
    pub fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(told: &str, expected: &SignIn) {
        assert_eq!(&serde_json::from_str::<SignIn>(told).unwrap(), expected, "{told}");
        let again = serde_json::to_string(expected).unwrap();
        assert_eq!(&serde_json::from_str::<SignIn>(&again).unwrap(), expected);
    }

    #[test]
    fn as_it_is_kept() {
        let oauth =
            |server| SignIn::OAuth(Box::new(OAuthSignIn { client_id: "mine".to_owned(), server }));
        check(r#"{"by": "password"}"#, &SignIn::Password);
        check(
            r#"{"by": "oauth", "client_id": "mine", "server": {"provider": "gmail"}}"#,
            &oauth(OAuthServer::Provider("gmail".to_owned())),
        );
        check(
            r#"{"by": "oauth", "client_id": "mine", "server": {"own": {"authorize": "https://id.firm.example/a",
                "token": "https://id.firm.example/t", "scopes": ["mail"]}}}"#,
            &oauth(OAuthServer::Own {
                authorize: "https://id.firm.example/a".to_owned(),
                token: "https://id.firm.example/t".to_owned(),
                device: None,
                scopes: vec!["mail".to_owned()],
            }),
        );
    }
}
