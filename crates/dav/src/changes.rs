//! What changed in a collection since the last time, in bounded batches.
//!
//! Must not: hand on an item twice in one look, or call an item gone because an answer was cut,
//! refused or wrong.

mod by_etags;
mod by_token;
mod look;

use url::Url;

use crate::collection::Collection;
use crate::error::{Error, Why};
use crate::kept::Kept;
use crate::server::Server;
use look::Look;

/// One calendar entry or card as the server gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its path, in one spelling: what tells it from every other one of the server.
    pub href: String,
    /// Its version, if the server names one.
    pub etag: Option<String>,
    /// iCalendar or vCard, as it came but for line ends, which XML makes `\n`.
    pub text: String,
}

/// An item that the server listed and that was not handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path, or what the server wrote in its place.
    pub href: String,
    /// Why.
    pub why: LeftOutWhy,
}

/// Why an item was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutWhy {
    /// It is larger than is taken. It is not asked for again before it changes.
    TooLarge,
    /// The server lists it and does not give it. It is asked for again next time.
    NotGiven,
    /// The server refuses to give it, with this status. It is asked for again next time.
    Refused(u16),
    /// Its address leads out of the collection, so it was not asked for.
    Elsewhere,
}

/// A part of what changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// New and changed items.
    pub changed: Vec<Item>,
    /// Paths of items that were handed on before and are not there any more.
    pub gone: Vec<String>,
    /// What could not be taken.
    pub left_out: Vec<LeftOut>,
}

impl Batch {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty() && self.left_out.is_empty()
    }
}

/// The caller wants no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl Server {
    /// Hands what changed in a collection since `kept` to `take`, in batches of at most
    /// [`Limits::items_at_once`](crate::Limits) items, and returns what is to be kept for the next
    /// time. [`Kept::default`] is a first look, and so is what was kept of another collection.
    ///
    /// Each batch comes with the [`Kept`] that is true once that batch is stored: whoever stores
    /// both in one transaction may be stopped at any moment, and goes on from there. After an error
    /// the last one that was stored is still true. It holds a line for each item, so whoever has a
    /// large collection stores it with every twentieth batch, say: what lies behind it is handed
    /// on once more after an end in between.
    ///
    /// Changes come by token where the server tells them (RFC 6578), else by comparing `ETag`s. A
    /// token that the server does not know any more begins a full look, in which what is unchanged
    /// is not handed on again and what vanished meanwhile is told as gone.
    ///
    /// # Errors
    /// [`Error`]; [`Why::Stopped`] if `take` wanted no more.
    pub fn changes(
        &self,
        collection: &Collection,
        kept: Kept,
        take: &mut dyn FnMut(Batch, &Kept) -> Result<(), Stopped>,
    ) -> Result<Kept, Error> {
        let url = self.url_of(collection)?;
        let (kind, kept) = (collection.kind, kept.of(&url));
        let mut look = Look { line: &self.line, url, kind, kept, take };
        if !collection.tells_changes || !by_token::look(&mut look)? {
            by_etags::look(&mut look)?;
        }
        Ok(look.kept)
    }

    /// The address of a collection.
    pub(crate) fn url_of(&self, collection: &Collection) -> Result<Url, Error> {
        Url::parse(&collection.url).map_err(|error| {
            let why = Why::Protocol(format!("the collection has no address ({error})"));
            self.line.at("", &self.base).error(why)
        })
    }
}
