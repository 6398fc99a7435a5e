//! Zip archives: what their table of contents lists, and the bytes of one member.
//!
//! The only file that knows the crate that reads the table.

use std::fs::File;
use std::io::{BufReader, Error, ErrorKind, Read, Result, Seek, SeekFrom};
use std::path::Path;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipFileHeaderRecord};

use super::archive::{Fault, Listing, MemberPlace, Next};

/// Where the bytes of a member lie, and what the table says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    start: u64,
    packed_bytes: u64,
    bytes: u64,
    crc: u32,
    deflated: bool,
}

impl Span {
    /// The bytes of the member, unpacked. They end in an error if they are not those of which the
    /// table tells.
    pub(super) fn open(&self, archive: &Path) -> Result<Checked> {
        let mut file = File::open(archive)?;
        file.seek(SeekFrom::Start(self.start))?;
        let packed = BufReader::with_capacity(PACKED_BUFFER_BYTES, file.take(self.packed_bytes));
        let content = if self.deflated {
            Content::Deflated(DeflateDecoder::new(packed))
        } else {
            Content::Stored(packed)
        };
        Ok(Checked { content, left: self.bytes, expected: self.crc, crc: Crc::new() })
    }
}

const PACKED_BUFFER_BYTES: usize = 64 << 10;

#[derive(Debug)]
enum Content {
    Stored(BufReader<std::io::Take<File>>),
    Deflated(DeflateDecoder<BufReader<std::io::Take<File>>>),
}

/// The content of a member, compared with the length and the sum in the table.
#[derive(Debug)]
pub(super) struct Checked {
    content: Content,
    left: u64,
    expected: u32,
    crc: Crc,
}

impl Read for Checked {
    fn read(&mut self, space: &mut [u8]) -> Result<usize> {
        let count = match &mut self.content {
            Content::Stored(content) => content.read(space)?,
            Content::Deflated(content) => content.read(space)?,
        };
        let damaged = || Error::new(ErrorKind::InvalidData, "the archive is damaged here");
        // Longer than the table says is damaged, too, and may be a trap.
        self.left = self.left.checked_sub(count as u64).ok_or_else(damaged)?;
        self.crc.update(space.get(..count).unwrap_or_default());
        let ended = count == 0 && !space.is_empty();
        if ended && (self.left > 0 || self.crc.sum() != self.expected) {
            return Err(damaged());
        }
        Ok(count)
    }
}

/// Lists the members of use, and what is wrong with the others.
pub(super) fn list(path: &Path, shown: &str) -> Result<Listing> {
    let file = File::open(path)?;
    let mut listing = Listing::new(path, shown, file.metadata()?.len());
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let Ok(archive) = ZipArchive::from_file(file, &mut buffer) else {
        let what = "The archive is not whole: the table of contents at its end cannot be read";
        listing.broken(what.to_owned(), "Fetch it again and import it once more");
        return Ok(listing);
    };
    let mut entries = archive.entries(&mut buffer);
    let mut seen = 0_u64;
    loop {
        match entries.next_entry() {
            Ok(Some(entry)) => {
                seen += 1;
                let located = archive.get_entry(entry.wayfinder());
                let range = located.map(|entry| entry.compressed_data_range()).ok();
                if look(path, &entry, range, &mut listing) == Next::Stop {
                    break;
                }
            }
            Ok(None) if seen >= archive.entries_hint() => break,
            _ => {
                listing.broken(
                    format!("The table of contents of the archive is damaged behind member {seen}"),
                    "The members before that were read; fetch it again and import it once more",
                );
                break;
            }
        }
    }
    Ok(listing)
}

/// Looks into one member, whose packed bytes lie in that range.
fn look(
    path: &Path,
    entry: &ZipFileHeaderRecord<'_>,
    range: Option<(u64, u64)>,
    listing: &mut Listing,
) -> Next {
    let raw_name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
    let bytes = entry.uncompressed_size_hint();
    let name = match listing.enter(&raw_name, bytes) {
        Ok(name) => name,
        Err(next) => return next,
    };
    let deflated = match entry.compression_method() {
        CompressionMethod::STORE => Some(false),
        CompressionMethod::DEFLATE => Some(true),
        _ => None,
    };
    let fault = if entry.is_dir() {
        return Next::GoOn;
    } else if entry.mode().is_symlink() {
        Fault::Link
    } else if entry.flags().is_encrypted() {
        Fault::Encrypted
    } else if let (Some((start, end)), Some(deflated)) = (range, deflated) {
        let packed_bytes = end.saturating_sub(start);
        let span = Span { start, packed_bytes, bytes, crc: entry.crc32(), deflated };
        match span.open(path) {
            Ok(content) => {
                listing.look(name, MemberPlace::Zip(span), bytes, content);
                return Next::GoOn;
            }
            Err(_) => Fault::Damaged,
        }
    } else if range.is_none() {
        Fault::Damaged
    } else {
        Fault::UnknownPacking
    };
    listing.refuse(&name, fault);
    Next::GoOn
}
