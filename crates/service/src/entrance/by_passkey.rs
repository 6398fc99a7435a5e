//! Signing in by a passkey: a browser is asked for one, and answers once.
//!
//! What it was asked lies in the database for some minutes, under the hash of what the browser alone shows, so that
//! whichever program serves the pages then knows it again. Nobody tells a name: the device does, and what it says of
//! whose it is counts only together with the passkey that is kept of that very person.

use inroad_model::Moment;
use inroad_passkey::{Doubt, Handle, Shown, Site, ask_to_show, believed};
use inroad_store::{Holder, NewPasskeyRequest, PasskeyRow, SignedInBy};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::attempts::Tried;
use super::passkeys::Details;
use super::{Caller, hash_of, internal, new_token};
use crate::audit::{Audited, By, PasskeyRefusedFor};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Whoever is asked has so long to answer.
pub const PASSKEY_ANSWERED_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// What a browser is asked, for a passkey.
#[derive(Clone, PartialEq, Eq)]
pub struct PasskeyAsked {
    /// For the browser, as JSON.
    pub options: String,
    /// What it shows when it answers.
    pub browser: String,
}

impl std::fmt::Debug for PasskeyAsked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasskeyAsked(…)")
    }
}

/// What a browser answers.
#[derive(Clone, Copy, Default)]
pub struct PasskeyAnswer<'a> {
    /// What it alone shows.
    pub browser: &'a str,
    /// What it was given by the device, as JSON.
    pub given: &'a str,
}

impl std::fmt::Debug for PasskeyAnswer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasskeyAnswer(…)")
    }
}

/// What a browser is asked for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub(super) enum Wish {
    SignIn,
    Make { session: i64, name: String, handle: Handle },
}

/// The same as it is kept, with what makes the answer one to this question.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    wish: Wish,
    asked: String,
}

impl Inroad {
    /// What a browser is asked at which somebody wants to sign in, at the pages of that address.
    ///
    /// # Errors
    /// [`Error::Invalid`] where browsers have none; [`Error::TooOften`].
    pub async fn ask_for_passkey(
        &self,
        address: &str,
        caller: &Caller,
        at: Moment,
    ) -> Result<PasskeyAsked> {
        let site = site(address)?;
        self.may_try(Tried::Link, caller, at).await?;
        let question = ask_to_show(&site).map_err(internal)?;
        self.keep_asked(Wish::SignIn, question, at).await
    }

    /// Signs in whoever showed their passkey. It counts as both steps: the device made sure who is there. Returns what
    /// the browser shows from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the browser was not asked, too long ago, or answered already; [`Error::Forbidden`] for
    /// what is not believed, and for a passkey of nobody here; [`Error::TooOften`].
    pub async fn sign_in_by_passkey(
        &self,
        address: &str,
        answer: &PasskeyAnswer<'_>,
        caller: &Caller,
        at: Moment,
    ) -> Result<String> {
        let site = site(address)?;
        let (wish, question) = self.take_asked(answer.browser, at).await?;
        let Wish::SignIn = wish else { return Err(changed_meanwhile()) };
        let (shown, row) = match self.passkey_of(answer.given).await? {
            Ok(found) => found,
            Err(why) => return self.refuse_passkey(By::Nobody, why, caller, at).await,
        };
        let whose = match &row.holder {
            Holder::Owner => None,
            Holder::Member(member) => Some(member.email()),
        };
        let counted = self.may_try(Tried::Passkey(whose), caller, at).await?;
        let key = match believed(&site, &question, &shown, &row.key) {
            Ok(key) => key,
            Err(why) => return self.refuse_passkey(By::of(whose), refused(why)?, caller, at).await,
        };
        if !self.store.passkey_shown(row.number, &row.key, &key, at).await? {
            return Err(changed_meanwhile());
        }
        let by = SignedInBy::Passkey(row.number);
        let token = self.begin_session(whose, by, caller, false, at).await?;
        self.tried_well(&counted).await?;
        self.came_well(caller).await?;
        let line = Audited::SignedInByPasskey { name: Details::of(&row)?.name };
        self.audit(whose, caller, line, at).await?;
        Ok(token)
    }

    /// The passkey that a browser claims to show, if it is kept here and of whom the device says.
    async fn passkey_of(
        &self,
        given: &str,
    ) -> Result<std::result::Result<(Shown, PasskeyRow), PasskeyRefusedFor>> {
        let shown = match Shown::read(given) {
            Ok(shown) => shown,
            Err(why) => return Ok(Err(refused(why)?)),
        };
        let Some(row) = self.store.passkey(shown.credential()).await? else {
            return Ok(Err(PasskeyRefusedFor::Unknown));
        };
        if shown.handle().is_none_or(|handle| handle[..] != row.handle[..]) {
            return Ok(Err(PasskeyRefusedFor::SomebodyElse));
        }
        Ok(Ok((shown, row)))
    }

    /// Keeps what a browser is asked.
    pub(super) async fn keep_asked(
        &self,
        wish: Wish,
        question: inroad_passkey::Asked,
        at: Moment,
    ) -> Result<PasskeyAsked> {
        let (browser, browser_hash) = new_token()?;
        let kept = Kept { wish, asked: question.kept };
        let new = NewPasskeyRequest {
            browser_hash: &browser_hash,
            at,
            expires_at: Moment::utc(at.timestamp() + PASSKEY_ANSWERED_WITHIN),
            details: &serde_json::to_string(&kept).map_err(internal)?,
        };
        self.store.add_passkey_request(&new).await?;
        Ok(PasskeyAsked { options: question.options, browser })
    }

    /// Takes what the browser was asked that shows that, once.
    pub(super) async fn take_asked(&self, browser: &str, at: Moment) -> Result<(Wish, String)> {
        let kept = self.store.take_passkey_request(&hash_of(browser), at).await?;
        let kept = kept.ok_or_else(|| Error::NotFound {
            what: "That took too long, or was done already. Try again".to_owned(),
        })?;
        let Kept { wish, asked } = serde_json::from_str(&kept).map_err(internal)?;
        Ok((wish, asked))
    }

    pub(super) async fn refuse_passkey<T>(
        &self,
        login: By,
        why: PasskeyRefusedFor,
        caller: &Caller,
        at: Moment,
    ) -> Result<T> {
        let what = match &why {
            PasskeyRefusedFor::Unknown => {
                "inroad does not know this passkey, or no more. Sign in another way, and remove it from your device"
                    .to_owned()
            }
            PasskeyRefusedFor::NotBelieved(doubt) if doubt == Doubt::Counter.as_str() => {
                "This passkey was used less often than it was used here, so there may be a copy of it. Sign in \
                 another way, remove it, and make another one"
                    .to_owned()
            }
            PasskeyRefusedFor::NotBelieved(doubt) if doubt == Doubt::Hidden.as_str() => {
                "This device keeps no passkey by which it knows you without your name. Take another one".to_owned()
            }
            _ => "That passkey could not be made sure of. Try again, or sign in another way".to_owned(),
        };
        self.audit_by(By::Nobody, caller, Audited::PasskeyRefused { login, why }, at).await?;
        Err(Error::Forbidden { what })
    }
}

/// The site at an address.
pub(super) fn site(address: &str) -> Result<Site> {
    Site::at(address).ok_or_else(|| Error::Invalid {
        what: "Browsers make passkeys for a name as https://inroad.your-firm.example, and for nothing else"
            .to_owned(),
    })
}

/// What is refused, for the log; a fault of ours is none.
pub(super) fn refused(why: inroad_passkey::Error) -> Result<PasskeyRefusedFor> {
    match why {
        inroad_passkey::Error::NotBelieved(doubt) => {
            Ok(PasskeyRefusedFor::NotBelieved(doubt.as_str().to_owned()))
        }
        damaged @ inroad_passkey::Error::Damaged { .. } => Err(internal(damaged)),
    }
}

pub(super) fn changed_meanwhile() -> Error {
    Error::NotFound { what: "Something changed meanwhile. Try again".to_owned() }
}
