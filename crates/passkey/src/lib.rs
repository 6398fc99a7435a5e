//! Passkeys: what a browser is asked to make or to show, and whether what it answers is believed (WebAuthn).
//!
//! [`Site`] is where they open the pages. [`ask_to_make`] and [`ask_to_show`] give what a browser is asked, and beside
//! it what has to be kept until it answers, once; [`made`] and [`believed`] judge the answer. Whose a passkey is, whoever
//! keeps it knows: an answer only names it ([`Shown`]).
//!
//! Must not: know a database, a page or who works here; read a clock; ask anybody anything; believe an answer before
//! all of it is checked; or take one that came without a fingerprint, a face or a PIN.

mod error;
mod make;
mod show;
mod site;

pub use error::{Doubt, Error};
pub use make::{Made, Person, ask_to_make, made};
pub use show::{Shown, ask_to_show, believed, is_copied};
pub use site::Site;

/// No browser's answer is longer, in bytes: a key with what its maker says of it has a few thousand.
pub const ANSWER_BYTES_MAX: usize = 32 << 10;

/// No passkey has a longer name among those that made it, in bytes (WebAuthn, 4, "Credential ID").
pub const CREDENTIAL_BYTES_MAX: usize = 1023;

/// By what whoever made a passkey knows whose it is: random, so that it tells nothing of them.
pub type Handle = [u8; 16];

/// What a browser is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// For the browser, as JSON: the options of `navigator.credentials`, bytes as base64url.
    pub options: String,
    /// What has to be kept until it answers, and is needed to judge the answer, as JSON. It is for nobody else.
    pub kept: String,
}

/// What a browser answered, if it has a size and a form that is read.
fn read<T: serde::de::DeserializeOwned>(answer: &str) -> Result<T, Error> {
    if answer.len() > ANSWER_BYTES_MAX {
        return Err(Error::NotBelieved(Doubt::Form));
    }
    serde_json::from_str(answer).map_err(|_odd| Error::NotBelieved(Doubt::Form))
}

/// What was kept by us.
fn kept<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|odd| Error::Damaged { cause: odd.to_string() })
}

fn written<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|odd| Error::Damaged { cause: odd.to_string() })
}
