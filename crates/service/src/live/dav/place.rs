//! How far a calendar, an address book or a feed was looked at, as it is kept.

use std::collections::{BTreeMap, BTreeSet};

use inroad_dav::{FeedMark, Kept};
use inroad_model::Moment;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// From where the next look goes on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Place {
    /// What the server needs to tell changes.
    #[serde(default)]
    pub kept: Kept,
    /// The same of a feed.
    #[serde(default)]
    pub mark: FeedMark,
    /// Of the feed's address and of what came last from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came: Option<(String, String)>,
    /// What was made of each item, by its path; of a feed by its `UID`.
    #[serde(default)]
    pub items: BTreeMap<String, Known>,
    /// Up to when single meetings of series were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_until: Option<Moment>,
    /// From which day on meetings were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
}

/// What was made of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// The `UID`s of meetings, or of people what their cards said.
    pub parts: Vec<String>,
    /// Whether it goes on for ever, or may: its single meetings are made anew as days pass.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeats: bool,
}

impl Place {
    pub(super) fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|cause| Error::Internal { what: cause.to_string() })
    }

    /// Items of which something was made and that the server has no more, as a look that came to its end
    /// leaves them.
    pub(super) fn not_there(&self) -> Vec<String> {
        let there: BTreeSet<&str> = self.kept.items().collect();
        self.items.keys().filter(|path| !there.contains(path.as_str())).cloned().collect()
    }
}
