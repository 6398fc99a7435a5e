//! Calendars, address books and feeds: looked at again and again, each time for what changed.
//!
//! What a look found is kept batch by batch with the place from which the next one goes on, so that it may end
//! anywhere. What an item says goes the way of an import.
//!
//! Must not: write anything on a server, but to cards what a person decided on and gave leave for (`write_back`).

mod calendar;
mod contacts;
mod feed;
mod line;
mod meetings;
mod place;
mod write_back;

use std::collections::BTreeSet;
use std::path::PathBuf;

use inroad_dav::{Collection, Credentials, Feed, Kind, LeftOut, LeftOutWhy, Server};
use inroad_model::{CalendarFeed, DavServer, Issue, Reads};
use inroad_store::{KeptConnection, SyncFolder};
use jiff::civil::Date;

use self::line::on_a_thread;
use self::place::Place;
pub(super) use self::write_back::cards_by_content;
use super::fault::Fault;
use super::status::{LiveState, Trouble};
use crate::import::{ImportOptions, ImportReport};
use crate::{Inroad, Result};

type Done<T = ()> = std::result::Result<T, Fault>;

/// A connection that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Looking<'a> {
    pub inroad: &'a Inroad,
    pub kept: &'a KeptConnection,
    /// The password; of a feed its address, and its password behind a blank, which no address holds.
    pub secret: &'a str,
    pub options: &'a ImportOptions,
    pub say: &'a (dyn Fn(LiveState) + Send + Sync),
}

/// How far such a connection is behind, by a look that only asks.
pub(super) async fn tried(reads: &Reads, secret: &str) -> Done<Vec<String>> {
    match reads {
        Reads::Calendar(it) => absent(&it.server, Kind::Calendar, secret).await,
        Reads::Contacts(it) => absent(&it.server, Kind::AddressBook, secret).await,
        Reads::Feed(feed) => {
            let feed = feed_of(feed, secret)?;
            on_a_thread(move || feed.news(&inroad_dav::FeedMark::default())).await?;
            Ok(Vec::new())
        }
        Reads::Mailbox(_) | Reads::Notes(_) => Ok(Vec::new()),
    }
}

/// The collections that are asked for and are not there.
async fn absent(server: &DavServer, kind: Kind, secret: &str) -> Done<Vec<String>> {
    let found = collections(server, kind, secret).await?.1;
    let is_there = |name: &&String| !found.iter().any(|one| is_called(one, name));
    Ok(server.only.iter().filter(is_there).cloned().collect())
}

/// The server, and the collections of a kind on it.
async fn collections(
    wanted: &DavServer,
    kind: Kind,
    secret: &str,
) -> Done<(Server, Vec<Collection>)> {
    let credentials = Credentials::password(&wanted.user, secret).map_err(unusable)?;
    let mut server = Server::new(&wanted.address, credentials).map_err(unusable)?;
    if let Some(path) = &wanted.authority {
        server = server.trusting(&certificates(path)?).map_err(unusable)?;
    }
    let asked = server.clone();
    let found = on_a_thread(move || asked.collections(kind)).await?;
    let holds_meetings =
        |one: &Collection| one.components.is_empty() || one.components.contains("VEVENT");
    let found = found.into_iter().filter(|one| kind != Kind::Calendar || holds_meetings(one));
    Ok((server, found.collect()))
}

fn feed_of(feed: &CalendarFeed, secret: &str) -> Done<Feed> {
    let (address, password) = secret.split_once(' ').unwrap_or((secret, ""));
    let credentials = match &feed.user {
        Some(user) => Credentials::password(user, password).map_err(unusable)?,
        None => Credentials::none(),
    };
    let mut opened = Feed::new(address, credentials).map_err(unusable)?;
    if let Some(path) = &feed.authority {
        opened = opened.trusting(&certificates(path)?).map_err(unusable)?;
    }
    Ok(opened)
}

fn certificates(path: &PathBuf) -> Done<Vec<u8>> {
    std::fs::read(path).map_err(|cause| {
        Fault::NeedsYou(Trouble {
            what: format!("{} cannot be used: {cause}", path.display()),
            way_out: "Name a file with the authority's certificate, as PEM".to_owned(),
        })
    })
}

fn unusable(no: impl std::error::Error) -> Fault {
    Fault::NeedsYou(Trouble { what: no.to_string(), way_out: "Connect it once more".to_owned() })
}

/// What a person calls a collection, or the last part of its address.
fn name_of(one: &Collection) -> &str {
    let last = one.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    one.name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(last)
}

fn is_called(one: &Collection, name: &str) -> bool {
    let last = one.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    name_of(one).trim() == name.trim() || last == name || one.url == name
}

impl Looking<'_> {
    /// Looks once.
    pub(super) async fn look(&self) -> Done<ImportReport> {
        let mut report = ImportReport::default();
        match &self.kept.connection.reads {
            Reads::Calendar(it) => {
                self.all_of(&it.server, Kind::Calendar, it.since, &mut report).await?;
            }
            Reads::Contacts(it) => {
                self.all_of(&it.server, Kind::AddressBook, None, &mut report).await?;
            }
            Reads::Feed(it) => self.feed(it, &mut report).await?,
            Reads::Mailbox(_) | Reads::Notes(_) => {}
        }
        let erased = std::mem::take(&mut report.erased);
        self.note(erased.issue().into_iter().collect(), &mut report).await?;
        Ok(report)
    }

    /// Looks at every collection that is wanted, one after the other. One that refuses costs only itself.
    async fn all_of(
        &self,
        wanted: &DavServer,
        kind: Kind,
        since: Option<Date>,
        report: &mut ImportReport,
    ) -> Done {
        let (server, mut found) = collections(wanted, kind, self.secret).await?;
        if !wanted.only.is_empty() {
            found.retain(|one| wanted.only.iter().any(|name| is_called(one, name)));
            if found.is_empty() {
                // A share may be away for an hour.
                return Err(Fault::Away(Trouble {
                    what: format!(
                        "The server has nothing called {} any more",
                        wanted.only.join(", ")
                    ),
                    way_out: "Look what it is called there, and connect it once more".to_owned(),
                }));
            }
        }
        let (mut last, mut written) = (None, Ok(()));
        for one in &found {
            if self.options.stop.is_wished() {
                report.stopped = true;
                return Ok(());
            }
            let looked = match kind {
                Kind::Calendar => self.calendar(&server, one, since, report).await.map(Ok),
                Kind::AddressBook => self.contacts(&server, one, report).await,
            };
            match looked {
                Err(Fault::Dav(error)) if is_of_one(&error) => {
                    let way_out = error.why.way_out();
                    let issue = Issue::new(error.to_string(), way_out).in_file(self.label(one));
                    self.note(vec![issue], report).await?;
                    last = Some(error);
                }
                // What cannot be written to one is told once all are looked at.
                looked => written = looked?.and(written),
            }
        }
        if kind == Kind::AddressBook {
            self.refuse_unread(&found).await?;
        }
        match last {
            Some(error) if found.len() == 1 => Err(error.into()),
            _ => written,
        }
    }

    /// How far a collection was looked at.
    async fn place(&self, path: &str) -> Result<(SyncFolder, Place)> {
        let folder = self.inroad.store.sync_folder(self.kept.id, path, "{}").await?;
        // What cannot be understood any more is looked at from the beginning; nothing comes in twice.
        let place = serde_json::from_str(&folder.position).unwrap_or_default();
        Ok((folder, place))
    }

    /// What other collections hold, so that what is gone from one of them is not gone from all.
    async fn held_elsewhere(&self, folder: i64) -> Result<BTreeSet<String>> {
        let mut held = BTreeSet::new();
        for kept in self.inroad.store.connections().await? {
            if matches!(kept.connection.reads, Reads::Mailbox(_) | Reads::Notes(_)) {
                continue;
            }
            for other in self.inroad.store.sync_folders(kept.id).await? {
                if other.id != folder {
                    let place: Place = serde_json::from_str(&other.position).unwrap_or_default();
                    held.extend(place.items.into_values().flat_map(|known| known.parts));
                }
            }
        }
        Ok(held)
    }

    /// What could not be taken, as issues.
    fn left_out(&self, left: &[LeftOut], one: &Collection) -> Vec<Issue> {
        let issue = |left: &LeftOut| {
            let (what, way_out) = match left.why {
                LeftOutWhy::TooLarge => ("An entry is too large", "It was left out"),
                LeftOutWhy::NotGiven => {
                    ("An entry is listed and not given", "It is asked for again next time")
                }
                LeftOutWhy::Refused(_) => {
                    ("The server refuses to give an entry", "It is asked for again next time")
                }
                LeftOutWhy::Elsewhere => {
                    ("An entry lies outside of where it should be", "It was left out")
                }
            };
            let name = left.href.rsplit('/').next().unwrap_or_default();
            Issue::new(what, way_out).in_file(format!("{}/{name}", self.label(one)))
        };
        left.iter().map(issue).collect()
    }

    /// What the entries of a collection are said to come from.
    fn label(&self, one: &Collection) -> String {
        format!("{}/{}", self.kept.connection.name, name_of(one))
    }

    async fn note(&self, issues: Vec<Issue>, report: &mut ImportReport) -> Result<()> {
        self.inroad.note_issues(issues, self.options, report).await
    }
}

/// Whether the trouble is of one collection alone, so that the others are looked at.
fn is_of_one(error: &inroad_dav::Error) -> bool {
    use inroad_dav::Why::{Forbidden, Gone, Partial, Protocol, Refused, TooLarge, TooMany};
    matches!(
        error.why,
        Forbidden | Gone | Partial | Protocol(_) | Refused(_) | TooLarge(_) | TooMany(_)
    )
}
