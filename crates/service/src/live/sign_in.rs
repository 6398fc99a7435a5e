//! Signing in at a mailbox: with its password, or with a token that is renewed where the server refuses it.

use inroad_imap::{Credentials, Kind, Limits};
use inroad_model::{MailboxConnection, SignIn};
use inroad_secrets::Secret;
use inroad_store::KeptConnection;

use super::fault::{Fault, SIGN_IN_AGAIN};
use super::mailbox::{self, Mail};
use super::passwords::{Passwords, invalid};
use super::status::Trouble;
use super::tokens::{SignedIn, secret};
use crate::Result;

/// What opens a connection that is not kept yet.
pub(crate) enum Key {
    Password(String),
    SignedIn(SignedIn),
}

impl Key {
    pub(crate) fn credentials(&self, user: &str) -> Result<Credentials> {
        let user = user.to_owned();
        Ok(match self {
            Self::Password(password) => {
                let password = Secret::new(password.clone()).map_err(|no| invalid(&no))?;
                Credentials::Password { user, password }
            }
            Self::SignedIn(signed_in) => {
                Credentials::Token { user, token: secret(&signed_in.tokens.access)? }
            }
        })
    }

    pub(super) async fn keep(self, passwords: &Passwords, connection: i64) -> Result<()> {
        match self {
            Self::Password(password) => passwords.put(connection, password).await,
            Self::SignedIn(signed_in) => passwords.put_signed_in(connection, signed_in).await,
        }
    }
}

/// Connects and signs in as it is kept. A token that the server refuses is renewed, and tried once more.
pub(crate) async fn open_kept(
    kept: &KeptConnection,
    mailbox: &MailboxConnection,
    passwords: &Passwords,
    limits: &Limits,
) -> std::result::Result<Mail, Fault> {
    let user = || mailbox.user.clone();
    let SignIn::OAuth(how) = &mailbox.sign_in else {
        let password = passwords.get(kept.id).await?;
        let credentials = Credentials::Password { user: user(), password };
        return mailbox::open(mailbox, &credentials, limits).await;
    };
    let token = passwords.token(kept.id, how, None).await?;
    let first = Credentials::Token { user: user(), token };
    match mailbox::open(mailbox, &first, limits).await {
        Err(Fault::Mail(error)) if is_of_token(&error) => {}
        opened => return opened,
    }
    let Credentials::Token { token: refused, .. } = first else { return Err(again(None)) };
    let token = passwords.token(kept.id, how, Some(refused)).await?;
    match mailbox::open(mailbox, &Credentials::Token { user: user(), token }, limits).await {
        Err(Fault::Mail(error)) if is_of_token(&error) => Err(again(Some(error))),
        opened => opened,
    }
}

fn is_of_token(error: &inroad_imap::Error) -> bool {
    matches!(error.kind, Kind::TokenExpired | Kind::TokenRefused)
}

/// A fresh token is refused as well: a person signs in again.
fn again(error: Option<inroad_imap::Error>) -> Fault {
    let what = error.map(|error| Fault::Mail(error).trouble().what);
    Fault::NeedsYou(Trouble {
        what: what.unwrap_or_else(|| "The mail server does not accept the sign-in".to_owned()),
        way_out: SIGN_IN_AGAIN.to_owned(),
    })
}
