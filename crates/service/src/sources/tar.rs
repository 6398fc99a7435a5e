//! Tar archives, mostly packed with gzip: what is in them, found by reading them once.

use std::fs::File;
use std::io::{BufReader, Read, Result};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use inroad_ingest::tar::{Tar, TarKind};

use super::archive::{Fault, Listing, MemberPlace, Next, unpacked_bytes_max};

/// An archive under way.
pub(super) type Stream = Tar<Box<dyn Read + Send>>;

/// Opens an archive at its start.
pub(super) fn open(path: &Path, gzip: bool) -> Result<Stream> {
    let file = File::open(path)?;
    let unpacked_bytes = unpacked_bytes_max(file.metadata()?.len());
    let file = BufReader::with_capacity(256 << 10, file);
    // Notes on members cost no member anything, so the stream has a bound of its own.
    Ok(Tar::new(if gzip {
        Box::new(BufReader::new(MultiGzDecoder::new(file)).take(unpacked_bytes))
    } else {
        Box::new(file)
    }))
}

/// Lists the members of use, and what is wrong with the others.
pub(super) fn list(path: &Path, shown: &str, gzip: bool) -> Result<Listing> {
    let mut listing = Listing::new(path, shown, path.metadata()?.len());
    let mut tar = open(path, gzip)?;
    let mut number = 0_u64;
    loop {
        let member = match tar.next_member() {
            Ok(Some(member)) => member,
            Ok(None) => break,
            Err(cause) => {
                listing.broken(
                    format!("The archive cannot be read behind member {number}: {cause}"),
                    "What stands before that was read; fetch it again and import it once more",
                );
                break;
            }
        };
        match listing.enter(&member.name, member.bytes) {
            Err(Next::Stop) => break,
            Err(Next::GoOn) => {}
            Ok(name) => match member.kind {
                TarKind::File => {
                    let place = MemberPlace::Tar { number, gzip };
                    listing.look(name, place, member.bytes, &mut tar);
                }
                TarKind::Link => listing.refuse(&name, Fault::Link),
                TarKind::Folder | TarKind::Other => {}
            },
        }
        number += 1;
    }
    Ok(listing)
}
