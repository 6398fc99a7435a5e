//! The record of processing activities, as Markdown to be completed and filed.

use std::io::{self, Write};

use inroad_service::{PlaceOfData, ProcessingRecord};

use super::plain;

const BLANK: &str = "_to be filled in_";

pub(crate) fn write(record: &ProcessingRecord, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Record of processing activities\n")?;
    writeln!(
        out,
        "Article 30 of the GDPR, as inroad knows it on {}. What it cannot know is",
        record.at.date()
    )?;
    writeln!(out, "marked: {BLANK}.\n")?;
    writeln!(out, "## Who answers for it\n")?;
    let controller = record.controller.as_ref().map_or_else(
        || BLANK.to_owned(),
        |who| {
            let emails: Vec<&str> =
                who.emails.iter().map(inroad_model::EmailAddress::as_str).collect();
            let name = who.name.as_deref().unwrap_or(BLANK);
            plain(&format!("{name}, {}", emails.join(", ")))
        },
    );
    writeln!(out, "- Controller: {controller}")?;
    writeln!(out, "- Firm, postal address, data protection officer: {BLANK}")?;
    writeln!(out, "- What it rests on in law (Article 6): {BLANK}\n")?;
    writeln!(out, "## What is kept, of whom, why, for how long\n")?;
    writeln!(out, "| what | how many | of whom | why | how long |")?;
    writeln!(out, "|---|---|---|---|---|")?;
    for kind in &record.kept {
        let how_many = kind.rows;
        writeln!(
            out,
            "| {} | {how_many} | {} | {} | {} |",
            kind.what, kind.of_whom, kind.why, kind.how_long
        )?;
    }
    writeln!(
        out,
        "\nNothing is kept to decide about anybody by itself (Article 22): a person reads and decides."
    )?;
    writeln!(out, "Backups hold the same until you remove them.\n")?;
    servers(record, out)?;
    writeln!(out, "## Who sees it inside\n")?;
    writeln!(out, "- Whose data it is: all of it.")?;
    for (role, count) in &record.inside {
        writeln!(out, "- {} ({count}): what is shared, never the mailbox.", role.as_str())?;
    }
    writeln!(out, "\n## How it is guarded (Article 32)\n")?;
    let place = match &record.place {
        PlaceOfData::File => {
            "It lies in one file on this machine, which its owner alone may read.".to_owned()
        }
        PlaceOfData::Database(host) => format!(
            "It lies in a database on {}, spoken to encrypted if that is another machine.",
            plain(host)
        ),
    };
    for line in [
        place.as_str(),
        "Passwords for servers lie sealed beside it, or in the keyring of the system.",
        "Servers are spoken to encrypted, and only if their certificates prove them.",
        "The pages answer whoever holds a key, and load nothing from elsewhere.",
        "A person is erased from all of it by 'inroad erase', and gets what is held of them by 'inroad export-person'.",
    ] {
        writeln!(out, "- {line}")?;
    }
    writeln!(out, "- Encryption of the disk, of backups, who may enter the machine: {BLANK}")
}

fn servers(record: &ProcessingRecord, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Who receives it\n")?;
    let (to, from): (Vec<_>, Vec<_>) = record.servers.iter().partition(|server| server.receives);
    if to.is_empty() {
        writeln!(out, "Nobody: inroad sends to no server.\n")?;
    } else {
        writeln!(out, "| server | what | in which country, by which contract |")?;
        writeln!(out, "|---|---|---|")?;
        for server in to {
            writeln!(out, "| {} | {} | {BLANK} |", plain(&server.host), server.what)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "## Where it comes from\n")?;
    for server in from {
        writeln!(out, "- {}: {}", plain(&server.host), server.what)?;
    }
    writeln!(
        out,
        "- Files that you import: exports of mail, calendars, address books and CRM systems\n"
    )
}
