//! Signing in by OAuth 2: in the browser of this machine ([`Begun`], [`Door`]) or by a code on
//! another device ([`Code`]), and renewing what was given ([`renew`]).
//!
//! inroad is registered with no provider. Whoever uses this brings a client id of their own
//! ([`Client`]), which is a setting.
//!
//! Must not: open a browser, keep a token, read a clock (moments come as arguments), or wait by
//! itself where it asks again and again.

mod answer;
mod ask;
mod browser;
mod device;
mod door;
mod renew;

use jiff::{SignedDuration, Timestamp};

use crate::providers::{OAuth, Provider, RedirectHost};
use crate::{Error, Service, Token, WebAddress};

pub use answer::{Granted, Reply, Unreadable, read};
pub use browser::{Begun, Brought};
pub use device::{Code, Wait};
pub use door::Door;
pub use renew::renew;

/// Longest client id.
const ID_BYTES_MAX: usize = 500;
/// Before a token ends, it is renewed, so that it does not end on its way.
const SKEW: SignedDuration = SignedDuration::from_secs(120);

/// What a provider knows this program by: an id that somebody registered there, and for some the
/// secret that belongs to it and that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    id: String,
    secret: Option<Token>,
}

impl Client {
    /// Takes the id, and the secret where there is one.
    ///
    /// # Errors
    /// [`Error::NoClientId`] where the id is empty or could not be one.
    pub fn new(id: &str, secret: Option<Token>) -> Result<Self, Error> {
        let id = id.trim();
        let fits = (1..=ID_BYTES_MAX).contains(&id.len());
        if !fits || !id.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::NoClientId);
        }
        Ok(Self { id: id.to_owned(), secret })
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The fields by which it says who it is.
    fn fields(&self) -> Vec<(&str, &str)> {
        let secret = self.secret.as_ref().map(|secret| ("client_secret", secret.reveal()));
        [("client_id", self.id.as_str())].into_iter().chain(secret).collect()
    }
}

/// Whom one asks for tokens, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Where a person says yes, in a browser.
    pub authorize: WebAddress,
    /// Where tokens are given out.
    pub token: WebAddress,
    /// Where codes for another device are given out.
    pub device: Option<WebAddress>,
    /// Who it says it is in the browser's answer (RFC 9207).
    pub issuer: Option<String>,
    /// By which name the browser comes back.
    pub redirect_host: RedirectHost,
    /// What is asked besides, where a person says yes.
    pub extra: Vec<(String, String)>,
}

impl Authority {
    /// That of a provider; nothing where it signs nobody in that way.
    pub fn of(provider: &Provider) -> Option<Self> {
        let oauth = provider.oauth.as_ref()?;
        let OAuth { authorize, token, device, issuer, redirect_host, extra, .. } = oauth;
        Some(Self {
            authorize: authorize.clone(),
            token: token.clone(),
            device: device.clone(),
            issuer: issuer.clone(),
            redirect_host: *redirect_host,
            extra: extra.clone(),
        })
    }
}

/// For what one asks a provider, for these services: nothing twice.
pub fn scopes(provider: &Provider, services: &[Service]) -> Vec<String> {
    let Some(oauth) = &provider.oauth else { return Vec::new() };
    let mut scopes: Vec<String> = Vec::new();
    for service in services {
        let wanted = match service {
            Service::Imap | Service::Submission => &oauth.mail_scopes,
            Service::CalDav => &oauth.caldav_scopes,
            Service::CardDav => &oauth.carddav_scopes,
        };
        for scope in wanted {
            if !scopes.contains(scope) {
                scopes.push(scope.clone());
            }
        }
    }
    scopes
}

/// What a person gave: the token of the moment, and the one by which it is renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// With it one signs in.
    pub access: Token,
    /// With it one gets the next; nothing where the server gave none, and then a person signs in
    /// again.
    pub refresh: Option<Token>,
    /// When the first ends; nothing where the server does not say.
    pub ends: Option<Timestamp>,
    /// What was allowed, where the server says that it differs from what was asked.
    pub scope: Option<String>,
}

impl Tokens {
    /// Whether it should be renewed before it is used.
    pub fn is_old(&self, now: Timestamp) -> bool {
        self.ends.is_some_and(|ends| now >= ends.saturating_sub(SKEW).unwrap_or(ends))
    }

    fn of(granted: Granted, kept: Option<&Token>, now: Timestamp) -> Self {
        let lasts = granted.lasts_s.map(|seconds| SignedDuration::from_secs(i64::from(seconds)));
        Self {
            access: granted.access,
            refresh: granted.refresh.or_else(|| kept.cloned()),
            ends: lasts.and_then(|lasts| now.checked_add(lasts).ok()),
            scope: granted.scope,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers;

    fn token(text: &str) -> Token {
        Token::new(text.to_owned()).unwrap()
    }

    #[test]
    fn clients() {
        for bad in ["", "  ", "a b", "ä", &"x".repeat(ID_BYTES_MAX + 1)] {
            assert_eq!(Client::new(bad, None), Err(Error::NoClientId), "{bad}");
        }
        let client = Client::new(" id.example ", Some(token("s3cret"))).unwrap();
        assert_eq!(client.fields(), [("client_id", "id.example"), ("client_secret", "s3cret")]);
        assert!(!format!("{client:?}").contains("s3cret"));
    }

    #[test]
    fn when_tokens_are_old() {
        let now: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
        let granted = |lasts_s| Granted { access: token("a"), refresh: None, lasts_s, scope: None };
        for (lasts_s, later_s, expected) in [
            (Some(3600), 0, false),
            (Some(3600), 3479, false),
            (Some(3600), 3480, true),
            (None, 99_999, false),
            (Some(60), 0, true),
        ] {
            let tokens = Tokens::of(granted(lasts_s), None, now);
            let later = now + SignedDuration::from_secs(later_s);
            assert_eq!(tokens.is_old(later), expected, "{lasts_s:?} {later_s}");
        }
    }

    #[test]
    fn what_is_asked_for() {
        let gmail = providers::by_id("gmail").unwrap();
        assert_eq!(
            scopes(gmail, &[Service::Imap, Service::Submission]),
            ["https://mail.google.com/"]
        );
        assert_eq!(scopes(gmail, &[Service::CalDav]).len(), 1);
        assert!(scopes(providers::by_id("posteo").unwrap(), &[Service::Imap]).is_empty());
        assert!(Authority::of(providers::by_id("posteo").unwrap()).is_none());
        assert!(Authority::of(gmail).unwrap().device.is_none());
    }
}
