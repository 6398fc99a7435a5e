//! Signing in at an identity provider that an administrator named, by OpenID Connect: the authorization code flow
//! with PKCE, state and nonce.
//!
//! [`authorization_address`] is where a browser goes, [`redeem`] tells who came back. What a browser has to show when
//! it comes back is all that the two share: nonce and code verifier follow from it, so nothing of either is kept.
//!
//! Must not: know a database, a page or who works here; read a clock; ask anybody but the provider and whom it names
//! in its own description; follow a redirect; believe a token before all of it is checked; or show a secret in an
//! error.

mod client;
mod error;
mod flow;
mod http;
mod issuer;
mod metadata;
mod redeem;

pub use client::Client;
pub use error::{Doubt, Error};
pub use flow::authorization_address;
pub use issuer::{BadIssuer, Issuer};
pub use redeem::{Person, Returned, redeem};
