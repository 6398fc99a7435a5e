//! Links by which somebody sets up a login. Each works once; a new one takes the former one back.

use inroad_model::{EmailAddress, Moment};
use inroad_store::{Holder, LoginRow, SignedInBy};

use super::attempts::Tried;
use super::{
    Caller, Entered, LINK_LASTS, OWNER_LINK_LASTS, actor_of, hash_of, new_token, password,
};
use crate::audit::Audited;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// Whoever holds a link that still works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Who they are.
    pub actor: Actor,
    /// The address that they may type from then on; `None` lets them choose one.
    pub email: Option<EmailAddress>,
    /// Until when.
    pub expires_at: Moment,
}

impl Inroad {
    /// Whether whose data it is can sign in.
    pub async fn owner_has_login(&self) -> Result<bool> {
        Ok(self.store.login_of(None).await?.is_some())
    }

    /// A link for whose data it is, made by whoever has the machine: its secret part.
    pub async fn invite_owner(&self, at: Moment) -> Result<String> {
        let (token, hash) = new_token()?;
        let until = Moment::utc(at.timestamp() + OWNER_LINK_LASTS);
        self.store.put_invitation(None, &hash, at, until).await?;
        self.audit(None, &Caller::default(), Audited::Invited { whom: None }, at).await?;
        Ok(token)
    }

    /// A link for somebody who works here: its secret part, which is shown once.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] if they do not work here.
    pub async fn invite(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        caller: &Caller,
        at: Moment,
    ) -> Result<String> {
        actor.must(Right::Members)?;
        let (token, hash) = new_token()?;
        let until = Moment::utc(at.timestamp() + LINK_LASTS);
        if !self.store.put_invitation(Some(email), &hash, at, until).await? {
            return Err(Error::NotFound { what: format!("{email} does not work here") });
        }
        let line = Audited::Invited { whom: Some(email.clone()) };
        self.audit(actor.signs(), caller, line, at).await?;
        Ok(token)
    }

    /// Who holds a link; `None` if it leads nowhere.
    pub async fn invited(&self, token: &str, at: Moment) -> Result<Option<Invited>> {
        let Some(row) = self.store.invitation(&hash_of(token), at).await? else { return Ok(None) };
        let email = match &row.holder {
            Holder::Owner => match self.store.login_of(None).await? {
                Some(login) => Some(login.email),
                None => self.owner().await?.email().cloned(),
            },
            Holder::Member(member) => Some(member.email().clone()),
        };
        Ok(Some(Invited { actor: actor_of(row.holder), email, expires_at: row.expires_at }))
    }

    /// Sets up a login by a link, and signs in. All that opened anything before, browsers and tokens, opens nothing
    /// from then on, and a former second step counts no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the link leads nowhere; [`Error::Invalid`] for a password that is not taken, or an
    /// address that somebody else types; [`Error::TooOften`].
    pub async fn take_up(
        &self,
        token: &str,
        typed: &EmailAddress,
        password: &str,
        caller: &Caller,
        at: Moment,
    ) -> Result<Entered> {
        let nowhere = || Error::NotFound {
            what: "This link leads nowhere any more. Ask for another one".to_owned(),
        };
        let counted = self.may_try(Tried::Link, caller, at).await?;
        let Some(invited) = self.invited(token, at).await? else { return Err(nowhere()) };
        self.tried_well(&counted).await?;
        let whose = invited.actor.signs().cloned();
        // Whoever works here is known by that address.
        let email = whose.clone().unwrap_or_else(|| typed.clone());
        password::judge(password, &[email.as_str(), email.local(), invited.actor.name()])?;
        if self.store.login_called(&email).await?.is_some_and(|login| login.whose != whose) {
            return Err(Error::Invalid { what: format!("Somebody else signs in as {email}") });
        }
        let login = LoginRow {
            whose: whose.clone(),
            email,
            password_hash: password::hash(password.to_owned()).await?,
            told_at: at,
            second: String::new(),
        };
        if !self.store.put_login(&login, &hash_of(token)).await? {
            return Err(nowhere());
        }
        self.audit(whose.as_ref(), caller, Audited::LoginSetUp, at).await?;
        let by = SignedInBy::Password(&login.password_hash);
        self.begin_session(whose.as_ref(), by, caller, false, at).await.map(Entered::In)
    }
}
