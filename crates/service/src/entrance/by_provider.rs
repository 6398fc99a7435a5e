//! Signing in with an identity provider: a browser is sent there, and comes back once.
//!
//! What comes back with it (`state`) and what it alone shows are two secrets of which hashes are kept for some
//! minutes, so that whichever program serves the pages then knows it again. Who that is here, `arrival` tells.

use inroad_model::Moment;
use inroad_openid::{Doubt, Returned, authorization_address, redeem};
use inroad_store::NewAuthorizationRequest;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use super::arrival::nowhere;
use super::attempts::Tried;
use super::{Caller, Entered, IdentityProvider, SessionHeld, hash_of, internal, new_token};
use crate::audit::{Audited, By, TurnedAwayFor};
use crate::inroad::Inroad;
use crate::live::Passwords;
use crate::rights::Actor;
use crate::{Error, Result};

/// Whoever is sent has so long to sign in there.
const BACK_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// What a browser is sent for.
#[derive(Debug, Clone)]
pub enum Wish<'a> {
    /// To sign in, and then to go there.
    SignIn {
        /// A page of ours.
        next: &'a str,
    },
    /// To sign in that way, too, from now on: by whoever is signed in and shows their password.
    Link {
        /// Who that is.
        actor: &'a Actor,
        /// The number of their browser.
        session: i64,
        /// Their password.
        password: &'a str,
    },
    /// To set up a login, by a link that they hold.
    TakeUp {
        /// The secret part of the link.
        link: &'a str,
    },
}

/// A browser on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct Sent {
    /// What the provider is called.
    pub provider: String,
    /// Where the browser goes.
    pub address: String,
    /// What it shows when it comes back.
    pub browser: String,
}

impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sent").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// What a browser comes back with.
#[derive(Clone, Default)]
pub struct Back<'a> {
    /// What it was sent with.
    pub state: &'a str,
    /// What it alone shows.
    pub browser: &'a str,
    /// What the provider gave it.
    pub code: &'a str,
    /// Why the provider gave it nothing.
    pub error: &'a str,
    /// From where it says that it comes.
    pub issuer: Option<&'a str>,
    /// What it shows as somebody who is signed in.
    pub session: Option<SessionHeld>,
}

impl std::fmt::Debug for Back<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Back(…)")
    }
}

/// What became of a browser that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameBack {
    /// It is signed in.
    Entered {
        /// What it shows from now on.
        entered: Entered,
        /// Where it goes.
        next: String,
    },
    /// Whoever is at it signs in that way, too, from now on.
    Linked,
}

/// The same wish as it is kept.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
enum Kept {
    SignIn { next: String },
    Link { session: i64 },
    TakeUp { link: [u8; 32] },
}

impl Inroad {
    /// Sends a browser to a provider, from where it comes back to `back_to`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for no such provider or a link that leads nowhere; [`Error::Unavailable`] where the
    /// provider does not answer; [`Error::Forbidden`] for a wrong password; [`Error::TooOften`].
    pub async fn send_to_provider(
        &self,
        number: i64,
        wish: &Wish<'_>,
        back_to: &str,
        passwords: Option<&Passwords>,
        caller: &Caller,
        at: Moment,
    ) -> Result<Sent> {
        let provider = self.identity_provider(number).await?;
        let kept = self.granted(wish, caller, at).await?;
        self.may_try(Tried::Link, caller, at).await?;
        let client = self.client_at(&provider, passwords).await?;
        let ((state, state_hash), (browser, browser_hash)) = (new_token()?, new_token()?);
        let address = {
            let (back_to, state, browser) = (back_to.to_owned(), state, browser.clone());
            let ask =
                spawn_blocking(move || authorization_address(&client, &back_to, &state, &browser));
            ask.await.map_err(|task| Error::stopped(&task))?
        };
        let address = address.map_err(|why| silent(&provider, &why))?;
        let details = serde_json::to_string(&kept).map_err(internal)?;
        let new = NewAuthorizationRequest {
            provider: number,
            state_hash: &state_hash,
            browser_hash: &browser_hash,
            at,
            expires_at: Moment::utc(at.timestamp() + BACK_WITHIN),
            details: &details,
        };
        self.store.add_authorization_request(&new).await?;
        Ok(Sent { provider: provider.name, address, browser })
    }

    /// What somebody wishes, if they may.
    async fn granted(&self, wish: &Wish<'_>, caller: &Caller, at: Moment) -> Result<Kept> {
        match *wish {
            Wish::SignIn { next } => Ok(Kept::SignIn { next: next.to_owned() }),
            Wish::Link { actor, session, password } => {
                self.proven(actor, password, caller, at).await?;
                Ok(Kept::Link { session })
            }
            Wish::TakeUp { link } => {
                self.invited(link, at).await?.ok_or_else(nowhere)?;
                Ok(Kept::TakeUp { link: hash_of(link) })
            }
        }
    }

    /// Lets a browser in that comes back from a provider to `back_to`, or says why not. It comes back once.
    ///
    /// # Errors
    /// [`Error::NotFound`] if none was sent, or too long ago, or it came back already; [`Error::Forbidden`] for
    /// another browser, for what is not believed, and for whoever is nobody here; [`Error::Conflict`] where somebody is
    /// known otherwise; [`Error::Unavailable`] where the provider does not answer.
    pub async fn come_back(
        &self,
        back: Back<'_>,
        back_to: &str,
        passwords: Option<&Passwords>,
        caller: &Caller,
        at: Moment,
    ) -> Result<CameBack> {
        let row = self.store.take_authorization_request(&hash_of(back.state), at).await?;
        let row = row.ok_or_else(|| Error::NotFound {
            what: "That took too long, or was done already. Sign in again".to_owned(),
        })?;
        let provider = self.identity_provider(row.provider).await?;
        if hash_of(back.browser)[..] != row.browser_hash[..] {
            return self.turn_away(&provider, TurnedAwayFor::OtherBrowser, caller, at).await;
        }
        if !back.error.is_empty() {
            let what = format!("{} let nobody in. Try again, or another way", provider.name);
            return Err(Error::Forbidden { what });
        }
        let client = self.client_at(&provider, passwords).await?;
        let (code, browser) = (back.code.to_owned(), back.browser.to_owned());
        let (issuer, back_to) = (back.issuer.map(str::to_owned), back_to.to_owned());
        let redeemed = spawn_blocking(move || {
            let issuer = issuer.as_deref();
            let (code, back_to, browser) = (&code, &back_to, &browser);
            redeem(&client, &Returned { code, issuer, back_to, browser, at: at.timestamp() })
        });
        let person = match redeemed.await.map_err(|task| Error::stopped(&task))? {
            Ok(person) => person,
            Err(inroad_openid::Error::Refused { code }) => {
                let why = TurnedAwayFor::NotConfirmed(code.to_owned());
                return self.turn_away(&provider, why, caller, at).await;
            }
            Err(inroad_openid::Error::NotBelieved(doubt)) => {
                let why = TurnedAwayFor::NotBelieved(Doubt::as_str(doubt).to_owned());
                return self.turn_away(&provider, why, caller, at).await;
            }
            Err(why) => return Err(silent(&provider, &why)),
        };
        match serde_json::from_str(&row.details).map_err(internal)? {
            Kept::SignIn { next } => self.arrives(&provider, &person, next, caller, at).await,
            Kept::Link { session } => {
                let held = back.session.filter(|held| held.number == session && !held.awaits_code);
                let held = held.ok_or_else(|| Error::Forbidden {
                    what: "You were signed out meanwhile. Sign in, and begin again".to_owned(),
                })?;
                self.links(&provider, &person, &held, caller, at).await
            }
            Kept::TakeUp { link } => self.takes_up(&provider, &person, &link, caller, at).await,
        }
    }

    pub(super) async fn turn_away<T>(
        &self,
        provider: &IdentityProvider,
        why: TurnedAwayFor,
        caller: &Caller,
        at: Moment,
    ) -> Result<T> {
        let name = &provider.name;
        let what = match &why {
            TurnedAwayFor::Unknown => format!(
                "{name} knows you, and inroad does not. If you work here, sign in as before and set this up under \
                 Signing in, or ask for a link"
            ),
            TurnedAwayFor::OtherBrowser => {
                "Another browser was sent there. Sign in with this one".to_owned()
            }
            _ => format!("What {name} said could not be made sure of. Sign in again"),
        };
        self.note_turned_away(provider, why, caller, at).await?;
        Err(Error::Forbidden { what })
    }

    pub(super) async fn note_turned_away(
        &self,
        provider: &IdentityProvider,
        why: TurnedAwayFor,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        let line = Audited::TurnedAway { provider: provider.name.clone(), why };
        self.audit_by(By::Nobody, caller, line, at).await
    }
}

/// Whoever runs the program finds the cause in its log; whoever signs in is told what they can do.
fn silent(provider: &IdentityProvider, why: &inroad_openid::Error) -> Error {
    let cause = why.to_string();
    tracing::warn!(target: "inroad::sign_in", cause, "an identity provider does not answer");
    let what = format!(
        "{} does not answer as it should. Try again in a while, or tell whoever runs inroad",
        provider.name
    );
    Error::Unavailable { what }
}
