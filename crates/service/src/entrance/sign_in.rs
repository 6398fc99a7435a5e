//! Signing in: a password, then the second step where there is one.

use inroad_model::{EmailAddress, Moment};

use super::attempts::Tries;
use super::{Caller, actor_of, hash_of, password, whose};
use crate::audit::Audited;
use crate::inroad::Inroad;
use crate::rights::Actor;
use crate::{Error, Result};

/// What somebody typed.
pub struct Credentials<'a> {
    /// Their address, or what they take for it.
    pub email: &'a str,
    /// Their password.
    pub password: &'a str,
}

impl std::fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// What the browser shows from now on.
#[derive(Clone, PartialEq, Eq)]
pub enum Entered {
    /// It is signed in.
    In(String),
    /// The second step is still to come, within some minutes.
    AwaitsCode(String),
}

impl std::fmt::Debug for Entered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::In(_) => "In(…)",
            Self::AwaitsCode(_) => "AwaitsCode(…)",
        })
    }
}

impl Inroad {
    /// Signs in by an address and a password.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where either is wrong; [`Error::TooOften`].
    pub async fn sign_in(
        &self,
        credentials: &Credentials<'_>,
        caller: &Caller,
        at: Moment,
    ) -> Result<Entered> {
        let typed = credentials.email.trim().to_lowercase();
        let tries = Tries::under(&typed, caller);
        self.may_try(&tries, at).await?;
        let login = match typed.parse::<EmailAddress>() {
            Ok(email) => self.store.login_called(&email).await?,
            Err(_odd) => None,
        };
        let kept = login.as_ref().map(|login| login.password_hash.clone());
        let is_right = password::is_right(credentials.password.to_owned(), kept).await?;
        let login = match login {
            Some(login) if is_right && self.works_here(login.whose.as_ref()).await? => login,
            login => {
                let must_wait = self.tried_in_vain(&tries, at).await?;
                let whose = login.and_then(|login| login.whose);
                self.audit(whose.as_ref(), caller, Audited::Refused { must_wait }, at).await?;
                return Err(Error::Forbidden {
                    what: "The address or the password is not right".to_owned(),
                });
            }
        };
        let whose = login.whose.as_ref();
        if login.second.is_empty() {
            self.tried_well(&tries).await?;
            self.audit(whose, caller, Audited::SignedIn, at).await?;
            return Ok(Entered::In(self.begin_session(whose, caller, false, at).await?));
        }
        Ok(Entered::AwaitsCode(self.begin_session(whose, caller, true, at).await?))
    }

    /// The second step: `code` is of their device, or one of those that they wrote down. What the browser shows
    /// is another token from then on.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no browser that showed a right password shows that token; [`Error::Forbidden`]
    /// for a wrong code, or one that was shown before; [`Error::TooOften`].
    pub async fn show_code(
        &self,
        token: &str,
        code: &str,
        caller: &Caller,
        at: Moment,
    ) -> Result<String> {
        let half = self.store.session(&hash_of(token), at).await?.filter(|row| row.awaits_code);
        let Some(half) = half else {
            return Err(Error::NotFound { what: "That took too long. Sign in again".to_owned() });
        };
        let actor = actor_of(half.holder);
        let whose = actor.signs();
        let tries = Tries::under(&format!("code of {}", whose.map_or("", |w| w.as_str())), caller);
        self.may_try(&tries, at).await?;
        if !self.is_code_of(whose, code, at).await? {
            let must_wait = self.tried_in_vain(&tries, at).await?;
            self.audit(whose, caller, Audited::CodeRefused { must_wait }, at).await?;
            return Err(Error::Forbidden {
                what: "That code is not right, or was shown before".to_owned(),
            });
        }
        self.tried_well(&tries).await?;
        self.store.end_session(whose, half.number).await?;
        self.audit(whose, caller, Audited::SignedIn, at).await?;
        self.begin_session(whose, caller, false, at).await
    }

    /// Sets one's password anew. All other browsers of theirs are signed out.
    ///
    /// # Errors
    /// [`Error::Forbidden`] if the former password is wrong; [`Error::Invalid`] for one that is not taken;
    /// [`Error::TooOften`].
    pub async fn change_password(
        &self,
        actor: &Actor,
        former: &str,
        new: &str,
        session: Option<i64>,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        let whose = whose(actor)?;
        let login = self.proven(actor, former, caller, at).await?;
        password::judge(new, &[login.email.as_str(), login.email.local(), actor.name()])?;
        let hash = password::hash(new.to_owned()).await?;
        self.store.set_password(whose, &hash, at).await?;
        self.store.end_sessions(whose, session).await?;
        self.audit(whose, caller, Audited::PasswordSet, at).await
    }

    /// Somebody's login, if they show its password: before anything changes by which they come in.
    pub(super) async fn proven(
        &self,
        actor: &Actor,
        password: &str,
        caller: &Caller,
        at: Moment,
    ) -> Result<inroad_store::LoginRow> {
        let whose = whose(actor)?;
        let tries = Tries::under(&format!("again {}", whose.map_or("", |w| w.as_str())), caller);
        self.may_try(&tries, at).await?;
        let login = self.store.login_of(whose).await?;
        let kept = login.as_ref().map(|login| login.password_hash.clone());
        match login {
            Some(login) if password::is_right(password.to_owned(), kept).await? => Ok(login),
            _ => {
                self.tried_in_vain(&tries, at).await?;
                Err(Error::Forbidden { what: "The password is not right".to_owned() })
            }
        }
    }

    async fn works_here(&self, whose: Option<&EmailAddress>) -> Result<bool> {
        let Some(email) = whose else { return Ok(true) };
        let members = self.members().await?;
        Ok(members.iter().any(|kept| kept.left_at.is_none() && kept.member.email() == email))
    }
}
