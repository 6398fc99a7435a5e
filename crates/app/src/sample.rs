//! The sample mailbox, inside the program, so that the demonstration needs nothing else.

use std::path::Path;

use anyhow::Result;
use inroad_service::Sample;

use crate::data_file;

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

/// The sample beside the data file that the user named, or beside the usual one.
pub(crate) fn beside(data: Option<&Path>) -> Result<Sample> {
    let folder = match data.and_then(Path::parent) {
        Some(parent) => parent.join("sample"),
        None => data_file::folder()?.join("sample"),
    };
    Ok(Sample { folder, files: &FILES, as_of: AS_OF.parse()? })
}
