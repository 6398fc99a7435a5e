//! Secrets to a sealed file.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::{BLOCK_BYTES, CHECK, ENTRIES_MAX, ENTRY, LAYOUT, MAGIC, WHOLE, entry_bound};
use crate::key::Bound;
use crate::{Key, Secret, SecretName, VaultError};

/// Seals all secrets into the bytes of a file, each anew.
///
/// # Errors
/// [`VaultError::Full`], [`VaultError::Unavailable`].
pub fn seal(
    secrets: &BTreeMap<SecretName, Secret>,
    key: &Key,
    generation: u64,
) -> Result<Vec<u8>, VaultError> {
    let full = VaultError::Full { max: ENTRIES_MAX };
    if secrets.len() > ENTRIES_MAX {
        return Err(full);
    }
    let Ok(count) = u16::try_from(secrets.len()) else { return Err(full) };
    let mut out = MAGIC.to_vec();
    out.push(LAYOUT);
    for part in key.cost().parts() {
        out.extend_from_slice(&part.to_le_bytes());
    }
    out.extend_from_slice(&key.salt());
    let check = key.seal(b"", Bound { purpose: CHECK, data: &out })?;
    out.extend_from_slice(&check);
    out.extend_from_slice(&generation.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    for (name, secret) in secrets {
        let name = name.to_string();
        let bound = entry_bound(generation, &name);
        let sealed = key.seal(&filled(secret), Bound { purpose: ENTRY, data: &bound })?;
        // Both are far below what their lengths can say: names and secrets are bounded.
        out.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&u32::try_from(sealed.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.extend_from_slice(&sealed);
    }
    let whole = key.seal(b"", Bound { purpose: WHOLE, data: &out })?;
    out.extend_from_slice(&whole);
    let digest = blake3::hash(&out);
    out.extend_from_slice(digest.as_bytes());
    Ok(out)
}

/// A secret behind its length, filled up to whole blocks.
fn filled(secret: &Secret) -> Zeroizing<Vec<u8>> {
    let bytes = secret.expose().as_bytes();
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    let full = (length.len() + bytes.len()).next_multiple_of(BLOCK_BYTES);
    // At its full length at once: a vector that grows leaves pieces behind in memory.
    let mut plain = Zeroizing::new(Vec::with_capacity(full));
    plain.extend_from_slice(&length);
    plain.extend_from_slice(bytes);
    plain.resize(full, 0);
    plain
}
