//! One look at a collection: items that a listing named are compared with what is kept, fetched in
//! parts and handed on.

use std::collections::BTreeMap;

use url::Url;

use super::{Batch, LeftOut, LeftOutWhy, Stopped};
use crate::address::{Href, spelled};
use crate::collection::Kind;
use crate::error::{Error, Why, shown};
use crate::fetch::fetch;
use crate::http::Line;
use crate::kept::Kept;

/// A look under way.
pub(super) struct Look<'a> {
    pub(super) line: &'a Line,
    pub(super) url: Url,
    pub(super) kind: Kind,
    /// What is true of what was handed on so far.
    pub(super) kept: Kept,
    pub(super) take: &'a mut dyn FnMut(Batch, &Kept) -> Result<(), Stopped>,
}

/// An item as a listing names it, with its version there.
pub(super) type Listed = BTreeMap<String, (Href, Option<String>)>;

impl Look<'_> {
    /// An address of a listing that is an item of the collection, or why it is none; `None` for
    /// the collection itself and for collections in it.
    pub(super) fn item(&self, href: &str) -> Result<Option<Href>, LeftOut> {
        let elsewhere = || LeftOut { href: shown(href), why: LeftOutWhy::Elsewhere };
        let href = Href::of(&self.url, href).ok_or_else(elsewhere)?;
        if href.is_item_of(&self.url) {
            return Ok(Some(href));
        }
        if href.is(&self.url) || href.key.ends_with('/') {
            return Ok(None);
        }
        Err(elsewhere())
    }

    /// Fetches those that are new or changed, or are owed from last time, and hands them on.
    pub(super) fn take_listed(&mut self, listed: Listed) -> Result<(), Error> {
        let mut wanted: Vec<(Href, Option<String>)> = Vec::new();
        for (key, (href, etag)) in listed {
            let is_known = etag.is_some() && self.kept.etags.get(&key) == etag.as_ref();
            if !is_known || self.kept.owed.contains(&key) {
                wanted.push((href, etag));
            }
        }
        for part in wanted.chunks(self.line.limits.items_at_once.max(1)) {
            self.take_part(part)?;
        }
        Ok(())
    }

    /// Asks again for what a server listed earlier and did not give.
    pub(super) fn take_owed(&mut self) -> Result<(), Error> {
        let hrefs = self.kept.owed.iter().filter_map(|path| Href::of(&self.url, path));
        let owed: Vec<_> = hrefs.map(|href| (href, None)).collect();
        for part in owed.chunks(self.line.limits.items_at_once.max(1)) {
            self.take_part(part)?;
        }
        Ok(())
    }

    fn take_part(&mut self, part: &[(Href, Option<String>)]) -> Result<(), Error> {
        let hrefs: Vec<Href> = part.iter().map(|(href, _)| href.clone()).collect();
        let fetched = fetch(self.line, &self.url, self.kind, &hrefs)?;
        // The version of the listing is what the next listing is compared with; one that differs
        // between the two on some servers would make every item look changed for ever.
        let listed: BTreeMap<&str, Option<&String>> =
            part.iter().map(|(href, etag)| (href.key.as_str(), etag.as_ref())).collect();
        let version = |key: &str, own: Option<&String>| {
            let listed = listed.get(key).copied().flatten();
            listed.or(own).cloned().unwrap_or_default()
        };
        for item in &fetched.items {
            let version = version(&item.href, item.etag.as_ref());
            self.kept.etags.insert(item.href.clone(), version);
            self.kept.owed.remove(&item.href);
        }
        for left in &fetched.left_out {
            if left.why == LeftOutWhy::TooLarge {
                // It stays as it was handed on, if it ever was, until it changes again.
                self.kept.etags.insert(left.href.clone(), version(&left.href, None));
                self.kept.owed.remove(&left.href);
            } else {
                self.kept.owed.insert(left.href.clone());
            }
        }
        let batch = Batch { changed: fetched.items, gone: Vec::new(), left_out: fetched.left_out };
        self.hand_on(batch)?;
        self.take_gone(fetched.gone)
    }

    /// Tells of items that are gone, if they were ever handed on.
    pub(super) fn take_gone(&mut self, keys: Vec<String>) -> Result<(), Error> {
        let mut gone = Vec::new();
        for key in keys {
            self.kept.owed.remove(&key);
            if self.kept.etags.remove(&key).is_some() {
                gone.push(key);
            }
        }
        self.hand_on(Batch { gone, ..Batch::default() })
    }

    /// Everything that is kept and that a complete listing did not name is gone.
    pub(super) fn take_unlisted(&mut self, is_listed: impl Fn(&str) -> bool) -> Result<(), Error> {
        let unlisted = |key: &&String| !is_listed(key);
        self.kept.owed.retain(|key| is_listed(&spelled(key)));
        let gone = self.kept.etags.keys().filter(unlisted).cloned().collect();
        self.take_gone(gone)
    }

    pub(super) fn hand_on(&mut self, batch: Batch) -> Result<(), Error> {
        if batch.is_empty() {
            return Ok(());
        }
        (self.take)(batch, &self.kept).map_err(|Stopped| self.error(Why::Stopped))
    }

    pub(super) fn error(&self, why: Why) -> Error {
        self.line.at("REPORT", &self.url).error(why)
    }
}
