//! The proof that a person let this very letter go.
//!
//! A page shows the letter and carries its [`Fingerprint`]; the person's click brings the fingerprint
//! back. Whatever was changed in between, by another window or by ourselves, gives another one.

use std::fmt;
use std::str::FromStr;

use crate::Envelope;

/// What one letter is known by: a hash of its bytes and its envelope. It is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

/// Why a text is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The fingerprint of a letter is 64 hexadecimal digits; open the letter anew")]
pub struct InvalidFingerprint;

/// Says that a person let the letter of one fingerprint go. It is given for one sending: [`submit`]
/// takes it away, and it cannot be copied.
///
/// [`submit`]: crate::submit()
#[derive(Debug)]
pub struct Leave(Fingerprint);

impl Fingerprint {
    /// That of the bytes that would be sent, to those who are named.
    pub fn of(envelope: &Envelope, message: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("inroad 2026 letter to be sent");
        let mut put = |part: &[u8]| {
            // With its length, so that no two lists of parts give the same bytes.
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        };
        put(envelope.from().as_str().as_bytes());
        put(&(envelope.to().len() as u64).to_le_bytes());
        for recipient in envelope.to() {
            put(recipient.as_str().as_bytes());
        }
        put(message);
        Self(*hasher.finalize().as_bytes())
    }
}

impl Leave {
    /// To be called where a person's act on the shown letter arrives, with the fingerprint that came with
    /// the act. Never with one that was computed of what is about to be sent: that would prove nothing.
    pub fn by_a_person(fingerprint: Fingerprint) -> Self {
        Self(fingerprint)
    }

    pub(crate) fn covers(&self, envelope: &Envelope, message: &[u8]) -> bool {
        self.0 == Fingerprint::of(envelope, message)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, InvalidFingerprint> {
        let hash = blake3::Hash::from_hex(text).map_err(|_cause| InvalidFingerprint)?;
        Ok(Self(*hash.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(from: &str, to: &[&str]) -> Envelope {
        let to = to.iter().map(|to| to.parse().unwrap());
        Envelope::new(from.parse().unwrap(), to).unwrap()
    }

    #[test]
    fn every_change_gives_another() {
        let shown = envelope("me@a.example", &["b@b.example", "c@c.example"]);
        let leave = Leave::by_a_person(Fingerprint::of(&shown, b"text"));
        assert!(leave.covers(&shown, b"text"));
        for (other, message) in [
            (shown.clone(), &b"Text"[..]),
            (shown.clone(), b""),
            (shown, b"text "),
            (envelope("me@a.example", &["b@b.example"]), b"text"),
            (envelope("me@a.example", &["c@c.example", "b@b.example"]), b"text"),
            (envelope("me@a.example", &["b@b.example", "c@c.example", "d@d.example"]), b"text"),
            (envelope("you@a.example", &["b@b.example", "c@c.example"]), b"text"),
        ] {
            assert!(!leave.covers(&other, message), "{other:?}");
        }
    }

    #[test]
    fn is_read_again() {
        let fingerprint = Fingerprint::of(&envelope("me@a.example", &["b@b.example"]), b"text");
        assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        assert_eq!(fingerprint.to_string().len(), 64);
        for bad in ["", "00", "g", &"0".repeat(63), &"0".repeat(65), &"ü".repeat(32)] {
            assert_eq!(bad.parse::<Fingerprint>(), Err(InvalidFingerprint), "{bad}");
        }
    }
}
