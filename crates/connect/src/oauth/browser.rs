//! Signing in in the browser of this machine: a code with a proof that only this program can give
//! (RFC 6749, section 4.1, with RFC 7636; for desktop apps RFC 8252).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Authority, Client, Tokens, ask};
use crate::net::Web;
use crate::{Address, Error, Token};

/// How much chance is in a state and in a proof.
const CHANCE_BYTES: usize = 32;

/// A sign-in that was begun and waits for the browser.
pub struct Begun {
    client: Client,
    authority: Authority,
    redirect: String,
    state: Token,
    verifier: Token,
    url: String,
}

/// What the browser brought back, not yet held against what was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// The word by which a sign-in knows its own answer.
    pub(super) state: Option<Token>,
    /// What the tokens are given for.
    pub(super) code: Option<Token>,
    /// The server's code for why there is none.
    pub(super) refused: Option<String>,
    /// Who answered.
    pub(super) issuer: Option<String>,
}

impl Begun {
    /// Begins. `redirect` is where the browser comes back to ([`super::Door::redirect`]); the
    /// address, where it is given, spares the person typing it again.
    ///
    /// # Errors
    /// [`Error::NoChance`] where this machine gives no random numbers.
    pub fn new(
        client: &Client,
        authority: &Authority,
        scopes: &[String],
        redirect: &str,
        address: Option<&Address>,
    ) -> Result<Self, Error> {
        let (state, verifier) = (chance()?, chance()?);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.reveal().as_bytes()));
        let (scope, hint) = (scopes.join(" "), address.map(ToString::to_string));
        let mut questions = vec![
            ("response_type", "code"),
            ("client_id", client.id()),
            ("redirect_uri", redirect),
            ("scope", scope.as_str()),
            ("state", state.reveal()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        questions.extend(hint.as_deref().map(|hint| ("login_hint", hint)));
        questions
            .extend(authority.extra.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let url = authority.authorize.asking(&questions);
        let (client, authority) = (client.clone(), authority.clone());
        Ok(Self { client, authority, redirect: redirect.to_owned(), state, verifier, url })
    }

    /// The address that the person opens in a browser.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The code, if what the browser brought is the answer to this sign-in.
    ///
    /// # Errors
    /// [`Error::NotOurs`], or what the server refused.
    pub(super) fn code<'a>(&self, brought: &'a Brought) -> Result<&'a Token, Error> {
        if brought.state.as_ref() != Some(&self.state) {
            return Err(Error::NotOurs);
        }
        let another = |issuer: &String| brought.issuer.as_ref().is_some_and(|it| it != issuer);
        if self.authority.issuer.as_ref().is_some_and(another) {
            return Err(Error::NotOurs);
        }
        if let Some(code) = &brought.refused {
            return Err(ask::refused(self.authority.authorize.host(), code, "in the browser"));
        }
        brought.code.as_ref().ok_or(Error::NotOurs)
    }

    /// Gives the code, and the proof that it is ours, for tokens. A code counts once.
    ///
    /// # Errors
    /// [`Error::NotOurs`], what the server refused, or that it was not reached.
    pub fn exchange(
        self,
        brought: &Brought,
        web: &dyn Web,
        now: Timestamp,
    ) -> Result<Tokens, Error> {
        let code = self.code(brought)?;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code.reveal()),
            ("redirect_uri", self.redirect.as_str()),
            ("code_verifier", self.verifier.reveal()),
        ];
        fields.extend(self.client.fields());
        let granted = ask::tokens(web, &self.authority.token, &fields)?;
        Ok(Tokens::of(granted, None, now))
    }
}

impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Begun(at {})", self.authority.authorize.host())
    }
}

impl Brought {
    /// What stands behind the question mark; nothing where it is no answer of a sign-in at all.
    pub(super) fn read(query: &str) -> Option<Self> {
        let mut found = Self { state: None, code: None, refused: None, issuer: None };
        let mut twice = false;
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let value = value.into_owned();
            match name.as_ref() {
                "state" => twice |= found.state.replace(Token::new(value)?).is_some(),
                "code" => twice |= found.code.replace(Token::new(value)?).is_some(),
                "error" => twice |= found.refused.replace(value).is_some(),
                "iss" => twice |= found.issuer.replace(value).is_some(),
                _ => {}
            }
        }
        let answers = found.code.is_some() || found.refused.is_some();
        (answers && !twice).then_some(found)
    }
}

/// A word that nobody can guess.
fn chance() -> Result<Token, Error> {
    let mut bytes = zeroize::Zeroizing::new([0; CHANCE_BYTES]);
    getrandom::fill(bytes.as_mut()).map_err(|_hidden| Error::NoChance)?;
    Token::new(URL_SAFE_NO_PAD.encode(bytes.as_ref())).ok_or(Error::NoChance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: Option<(Option<&str>, Option<&str>, Option<&str>)>) {
        let found = Brought::read(query);
        let token = |token: &Option<Token>| token.as_ref().map(|it| it.reveal().to_owned());
        let found = found.map(|it| (token(&it.state), token(&it.code), it.refused));
        let own = |text: Option<&str>| text.map(str::to_owned);
        assert_eq!(found, expected.map(|(s, c, r)| (own(s), own(c), own(r))), "{query}");
    }

    #[test]
    fn what_a_browser_brings() {
        check("state=s&code=c%2F1&x=1", Some((Some("s"), Some("c/1"), None)));
        check("error=access_denied&state=s", Some((Some("s"), None, Some("access_denied"))));
        check("code=c", Some((None, Some("c"), None)));
        for none in [
            "",
            "state=s",
            "x",
            "code=",
            "code=a&code=b&state=s",
            "code=a%0d%0ab&state=s",
            "state=a&state=b&code=c",
        ] {
            check(none, None);
        }
    }

    #[test]
    fn chance_differs_and_fits() {
        let (one, other) = (chance().unwrap(), chance().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 43);
    }
}
