//! One item is read anew, and written if it is still what the caller saw.
//!
//! Whether the person gave leave for it, the caller asks. Nothing is ever written over what
//! somebody else changed meanwhile.

use crate::address::Href;
use crate::changes::Item;
use crate::collection::Collection;
use crate::error::{Error, Why};
use crate::http::Question;
use crate::server::Server;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is written.
    Stored {
        /// Its version; `None` where the server changed the text or does not say, so that the next
        /// look brings it.
        etag: Option<String>,
    },
    /// It was changed, made or removed by somebody else meanwhile, and nothing was written.
    Conflict {
        /// What is there now; `None` if nothing is.
        now: Option<Item>,
    },
}

impl Server {
    /// Writes an item: `href` is its path, or its name in the collection (`jana.vcf`). `was` is the
    /// version that the caller saw; `None` makes a new item and never writes over one.
    ///
    /// # Errors
    /// [`Error`]; nothing was written then, or, after [`Why::Broken`] and [`Why::TooSlow`], it is
    /// not known.
    pub fn put(
        &self,
        collection: &Collection,
        href: &str,
        was: Option<&str>,
        text: &str,
    ) -> Result<Put, Error> {
        let (url, href) = self.place_of(collection, href, "PUT")?;
        let condition = match was {
            Some(etag) => ("If-Match", etag.to_owned()),
            None => ("If-None-Match", "*".to_owned()),
        };
        let question = Question {
            method: "PUT",
            url: &url,
            fields: vec![condition, ("Content-Type", collection.kind.media_type().to_owned())],
            body: Some(text.to_owned()),
            bytes_max: self.line.limits.answer_bytes,
        };
        let answer = self.line.send(&question)?;
        match answer.status {
            200 | 201 | 204 => {
                // A weak one does not say that the text is there as it was sent.
                let etag = answer.etag().filter(|etag| !etag.starts_with("W/"));
                Ok(Put::Stored { etag })
            }
            412 => Ok(Put::Conflict { now: self.now(&url, href.key)? }),
            404 | 409 | 410 if was.is_some() => {
                let error = answer.refusal();
                match self.now(&url, href.key)? {
                    None => Ok(Put::Conflict { now: None }),
                    Some(_) => Err(error),
                }
            }
            _ => Err(answer.refusal()),
        }
    }

    /// One item as it is on the server now; `None` if it is there no more. `href` as in [`Self::put`].
    ///
    /// # Errors
    /// [`Error`].
    pub fn item(&self, collection: &Collection, href: &str) -> Result<Option<Item>, Error> {
        let (url, href) = self.place_of(collection, href, "GET")?;
        self.now(&url, href.key)
    }

    /// The address of an item that lies in a collection.
    fn place_of(
        &self,
        collection: &Collection,
        href: &str,
        method: &'static str,
    ) -> Result<(url::Url, Href), Error> {
        let mut url = self.url_of(collection)?;
        // Without its slash the last part of an address is a file, beside which names are found.
        let mut folder = url.clone();
        if !url.path().ends_with('/') {
            folder.set_path(&format!("{}/", url.path()));
        }
        let href = Href::of(&folder, href).filter(|href| href.is_item_of(&folder));
        let Some(href) = href else {
            let why = Why::Protocol("the item is none of this collection".to_owned());
            return Err(self.line.at(method, &url).error(why));
        };
        url.set_path(&href.path);
        Ok((url, href))
    }

    /// What lies at an address, if anything does.
    fn now(&self, url: &url::Url, key: String) -> Result<Option<Item>, Error> {
        let bytes_max = self.line.limits.item_bytes as u64;
        let question = Question { method: "GET", url, fields: Vec::new(), body: None, bytes_max };
        let answer = self.line.send(&question)?;
        match answer.status {
            200 => {
                let etag = answer.etag();
                let text = String::from_utf8_lossy(&answer.bytes()?).into_owned();
                Ok(Some(Item { href: key, etag, text }))
            }
            404 | 410 => Ok(None),
            _ => Err(answer.refusal()),
        }
    }
}
