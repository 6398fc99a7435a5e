//! Passkeys of those who work here: what they see of theirs, making one, and taking one away.

use inroad_model::Moment;
use inroad_passkey::{Handle, Person, Site, ask_to_make, is_copied, made};
use inroad_store::{NewPasskey, PasskeyKept, PasskeyRow};
use serde::{Deserialize, Serialize};

use super::by_passkey::{PasskeyAnswer, PasskeyAsked, Wish, changed_meanwhile, refused, site};
use super::{Caller, internal, whose};
use crate::audit::{Audited, By};
use crate::inroad::Inroad;
use crate::rights::Actor;
use crate::{Error, Result};

const NAME_CHARS_MAX: usize = 60;
/// So many one person has at most.
const PASSKEYS_MAX: usize = 20;

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its number.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub made_at: Moment,
    /// When somebody signed in by it last.
    pub used_at: Option<Moment>,
    /// Whether it lies in more than one place, as the device said last.
    pub is_copied: bool,
}

/// What somebody wants a passkey for who is signed in.
pub struct NewPasskeyAsked<'a> {
    /// What it is to be called.
    pub name: &'a str,
    /// Their password.
    pub password: &'a str,
    /// The number of their browser.
    pub session: i64,
}

impl std::fmt::Debug for NewPasskeyAsked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPasskeyAsked").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What is kept beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Details {
    pub(super) name: String,
}

impl Details {
    pub(super) fn of(row: &PasskeyRow) -> Result<Self> {
        serde_json::from_str(&row.details).map_err(internal)
    }
}

impl Inroad {
    /// One's own passkeys, in the order in which they were made.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn passkeys(&self, actor: &Actor) -> Result<Vec<Passkey>> {
        let rows = self.store.passkeys_of(whose(actor)?).await?.into_iter();
        rows.map(|row| {
            let Details { name } = Details::of(&row)?;
            let is_copied = is_copied(&row.key).map_err(internal)?;
            let PasskeyRow { number, told_at, used_at, .. } = row;
            Ok(Passkey { number, name, made_at: told_at, used_at, is_copied })
        })
        .collect()
    }

    /// What a browser is asked that makes a passkey for whoever is signed in there, at the pages of that address.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a wrong password; [`Error::Invalid`] for a name that it cannot have, for one too many,
    /// or where browsers make none; [`Error::TooOften`].
    pub async fn ask_to_make_passkey(
        &self,
        actor: &Actor,
        address: &str,
        asked: &NewPasskeyAsked<'_>,
        caller: &Caller,
        at: Moment,
    ) -> Result<PasskeyAsked> {
        let site = site(address)?;
        let name = asked.name.trim();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
            let what = format!("A passkey has a name of 1 to {NAME_CHARS_MAX} characters");
            return Err(Error::Invalid { what });
        }
        let login = self.proven(actor, asked.password, caller, at).await?;
        let known = self.store.passkeys_of(login.whose.as_ref()).await?;
        if known.len() >= PASSKEYS_MAX {
            let what = format!("There are {PASSKEYS_MAX} passkeys already; remove one first");
            return Err(Error::Invalid { what });
        }
        let handle = handle_of(&known)?;
        let called = if actor.name().is_empty() { login.email.as_str() } else { actor.name() };
        let person = Person { handle, email: login.email.as_str(), name: called };
        let known: Vec<Vec<u8>> = known.into_iter().map(|row| row.credential).collect();
        let question = ask_to_make(&site, &person, &known).map_err(internal)?;
        let wish = Wish::Make { session: asked.session, name: name.to_owned(), handle };
        self.keep_asked(wish, question, at).await
    }

    /// Keeps the passkey that a browser made. Returns what it is called.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the browser was not asked, too long ago, or answered already; [`Error::Forbidden`] for
    /// what is not believed; [`Error::Conflict`] for one that is kept already.
    pub async fn add_passkey(
        &self,
        actor: &Actor,
        address: &str,
        session: i64,
        answer: &PasskeyAnswer<'_>,
        caller: &Caller,
        at: Moment,
    ) -> Result<String> {
        let whose = whose(actor)?;
        let site = site(address)?;
        let (wish, question) = self.take_asked(answer.browser, at).await?;
        let Wish::Make { session: asked_at, name, handle } = wish else {
            return Err(changed_meanwhile());
        };
        if asked_at != session {
            return Err(changed_meanwhile());
        }
        let made = match made(&site, &question, answer.given) {
            Ok(made) => made,
            Err(why) => return self.refuse_passkey(By::of(whose), refused(why)?, caller, at).await,
        };
        let details = serde_json::to_string(&Details { name: name.clone() }).map_err(internal)?;
        let new = NewPasskey {
            whose,
            session,
            credential: &made.credential,
            handle: &handle,
            key: &made.key,
            at,
            details: &details,
        };
        match self.store.add_passkey(&new).await? {
            PasskeyKept::Kept(_) => {
                let line = Audited::PasskeyAdded { name: name.clone() };
                self.audit(whose, caller, line, at).await?;
                Ok(name)
            }
            PasskeyKept::Taken => {
                Err(Error::Conflict { what: "That passkey is here already".to_owned() })
            }
            PasskeyKept::Nowhere => Err(changed_meanwhile()),
        }
    }

    /// Takes one of one's own passkeys away: by it nobody comes in any more, and all other browsers of theirs are signed
    /// out.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] where they could not come in any more.
    pub async fn remove_passkey(
        &self,
        actor: &Actor,
        number: i64,
        session: Option<i64>,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        let whose = whose(actor)?;
        let mut own = self.passkeys(actor).await?.into_iter();
        let Some(Passkey { name, .. }) = own.find(|passkey| passkey.number == number) else {
            return Err(Error::NotFound { what: "It is removed already".to_owned() });
        };
        if !self.store.remove_passkey(whose, number, session).await? {
            let what = format!(
                "'{name}' is your only way to sign in. Ask an administrator for a link first, and set up a password \
                 by it"
            );
            return Err(Error::Conflict { what });
        }
        self.audit(whose, caller, Audited::PasskeyRemoved { name }, at).await
    }
}

/// By what devices know somebody: always the same while they have a passkey.
fn handle_of(known: &[PasskeyRow]) -> Result<Handle> {
    let found = known.first().and_then(|row| Handle::try_from(row.handle.as_slice()).ok());
    if let Some(handle) = found {
        return Ok(handle);
    }
    let mut handle = Handle::default();
    getrandom::fill(&mut handle).map_err(internal)?;
    Ok(handle)
}

/// Whether browsers make passkeys for pages at that address.
pub fn passkeys_open(address: &str) -> bool {
    Site::at(address).is_some()
}
