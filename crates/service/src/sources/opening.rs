//! Opening what was found: a file, or a member of an archive, read in place.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;

use super::SourceFile;
use super::archive::MemberPlace;
use super::tar;
use crate::{Error, Result};

/// Opens files one after the other. Members of a tar archive have no place of their own, so an
/// archive stays open between them: files that come in the order in which they were found cost
/// one reading of it.
#[derive(Debug, Default)]
pub(crate) struct Opener {
    under_way: Option<UnderWay>,
}

struct UnderWay {
    path: Arc<Path>,
    stream: tar::Stream,
    /// The number of the member that comes next.
    next: u64,
}

impl std::fmt::Debug for UnderWay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnderWay")
            .field("path", &self.path)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

const BUFFER_BYTES: usize = 256 << 10;

impl Opener {
    /// Opens a file, unpacked.
    ///
    /// # Errors
    /// [`Error::File`] if it cannot be opened.
    pub(crate) fn open(&mut self, file: &SourceFile) -> Result<Box<dyn BufRead + Send + '_>> {
        let failed = |cause| Error::file(Path::new(&file.label()), cause);
        let content: Box<dyn Read + Send + '_> = match file.member.as_ref().map(|m| m.place) {
            None => Box::new(File::open(&file.path).map_err(failed)?),
            Some(MemberPlace::Zip(span)) => Box::new(span.open(&file.path).map_err(failed)?),
            Some(MemberPlace::Tar { number, gzip }) => {
                Box::new(self.stand_at(&file.path, number, gzip).map_err(failed)?)
            }
        };
        let content = BufReader::with_capacity(BUFFER_BYTES, content);
        Ok(if file.gzip {
            Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(content)))
        } else {
            Box::new(content)
        })
    }

    /// Reads a file whole, up to a limit. The second value says whether something was cut off.
    ///
    /// # Errors
    /// [`Error::File`] if it cannot be read.
    pub(crate) fn read(&mut self, file: &SourceFile, bytes_max: u64) -> Result<(Vec<u8>, bool)> {
        let mut bytes = Vec::new();
        self.open(file)?
            .take(bytes_max + 1)
            .read_to_end(&mut bytes)
            .map_err(|cause| Error::file(Path::new(&file.label()), cause))?;
        let cut = bytes.len() as u64 > bytes_max;
        bytes.truncate(usize::try_from(bytes_max).unwrap_or(usize::MAX));
        Ok((bytes, cut))
    }

    /// The archive, standing at a member.
    fn stand_at(
        &mut self,
        path: &Arc<Path>,
        number: u64,
        gzip: bool,
    ) -> std::io::Result<&mut tar::Stream> {
        let here = self.under_way.take().filter(|open| open.path == *path && open.next <= number);
        let mut open = match here {
            Some(open) => open,
            None => UnderWay { path: Arc::clone(path), stream: tar::open(path, gzip)?, next: 0 },
        };
        while open.next <= number {
            if open.stream.next_member()?.is_none() {
                let words = "the archive has fewer members than before";
                return Err(std::io::Error::other(words));
            }
            open.next += 1;
        }
        Ok(&mut self.under_way.insert(open).stream)
    }
}
