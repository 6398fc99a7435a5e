//! Browsers that are signed in: for a week at the longest, for a day without being seen, and until somebody signs
//! them out.

use inroad_model::{EmailAddress, Moment};
use inroad_store::{NewSession, SessionRow, SignedInBy};
use jiff::SignedDuration;

use super::{
    Caller, SESSION_IDLE_MAX, SESSION_LASTS, actor_of, hash_of, internal, new_token, whose,
};
use crate::audit::Audited;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// Between the password and the second step.
const CODE_IS_AWAITED_FOR: SignedDuration = SignedDuration::from_mins(5);
/// That a browser was seen is noted no more often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// What a browser shows, and who is at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionHeld {
    /// Its number.
    pub number: i64,
    /// Who is at it.
    pub actor: Actor,
    /// Whether the second step is still to come: nothing else opens until then.
    pub awaits_code: bool,
}

/// A browser that is signed in, as whoever is at it sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub number: i64,
    /// Since when.
    pub since: Moment,
    /// When it was seen last, to some minutes.
    pub seen_at: Moment,
    /// From where.
    pub caller: Caller,
}

impl Inroad {
    /// Who is at a browser that shows that token; `None` if it opens nothing.
    pub async fn session(&self, token: &str, at: Moment) -> Result<Option<SessionHeld>> {
        let Some(row) = self.store.session(&hash_of(token), at).await? else { return Ok(None) };
        if at.timestamp().duration_since(row.seen_at.timestamp()) > SESSION_IDLE_MAX {
            return Ok(None);
        }
        if at.timestamp().duration_since(row.seen_at.timestamp()) > SEEN_EVERY {
            self.store.session_seen(row.number, at).await?;
        }
        let (number, awaits_code) = (row.number, row.awaits_code);
        Ok(Some(SessionHeld { number, actor: actor_of(row.holder), awaits_code }))
    }

    /// Somebody's browsers that are signed in, the one seen last first.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn sessions(&self, actor: &Actor, at: Moment) -> Result<Vec<Session>> {
        let rows = self.store.sessions_of(whose(actor)?, at).await?.into_iter();
        let is_on = |row: &SessionRow| {
            at.timestamp().duration_since(row.seen_at.timestamp()) <= SESSION_IDLE_MAX
        };
        let read = |row: SessionRow| {
            let caller = serde_json::from_str(&row.details).map_err(internal)?;
            Ok(Session { number: row.number, since: row.told_at, seen_at: row.seen_at, caller })
        };
        rows.filter(is_on).map(read).collect()
    }

    /// Signs one of somebody's own browsers out.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it was not signed in.
    pub async fn end_session(
        &self,
        actor: &Actor,
        number: i64,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        let whose = whose(actor)?;
        if !self.store.end_session(whose, number).await? {
            return Err(Error::NotFound { what: "It is signed out already".to_owned() });
        }
        self.audit(whose, caller, Audited::SignedOut, at).await
    }

    /// Signs somebody else out everywhere, and takes their tokens and links back.
    ///
    /// # Errors
    /// [`Error::Forbidden`] but for an administrator; [`Error::NotFound`] if they do not work here.
    pub async fn shut_out(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        actor.must(Right::Members)?;
        if !self.store.shut_out(email, at).await? {
            return Err(Error::NotFound { what: format!("{email} does not work here") });
        }
        let line = Audited::ShutOut { whom: email.clone() };
        self.audit(actor.signs(), caller, line, at).await
    }

    /// Signs a browser in: what it shows from now on.
    pub(super) async fn begin_session(
        &self,
        whose: Option<&EmailAddress>,
        by: SignedInBy<'_>,
        caller: &Caller,
        awaits_code: bool,
        at: Moment,
    ) -> Result<String> {
        let (token, hash) = new_token()?;
        let lasts = if awaits_code { CODE_IS_AWAITED_FOR } else { SESSION_LASTS };
        let details = serde_json::to_string(caller).map_err(internal)?;
        let new = NewSession {
            whose,
            hash: &hash,
            at,
            expires_at: Moment::utc(at.timestamp() + lasts),
            awaits_code,
            details: &details,
            by,
        };
        if self.store.add_session(&new).await?.is_none() {
            return Err(Error::NotFound {
                what: "How you sign in was changed meanwhile. Sign in again".to_owned(),
            });
        }
        Ok(token)
    }
}
