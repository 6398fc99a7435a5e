//! The sample mailbox, inside the program, so that the demonstration needs nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use inroad_model::Moment;

/// The sample, file by file.
const FILES: [(&str, &[u8]); 5] = [
    ("mailbox.mbox", include_bytes!("../../../examples/mailbox.mbox")),
    ("calendar.ics", include_bytes!("../../../examples/calendar.ics")),
    ("contacts.vcf", include_bytes!("../../../examples/contacts.vcf")),
    ("deals.json", include_bytes!("../../../examples/deals.json")),
    ("crm.csv", include_bytes!("../../../examples/crm.csv")),
];

/// The morning on which the sample is reviewed.
const AS_OF: &str = "2026-09-01T09:00:00+02:00";

/// The morning on which the sample is reviewed.
pub(crate) fn as_of() -> Result<Moment> {
    Ok(AS_OF.parse()?)
}

/// Writes the sample into a folder, for the user to look at. Returns the files.
pub(crate) fn unpack(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    FILES
        .iter()
        .map(|(name, content)| {
            let path = folder.join(name);
            if fs::read(&path).ok().as_deref() != Some(*content) {
                fs::write(&path, content)
                    .with_context(|| format!("{} cannot be written", path.display()))?;
            }
            Ok(path)
        })
        .collect()
}
