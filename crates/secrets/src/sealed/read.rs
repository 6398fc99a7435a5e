//! A sealed file to its names, and with the key to its secrets.

use std::collections::BTreeMap;
use std::fmt;

use super::{
    CHECK, DIGEST_BYTES, EMPTY_SEAL_BYTES, ENTRIES_MAX, ENTRY, LAYOUT, MAGIC, WHOLE, entry_bound,
};
use crate::key::{Bound, SALT_BYTES};
use crate::{Cost, Key, Passphrase, Secret, SecretName, VaultError};

/// A sealed file whose digest holds. Its secrets are still sealed.
#[derive(Clone)]
pub struct Sealed<'a> {
    /// All but the digest.
    bytes: &'a [u8],
    cost: Cost,
    salt: [u8; SALT_BYTES],
    /// Where the check stands.
    check_at: usize,
    generation: u64,
    entries: BTreeMap<SecretName, &'a [u8]>,
    /// Where the seal of the whole stands.
    whole_at: usize,
}

/// What is wrong with a file. Both are found without a passphrase.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Its bytes are not those that were written.
    #[error("{0}")]
    Changed(String),
    /// It is of a later layout.
    #[error("It is of layout {0}")]
    Newer(u8),
}

/// Why a key opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotOpen {
    /// It is not the key of this file.
    #[error("The passphrase is wrong")]
    WrongKey,
    /// It is, and somebody changed the file and its digest.
    #[error("{0}")]
    Changed(String),
}

/// A file that its key opened: all of it is what was written.
#[derive(Debug)]
pub struct Opened<'a> {
    sealed: &'a Sealed<'a>,
    key: &'a Key,
}

impl<'a> Sealed<'a> {
    /// Reads the bytes of a file; reads no secret.
    ///
    /// # Errors
    /// [`Damage`] if they are not the bytes of a whole file.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Damage> {
        let mut rest = Cursor { bytes, at: 0 };
        if rest.take(MAGIC.len())? != MAGIC {
            return Err(changed("It does not begin as a file of passwords does"));
        }
        let [layout] = rest.array()?;
        if layout == 0 {
            return Err(changed("It is of no known layout"));
        }
        if layout > LAYOUT {
            return newer(bytes, layout);
        }
        let [memory, passes, lanes] = [rest.number()?, rest.number()?, rest.number()?];
        let salt = rest.array()?;
        let check_at = rest.at;
        rest.take(EMPTY_SEAL_BYTES)?;
        let generation = u64::from_le_bytes(rest.array()?);
        let count = usize::from(u16::from_le_bytes(rest.array()?));
        if count > ENTRIES_MAX {
            return Err(changed("It counts more passwords than it may hold"));
        }
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            let [length] = rest.array()?;
            let name = std::str::from_utf8(rest.take(usize::from(length))?).ok();
            let name = name.and_then(|name| name.parse::<SecretName>().ok());
            let name = name.ok_or_else(|| changed("The name of a password cannot be read"))?;
            let length = usize::try_from(rest.number()?).unwrap_or(usize::MAX);
            if entries.last_key_value().is_some_and(|(last, _)| *last >= name) {
                return Err(changed("Its passwords are out of order"));
            }
            entries.insert(name, rest.take(length)?);
        }
        let whole_at = rest.at;
        rest.take(EMPTY_SEAL_BYTES)?;
        let covered = bytes.get(..rest.at).unwrap_or_default();
        if rest.take(DIGEST_BYTES)? != blake3::hash(covered).as_bytes() {
            return Err(changed("Some of its bytes were changed"));
        }
        if rest.at != bytes.len() {
            return Err(changed("Something stands behind its end"));
        }
        let cost = Cost::new(memory, passes, lanes)
            .ok_or_else(|| changed("It asks for more work than any of ours"))?;
        Ok(Self { bytes: covered, cost, salt, check_at, generation, entries, whole_at })
    }

    /// The names of the secrets, in order.
    pub fn names(&self) -> impl Iterator<Item = &SecretName> {
        self.entries.keys()
    }

    /// How often the file was written.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The key of this file, if the passphrase is the right one; [`Self::open`] tells.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`].
    pub fn key(&self, passphrase: &Passphrase) -> Result<Key, VaultError> {
        Key::derive(passphrase, self.salt, self.cost)
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open<'b>(&'b self, key: &'b Key) -> Result<Opened<'b>, CannotOpen>
    where
        'a: 'b,
    {
        if key.salt() != self.salt || !self.holds(key, CHECK, self.check_at) {
            return Err(CannotOpen::WrongKey);
        }
        if !self.holds(key, WHOLE, self.whole_at) {
            return Err(CannotOpen::Changed("Somebody put its parts together anew".to_owned()));
        }
        Ok(Opened { sealed: self, key })
    }

    /// Whether the seal of nothing at that place opens, bound to all that stands in front of it.
    fn holds(&self, key: &Key, purpose: &'static [u8], at: usize) -> bool {
        let Some((data, rest)) = self.bytes.split_at_checked(at) else { return false };
        let seal = rest.get(..EMPTY_SEAL_BYTES).unwrap_or_default();
        key.open(seal, Bound { purpose, data }).is_some_and(|plain| plain.is_empty())
    }
}

impl Opened<'_> {
    /// How often the file was written.
    pub fn generation(&self) -> u64 {
        self.sealed.generation
    }

    /// One secret; `None` if none has that name.
    ///
    /// # Errors
    /// [`CannotOpen::Changed`].
    pub fn get(&self, name: &SecretName) -> Result<Option<Secret>, CannotOpen> {
        let Some(sealed) = self.sealed.entries.get(name) else { return Ok(None) };
        let bound = entry_bound(self.sealed.generation, &name.to_string());
        let plain = self.key.open(sealed, Bound { purpose: ENTRY, data: &bound });
        let secret = plain.as_ref().and_then(|plain| emptied(plain));
        let what = || CannotOpen::Changed(format!("The entry {name} is not what was written"));
        secret.map(Some).ok_or_else(what)
    }

    /// All secrets.
    ///
    /// # Errors
    /// [`CannotOpen::Changed`].
    pub fn all(&self) -> Result<BTreeMap<SecretName, Secret>, CannotOpen> {
        let mut all = BTreeMap::new();
        for name in self.sealed.names() {
            if let Some(secret) = self.get(name)? {
                all.insert(name.clone(), secret);
            }
        }
        Ok(all)
    }
}

impl fmt::Debug for Sealed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed")
            .field("generation", &self.generation)
            .field("names", &self.entries.keys())
            .finish_non_exhaustive()
    }
}

/// A file of a later layout ends with the digest as well: only a whole one is told to be newer.
fn newer<T>(bytes: &[u8], layout: u8) -> Result<T, Damage> {
    let whole = bytes
        .len()
        .checked_sub(DIGEST_BYTES)
        .and_then(|end| bytes.split_at_checked(end))
        .is_some_and(|(covered, digest)| digest == blake3::hash(covered).as_bytes());
    Err(if whole { Damage::Newer(layout) } else { changed("Some of its bytes were changed") })
}

/// The secret that was filled up to whole blocks.
fn emptied(plain: &[u8]) -> Option<Secret> {
    let (length, rest) = plain.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    Secret::new(std::str::from_utf8(rest.get(..length)?).ok()?.to_owned()).ok()
}

fn changed(what: &str) -> Damage {
    Damage::Changed(what.to_owned())
}

/// Bytes that are taken from the front.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Damage> {
        let end = self.at.saturating_add(length);
        let taken = self.bytes.get(self.at..end).ok_or_else(|| {
            Damage::Changed(format!("It is cut off at byte {}", self.bytes.len()))
        })?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Damage> {
        self.take(N)?.try_into().map_err(|_length| changed("It is cut off"))
    }

    fn number(&mut self) -> Result<u32, Damage> {
        self.array().map(u32::from_le_bytes)
    }
}
