//! How those who work here come in, where pages listen to other machines: by a link that works once somebody sets
//! up a login, by a login, a passkey or what an identity provider says a browser is signed in, and a program shows a
//! token.
//!
//! Whoever has the machine makes the first link, for whose data it is. What somebody shows is never kept, only its
//! hash; what is wrong is told without saying which part of it was.

mod api_tokens;
#[cfg(feature = "oidc")]
mod arrival;
mod attempts;
#[cfg(feature = "passkeys")]
mod by_passkey;
#[cfg(feature = "oidc")]
mod by_provider;
#[cfg(feature = "oidc")]
mod identities;
#[cfg(feature = "oidc")]
mod identity_providers;
mod invitations;
#[cfg(feature = "passkeys")]
mod passkeys;
mod password;
mod second_step;
mod sessions;
mod sign_in;

use inroad_model::EmailAddress;
use inroad_store::{Holder, TokenHash};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::feed::random;
use crate::rights::Actor;
use crate::{Error, Result};

pub use api_tokens::{ApiCaller, ApiToken, MadeToken, Scope, scopes_in_words};
#[cfg(feature = "passkeys")]
pub use by_passkey::{PASSKEY_ANSWERED_WITHIN, PasskeyAnswer, PasskeyAsked};
#[cfg(feature = "oidc")]
pub use by_provider::{Back, CameBack, Sent, Wish};
#[cfg(feature = "oidc")]
pub use identities::Identity;
#[cfg(feature = "oidc")]
pub use identity_providers::{IdentityProvider, NewProvider};
pub use invitations::Invited;
#[cfg(feature = "passkeys")]
pub use passkeys::{NewPasskeyAsked, Passkey, passkeys_open};
pub use password::PASSWORD_CHARS_MIN;
pub use second_step::{NewSecondStep, SecondStep};
pub use sessions::{Session, SessionHeld};
pub use sign_in::{Credentials, Entered};

/// From where somebody asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The address of the machine, as the one told it whom the server believes.
    pub from: String,
    /// What the browser says that it is, cut short.
    pub browser: String,
}

impl Caller {
    /// Neither is ever longer than this.
    const CHARS_MAX: usize = 200;

    /// From a machine, with a browser.
    pub fn new(from: &str, browser: &str) -> Self {
        let cut = |text: &str| {
            text.chars().filter(|c| !c.is_control()).take(Self::CHARS_MAX).collect::<String>()
        };
        Self { from: cut(from), browser: cut(browser) }
    }
}

/// So long does a browser stay signed in at the longest.
pub const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So long without being seen.
pub const SESSION_IDLE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// So long does a link work by which whose data it is sets up a login.
pub const OWNER_LINK_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// So long does that of somebody else work.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is shown has 128 random bits, so that its hash tells nothing of it.
fn hash_of(token: &str) -> TokenHash {
    *blake3::hash(token.as_bytes()).as_bytes()
}

fn new_token() -> Result<(String, TokenHash)> {
    let token = random()?;
    let hash = hash_of(&token);
    Ok((token, hash))
}

/// Who they are, and what stands in a row of theirs.
fn actor_of(holder: Holder) -> Actor {
    match holder {
        Holder::Owner => Actor::owner(),
        Holder::Member(member) => Actor::member(*member),
    }
}

fn whose(actor: &Actor) -> Result<Option<&EmailAddress>> {
    if actor.is_nobody() {
        return Err(Error::Forbidden { what: "Sign in first".to_owned() });
    }
    Ok(actor.signs())
}

fn internal(cause: impl std::fmt::Display) -> Error {
    Error::Internal { what: cause.to_string() }
}
