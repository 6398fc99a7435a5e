//! A calendar in memory that answers as a good server does: what bad ones are compared with.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use inroad_dav::{Batch, Collection, Credentials, Error, Kept, Kind, Limits, Server};

use crate::stand_in::{Asked, Reply, StandIn, found, multistatus};

/// Where the calendar lies.
pub(crate) const FOLDER: &str = "/u/jana%40x.example/cal/";

/// The calendar.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) items: BTreeMap<String, (u64, String)>,
    /// What happened, in its order.
    pub(crate) log: Vec<String>,
    /// Items in one answer about changes.
    pub(crate) page: Option<usize>,
    /// Tokens before this one are not known any more.
    pub(crate) forgets_before: usize,
    pub(crate) tells_changes: bool,
    pub(crate) has_ctag: bool,
}

impl World {
    pub(crate) fn put(&mut self, name: &str, text: &str) {
        self.log.push(name.to_owned());
        self.items.insert(name.to_owned(), (self.log.len() as u64, text.to_owned()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.log.push(name.to_owned());
        self.items.remove(name);
    }

    /// Every item by the path under which it is handed on.
    pub(crate) fn all(&self) -> BTreeMap<String, String> {
        let path = |name: &String| format!("/u/jana@x.example/cal/{name}");
        self.items.iter().map(|(name, (_, text))| (path(name), text.clone())).collect()
    }

    pub(crate) fn answer(&self, asked: &Asked) -> Reply {
        let body = &asked.body;
        match asked.method.as_str() {
            _ if asked.path != FOLDER => Reply::Says(404, String::new(), String::new()),
            "PROPFIND" if asked.head.contains("depth: 0") => {
                let ctag = format!("<s:getctag>{}</s:getctag>", self.log.len());
                let ctag = if self.has_ctag { ctag } else { String::new() };
                Reply::multistatus(&found(FOLDER, &ctag))
            }
            "PROPFIND" => {
                let folder = found(FOLDER, "<d:resourcetype><d:collection/></d:resourcetype>");
                let items: String = self.items.keys().map(|name| self.listed(name)).collect();
                Reply::multistatus(&(folder + &items))
            }
            "REPORT" if body.contains("sync-collection") => self.changes(body),
            "REPORT" if body.contains("calendar-multiget") => {
                let hrefs = body.split("<D:href>").skip(1);
                let hrefs = hrefs.filter_map(|rest| rest.split("</D:href>").next());
                Reply::multistatus(&hrefs.map(|href| self.given(href)).collect::<String>())
            }
            _ => Reply::Says(405, String::new(), String::new()),
        }
    }

    fn listed(&self, name: &str) -> String {
        let href = format!("{FOLDER}{name}");
        match self.items.get(name) {
            Some((etag, _)) => found(&href, &format!("<d:getetag>\"{etag}\"</d:getetag>")),
            None => gone(&href),
        }
    }

    fn given(&self, href: &str) -> String {
        let name = href.rsplit('/').next().unwrap();
        match self.items.get(name) {
            Some((etag, text)) => found(
                href,
                &format!(
                    "<d:getetag>\"{etag}\"</d:getetag><c:calendar-data>{}</c:calendar-data>",
                    text.replace('&', "&amp;").replace('<', "&lt;")
                ),
            ),
            None => gone(href),
        }
    }

    fn changes(&self, body: &str) -> Reply {
        if !self.tells_changes {
            return Reply::Says(403, String::new(), String::new());
        }
        let token = body.split("<D:sync-token>").nth(1).unwrap().split('<').next().unwrap();
        let since: usize = match token {
            "" => 0,
            token => token.strip_prefix("urn:t:").unwrap().parse().unwrap(),
        };
        if !token.is_empty() && since < self.forgets_before {
            let error = "<error xmlns=\"DAV:\"><valid-sync-token/></error>";
            return Reply::Says(403, String::new(), error.to_owned());
        }
        let until = self.page.map_or(self.log.len(), |page| self.log.len().min(since + page));
        let changed: std::collections::BTreeSet<&String> = self.log[since..until].iter().collect();
        // From the beginning nothing is told of what is gone.
        let changed =
            changed.into_iter().filter(|name| since > 0 || self.items.contains_key(*name));
        let mut inner: String = changed.map(|name| self.listed(name)).collect();
        if until < self.log.len() {
            inner = format!(
                "{inner}<d:response><d:href>{FOLDER}</d:href><d:status>HTTP/1.1 507 x</d:status></d:response>"
            );
        }
        Reply::Says(
            207,
            String::new(),
            multistatus(&(inner + &format!("<d:sync-token>urn:t:{until}</d:sync-token>"))),
        )
    }
}

fn gone(href: &str) -> String {
    format!("<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 404 x</d:status></d:response>")
}

/// A calendar behind a server.
pub(crate) fn served(world: World) -> (StandIn, Arc<Mutex<World>>) {
    let world = Arc::new(Mutex::new(world));
    let of_server = Arc::clone(&world);
    (StandIn::start(move |asked| of_server.lock().unwrap().answer(asked)), world)
}

/// An entry of a calendar.
pub(crate) fn entry(uid: &str, summary: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:{uid}\nDTSTART:20260303T090000Z\n\
         SUMMARY:{summary}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

/// Somebody who keeps what is handed on, and what is to be kept with it.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    pub(crate) items: BTreeMap<String, String>,
    pub(crate) kept: Kept,
    pub(crate) changed: Vec<String>,
    pub(crate) gone: Vec<String>,
    pub(crate) left_out: Vec<(String, inroad_dav::LeftOutWhy)>,
    pub(crate) largest_batch: usize,
}

impl Keeper {
    /// One look; what was handed on stays even if it ends in an error.
    pub(crate) fn look(&mut self, server: &Server, collection: &Collection) -> Result<(), Error> {
        (self.changed, self.gone, self.left_out) = Default::default();
        let kept = self.kept.clone();
        let end = server.changes(collection, kept, &mut |batch, kept| {
            self.take(batch);
            // What is kept goes through the caller's store.
            let stored = serde_json::to_string(kept).unwrap();
            self.kept = serde_json::from_str(&stored).unwrap();
            Ok(())
        })?;
        self.kept = end;
        Ok(())
    }

    fn take(&mut self, batch: Batch) {
        self.largest_batch = self.largest_batch.max(batch.changed.len());
        for item in batch.changed {
            self.changed.push(item.href.clone());
            self.items.insert(item.href, item.text);
        }
        for href in batch.gone {
            assert!(self.items.remove(&href).is_some(), "{href} was never handed on");
            self.gone.push(href);
        }
        self.left_out.extend(batch.left_out.into_iter().map(|left| (left.href, left.why)));
    }
}

/// Small bounds, and waits that a busy machine does not reach.
pub(crate) fn quick() -> Limits {
    Limits {
        connect: std::time::Duration::from_secs(10),
        silence: std::time::Duration::from_secs(10),
        whole: std::time::Duration::from_secs(20),
        answer_bytes: 1 << 20,
        item_bytes: 100_000,
        feed_bytes: 1 << 20,
        ..Limits::default()
    }
}

/// Short waits, so that a test of patience is none.
pub(crate) fn impatient() -> Limits {
    Limits {
        silence: std::time::Duration::from_millis(600),
        whole: std::time::Duration::from_millis(1500),
        ..quick()
    }
}

/// A server as the person named it.
pub(crate) fn server(stand_in: &StandIn) -> Server {
    let secret = Credentials::password("jana", "geheim").unwrap();
    Server::new(&stand_in.url(), secret).unwrap().within(quick())
}

/// The calendar there.
pub(crate) fn calendar(stand_in: &StandIn) -> Collection {
    Collection::at(Kind::Calendar, &format!("{}{}", stand_in.url().trim_end_matches('/'), FOLDER))
}
