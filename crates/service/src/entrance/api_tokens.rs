//! Tokens: what another program shows to ask in somebody's name. Each has an end, and may only read unless it was
//! made to write.

use std::collections::BTreeSet;

use inroad_model::Moment;
use inroad_store::{ApiTokenRow, NewApiToken};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{Caller, actor_of, hash_of, internal, new_token, whose};
use crate::audit::Audited;
use crate::inroad::Inroad;
use crate::rights::Actor;
use crate::{Error, Result};

/// By which those that lie somewhere in the open are found.
const PREFIX: &str = "inroad_";
/// None opens for longer.
const DAYS_MAX: u16 = 366;
const NAME_CHARS_MAX: usize = 60;
/// So many at once for one person.
const TOKENS_MAX: usize = 20;
/// That one was used is noted no more often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// What a token may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// See what whose it is may see.
    Read,
    /// Change what they may change.
    Write,
    /// Propose what they then confirm or dismiss.
    Propose,
}

/// What a token may, as verbs behind "may": "read, write and propose".
pub fn scopes_in_words(scopes: &BTreeSet<Scope>) -> String {
    let verb = |scope: &Scope| match scope {
        Scope::Read => "read",
        Scope::Write => "write",
        Scope::Propose => "propose",
    };
    let verbs: Vec<&str> = scopes.iter().map(verb).collect();
    match verbs.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => "do nothing".to_owned(),
    }
}

/// A token as whose it is sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its number.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// What it may.
    pub scopes: BTreeSet<Scope>,
    /// When it was made.
    pub told_at: Moment,
    /// Until when it opens.
    pub expires_at: Moment,
    /// When it was used last, to some minutes.
    pub seen_at: Option<Moment>,
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq)]
pub struct MadeToken {
    /// What the program shows; it is told this once.
    pub secret: String,
    /// Its number.
    pub number: i64,
}

impl std::fmt::Debug for MadeToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeToken").field("number", &self.number).finish_non_exhaustive()
    }
}

/// Who asks by a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiCaller {
    /// The number of the token.
    pub number: i64,
    /// What the token is called.
    pub name: String,
    /// In whose name.
    pub actor: Actor,
    /// What the token may.
    pub scopes: BTreeSet<Scope>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Details {
    name: String,
    scopes: BTreeSet<Scope>,
}

impl Inroad {
    /// Makes a token that asks in one's own name for some days.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::Invalid`] for a name, a number of days or scopes that it cannot have.
    pub async fn make_token(
        &self,
        actor: &Actor,
        name: &str,
        scopes: BTreeSet<Scope>,
        days: u16,
        caller: &Caller,
        at: Moment,
    ) -> Result<MadeToken> {
        let whose = whose(actor)?;
        let invalid = |what: String| Err(Error::Invalid { what });
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
            return invalid(format!("A token has a name of 1 to {NAME_CHARS_MAX} characters"));
        }
        if days == 0 || days > DAYS_MAX {
            return invalid(format!("A token opens for 1 to {DAYS_MAX} days"));
        }
        if scopes.is_empty() {
            return invalid("A token that may nothing is of no use".to_owned());
        }
        if self.store.api_tokens_of(whose, at).await?.len() >= TOKENS_MAX {
            return invalid(format!("There are {TOKENS_MAX} tokens already; take one back first"));
        }
        let (random, _) = new_token()?;
        let secret = format!("{PREFIX}{random}");
        let line = Audited::TokenMade { name: name.to_owned(), scopes: scopes.clone(), days };
        let details = serde_json::to_string(&Details { name: name.to_owned(), scopes });
        let new = NewApiToken {
            whose,
            hash: &hash_of(&secret),
            at,
            expires_at: Moment::utc(
                at.timestamp() + SignedDuration::from_hours(24 * i64::from(days)),
            ),
            details: &details.map_err(internal)?,
        };
        let Some(number) = self.store.add_api_token(&new).await? else {
            return Err(Error::Forbidden { what: "You work here no more".to_owned() });
        };
        self.audit(whose, caller, line, at).await?;
        Ok(MadeToken { secret, number })
    }

    /// One's own tokens that open, the newest first.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn tokens(&self, actor: &Actor, at: Moment) -> Result<Vec<ApiToken>> {
        let rows = self.store.api_tokens_of(whose(actor)?, at).await?;
        let read = |row: ApiTokenRow| {
            let Details { name, scopes } = serde_json::from_str(&row.details).map_err(internal)?;
            let ApiTokenRow { number, told_at, expires_at, seen_at, .. } = row;
            Ok(ApiToken { number, name, scopes, told_at, expires_at, seen_at })
        };
        rows.into_iter().map(read).collect()
    }

    /// Takes one of one's own tokens back; it opens nothing from then on.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn withdraw_token(
        &self,
        actor: &Actor,
        number: i64,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        let whose = whose(actor)?;
        let mut tokens = self.tokens(actor, at).await?.into_iter();
        let Some(token) = tokens.find(|token| token.number == number) else {
            return Err(Error::NotFound { what: "There is no such token of yours".to_owned() });
        };
        self.store.withdraw_api_token(whose, number, at).await?;
        self.audit(whose, caller, Audited::TokenWithdrawn { name: token.name }, at).await
    }

    /// Who asks by a token; `None` if it opens nothing.
    pub async fn token(&self, shown: &str, at: Moment) -> Result<Option<ApiCaller>> {
        let Some(row) = self.store.api_token(&hash_of(shown), at).await? else { return Ok(None) };
        let seen = row.seen_at.map(|seen| at.timestamp().duration_since(seen.timestamp()));
        if seen.is_none_or(|ago| ago > SEEN_EVERY) {
            self.store.api_token_seen(row.number, at).await?;
        }
        let Details { name, scopes } = serde_json::from_str(&row.details).map_err(internal)?;
        Ok(Some(ApiCaller { number: row.number, name, actor: actor_of(row.holder), scopes }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_token_may_is_said_in_words() {
        use Scope::{Propose, Read, Write};
        for (scopes, expected) in [
            (&[][..], "do nothing"),
            (&[Read], "read"),
            (&[Read, Propose], "read and propose"),
            (&[Propose, Write, Read], "read, write and propose"),
        ] {
            assert_eq!(scopes_in_words(&scopes.iter().copied().collect()), expected);
        }
    }
}
