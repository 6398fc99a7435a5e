//! The record of processing activities (GDPR, article 30), as far as this program can know it: what is kept of
//! whom, why and for how long, and who receives it, of what is really configured.
//!
//! What only people know (the law it rests on, in which country a server stands, who answers for it) is left
//! to be filled in.
//!
//! Must not: count or name anybody but whose data it is, and servers.

use inroad_model::{Deleted, MemberRole, Moment, Reads, Seller};
use inroad_store::Store;

use crate::{Inroad, Place, Result};

/// The record, as of a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessingRecord {
    /// As of when.
    pub at: Moment,
    /// Whose data it is, if they said who they are.
    pub controller: Option<Seller>,
    /// Where it lies.
    pub place: PlaceOfData,
    /// What is kept.
    pub kept: Vec<KeptKind>,
    /// Servers with which it is exchanged, each named by a person.
    pub servers: Vec<ExchangedWith>,
    /// How many people see what is shared, by what they do.
    pub inside: Vec<(MemberRole, usize)>,
}

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceOfData {
    /// In a file on this machine.
    File,
    /// In a workspace of a database on this host.
    Database(String),
}

/// One kind of what is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptKind {
    /// What.
    pub what: &'static str,
    /// How many rows.
    pub rows: u64,
    /// Of whom.
    pub of_whom: &'static str,
    /// What for.
    pub why: &'static str,
    /// When it goes.
    pub how_long: String,
}

/// A server, and what goes there or comes from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangedWith {
    /// Its host, or the folder on this machine.
    pub host: String,
    /// What.
    pub what: &'static str,
    /// Whether it gets personal data that is kept here, beyond being asked.
    pub receives: bool,
}

/// Of whom, what for: by the nouns that [`Store::counts`] counts.
const KINDS: [(&str, &str, &str); 9] = [
    (
        "messages",
        "people who wrote to you or got your letters",
        "to see which deals go on, and to find what was said",
    ),
    ("addresses", "the same people", "to know who is who"),
    ("facts", "the same people", "to respect absences, wishes and changes that letters state"),
    ("deals", "people at firms that may buy, and at clients", "to work on what was agreed on"),
    ("lessons", "the same people", "to learn from deals that ended"),
    ("insights", "the same people", "to remember what you know of them and no letter says"),
    ("calendar entries", "people whom you meet", "to know of meetings and absences"),
    ("contacts", "people in your address books and lists", "to name and reach them"),
    ("leads", "people who may be interested", "to hand them from marketing to sales"),
];

/// Those who may not be written to, by the noun of [`Store::counts`].
const LISTED: &str = "people and firms on lists not to write to";

const THIS_MACHINE: &str = "this machine";

impl Inroad {
    /// The record as of now.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn processing_record(&self, at: Moment) -> Result<ProcessingRecord> {
        let counts = self.store.counts().await?;
        let connections = self.connections().await?;
        let forgets = connections.iter().any(|shown| {
            matches!(&shown.connection.reads, Reads::Mailbox(it) if it.deleted == Deleted::Forget)
        });
        let count = |noun: &str| {
            counts.iter().find(|(known, _)| *known == noun).map_or(0, |(_, rows)| *rows)
        };
        let rule = self.retention().await?;
        let mut kept: Vec<KeptKind> = KINDS
            .iter()
            .map(|&(what, of_whom, why)| {
                let by_rule = rule.letters_months.filter(|_| what == "messages").map(|months| {
                    format!("for {months} months, and longer while a deal is open with them or their firm")
                });
                let how_long = match what {
                    "messages" if forgets => {
                        "until you erase them; from mailboxes that say so, until they are deleted on the server"
                    }
                    _ => "until you erase them",
                };
                KeptKind { what, rows: count(what), of_whom, why, how_long: by_rule.unwrap_or_else(|| how_long.to_owned()) }
            })
            .collect();
        kept.push(KeptKind {
            what: LISTED,
            rows: count(LISTED),
            of_whom: "people who want no mail, and who were erased (as a hash)",
            why: "so that nobody writes to them",
            how_long: "for good, since the wish stands".to_owned(),
        });
        let mut servers = Vec::new();
        for shown in &connections {
            servers.extend(exchanged_with(&shown.connection.reads));
        }
        if let Some(consent) = self.second_consent().await? {
            servers.push(ExchangedWith {
                host: consent.host,
                what: "letters of one deal at a time, for a second reading by a language model",
                receives: true,
            });
        }
        for webhook in self.store.webhooks().await? {
            servers.push(ExchangedWith {
                host: host_of(&webhook.url).to_owned(),
                what: "it is told that something was done, by a number and the kind of thing, and nothing of whom",
                receives: true,
            });
        }
        for provider in self.store.identity_providers().await? {
            servers.push(ExchangedWith {
                host: host_of(&provider.issuer).to_owned(),
                what: "it tells who of those who work here signs in, and learns that they do",
                receives: true,
            });
        }
        let place = place(&self.store)?;
        if let PlaceOfData::Database(host) = &place
            && !matches!(host.as_str(), THIS_MACHINE | "localhost" | "127.0.0.1" | "::1")
        {
            let what = "all of it lies in its database";
            servers.push(ExchangedWith { host: host.clone(), what, receives: true });
        }
        servers.sort_by(|a, b| a.host.cmp(&b.host).then(a.what.cmp(b.what)));
        servers.dedup();
        let members = self.members().await?;
        let here = members.iter().filter(|kept| kept.left_at.is_none());
        let inside = MemberRole::ALL
            .into_iter()
            .map(|role| {
                (role, here.clone().filter(|kept| kept.member.roles().contains(&role)).count())
            })
            .filter(|(_, count)| *count > 0)
            .collect();
        Ok(ProcessingRecord { at, controller: self.seller().await?, place, kept, servers, inside })
    }
}

fn exchanged_with(reads: &Reads) -> Vec<ExchangedWith> {
    let from = |host: &str, what| ExchangedWith { host: host.to_owned(), what, receives: false };
    let to = |host: &str, what| ExchangedWith { host: host.to_owned(), what, receives: true };
    match reads {
        Reads::Mailbox(mailbox) => {
            let read = from(
                &mailbox.imap.host,
                "letters are read, and drafts that you approve are put there",
            );
            let sent = mailbox
                .submission
                .as_ref()
                .map(|server| to(&server.host, "letters that you let go are handed over"));
            std::iter::once(read).chain(sent).collect()
        }
        Reads::Calendar(calendar) => {
            vec![from(host_of(&calendar.server.address), "calendars are read")]
        }
        Reads::Contacts(books) if books.write_back => vec![to(
            host_of(&books.server.address),
            "address books are read, and what you put right is written back",
        )],
        Reads::Contacts(books) => {
            vec![from(host_of(&books.server.address), "address books are read")]
        }
        Reads::Feed(feed) => vec![from(host_of(&feed.host), "a calendar is read")],
        Reads::Notes(_) => vec![from(THIS_MACHINE, "a folder with notes and transcripts is read")],
    }
}

fn place(store: &Store) -> Result<PlaceOfData> {
    Ok(match Place::at(store.path())? {
        Place::File(_) => PlaceOfData::File,
        Place::Server(server) => PlaceOfData::Database(host_of(&server.database).to_owned()),
    })
}

/// The host in an address, without a name and a password that may stand before it.
fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = place.rsplit_once('@').map_or(place, |(_, host)| host);
    let host = match place.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    if host.is_empty() { THIS_MACHINE } else { host }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_connected_tells_who_receives() {
        for (reads, expected) in [
            (
                r#"{"kind": "mailbox", "address": "ada@brandt.example", "user": "ada", "imap": {"host": "imap.brandt.example",
                "port": 993, "security": "tls"}, "submission": {"host": "smtp.brandt.example", "port": 465, "security": "tls"}}"#,
                vec![("imap.brandt.example", false), ("smtp.brandt.example", true)],
            ),
            (
                r#"{"kind": "contacts", "server": {"address": "https://dav.brandt.example/cards", "user": "ada"}, "write_back": true}"#,
                vec![("dav.brandt.example", true)],
            ),
            (r#"{"kind": "notes", "folder": "/srv/notes"}"#, vec![("this machine", false)]),
        ] {
            let reads: Reads = serde_json::from_str(reads).unwrap();
            let found = exchanged_with(&reads);
            let found: Vec<_> = found.iter().map(|one| (one.host.as_str(), one.receives)).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_host_is_told_without_a_password() {
        for (address, expected) in [
            ("postgres://me:secret@db.example:5432/inroad?sslmode=require", "db.example"),
            ("postgres://db.example/inroad", "db.example"),
            ("postgresql://me:p%40ss@[::1]:5432/inroad", "::1"),
            ("postgres:///inroad?host=/run/postgresql", "this machine"),
            ("https://cloud.example/dav/", "cloud.example"),
            ("cloud.example", "cloud.example"),
        ] {
            assert_eq!(host_of(address), expected, "{address}");
        }
    }
}
