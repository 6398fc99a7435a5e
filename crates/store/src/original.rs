//! Originals: the bytes as they came, compressed, found again by their content.

use std::cell::RefCell;
use std::collections::BTreeMap;

use zstd::bulk::Compressor;

use crate::sql::{self, list};
use crate::{Error, Result, Store};

/// The first 16 bytes of BLAKE3 over the uncompressed bytes: what "the same mail again" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 16]);

impl ContentHash {
    /// The hash of these bytes.
    pub fn of(raw: &[u8]) -> Self {
        let mut short = [0; 16];
        short.iter_mut().zip(blake3::hash(raw).as_bytes()).for_each(|(to, from)| *to = *from);
        Self(short)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The hash that hexadecimal digits are; `None` if they are none of ours.
    pub fn from_hex(digits: &str) -> Option<Self> {
        let is_whole = digits.len() == 32;
        is_whole
            .then(|| u128::from_str_radix(digits, 16).ok())
            .flatten()
            .map(|n| Self(n.to_be_bytes()))
    }

    /// The hash in hexadecimal digits.
    pub fn to_hex(self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }
}

/// Bytes ready to be kept.
#[derive(Debug, Clone)]
pub struct Original {
    pub(crate) hash: ContentHash,
    pub(crate) bytes: i64,
    pub(crate) content: Vec<u8>,
}

/// Level 1 packs mail nearly as small as the default and three times as fast.
const PACK_LEVEL: i32 = 1;
/// No original is larger than this when unpacked; a damaged row cannot ask for more memory.
const UNPACKED_BYTES_MAX: usize = 256 << 20;

impl Original {
    /// Packs the bytes. `hash` is [`ContentHash::of`] the same bytes.
    ///
    /// # Errors
    /// [`Error::Damaged`] if compression fails, which it does only without memory.
    pub fn pack(raw: &[u8], hash: ContentHash) -> Result<Self> {
        let content = pack(raw)?;
        let bytes = i64::try_from(raw.len()).unwrap_or(i64::MAX);
        Ok(Self { hash, bytes, content })
    }
}

impl Original {
    /// In the place of one that is kept already and not written again.
    pub(crate) fn elsewhere() -> Self {
        Self { hash: ContentHash([0; 16]), bytes: 0, content: Vec::new() }
    }
}

/// Compresses bytes; nothing stays nothing.
pub(crate) fn pack(raw: &[u8]) -> Result<Vec<u8>> {
    thread_local! {
        /// Making one takes longer than packing most letters.
        static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    }
    if raw.is_empty() {
        return Ok(Vec::new());
    }
    let packed = COMPRESSOR.with_borrow_mut(|kept| {
        let compressor = match kept {
            Some(compressor) => compressor,
            None => kept.insert(Compressor::new(PACK_LEVEL)?),
        };
        compressor.compress(raw)
    });
    packed.map_err(|cause| Error::damaged(cause.to_string()))
}

/// Undoes [`pack`], many times over: making a context anew for each text of a review cost more
/// than unpacking it.
pub(crate) struct Unpacker(zstd::bulk::Decompressor<'static>);

impl Unpacker {
    pub(crate) fn new() -> Result<Self> {
        let context = zstd::bulk::Decompressor::new();
        context.map(Self).map_err(|cause| Error::damaged(cause.to_string()))
    }

    /// What [`pack`] packed.
    pub(crate) fn unpack(&mut self, content: &[u8]) -> Result<Vec<u8>> {
        if content.is_empty() {
            return Ok(Vec::new());
        }
        let size = zstd::zstd_safe::get_frame_content_size(content)
            .ok()
            .flatten()
            .and_then(|size| usize::try_from(size).ok())
            .filter(|size| *size <= UNPACKED_BYTES_MAX)
            .ok_or_else(|| Error::damaged("an original without its size"))?;
        self.0.decompress(content, size).map_err(|cause| Error::damaged(cause.to_string()))
    }

    /// The same of what was a text; `message` says whose, if it is none.
    pub(crate) fn unpack_text(&mut self, content: &[u8], message: &str) -> Result<String> {
        String::from_utf8(self.unpack(content)?)
            .map_err(|_cause| Error::damaged(format!("the text of message {message}")))
    }
}

/// What [`pack`] packed, once.
pub(crate) fn unpack(content: &[u8]) -> Result<Vec<u8>> {
    Unpacker::new()?.unpack(content)
}

impl Store {
    /// The bytes of the messages with these row ids, as they came; rows that are not there are
    /// left out.
    ///
    /// # Errors
    /// As [`Store::original`].
    pub async fn originals(&self, ids: &[i64]) -> Result<BTreeMap<i64, Vec<u8>>> {
        let rows: Vec<(i64, Vec<u8>)> = sql::query_as(
            "SELECT id, content FROM original \
             WHERE id IN (SELECT value FROM json_each(?2)) AND +workspace_id = ?1",
        )
        .bind(self.workspace)
        .bind(list(ids))
        .fetch_all(&self.readers)
        .await?;
        let mut unpacker = Unpacker::new()?;
        rows.iter().map(|(id, content)| Ok((*id, unpacker.unpack(content)?))).collect()
    }

    /// The bytes of the message with that row id, as they came.
    ///
    /// # Errors
    /// [`Error::Damaged`] if the row cannot be unpacked, [`Error::Database`].
    pub async fn original(&self, id: i64) -> Result<Option<Vec<u8>>> {
        let row = sql::query("SELECT content FROM original WHERE workspace_id = ? AND id = ?")
            .bind(self.workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| unpack(&row.try_get::<Vec<u8>>(0)?)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back() {
        for raw in [&b""[..], b"a", &vec![0; 100_000]] {
            assert_eq!(unpack(&pack(raw).unwrap()).unwrap(), raw);
        }
    }

    #[test]
    fn damage_is_an_error() {
        let mut packed = pack(&[7; 1000]).unwrap();
        packed.truncate(packed.len() / 2);
        assert!(unpack(&packed).is_err());
        assert!(unpack(b"not zstd at all").is_err());
    }
}
