//! What a provider knows inroad by.

use std::fmt;

use openidconnect::{ClientId, ClientSecret};
use zeroize::Zeroizing;

use crate::Issuer;

/// A provider, and what it knows inroad by. `Debug` hides the secret.
#[derive(Clone)]
pub struct Client {
    /// The provider.
    pub issuer: Issuer,
    /// The name that it gave inroad.
    pub id: String,
    /// By what inroad proves itself there, where the provider wants that.
    pub secret: Option<Zeroizing<String>>,
}

impl Client {
    pub(crate) fn client_id(&self) -> ClientId {
        ClientId::new(self.id.clone())
    }

    pub(crate) fn client_secret(&self) -> Option<ClientSecret> {
        self.secret.as_ref().map(|secret| ClientSecret::new(secret.to_string()))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("issuer", &self.issuer)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
