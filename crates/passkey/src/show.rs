//! A passkey is shown: by whoever is there, who tells no name.

use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};

use crate::{Asked, Doubt, Error, Handle, Site, kept, read, written};

/// Asks a browser to show one of the passkeys that it has for the site, whosever that is.
///
/// # Errors
/// [`Error::Damaged`].
pub fn ask_to_show(site: &Site) -> Result<Asked, Error> {
    let (mut options, state) = site.webauthn.start_discoverable_authentication()?;
    // Somebody pressed a button: they are asked at once, and not beside a field for their name.
    options.mediation = None;
    Ok(Asked { options: written(&options)?, kept: written(&state)? })
}

/// What a browser showed, read and not believed yet.
#[derive(Debug, Clone)]
pub struct Shown(PublicKeyCredential);

impl Shown {
    /// Reads a browser's answer.
    ///
    /// # Errors
    /// [`Error::NotBelieved`] for what cannot be read.
    pub fn read(answer: &str) -> Result<Self, Error> {
        Ok(Self(read(answer)?))
    }

    /// The name of the passkey that it claims to be.
    pub fn credential(&self) -> &[u8] {
        self.0.get_credential_id()
    }

    /// Of whom it claims to be; `None` where it does not say so, as one has to that is found without a name.
    pub fn handle(&self) -> Option<Handle> {
        let told = self.0.get_user_unique_id()?;
        Uuid::from_slice(told).ok().map(Uuid::into_bytes)
    }
}

/// What is kept of a passkey from then on, if it is really the one of which `key` is kept, shown for what was asked,
/// here and now, by somebody of whom the device made sure.
///
/// # Errors
/// [`Error::NotBelieved`]; [`Error::Damaged`].
pub fn believed(site: &Site, asked: &str, shown: &Shown, key: &str) -> Result<String, Error> {
    let state: DiscoverableAuthentication = kept(asked)?;
    let mut key: Passkey = kept(key)?;
    let found = site.webauthn.finish_discoverable_authentication_v2(&shown.0, state, &key)?;
    // It counts as both steps, so that nothing but this may ever decide about it.
    if !found.user_verified() {
        return Err(Error::NotBelieved(Doubt::Unverified));
    }
    key.update_credential(&found);
    written(&key)
}

/// Whether a passkey of which `key` is kept lies in more than one place, as the device said last: in a safe of its
/// maker's, or of a password manager.
///
/// # Errors
/// [`Error::Damaged`].
pub fn is_copied(key: &str) -> Result<bool, Error> {
    let value: Value = kept(key)?;
    let told = value.pointer("/cred/backup_state").and_then(Value::as_bool);
    told.ok_or_else(|| Error::Damaged { cause: "it does not say whether it is copied".to_owned() })
}
