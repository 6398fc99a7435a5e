//! Which way of signing in is taken, and what is said on it (RFC 4616, RFC 7628, and XOAUTH2, which
//! large providers have).
//!
//! Must not: send anything.

use crate::{Capabilities, Credentials, Error, Kind, Step};

/// A way of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The command LOGIN.
    Login,
    /// AUTHENTICATE PLAIN.
    Plain,
    /// AUTHENTICATE OAUTHBEARER.
    OAuthBearer,
    /// AUTHENTICATE XOAUTH2.
    XOAuth2,
}

/// The best way that the server offers for what we have.
pub(crate) fn way(offered: &Capabilities, credentials: &Credentials) -> Result<Way, Error> {
    let ways: &[(&str, Way)] = match credentials {
        Credentials::Password { .. } => &[("AUTH=PLAIN", Way::Plain)],
        Credentials::Token { .. } => {
            &[("AUTH=OAUTHBEARER", Way::OAuthBearer), ("AUTH=XOAUTH2", Way::XOAuth2)]
        }
    };
    if let Some((_, way)) = ways.iter().find(|(name, _)| offered.has(name)) {
        return Ok(*way);
    }
    // LOGIN is there unless the server says that it is not.
    let may_log_in = !offered.has("LOGINDISABLED");
    match credentials {
        Credentials::Password { .. } if may_log_in => Ok(Way::Login),
        _ => Err(Error::new(Kind::NoWayToSignIn, Step::SignIn)),
    }
}

/// What is said first on a way that AUTHENTICATE opens. `None` where name or secret hold what
/// would end a field of it.
pub(crate) fn first_words(way: Way, credentials: &Credentials) -> Option<Vec<u8>> {
    let (user, secret) = (credentials.user(), credentials.secret().expose());
    let ends_a_field = |text: &str| text.contains(['\0', '\u{1}', '\r', '\n']);
    if ends_a_field(user) || ends_a_field(secret) {
        return None;
    }
    let words = match way {
        Way::Login => return None,
        Way::Plain => format!("\0{user}\0{secret}"),
        Way::OAuthBearer => {
            // A comma and an equals sign would end the name.
            let user = user.replace('=', "=3D").replace(',', "=2C");
            format!("n,a={user},\u{1}auth=Bearer {secret}\u{1}\u{1}")
        }
        Way::XOAuth2 => format!("user={user}\u{1}auth=Bearer {secret}\u{1}\u{1}"),
    };
    Some(words.into_bytes())
}

/// What is said to a server that explains why it will refuse: it refuses only after an answer.
/// `None` where there is nothing to answer.
pub(crate) fn last_words(way: Way) -> Option<&'static [u8]> {
    match way {
        Way::Login | Way::Plain => None,
        Way::OAuthBearer => Some(b"\x01"),
        Way::XOAuth2 => Some(b""),
    }
}

/// Whether a server's explanation, a small JSON, says that the token is out of date or unknown, so
/// that a fresh one may do. Other reasons are of the account or of the scope.
pub(crate) fn says_expired(explanation: &[u8]) -> bool {
    let text = String::from_utf8_lossy(explanation).to_ascii_lowercase();
    let Some((_, after)) = text.split_once("\"status\"") else { return false };
    let status = after.trim_start_matches([' ', ':', '"']);
    ["401", "invalid_token", "400"].iter().any(|word| status.starts_with(word))
        // Some answer 400 for a malformed request and for a token that ran out alike.
        && !text.contains("invalid_request")
}

#[cfg(test)]
mod tests {
    use super::*;
    use inroad_secrets::Secret;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned()).unwrap()
    }

    fn password() -> Credentials {
        Credentials::Password { user: "anna@lindner.example".into(), password: secret("p w") }
    }

    fn token() -> Credentials {
        Credentials::Token { user: "a=b,c@lindner.example".into(), token: secret("ya29") }
    }

    #[test]
    fn ways() {
        let check = |offered: &str, credentials: &Credentials, expected: Result<Way, Kind>| {
            let offered = Capabilities::of(offered.split(' '));
            assert_eq!(way(&offered, credentials).map_err(|error| error.kind), expected);
        };
        check("IMAP4REV1 AUTH=PLAIN", &password(), Ok(Way::Plain));
        check("IMAP4REV1 AUTH=LOGIN", &password(), Ok(Way::Login));
        check("IMAP4REV1", &password(), Ok(Way::Login));
        check("IMAP4REV1 LOGINDISABLED", &password(), Err(Kind::NoWayToSignIn));
        check("IMAP4REV1 LOGINDISABLED AUTH=PLAIN", &password(), Ok(Way::Plain));
        check("IMAP4REV1 AUTH=XOAUTH2 AUTH=OAUTHBEARER", &token(), Ok(Way::OAuthBearer));
        check("IMAP4REV1 AUTH=XOAUTH2", &token(), Ok(Way::XOAuth2));
        check("IMAP4REV1 AUTH=PLAIN", &token(), Err(Kind::NoWayToSignIn));
    }

    #[test]
    fn words() {
        let check = |way, credentials: &Credentials, expected: &str| {
            assert_eq!(first_words(way, credentials).unwrap(), expected.as_bytes());
        };
        check(Way::Plain, &password(), "\0anna@lindner.example\0p w");
        check(
            Way::OAuthBearer,
            &token(),
            "n,a=a=3Db=2Cc@lindner.example,\u{1}auth=Bearer ya29\u{1}\u{1}",
        );
        check(Way::XOAuth2, &token(), "user=a=b,c@lindner.example\u{1}auth=Bearer ya29\u{1}\u{1}");
        let sly = Credentials::Token { user: "a\u{1}auth=y".into(), token: secret("x") };
        assert_eq!(first_words(Way::XOAuth2, &sly), None);
    }

    #[test]
    fn explanations() {
        let check =
            |text: &str, expected| assert_eq!(says_expired(text.as_bytes()), expected, "{text}");
        check(r#"{"status":"401","schemes":"bearer","scope":"https://mail.example/"}"#, true);
        check(r#"{"status":"400","schemes":"Bearer","scope":"mail"}"#, true);
        check(r#"{"status" : "invalid_token"}"#, true);
        check(r#"{"status":"invalid_request"}"#, false);
        check(r#"{"status":"403"}"#, false);
        check("", false);
    }
}
