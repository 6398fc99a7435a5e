//! As whom identity providers know somebody: what they see of it, and taking it back.

use inroad_model::Moment;
use serde::{Deserialize, Serialize};

use super::{Caller, internal, whose};
use crate::audit::Audited;
use crate::inroad::Inroad;
use crate::rights::Actor;
use crate::{Error, Result};

/// As whom a provider knows somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its number.
    pub number: i64,
    /// The number of the provider.
    pub provider: i64,
    /// Since when.
    pub since: Moment,
    /// The address of theirs for which the provider vouched then.
    pub email: Option<String>,
}

/// What is kept beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Details {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
}

impl Inroad {
    /// As whom providers know somebody.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn identities(&self, actor: &Actor) -> Result<Vec<Identity>> {
        let rows = self.store.identities_of(whose(actor)?).await?.into_iter();
        rows.map(|row| {
            let Details { email } = serde_json::from_str(&row.details).map_err(internal)?;
            Ok(Identity { number: row.number, provider: row.provider, since: row.told_at, email })
        })
        .collect()
    }

    /// Takes one's own identity at a provider back: by it nobody comes in any more, and all other browsers of theirs
    /// are signed out.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] where they could not come in any more.
    pub async fn unlink(
        &self,
        actor: &Actor,
        number: i64,
        session: Option<i64>,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        let whose = whose(actor)?;
        let mut own = self.identities(actor).await?.into_iter();
        let Some(identity) = own.find(|identity| identity.number == number) else {
            let what = "You do not sign in that way".to_owned();
            return Err(Error::NotFound { what });
        };
        let provider = self.identity_provider(identity.provider).await?.name;
        if !self.store.remove_identity(whose, number, session).await? {
            let what = format!(
                "{provider} is your only way to sign in. Ask an administrator for a link first, and set up a password \
                 by it"
            );
            return Err(Error::Conflict { what });
        }
        self.audit(whose, caller, Audited::Unlinked { provider }, at).await
    }
}
