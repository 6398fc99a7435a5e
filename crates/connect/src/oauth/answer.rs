//! What a server for tokens answers (RFC 6749, section 5), read without showing any of it.
//!
//! Must not: put words of the answer into an error, but those that the server says about one.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use crate::{Token, words};

/// The largest answer that is read, in bytes.
pub(super) const ANSWER_BYTES_MAX: usize = 64 << 10;
/// No token lasts longer than ten years.
const LASTS_S_MAX: u32 = 10 * 366 * 86_400;
/// Longest code of an error, and longest list of what was allowed.
const CODE_BYTES_MAX: usize = 60;
const SCOPE_BYTES_MAX: usize = 4_000;

/// An answer, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Tokens.
    Granted(Granted),
    /// No.
    Refused {
        /// The server's code, such as `invalid_grant`.
        code: String,
        /// Its own words for it, in full and not yet fit to be shown.
        words: Words,
    },
}

/// Words of a server, which may repeat a secret: `Debug` hides them.
#[derive(Clone, PartialEq, Eq)]
pub struct Words(String);

/// Tokens as they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// With it one signs in.
    pub access: Token,
    /// With it one gets the next.
    pub refresh: Option<Token>,
    /// How many seconds the first lasts.
    pub lasts_s: Option<u32>,
    /// What was allowed, where the server says.
    pub scope: Option<String>,
}

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Too large.
    #[error("it is too large")]
    TooLarge,
    /// No JSON, or not of this kind.
    #[error("it is not the JSON that OAuth 2 asks for")]
    NotJson,
    /// Neither a token nor an error.
    #[error("it holds neither a token nor an error")]
    Neither,
    /// A token of a kind that nobody here can use.
    #[error("its token is of an unknown kind")]
    OtherKind,
    /// A token that is none.
    #[error("its token holds signs that no token has")]
    NoToken,
}

impl Unreadable {
    pub(super) fn what(self) -> &'static str {
        match self {
            Self::TooLarge => "it is too large",
            Self::NotJson => "it is not the JSON that OAuth 2 asks for",
            Self::Neither => "it holds neither a token nor an error",
            Self::OtherKind => "its token is of an unknown kind",
            Self::NoToken => "its token holds signs that no token has",
        }
    }
}

#[derive(Deserialize)]
struct Raw {
    access_token: Option<String>,
    token_type: Option<String>,
    expires_in: Option<Seconds>,
    refresh_token: Option<String>,
    scope: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// Reads an answer, whatever its status.
///
/// # Errors
/// [`Unreadable`].
pub fn read(body: &[u8]) -> Result<Reply, Unreadable> {
    if body.len() > ANSWER_BYTES_MAX {
        return Err(Unreadable::TooLarge);
    }
    // What serde says would repeat what stands there.
    let raw: Raw = serde_json::from_slice(body).map_err(|_hidden| Unreadable::NotJson)?;
    let token = |text: String| Token::new(text).ok_or(Unreadable::NoToken);
    // Taken up first, so that they are overwritten whatever comes.
    let access = raw.access_token.filter(|text| !text.is_empty()).map(token);
    let refresh = raw.refresh_token.filter(|text| !text.is_empty()).map(token);
    if let Some(code) = raw.error {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.".contains(&b);
        let fits = (1..=CODE_BYTES_MAX).contains(&code.len()) && code.bytes().all(plain);
        let code = if fits { code } else { "unknown".to_owned() };
        return Ok(Reply::Refused {
            code,
            words: Words(raw.error_description.unwrap_or_default()),
        });
    }
    let access = access.ok_or(Unreadable::Neither)??;
    let bearer = raw.token_type.is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    if !bearer {
        return Err(Unreadable::OtherKind);
    }
    let scope = raw.scope.filter(|scope| {
        scope.len() <= SCOPE_BYTES_MAX && scope.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
    });
    let lasts_s = raw.expires_in.and_then(|seconds| seconds.0);
    Ok(Reply::Granted(Granted { access, refresh: refresh.transpose()?, lasts_s, scope }))
}

impl Words {
    /// As they may be shown, without these secrets.
    pub fn shown(&self, secrets: &[&str]) -> String {
        let shown = words::shown(&self.0, secrets);
        if shown.is_empty() { "it says nothing else".to_owned() } else { shown }
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(hidden)")
    }
}

/// Seconds as a number or, as some servers write them, as a text; nothing where it is no time.
struct Seconds(Option<u32>);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Seconds;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("seconds")
            }

            fn visit_u64<E>(self, seconds: u64) -> Result<Seconds, E> {
                Ok(Seconds(Some(u32::try_from(seconds).unwrap_or(LASTS_S_MAX).min(LASTS_S_MAX))))
            }

            fn visit_i64<E>(self, seconds: i64) -> Result<Seconds, E> {
                Ok(Seconds(u64::try_from(seconds).is_err().then_some(0)))
            }

            fn visit_f64<E: serde::de::Error>(self, seconds: f64) -> Result<Seconds, E> {
                // Rounded down by its text, since no number of it is larger than what is read.
                self.visit_str(format!("{seconds:.0}").as_str())
            }

            fn visit_str<E>(self, text: &str) -> Result<Seconds, E> {
                Ok(Seconds(text.trim().parse::<u32>().ok().map(|it| it.min(LASTS_S_MAX))))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn granted(body: &str) -> Granted {
        match read(body.as_bytes()) {
            Ok(Reply::Granted(granted)) => granted,
            other => panic!("{body}: {other:?}"),
        }
    }

    #[test]
    fn tokens() {
        let whole = granted(
            r#"{"access_token": "at", "token_type": "Bearer", "expires_in": 3599,
                "refresh_token": "rt", "scope": "a b", "id_token": "x", "foo": {"deep": [1]}}"#,
        );
        assert_eq!((whole.access.reveal(), whole.lasts_s), ("at", Some(3599)));
        assert_eq!(whole.refresh.unwrap().reveal(), "rt");
        assert_eq!(whole.scope.as_deref(), Some("a b"));
        for (seconds, expected) in [
            ("\"3600\"", Some(3600)),
            ("3600.7", Some(3601)),
            ("-5", Some(0)),
            ("\"soon\"", None),
            ("99999999999", Some(LASTS_S_MAX)),
            ("null", None),
            ("1e30", None),
        ] {
            let body = format!(r#"{{"access_token": "at", "expires_in": {seconds}}}"#);
            assert_eq!(granted(&body).lasts_s, expected, "{seconds}");
        }
    }

    #[test]
    fn refusals() {
        for (body, expected) in [
            (r#"{"error": "invalid_grant"}"#, ("invalid_grant", "it says nothing else")),
            (r#"{"error": "slow_down", "error_description": "a\u0000 b"}"#, ("slow_down", "a b")),
            (
                r#"{"error": "<b>", "error_description": "rt1 is old"}"#,
                ("unknown", "(hidden) is old"),
            ),
            (r#"{"error": "x", "access_token": "at"}"#, ("x", "it says nothing else")),
        ] {
            let Ok(Reply::Refused { code, words }) = read(body.as_bytes()) else {
                panic!("{body}")
            };
            assert_eq!((code.as_str(), words.shown(&["rt1"]).as_str()), expected, "{body}");
            assert_eq!(format!("{words:?}"), "Words(hidden)");
        }
    }

    #[test]
    fn what_is_none() {
        for (body, expected) in [
            ("", Unreadable::NotJson),
            ("<html>", Unreadable::NotJson),
            ("[]", Unreadable::NotJson),
            ("{", Unreadable::NotJson),
            (r#"{"access_token": 5}"#, Unreadable::NotJson),
            (r#"{"access_token": "a", "expires_in": []}"#, Unreadable::NotJson),
            ("{}", Unreadable::Neither),
            (r#"{"access_token": ""}"#, Unreadable::Neither),
            (r#"{"access_token": "a", "token_type": "mac"}"#, Unreadable::OtherKind),
            (r#"{"access_token": "a\r\nX: b"}"#, Unreadable::NoToken),
            (r#"{"access_token": "a", "refresh_token": "b c"}"#, Unreadable::NoToken),
            (&" ".repeat(ANSWER_BYTES_MAX + 1), Unreadable::TooLarge),
            (&"[".repeat(5_000), Unreadable::NotJson),
        ] {
            assert_eq!(read(body.as_bytes()), Err(expected), "{body:.60}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _reply = read(&bytes);
        }

        #[test]
        fn nothing_secret_is_shown(access in "[a-z]{12,20}", refresh in "[a-z]{12,20}", text in ".{0,40}") {
            let body = serde_json::json!({
                "access_token": access, "refresh_token": refresh, "error_description": text,
            });
            let shown = format!("{:?}", read(body.to_string().as_bytes()));
            prop_assert!(!shown.contains(&access) && !shown.contains(&refresh));
        }
    }
}
