//! A passkey is made: for somebody, at a site.

use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

use crate::{Asked, CREDENTIAL_BYTES_MAX, Doubt, Error, Handle, Site, kept, read, written};

/// For whom a passkey is made.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// By what whoever makes it knows them.
    pub handle: Handle,
    /// What it shows of them to tell several apart: their mail address.
    pub email: &'a str,
    /// And their name.
    pub name: &'a str,
}

/// A passkey that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its name among all passkeys.
    pub credential: Vec<u8>,
    /// What is kept of it, as JSON: its public key, how often it was used and whether there are copies.
    pub key: String,
}

/// Asks a browser to make a passkey, by which it later knows by itself who is there. Whoever made one of those that are
/// `known` makes no second one.
///
/// # Errors
/// [`Error::Damaged`].
pub fn ask_to_make(site: &Site, person: &Person<'_>, known: &[Vec<u8>]) -> Result<Asked, Error> {
    let Person { handle, email, name } = *person;
    let whose = Uuid::from_bytes(handle);
    let (options, state) =
        site.webauthn.start_passkey_registration(whose, email, name, Some(known.to_vec()))?;
    let mut options: Value = kept(&written(&options)?)?;
    // A name is asked of nobody who signs in, so that a device has to keep whose it is.
    let Some(wanted) = options.pointer_mut("/publicKey/authenticatorSelection") else {
        return Err(Error::Damaged { cause: "nothing is said of devices".to_owned() });
    };
    *wanted = json!({
        "residentKey": "required",
        "requireResidentKey": true,
        "userVerification": "required",
    });
    Ok(Asked { options: written(&options)?, kept: written(&state)? })
}

/// The passkey that a browser made, if it answers what was asked.
///
/// # Errors
/// [`Error::NotBelieved`]; [`Error::Damaged`].
pub fn made(site: &Site, asked: &str, answer: &str) -> Result<Made, Error> {
    let state: PasskeyRegistration = kept(asked)?;
    if is_hidden(&read(answer)?) {
        return Err(Error::NotBelieved(Doubt::Hidden));
    }
    let answer: RegisterPublicKeyCredential = read(answer)?;
    let key = site.webauthn.finish_passkey_registration(&answer, &state)?;
    let credential = key.cred_id().clone();
    if credential.is_empty() || credential.len() > CREDENTIAL_BYTES_MAX {
        return Err(Error::NotBelieved(Doubt::Form));
    }
    Ok(Made { credential, key: written(&key)? })
}

/// Whether the browser says that the device will not know it without being told which one is meant. Not all say
/// either.
fn is_hidden(answer: &Value) -> bool {
    let told = answer.pointer("/clientExtensionResults/credProps/rk");
    told.and_then(Value::as_bool) == Some(false)
}
