//! Who tells it is proven by a signature over what is told (Standard Webhooks, version 1: HMAC-SHA256 over the id, the
//! second and the text, with dots between them).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What both sides know.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// What stands before a secret, so that it is known as one.
const PREFIX: &str = "whsec_";
/// A secret has so many bytes.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// That a text is no secret of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is no secret")]
pub struct InvalidSecret;

impl Secret {
    /// Made of random bytes.
    pub fn of(random: [u8; 32]) -> Self {
        Self(random.to_vec())
    }

    /// The secret that is written so.
    ///
    /// # Errors
    /// [`InvalidSecret`].
    pub fn from_text(text: &str) -> Result<Self, InvalidSecret> {
        let bytes = text.strip_prefix(PREFIX).and_then(|text| STANDARD.decode(text).ok());
        bytes.filter(|bytes| BYTES.contains(&bytes.len())).map(Self).ok_or(InvalidSecret)
    }

    /// As it is written down.
    pub fn to_text(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// The signature of a text that is told under that id at that second.
    pub(crate) fn sign(&self, id: &str, second: i64, text: &str) -> String {
        // A key may have any length, so there is always one.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(format!("{id}.{second}.").as_bytes());
        mac.update(text.as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checked against Python's `hmac` and `hashlib` (3.11).
    #[test]
    fn a_signature_is_as_specified() {
        let secret = Secret::from_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature =
            secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(Secret::from_text(&secret.to_text()), Ok(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        for wrong in ["", "whsec_", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_YWJj"] {
            assert_eq!(Secret::from_text(wrong), Err(InvalidSecret), "{wrong}");
        }
    }
}
