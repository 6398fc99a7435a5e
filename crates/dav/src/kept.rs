//! What is kept of a collection between two looks, so that the next one asks for changes only.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Where a collection stood. Plain data for the caller to store as it is, beside the items and in
/// the same transaction; a lost one costs a full look and doubles nothing, since items keep their
/// paths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The server's word for where it stood, if it tells changes (RFC 6578).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<String>,
    /// The word that changes with anything in the collection, where it was listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ctag: Option<String>,
    /// The version of each item that was handed on, by its path.
    #[serde(default)]
    pub(crate) etags: BTreeMap<String, String>,
    /// Items that the server listed and did not give; they are asked for again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) owed: BTreeSet<String>,
}

impl Kept {
    /// The paths of the items that were handed on and are not gone.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.etags.keys().map(String::as_str)
    }

    /// Has an item that was handed on handed on once more with the next look, changed or not.
    pub fn ask_again(&mut self, href: &str) {
        if self.etags.contains_key(href) {
            self.owed.insert(href.to_owned());
        }
    }

    /// This, if it is of a collection at that address; that of another one knows nothing of it, and
    /// would call everything gone.
    pub(crate) fn of(self, collection: &url::Url) -> Self {
        let first = self.etags.keys().chain(&self.owed).next();
        let is_of = first.is_none_or(|key| crate::address::is_item_of(key, collection));
        if is_of { self } else { Self::default() }
    }

    /// Notes that an item was written by the caller itself, so that the next look does not hand it
    /// on as changed. `etag` is what [`Put::Stored`](crate::Put::Stored) brought.
    pub fn written(&mut self, href: &str, etag: &str) {
        self.etags.insert(crate::address::spelled(href), etag.to_owned());
    }
}
