//! The key of a sealed file, derived from its passphrase by Argon2id, and sealing by it.
//!
//! One key seals three kinds of things; each is bound to its kind by the associated data, so that none
//! can stand for another. Nonces are random; at 24 bytes none comes twice.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::{Cost, Passphrase, VaultError};

pub(crate) const SALT_BYTES: usize = 16;
pub(crate) const NONCE_BYTES: usize = 24;
pub(crate) const TAG_BYTES: usize = 16;
const KEY_BYTES: usize = 32;

/// A key with what it was derived by. `Debug` hides it, and it is wiped when dropped.
pub struct Key {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    salt: [u8; SALT_BYTES],
    cost: Cost,
}

/// The associated data of one seal: what it is, then what it is bound to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound<'a> {
    pub purpose: &'static [u8],
    pub data: &'a [u8],
}

impl Key {
    /// A new key of a passphrase, by fresh salt.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] if the system has no random numbers or not enough memory.
    pub fn new(passphrase: &Passphrase, cost: Cost) -> Result<Self, VaultError> {
        Self::derive(passphrase, random()?, cost)
    }

    /// The key that a file was sealed with, if the passphrase is the same.
    pub(crate) fn derive(
        passphrase: &Passphrase,
        salt: [u8; SALT_BYTES],
        cost: Cost,
    ) -> Result<Self, VaultError> {
        let [memory_kib, passes, lanes] = cost.parts();
        let params = Params::new(memory_kib, passes, lanes, Some(KEY_BYTES)).map_err(refused)?;
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), &salt, bytes.as_mut_slice())
            .map_err(refused)?;
        Ok(Self { bytes, salt, cost })
    }

    pub(crate) fn salt(&self) -> [u8; SALT_BYTES] {
        self.salt
    }

    pub(crate) fn cost(&self) -> Cost {
        self.cost
    }

    /// Seals; the nonce stands in front of what comes out.
    pub(crate) fn seal(&self, plain: &[u8], bound: Bound<'_>) -> Result<Vec<u8>, VaultError> {
        let nonce: [u8; NONCE_BYTES] = random()?;
        let aad = bound.joined();
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
            .map_err(|_opaque| VaultError::Unavailable { what: "Sealing failed".to_owned() })?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] made; `None` if it was changed, is another's, or is bound otherwise.
    pub(crate) fn open(&self, sealed: &[u8], bound: Bound<'_>) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let aad = bound.joined();
        let plain =
            self.cipher().decrypt(&XNonce::from(nonce), Payload { msg: rest, aad: &aad }).ok()?;
        Some(Zeroizing::new(plain))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.bytes).into())
    }
}

impl Bound<'_> {
    fn joined(self) -> Vec<u8> {
        // Purposes end with a NUL, so that none is the beginning of another.
        [self.purpose, self.data].concat()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| VaultError::Unavailable { what: format!("No random numbers: {error}") })?;
    Ok(bytes)
}

fn refused(error: argon2::Error) -> VaultError {
    VaultError::Unavailable { what: format!("No key could be derived: {error}") }
}
