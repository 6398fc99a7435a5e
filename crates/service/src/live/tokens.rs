//! Tokens of sign-ins by OAuth 2: what renews them lies sealed, what counts now is held in memory, and what
//! ended, or was refused, is renewed.
//!
//! Must not: use a renewed token before what renews it is kept, or show one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use inroad_connect::Token;
use inroad_connect::net::http::Http;
use inroad_connect::oauth::{Client, Tokens, renew};
use inroad_model::OAuthSignIn;
use inroad_secrets::{Secret, SecretKind, Vault};
use tokio::task::spawn_blocking;

use super::authority::authority;
use super::fault::{Fault, SIGN_IN_AGAIN};
use super::passwords::{Passwords, invalid, keep, name_of, unopened};
use super::status::Trouble;
use crate::{Error, Result};

/// What a person gave leave for at their provider, not yet kept.
#[derive(Debug)]
pub struct SignedIn {
    pub(super) tokens: Tokens,
    pub(super) client_secret: Option<Token>,
}

/// Tokens of connections that count now; one place a connection, so that none is renewed twice at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Held(Arc<Mutex<BTreeMap<i64, Place>>>);

type Place = Arc<Mutex<Option<Tokens>>>;

impl Held {
    fn place(&self, connection: i64) -> Place {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(connection).or_default())
    }

    pub(super) fn forget(&self, connection: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&connection);
    }
}

impl Passwords {
    /// Keeps what a person gave leave for, in the place of whatever opened the connection before.
    pub(super) async fn put_signed_in(&self, connection: i64, signed_in: SignedIn) -> Result<()> {
        let this = self.clone();
        let put = spawn_blocking(move || {
            let SignedIn { tokens, client_secret } = signed_in;
            let vault = this.vault(true)?;
            let client_secret = client_secret.as_ref().map(secret).transpose()?;
            keep(&vault, connection, SecretKind::ClientSecret, client_secret)?;
            let refresh = tokens.refresh.as_ref().map(secret).transpose()?;
            keep(&vault, connection, SecretKind::RefreshToken, refresh)?;
            keep(&vault, connection, SecretKind::Password, None)?;
            let place = this.held.place(connection);
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokens);
            Ok(())
        });
        put.await.map_err(|task| Error::stopped(&task))?
    }

    /// A token with which one signs in now, and which is not the one that was `refused`. One that has ended
    /// is renewed.
    pub(crate) async fn token(
        &self,
        connection: i64,
        how: &OAuthSignIn,
        refused: Option<Secret>,
    ) -> std::result::Result<Secret, Fault> {
        let (this, how) = (self.clone(), how.clone());
        let token = spawn_blocking(move || this.token_now(connection, &how, refused.as_ref()));
        token.await.map_err(|task| Error::stopped(&task))?
    }

    fn token_now(
        &self,
        connection: i64,
        how: &OAuthSignIn,
        refused: Option<&Secret>,
    ) -> std::result::Result<Secret, Fault> {
        let vault = self.vault(false).map_err(unopened)?;
        let place = self.held.place(connection);
        let mut held = place.lock().unwrap_or_else(PoisonError::into_inner);
        // Read while nobody else renews: what was read before may be spent by now.
        let refresh = kept(&vault, connection, SecretKind::RefreshToken)?.ok_or_else(|| {
            Fault::NeedsYou(Trouble {
                what: "No sign-in is kept for it".to_owned(),
                way_out: SIGN_IN_AGAIN.to_owned(),
            })
        })?;
        let now = jiff::Timestamp::now();
        let counts = |tokens: &&Tokens| {
            let was_refused = refused.is_some_and(|no| no.expose() == tokens.access.reveal());
            // Another program may have signed in or renewed meanwhile.
            tokens.refresh.as_ref() == Some(&refresh) && !tokens.is_old(now) && !was_refused
        };
        if let Some(tokens) = held.as_ref().filter(counts) {
            return Ok(secret(&tokens.access)?);
        }
        let (authority, _scopes) = authority(&how.server)?;
        let client =
            Client::new(&how.client_id, kept(&vault, connection, SecretKind::ClientSecret)?)?;
        // Only what renews is looked at.
        let old = Tokens {
            access: refresh.clone(),
            refresh: Some(refresh.clone()),
            ends: None,
            scope: None,
        };
        let tokens = renew(&client, &authority, &old, &Http, now)?;
        // Somebody may have signed in anew, or disconnected it, while the provider was asked.
        if kept(&vault, connection, SecretKind::RefreshToken)?.as_ref() != Some(&refresh) {
            return Ok(secret(&tokens.access)?);
        }
        if let Some(next) = tokens.refresh.as_ref().filter(|next| **next != refresh) {
            keep(&vault, connection, SecretKind::RefreshToken, Some(secret(next)?))?;
        }
        let access = secret(&tokens.access)?;
        *held = Some(tokens);
        Ok(access)
    }

    /// The secret of a client that was kept with a connection.
    pub(super) async fn client_secret(&self, connection: i64) -> Result<Option<Token>> {
        let this = self.clone();
        let get = spawn_blocking(move || {
            let vault = this.vault(false)?;
            kept(&vault, connection, SecretKind::ClientSecret)
        });
        get.await.map_err(|task| Error::stopped(&task))?
    }
}

fn kept(vault: &Vault, connection: i64, kind: SecretKind) -> Result<Option<Token>> {
    let secret = vault.get(&name_of(connection, kind)?).map_err(|no| invalid(&no))?;
    Ok(secret.and_then(|secret| Token::new(secret.expose().to_owned())))
}

pub(super) fn secret(token: &Token) -> Result<Secret> {
    Secret::new(token.reveal().to_owned()).map_err(|no| invalid(&no))
}
