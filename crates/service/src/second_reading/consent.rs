//! The consent: which host may be asked, and since when. Without one nothing leaves.

use std::path::PathBuf;

use inroad_advice::playbook::second::{TRUST, TRUST_MAX};
use inroad_model::Moment;
use inroad_second_reading::{Endpoint, Key};
use serde::{Deserialize, Serialize};

use crate::inroad::Inroad;
use crate::{Error, Result};

/// A consent that was given. The key itself is not in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// The address of the server.
    pub url: String,
    /// The host that was agreed to, as it was typed.
    pub host: String,
    /// The model.
    pub model: String,
    /// The file that holds the key, if one was named.
    pub key_file: Option<PathBuf>,
    /// How far its readings are trusted.
    pub trust: f64,
    /// When it was given.
    pub given_at: Moment,
}

/// What a user asks to switch on.
#[derive(Debug, Clone, PartialEq)]
pub struct NewConsent {
    /// The address of the server.
    pub url: String,
    /// The model.
    pub model: String,
    /// The file that holds the key.
    pub key_file: Option<PathBuf>,
    /// How far its readings are trusted; the usual trust if nothing is said.
    pub trust: Option<f64>,
    /// The host to which the user agrees to send.
    pub agreed_host: String,
}

const SETTING: &str = "second_reading";
/// No model has a longer name.
const MODEL_CHARS_MAX: usize = 200;
/// A key file larger than this holds no key.
const KEY_FILE_BYTES_MAX: u64 = 8 << 10;

impl Consent {
    /// Where to ask.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the address is another host's than the one agreed to.
    pub fn endpoint(&self) -> Result<Endpoint> {
        let endpoint = endpoint(&self.url)?;
        if endpoint.host() != self.host {
            let what = format!("You agreed to {}, not to {}", self.host, endpoint.host());
            return Err(Error::Invalid { what });
        }
        Ok(endpoint)
    }

    /// The key in the file that was named, if one was.
    ///
    /// # Errors
    /// [`Error::File`], or [`Error::Invalid`] if others may read the file or no key is in it.
    pub fn key(&self) -> Result<Option<Key>> {
        let Some(path) = &self.key_file else { return Ok(None) };
        let metadata = path.metadata().map_err(|cause| Error::file(path, cause))?;
        if !is_private(&metadata) {
            let path = path.display();
            let what = format!("Others may read {path}; make it yours alone: chmod 600 {path}");
            return Err(Error::Invalid { what });
        }
        if metadata.len() > KEY_FILE_BYTES_MAX {
            return Err(Error::Invalid { what: format!("{} holds no key", path.display()) });
        }
        let text = std::fs::read_to_string(path).map_err(|cause| Error::file(path, cause))?;
        let wrong = |why: inroad_second_reading::InvalidKey| Error::Invalid {
            what: format!("{}: {why}", path.display()),
        };
        Key::new(&text).map(Some).map_err(wrong)
    }
}

#[cfg(unix)]
fn is_private(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let for_others = metadata.permissions().mode() & 0o077;
    for_others == 0
}

/// Elsewhere the folder of a user is the user's alone.
#[cfg(not(unix))]
fn is_private(_metadata: &std::fs::Metadata) -> bool {
    true
}

fn endpoint(url: &str) -> Result<Endpoint> {
    Endpoint::new(url).map_err(|why| Error::Invalid { what: why.to_string() })
}

impl Inroad {
    /// The consent, if the second reading is on.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn second_consent(&self) -> Result<Option<Consent>> {
        Ok(self.store.setting::<Option<Consent>>(SETTING).await?.flatten())
    }

    /// Switches the second reading on, once the user agreed to that very host.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the address cannot be asked, the model has no name, the trust is no
    /// number that may be, or the host agreed to is another one.
    pub async fn turn_second_reading_on(&self, new: NewConsent) -> Result<Consent> {
        let endpoint = endpoint(&new.url)?;
        let host = endpoint.host();
        if !new.agreed_host.trim().eq_ignore_ascii_case(&host) {
            let what = format!("'{}' is not {host}; nothing was switched on", new.agreed_host);
            return Err(Error::Invalid { what });
        }
        let model = new.model.trim().to_owned();
        let named = !model.is_empty() && model.chars().count() <= MODEL_CHARS_MAX;
        if !named || model.chars().any(char::is_control) {
            return Err(Error::Invalid {
                what: "Name the model, as the server calls it".to_owned(),
            });
        }
        let trust = new.trust.unwrap_or(TRUST);
        if !(0.0..=TRUST_MAX).contains(&trust) {
            return Err(Error::Invalid { what: format!("Trust is from 0 to {TRUST_MAX}") });
        }
        // Whoever runs this later may stand in another folder.
        let key_file = match &new.key_file {
            None => None,
            Some(path) => Some(std::path::absolute(path).map_err(|e| Error::file(path, e))?),
        };
        let url = endpoint.url();
        let consent = Consent { url, host, model, key_file, trust, given_at: crate::now() };
        consent.key()?;
        self.store.set_setting(SETTING, &Some(&consent)).await?;
        Ok(consent)
    }

    /// Switches it off: nothing is asked any more, and what was read does not count. What was read
    /// is kept, unless it is to be forgotten. Returns how many readings were.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn turn_second_reading_off(&self, forget: bool) -> Result<u64> {
        self.store.set_setting(SETTING, &None::<Consent>).await?;
        Ok(if forget { self.store.drop_second_readings().await? } else { 0 })
    }
}
