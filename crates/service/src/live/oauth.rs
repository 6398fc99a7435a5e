//! Signing in at a provider: in a browser of this machine, or by a code on another device. What comes of it
//! is handed on to be tried and kept.
//!
//! Must not: open a browser, or keep anything.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use inroad_connect::net::http::Http;
use inroad_connect::oauth::{Authority, Begun, Client, Code, Door, Tokens, Wait};
use inroad_connect::{Address, Token};
use inroad_model::{ConnectionName, EmailAddress, OAuthSignIn, Reads, SignIn};
use tokio::task::spawn_blocking;

use super::authority::authority;
use super::passwords::Passwords;
use super::tokens::SignedIn;
use super::watch::STOP_SEEN_WITHIN;
use crate::import::Stop;
use crate::{Error, Inroad, Result};

/// So long is waited for the browser.
const BROWSER_PATIENCE: Duration = Duration::from_mins(15);

/// What a person is asked for at their provider.
#[derive(Debug)]
pub struct SignInAsked {
    client: Client,
    client_secret: Option<Token>,
    authority: Authority,
    scopes: Vec<String>,
    address: Address,
}

/// A sign-in that waits for the browser.
#[derive(Debug)]
pub struct ByBrowser {
    door: Door,
    begun: Begun,
    client_secret: Option<Token>,
}

/// A sign-in by a code that a person enters on another device.
#[derive(Debug)]
pub struct ByCode {
    code: Code,
    asked: SignInAsked,
}

impl Inroad {
    /// Makes ready to sign in at a provider. The secret of a client that was kept with a connection of that
    /// name is used again, unless another is given.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what no provider would take; as [`Passwords`].
    pub async fn sign_in_asked(
        &self,
        address: &EmailAddress,
        how: &OAuthSignIn,
        client_secret: Option<String>,
        name: &ConnectionName,
        passwords: &Passwords,
    ) -> Result<SignInAsked> {
        let client_secret = match client_secret.filter(|typed| !typed.is_empty()) {
            Some(typed) => Some(Token::new(typed).ok_or_else(|| Error::Invalid {
                what: "The client secret is one line of letters, digits and signs; copy it once more"
                    .to_owned(),
            })?),
            None => self.kept_client_secret(how, name, passwords).await?,
        };
        let client =
            Client::new(&how.client_id, client_secret.clone()).map_err(|no| of_connect(&no))?;
        let (authority, scopes) = authority(&how.server).map_err(|no| of_connect(&no))?;
        let address = Address::new(address.as_str()).map_err(|no| of_connect(&no))?;
        Ok(SignInAsked { client, client_secret, authority, scopes, address })
    }

    async fn kept_client_secret(
        &self,
        how: &OAuthSignIn,
        name: &ConnectionName,
        passwords: &Passwords,
    ) -> Result<Option<Token>> {
        let kept = self.store.connections().await?;
        let Some(kept) = kept.into_iter().find(|kept| kept.connection.name == *name) else {
            return Ok(None);
        };
        let Reads::Mailbox(mailbox) = &kept.connection.reads else { return Ok(None) };
        match &mailbox.sign_in {
            SignIn::OAuth(was) if was.client_id == how.client_id => {
                passwords.client_secret(kept.id).await
            }
            _ => Ok(None),
        }
    }
}

impl SignInAsked {
    /// Begins in a browser of this machine: a place for its answer is opened.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where this machine opens none.
    pub fn by_browser(self) -> Result<ByBrowser> {
        let Self { client, client_secret, authority, scopes, address } = self;
        let door = Door::open(authority.redirect_host).map_err(|no| of_connect(&no))?;
        let redirect = door.redirect();
        let begun = Begun::new(&client, &authority, &scopes, &redirect, Some(&address));
        Ok(ByBrowser { door, begun: begun.map_err(|no| of_connect(&no))?, client_secret })
    }

    /// Asks the provider for a code.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where it gives none.
    pub async fn by_code(self) -> Result<ByCode> {
        let ask = spawn_blocking(move || {
            let Self { client, authority, scopes, .. } = &self;
            Code::new(client, authority, scopes, &Http).map(|code| (code, self))
        });
        let asked = ask.await.map_err(|task| Error::stopped(&task))?;
        let (code, asked) = asked.map_err(|no| of_connect(&no))?;
        Ok(ByCode { code, asked })
    }
}

/// Ends what waits in another thread once nobody waits for it.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl ByBrowser {
    /// The address that the person opens in a browser of this machine.
    pub fn url(&self) -> &str {
        self.begun.url()
    }

    /// Waits until the browser comes back.
    ///
    /// # Errors
    /// [`Error::Unavailable`] for what the provider said no to, an answer that is not ours, or nobody coming
    /// back.
    pub async fn wait(self, stop: &Stop) -> Result<SignedIn> {
        let Self { door, begun, client_secret } = self;
        let (over, stop) = (Arc::<AtomicBool>::default(), stop.clone());
        let _waiting = Waiting(Arc::clone(&over));
        let wait = spawn_blocking(move || {
            let go_on = || !stop.is_wished() && !over.load(Ordering::Relaxed);
            let brought = door.wait(&begun, BROWSER_PATIENCE, &go_on)?;
            begun.exchange(&brought, &Http, jiff::Timestamp::now())
        });
        let tokens = wait.await.map_err(|task| Error::stopped(&task))?;
        signed_in(tokens, client_secret)
    }
}

impl ByCode {
    /// What the person types.
    pub fn code(&self) -> &str {
        &self.code.user_code
    }

    /// The page on which they type it.
    pub fn page(&self) -> &str {
        self.code.page.as_str()
    }

    /// Waits until the person has said yes.
    ///
    /// # Errors
    /// As [`ByBrowser::wait`].
    pub async fn wait(self, stop: &Stop) -> Result<SignedIn> {
        let Self { code, asked } = self;
        let (over, stop) = (Arc::<AtomicBool>::default(), stop.clone());
        let _waiting = Waiting(Arc::clone(&over));
        let client_secret = asked.client_secret.clone();
        let wait = spawn_blocking(move || {
            let is_over = || stop.is_wished() || over.load(Ordering::Relaxed);
            let mut pause = |wait: Duration| {
                let mut left = wait;
                while !is_over() && !left.is_zero() {
                    let now = left.min(STOP_SEEN_WITHIN);
                    std::thread::sleep(now);
                    left = left.saturating_sub(now);
                }
                if is_over() { Wait::Stop } else { Wait::GoOn }
            };
            let SignInAsked { client, authority, .. } = &asked;
            code.wait(client, authority, &Http, &jiff::Timestamp::now, &mut pause)
        });
        let tokens = wait.await.map_err(|task| Error::stopped(&task))?;
        signed_in(tokens, client_secret)
    }
}

fn signed_in(
    tokens: std::result::Result<Tokens, inroad_connect::Error>,
    client_secret: Option<Token>,
) -> Result<SignedIn> {
    let tokens = tokens.map_err(|no| of_connect(&no))?;
    if tokens.refresh.is_none() {
        let what = "The provider gave leave for a moment only, and inroad reads by itself; allow access \
                    while you are away (offline access) where the client id is registered";
        return Err(Error::Unavailable { what: what.to_owned() });
    }
    Ok(SignedIn { tokens, client_secret })
}

/// The same as an action says it.
pub(super) fn of_connect(no: &inroad_connect::Error) -> Error {
    use inroad_connect::Error as No;
    let what = no.to_string();
    match no {
        No::NotAnAddress { .. }
        | No::NotAllowed { .. }
        | No::NotConfirmed { .. }
        | No::NoClientId => Error::Invalid { what },
        _ => Error::Unavailable { what },
    }
}
