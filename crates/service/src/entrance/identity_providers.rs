//! Identity providers: which other services an administrator lets say who somebody is.
//!
//! What inroad proves itself by there lies sealed beside the data of each machine that serves.

use inroad_model::Moment;
use inroad_openid::{Client, Issuer};
use inroad_store::{IdentityProviderRow, NewIdentityProvider};
use serde::{Deserialize, Serialize};

use super::{Caller, internal};
use crate::audit::Audited;
use crate::inroad::Inroad;
use crate::live::Passwords;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// More names than these nobody finds theirs among.
const PROVIDERS_MAX: usize = 5;
const NAME_CHARS_MAX: usize = 40;
const CLIENT_ID_BYTES_MAX: usize = 500;

/// A provider as an administrator names it.
#[derive(Clone, PartialEq, Eq)]
pub struct NewProvider {
    /// Its address; one that is named already is changed.
    pub issuer: String,
    /// As the page of signing in calls it.
    pub name: String,
    /// By which it knows inroad.
    pub client_id: String,
    /// By what inroad proves itself there, where it wants that.
    pub client_secret: Option<String>,
    /// Whether a member is known by an address for which it vouches.
    pub by_address: bool,
}

impl std::fmt::Debug for NewProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewProvider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// A provider that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityProvider {
    /// Its number.
    pub number: i64,
    /// As the page of signing in calls it.
    pub name: String,
    /// Its address.
    pub issuer: String,
    /// By which it knows inroad.
    pub client_id: String,
    /// Whether inroad proves itself there by a secret.
    pub has_secret: bool,
    /// Whether a member is known by an address for which it vouches.
    pub by_address: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Details {
    has_secret: bool,
    by_address: bool,
}

impl Inroad {
    /// The providers that were named, the first one first.
    pub async fn identity_providers(&self) -> Result<Vec<IdentityProvider>> {
        self.store.identity_providers().await?.into_iter().map(read).collect()
    }

    /// Names a provider, or says otherwise what is so of one with that address. Nobody is asked for that.
    ///
    /// # Errors
    /// [`Error::Forbidden`] but for an administrator; [`Error::Invalid`] for what cannot be one, or without a
    /// passphrase for its secret.
    pub async fn put_identity_provider(
        &self,
        actor: &Actor,
        new: NewProvider,
        passwords: &Passwords,
        caller: &Caller,
        at: Moment,
    ) -> Result<i64> {
        actor.must(Right::Members)?;
        let invalid = |what: String| Err(Error::Invalid { what });
        let issuer = match Issuer::new(new.issuer.trim()) {
            Ok(issuer) => issuer,
            Err(why) => return invalid(why.to_string()),
        };
        let (name, client_id) = (new.name.trim(), new.client_id.trim());
        let is_name = (1..=NAME_CHARS_MAX).contains(&name.chars().count());
        if !is_name || name.chars().any(char::is_control) {
            return invalid(format!("Its name has 1 to {NAME_CHARS_MAX} characters"));
        }
        let is_id = (1..=CLIENT_ID_BYTES_MAX).contains(&client_id.len());
        if !is_id || !client_id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return invalid("The client id is not as the sign-in service gives it out".to_owned());
        }
        let (same, others): (Vec<_>, Vec<_>) = self
            .identity_providers()
            .await?
            .into_iter()
            .partition(|other| other.issuer == issuer.as_str());
        if others.iter().any(|other| other.name == name) {
            return invalid(format!("Another sign-in service is called '{name}'"));
        }
        if others.len() >= PROVIDERS_MAX {
            return invalid(format!("More than {PROVIDERS_MAX} sign-in services are not named"));
        }
        let has_secret = new.client_secret.is_some();
        // A former secret is forgotten where there is none any more.
        let is_sealed = has_secret || same.iter().any(|former| former.has_secret);
        if is_sealed {
            passwords.open().await?;
        }
        let details = Details { has_secret, by_address: new.by_address };
        let details = serde_json::to_string(&details).map_err(internal)?;
        let row =
            NewIdentityProvider { name, issuer: issuer.as_str(), client_id, at, details: &details };
        let number = self.store.put_identity_provider(&row).await?;
        if is_sealed {
            passwords.put_of_provider(number, new.client_secret).await?;
        }
        let line = Audited::ProviderPut {
            provider: name.to_owned(),
            issuer: issuer.to_string(),
            by_address: new.by_address,
        };
        self.audit(actor.signs(), caller, line, at).await?;
        Ok(number)
    }

    /// Lets a provider say nothing any more, forgets whom it knew, and signs all of them out.
    ///
    /// # Errors
    /// [`Error::Forbidden`] but for an administrator; [`Error::NotFound`].
    pub async fn remove_identity_provider(
        &self,
        actor: &Actor,
        number: i64,
        passwords: &Passwords,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        actor.must(Right::Members)?;
        let provider = self.identity_provider(number).await?;
        self.store.remove_identity_provider(number).await?;
        let line = Audited::ProviderRemoved { provider: provider.name };
        self.audit(actor.signs(), caller, line, at).await?;
        if provider.has_secret { passwords.put_of_provider(number, None).await } else { Ok(()) }
    }

    pub(super) async fn identity_provider(&self, number: i64) -> Result<IdentityProvider> {
        let mut providers = self.identity_providers().await?.into_iter();
        let found = providers.find(|provider| provider.number == number);
        found.ok_or_else(|| Error::NotFound { what: "There is no such sign-in service".to_owned() })
    }

    /// A provider with what inroad proves itself by there.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where that is sealed, or kept on another machine alone.
    pub(super) async fn client_at(
        &self,
        provider: &IdentityProvider,
        passwords: Option<&Passwords>,
    ) -> Result<Client> {
        let sealed = |why| {
            tracing::warn!(target: "inroad::sign_in", why, "no secret for an identity provider");
            Error::Unavailable {
                what: format!(
                    "inroad cannot prove itself to {}: whoever runs inroad has to give its passphrase, or the \
                     client secret on this machine",
                    provider.name
                ),
            }
        };
        let secret = if provider.has_secret {
            let passwords = passwords.ok_or_else(|| sealed("none are kept"))?;
            let found = passwords.of_provider(provider.number).await;
            let found = found.map_err(|_error| sealed("sealed"))?;
            Some(found.ok_or_else(|| sealed("none is kept"))?.expose().to_owned().into())
        } else {
            None
        };
        let issuer = Issuer::new(&provider.issuer).map_err(internal)?;
        Ok(Client { issuer, id: provider.client_id.clone(), secret })
    }
}

fn read(row: IdentityProviderRow) -> Result<IdentityProvider> {
    let Details { has_secret, by_address } =
        serde_json::from_str(&row.details).map_err(internal)?;
    let IdentityProviderRow { number, name, issuer, client_id, .. } = row;
    Ok(IdentityProvider { number, name, issuer, client_id, has_secret, by_address })
}
