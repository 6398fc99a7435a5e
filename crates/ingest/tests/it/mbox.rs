//! Mailboxes as files: every message of a corpus goes into one file and comes out again.

use inroad_ingest::Limits;
use inroad_ingest::mbox::Mbox;
use inroad_ingest::source::{SourceKind, detect};

use crate::corpus;

const FROM: &[u8] = b"From sender@lindner.example Tue Mar  3 09:00:00 2026\n";

/// Writes messages the way `mboxrd` asks.
fn write(messages: &[Vec<u8>]) -> Vec<u8> {
    let mut file = Vec::new();
    for message in messages {
        file.extend_from_slice(FROM);
        for line in message.split_inclusive(|byte| *byte == b'\n') {
            let quotes = line.iter().take_while(|byte| **byte == b'>').count();
            if line[quotes..].starts_with(b"From ") {
                file.push(b'>');
            }
            file.extend_from_slice(line);
        }
        file.push(b'\n');
    }
    file
}

#[test]
fn mails_come_out_as_they_went_in() {
    let Some(folder) = corpus::folder("mail") else { return };
    let mut messages: Vec<Vec<u8>> = ["eml", "txt"]
        .into_iter()
        .flat_map(|extension| corpus::files(&folder, extension))
        .map(|(_, bytes)| bytes)
        // A message has to end its last line to be told apart from the line that follows it.
        .map(|mut bytes| {
            if !bytes.ends_with(b"\n") {
                bytes.push(b'\n');
            }
            bytes
        })
        .collect();
    assert!(messages.len() >= 300, "the corpus is too small: {}", messages.len());
    messages.push(
        b"S: 1\n\n>From me\n>>From you\nFrom a@b.example Tue Mar  3 09:00:00 2026\n".to_vec(),
    );
    let file = write(&messages);
    assert_eq!(detect("all", &file), SourceKind::Mbox);
    let items: Vec<_> = Mbox::new(file.as_slice(), &Limits::default()).collect();
    assert_eq!(items.len(), messages.len());
    for (item, message) in items.iter().zip(&messages) {
        assert_eq!(item.issue, None);
        assert_eq!(String::from_utf8_lossy(&item.raw), String::from_utf8_lossy(message));
    }
}

#[test]
fn kinds_of_shared_files() {
    for (folder, extension, kind) in [
        ("mail/calcard/ical", "ics", SourceKind::Calendar),
        ("exports/vcard", "vcf", SourceKind::Contacts),
        ("exports", "csv", SourceKind::Csv),
    ] {
        let Some(folder) = corpus::folder(folder) else { return };
        let files = corpus::files(&folder, extension);
        assert!(files.len() >= 15, "the corpus is too small");
        // By content alone, without the help of the name.
        let wrong: Vec<_> = files.iter().filter(|(_, bytes)| detect("x", bytes) != kind).collect();
        println!(
            "{}: {} of {} by content",
            folder.display(),
            files.len() - wrong.len(),
            files.len()
        );
        for (path, bytes) in wrong {
            println!("  {:?} {}", detect("x", bytes), path.display());
            let name = path.file_name().unwrap().to_string_lossy();
            assert_eq!(detect(&name, bytes), kind, "{name}");
        }
    }
}
