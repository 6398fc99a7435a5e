//! Writes archives piece by piece, so that large ones need no memory.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// Writes a zip archive of members, each given in pieces.
pub(crate) fn zip<N: AsRef<str>, P: AsRef<[u8]>>(
    path: &Path,
    members: impl IntoIterator<Item = (N, impl IntoIterator<Item = P>)>,
) {
    let file = BufWriter::new(File::create(path).unwrap());
    let mut archive = ZipArchiveWriter::new(file);
    for (name, pieces) in members {
        let (mut entry, config) = archive
            .new_file(name.as_ref())
            .compression_method(CompressionMethod::DEFLATE)
            .start()
            .unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::best()));
        for piece in pieces {
            writer.write_all(piece.as_ref()).unwrap();
        }
        let (packer, descriptor) = writer.finish().unwrap();
        packer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap().flush().unwrap();
}
