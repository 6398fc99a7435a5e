//! Members out of a tar archive, one after the other, in constant memory.
//!
//! It stands here and is no crate because what is needed is small, and because the usual crate
//! reads a long name whole, however long an archive says it is
//! (see `docs/decisions/archives.md`). Read are the forms that are written today: ustar (POSIX.1),
//! GNU with its long names, and pax with `path` and `size`.
//! Must not: unpack what the archive is packed with, believe a name, or open files.

use std::io::{Error, ErrorKind, Read, Result};

/// One member of an archive; [`Tar`] reads its bytes until the next one is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TarMember {
    /// The name as it stands there: it may lead anywhere.
    pub name: String,
    /// What it is.
    pub kind: TarKind,
    /// How many bytes it holds.
    pub bytes: u64,
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TarKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to something else, which may lie anywhere.
    Link,
    /// A device, a pipe, a file with holes.
    Other,
}

/// Reads a tar archive; as a reader it gives the bytes of the member at which it stands.
///
/// ```
/// use inroad_ingest::tar::Tar;
/// let mut tar = Tar::new(&[0_u8; 1024][..]);
/// assert_eq!(tar.next_member().unwrap(), None);
/// ```
#[derive(Debug)]
pub struct Tar<R> {
    reader: R,
    /// Bytes of the member that were not read yet.
    left: u64,
    /// Bytes behind the member that fill its last block.
    padding: u64,
}

const BLOCK_BYTES: usize = 512;
/// The longest name that is read; more is no name.
const NAME_BYTES_MAX: u64 = 64 << 10;
/// Notes on one member, such as its long name; more of them in a row are a trap.
const NOTES_MAX: usize = 16;

type Block = [u8; BLOCK_BYTES];

/// What notes before a member say of it.
#[derive(Debug, Default)]
struct Notes {
    name: Option<String>,
    bytes: Option<u64>,
}

impl<R: Read> Tar<R> {
    /// Starts at the beginning of an archive.
    pub fn new(reader: R) -> Self {
        Self { reader, left: 0, padding: 0 }
    }

    /// Goes on to the next member; `None` at the end of the archive.
    ///
    /// # Errors
    /// If the archive breaks off, or something stands in it that is no member. Nothing can be
    /// read behind such a place.
    pub fn next_member(&mut self) -> Result<Option<TarMember>> {
        let mut notes = Notes::default();
        for _ in 0..=NOTES_MAX {
            self.skip_rest()?;
            let Some(block) = self.block()? else { return Ok(None) };
            if block.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            if !is_header(&block) {
                return Err(Error::new(ErrorKind::InvalidData, "what stands here is no member"));
            }
            let bytes = number(part(&block, 124, 12))
                .ok_or_else(|| Error::new(ErrorKind::InvalidData, "a member has no size"))?;
            let flag = block.get(156).copied().unwrap_or_default();
            self.enter(bytes)?;
            match flag {
                b'L' => notes.name = Some(name_of(&self.note(bytes)?)),
                b'x' => read_pax(&self.note(bytes)?, &mut notes),
                // Notes on all members, and long targets of links.
                b'g' | b'K' => {}
                _ => return self.member(&block, bytes, notes).map(Some),
            }
        }
        Err(Error::new(ErrorKind::InvalidData, "there is no end of notes on a member"))
    }

    fn member(&mut self, block: &Block, bytes: u64, notes: Notes) -> Result<TarMember> {
        let kind = match block.get(156).copied().unwrap_or_default() {
            0 | b'0' | b'7' => TarKind::File,
            b'1' | b'2' => TarKind::Link,
            b'5' => TarKind::Folder,
            _ => TarKind::Other,
        };
        // Links name a size and hold nothing.
        let bytes = if kind == TarKind::Link { 0 } else { notes.bytes.unwrap_or(bytes) };
        self.enter(bytes)?;
        let name = notes.name.unwrap_or_else(|| name_in(block));
        Ok(TarMember { name, kind, bytes })
    }

    fn enter(&mut self, bytes: u64) -> Result<()> {
        let padded = bytes.checked_next_multiple_of(BLOCK_BYTES as u64);
        let padded =
            padded.ok_or_else(|| Error::new(ErrorKind::InvalidData, "a member has no size"))?;
        self.left = bytes;
        self.padding = padded - bytes;
        Ok(())
    }

    /// The content of a note; what is too long for one is cut off.
    fn note(&mut self, bytes: u64) -> Result<Vec<u8>> {
        let mut note = Vec::new();
        Read::take(&mut *self, bytes.min(NAME_BYTES_MAX)).read_to_end(&mut note)?;
        Ok(note)
    }

    fn skip_rest(&mut self) -> Result<()> {
        let rest = self.left + self.padding;
        (self.left, self.padding) = (0, 0);
        let skipped = std::io::copy(&mut (&mut self.reader).take(rest), &mut std::io::sink())?;
        if skipped < rest { Err(broken_off()) } else { Ok(()) }
    }

    /// The next block; `None` where the archive ends, also without the blocks that should end it.
    fn block(&mut self) -> Result<Option<Block>> {
        let mut block = [0; BLOCK_BYTES];
        let mut filled = 0;
        while let Some(space) = block.get_mut(filled..).filter(|space| !space.is_empty()) {
            match self.reader.read(space) {
                Ok(0) if filled == 0 => return Ok(None),
                Ok(0) => return Err(broken_off()),
                Ok(count) => filled += count.min(space.len()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(block))
    }
}

impl<R: Read> Read for Tar<R> {
    fn read(&mut self, space: &mut [u8]) -> Result<usize> {
        if self.left == 0 || space.is_empty() {
            return Ok(0);
        }
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(space.len());
        let count = self.reader.read(space.get_mut(..wanted).unwrap_or_default())?;
        if count == 0 {
            return Err(broken_off());
        }
        self.left -= count.min(wanted) as u64;
        Ok(count.min(wanted))
    }
}

/// Whether bytes start like a tar archive: with a header whose sum is right.
pub(crate) fn is_header(head: &[u8]) -> bool {
    let Some(block) = head.get(..BLOCK_BYTES) else { return false };
    // The sum is made with blanks in its own place; old programs took bytes for signed.
    let bytes = || {
        block.iter().enumerate().map(|(at, byte)| match at {
            148..156 => b' ',
            _ => *byte,
        })
    };
    let unsigned: u64 = bytes().map(u64::from).sum();
    let signed: i64 = bytes().map(|byte| i64::from(byte.cast_signed())).sum();
    let told = number(part(block, 148, 8));
    told == Some(unsigned) || told.is_some() && told == u64::try_from(signed).ok()
}

fn broken_off() -> Error {
    Error::new(ErrorKind::UnexpectedEof, "the archive breaks off here")
}

fn part(block: &[u8], at: usize, length: usize) -> &[u8] {
    block.get(at..at + length).unwrap_or_default()
}

/// A number in octal digits, or in binary where the first bit says so (GNU, for large files).
fn number(field: &[u8]) -> Option<u64> {
    if let Some((first, rest)) = field.split_first().filter(|(first, _)| **first >= 0x80) {
        let start = u64::from(first & 0x7F);
        return rest
            .iter()
            .try_fold(start, |sum, byte| Some(sum.checked_mul(256)? | u64::from(*byte)));
    }
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches(['\0', ' ']).split('\0').next()?;
    u64::from_str_radix(digits, 8).ok()
}

fn name_of(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

/// The name in a header; ustar keeps the first folders of a long one apart.
fn name_in(block: &Block) -> String {
    let name = name_of(part(block, 0, 100));
    let prefix = name_of(part(block, 345, 155));
    let is_ustar = part(block, 257, 6) == b"ustar\0";
    if is_ustar && !prefix.is_empty() { format!("{prefix}/{name}") } else { name }
}

/// Lines of `length key=value`, each as long as it says.
fn read_pax(mut text: &[u8], notes: &mut Notes) {
    while let Some(blank) = text.iter().position(|byte| *byte == b' ') {
        let length = std::str::from_utf8(text.get(..blank).unwrap_or_default()).ok();
        let length = length.and_then(|digits| digits.parse::<usize>().ok());
        let Some(length) = length.filter(|length| *length > blank && *length <= text.len()) else {
            return;
        };
        let (line, rest) = text.split_at(length);
        let line = line.get(blank + 1..).unwrap_or_default();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if let Some(path) = line.strip_prefix(b"path=") {
            notes.name = Some(name_of(path));
        } else if let Some(size) = line.strip_prefix(b"size=") {
            notes.bytes = std::str::from_utf8(size).ok().and_then(|digits| digits.parse().ok());
        }
        text = rest;
    }
}

#[cfg(test)]
mod tests;
