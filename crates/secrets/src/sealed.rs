//! The sealed file as bytes: what stands where, read and written without touching a disk.
//!
//! ```text
//! magic       16   "inroad-secrets\r\n", whose line end tells a copy made as text
//! layout       1   1
//! cost        12   memory in KiB, passes, lanes of Argon2id; numbers are little-endian
//! salt        16
//! check       40   the seal of nothing, bound to all of the above: only the right key opens it
//! generation   8   how often the file was written
//! count        2
//! entry            length of the name 1, name, length of the seal 4, seal; `count` times, in order
//! whole       40   the seal of nothing, bound to all of the above: nothing was taken out or put in
//! digest      32   BLAKE3 of all of the above
//! ```
//!
//! A seal is a nonce of 24 bytes, what was encrypted by XChaCha20-Poly1305, and a tag of 16. That of an
//! entry is bound to the layout, the generation and the entry's name. Inside, a secret stands behind its
//! length and is filled up to a multiple of 128 bytes, so that a file does not tell how long a password is.
//!
//! The digest needs no key. It tells a damaged file from a wrong passphrase: where the digest holds and
//! the check does not open, the passphrase is wrong.
//!
//! Must not: give a secret before `whole` was verified.

mod read;
mod write;

pub use read::{CannotOpen, Damage, Opened, Sealed};
pub use write::seal;

/// Most secrets in one file.
pub const ENTRIES_MAX: usize = 1_000;
/// Longest file: every secret at its longest. Nothing longer is read.
pub const FILE_BYTES_MAX: u64 = 20 << 20;

const MAGIC: &[u8; 16] = b"inroad-secrets\r\n";
const LAYOUT: u8 = 1;
const DIGEST_BYTES: usize = 32;
const BLOCK_BYTES: usize = 128;
/// A seal of nothing.
const EMPTY_SEAL_BYTES: usize = crate::key::NONCE_BYTES + crate::key::TAG_BYTES;

const CHECK: &[u8] = b"inroad check\0";
const ENTRY: &[u8] = b"inroad entry\0";
const WHOLE: &[u8] = b"inroad whole\0";

/// What an entry is bound to beside its purpose.
fn entry_bound(generation: u64, name: &str) -> Vec<u8> {
    [&[LAYOUT], generation.to_le_bytes().as_slice(), name.as_bytes()].concat()
}
