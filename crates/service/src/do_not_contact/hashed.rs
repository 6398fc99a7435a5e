//! Addresses of which only a hash is known: of people who were erased, and of lists that were brought.
//!
//! For the erased it is BLAKE3 under a secret of the data file, so that two files cannot be laid side by side
//! and no table of hashes of known addresses helps; for lists it is SHA-256, as mailing programs write it.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::EmailAddress;
use inroad_store::{ListedKind, ListedRow};
use sha2::{Digest, Sha256};

use crate::inroad::Inroad;
use crate::{Error, Result};

/// Under which setting the secret is kept.
const KEY: &str = "erased_key";

/// The secret of a data file.
pub(crate) type FileKey = [u8; 32];

/// All hashes that count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hashed {
    key: Option<FileKey>,
    /// By their hashes in hex.
    erased: BTreeMap<String, ListedRow>,
    sha256: BTreeMap<String, ListedRow>,
}

impl Hashed {
    pub(crate) fn new<'r>(key: Option<FileKey>, rows: impl Iterator<Item = &'r ListedRow>) -> Self {
        let mut hashed = Self { key, ..Self::default() };
        for row in rows {
            let of_kind = match row.listed.kind {
                ListedKind::Erased => &mut hashed.erased,
                ListedKind::Sha256 => &mut hashed.sha256,
                ListedKind::Address | ListedKind::Domain => continue,
            };
            of_kind.insert(row.listed.value.clone(), row.clone());
        }
        hashed
    }

    /// Whether nobody is listed.
    pub(crate) fn is_empty(&self) -> bool {
        self.erased.is_empty() && self.sha256.is_empty()
    }

    /// The row by which an address is listed, in any spelling.
    pub(crate) fn row_of(&self, email: &EmailAddress) -> Option<&ListedRow> {
        if let Some(key) = self.key.as_ref().filter(|_| !self.erased.is_empty())
            && let Some(row) = self.erased.get(&keyed(key, email))
        {
            return Some(row);
        }
        if self.sha256.is_empty() {
            return None;
        }
        let spellings: BTreeSet<EmailAddress> = [email.clone(), email.without_tag()].into();
        spellings.iter().find_map(|email| self.sha256.get(&sha256(email)))
    }

    /// Whether an address is of somebody who was erased.
    pub(crate) fn is_erased(&self, email: &EmailAddress) -> bool {
        self.key.as_ref().is_some_and(|key| self.erased.contains_key(&keyed(key, email)))
    }

    /// Whether anybody was erased.
    pub(crate) fn has_erased(&self) -> bool {
        self.key.is_some() && !self.erased.is_empty()
    }
}

/// The hash of an address under a secret, in hex; the same for all its spellings.
pub(crate) fn keyed(key: &FileKey, email: &EmailAddress) -> String {
    blake3::keyed_hash(key, email.without_tag().as_str().as_bytes()).to_hex().to_string()
}

/// The hash by which lists know an address, in hex.
pub(crate) fn sha256(email: &EmailAddress) -> String {
    hex(Sha256::digest(email.as_str().as_bytes()).into())
}

pub(crate) fn hex(hash: [u8; 32]) -> String {
    blake3::Hash::from_bytes(hash).to_hex().to_string()
}

impl Inroad {
    /// The secret of this data file, if there is one yet.
    pub(crate) async fn file_key(&self) -> Result<Option<FileKey>> {
        let kept: Option<String> = self.store.setting(KEY).await?;
        let Some(kept) = kept else { return Ok(None) };
        let key = blake3::Hash::from_hex(kept.as_bytes());
        let damaged = |_| Error::Internal { what: "the secret of the data file".to_owned() };
        key.map(|key| Some(*key.as_bytes())).map_err(damaged)
    }

    /// The secret of this data file; where there is none, it is made, or taken over.
    pub(crate) async fn make_file_key(&self, given: Option<FileKey>) -> Result<FileKey> {
        if let Some(key) = self.file_key().await? {
            return Ok(key);
        }
        let key = if let Some(key) = given {
            key
        } else {
            let mut key = FileKey::default();
            let no_luck = |cause: getrandom::Error| Error::Internal { what: cause.to_string() };
            getrandom::fill(&mut key).map_err(no_luck)?;
            key
        };
        self.store.set_setting(KEY, &hex(key)).await?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hash_as_other_programs_do() {
        // printf jana@lindner.example | sha256sum
        let jana: EmailAddress = " Jana@Lindner.example ".parse().unwrap();
        assert_eq!(
            sha256(&jana),
            "124a86e2cbc61197dad83646e02057ce7c72bf3d3d2e0722ac0682a692d338aa"
        );
    }

    #[test]
    fn all_spellings_have_one_hash_and_two_files_have_two() {
        let [a, b, other] = ["Jana@l.example", "jana+x@l.example", "ana@l.example"]
            .map(|email| email.parse::<EmailAddress>().unwrap());
        assert_eq!(keyed(&[1; 32], &a), keyed(&[1; 32], &b));
        assert_ne!(keyed(&[1; 32], &a), keyed(&[1; 32], &other));
        assert_ne!(keyed(&[1; 32], &a), keyed(&[2; 32], &a));
    }
}
