//! Signing in: a password, then the second step where there is one.

use inroad_model::{EmailAddress, Moment};
use inroad_store::SignedInBy;

use super::attempts::Tried;
use super::{Caller, actor_of, hash_of, password, whose};
use crate::audit::{Audited, By};
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
        let email = typed.parse::<EmailAddress>().ok();
        // An address has many spellings, and one login.
        let name = email.as_ref().map_or(typed.as_str(), EmailAddress::as_str);
        let counted = self.may_try(Tried::Password(name), caller, at).await?;
        let login = match &email {
            Some(email) => self.store.login_called(email).await?,
            None => None,
        };
        let kept = login.as_ref().map(|login| login.password_hash.clone());
        let is_right = password::is_right(credentials.password.to_owned(), kept).await?;
        let login = match login {
            Some(login) if is_right => login,
            login => {
                let must_wait = counted.is_last;
                let login = login.map_or(By::Nobody, |login| By::of(login.whose.as_ref()));
                // Ever other names of nobody make no line each.
                if login != By::Nobody || must_wait {
                    let line = Audited::Refused { login, must_wait };
                    self.audit_by(By::Nobody, caller, line, at).await?;
                }
                return Err(Error::Forbidden {
                    what: "The address or the password is not right".to_owned(),
                });
            }
        };
        let whose = login.whose.as_ref();
        let by = SignedInBy::Password(&login.password_hash);
        let awaits_code = !login.second.is_empty();
        let token = self.begin_session(whose, by, caller, awaits_code, at).await?;
        self.tried_well(&counted).await?;
        if awaits_code {
            self.audit(whose, caller, Audited::PasswordShown, at).await?;
            return Ok(Entered::AwaitsCode(token));
        }
        self.audit(whose, caller, Audited::SignedIn, at).await?;
        Ok(Entered::In(token))
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
        let counted = self.may_try(Tried::Code(whose), caller, at).await?;
        if !self.is_code_of(whose, code, at).await? {
            let (login, must_wait) = (By::of(whose), counted.is_last);
            let line = Audited::CodeRefused { login, must_wait };
            self.audit_by(By::Nobody, caller, line, at).await?;
            return Err(Error::Forbidden {
                what: "That code is not right, or was shown before".to_owned(),
            });
        }
        let by = SignedInBy::SecondStep(half.number);
        let token = self.begin_session(whose, by, caller, false, at).await?;
        self.tried_well(&counted).await?;
        self.audit(whose, caller, Audited::SignedIn, at).await?;
        Ok(token)
    }

    /// Whether somebody has a password: who came in by a provider from the first may have none.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn has_password(&self, actor: &Actor) -> Result<bool> {
        let login = self.store.login_of(whose(actor)?).await?;
        Ok(login.is_some_and(|login| !login.password_hash.is_empty()))
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
        if !self.store.set_password(&login, &hash, session, at).await? {
            return Err(Error::Conflict { what: "It was changed elsewhere meanwhile".to_owned() });
        }
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
        let counted = self.may_try(Tried::Again(whose), caller, at).await?;
        let login = self.store.login_of(whose).await?;
        let kept = login.as_ref().map(|login| login.password_hash.clone());
        match login {
            Some(login) if password::is_right(password.to_owned(), kept).await? => {
                self.tried_well(&counted).await?;
                Ok(login)
            }
            _ => {
                let (login, must_wait) = (By::of(whose), counted.is_last);
                let line = Audited::Refused { login, must_wait };
                self.audit(whose, caller, line, at).await?;
                Err(Error::Forbidden { what: "The password is not right".to_owned() })
            }
        }
    }
}
