//! Requests that are answered by a multistatus: `PROPFIND` and `REPORT`.

use std::collections::BTreeSet;

use url::Url;

use crate::error::{Error, Why};
use crate::http::{Line, Question};
use crate::multistatus::{self, Resource, Whole};

/// One such request.
#[derive(Debug)]
pub(crate) struct Listing<'a> {
    pub(crate) method: &'static str,
    pub(crate) url: &'a Url,
    /// `0` for the resource itself, `1` for what lies in it as well.
    pub(crate) depth: &'static str,
    pub(crate) body: String,
    /// Bytes of the answer at most.
    pub(crate) bytes_max: u64,
}

/// A refusal, with the conditions that the server names (RFC 4918, 16).
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) conditions: BTreeSet<String>,
    pub(crate) error: Error,
}

/// Why there is no listing.
#[derive(Debug)]
pub(crate) enum NotListed {
    /// The server refuses.
    Refused(Box<Refusal>),
    /// Something else.
    Failed(Error),
}

impl From<NotListed> for Error {
    fn from(not: NotListed) -> Self {
        match not {
            NotListed::Refused(refusal) => refusal.error,
            NotListed::Failed(error) => error,
        }
    }
}

/// Bytes of a refusal that are looked at.
const REFUSAL_BYTES_MAX: u64 = 64 << 10;

impl Line {
    /// Asks, and hands on each resource as it comes; returns what the answer says of itself, and
    /// from where it came.
    pub(crate) fn list(
        &self,
        listing: Listing<'_>,
        each: &mut dyn FnMut(Resource) -> Result<(), Why>,
    ) -> Result<(Whole, Url), NotListed> {
        let question = Question {
            method: listing.method,
            url: listing.url,
            fields: vec![
                ("Depth", listing.depth.to_owned()),
                ("Content-Type", "application/xml; charset=utf-8".to_owned()),
                ("Accept", "application/xml, text/xml".to_owned()),
            ],
            body: Some(listing.body),
            bytes_max: listing.bytes_max,
        };
        let mut answer = self.send(&question).map_err(NotListed::Failed)?;
        if answer.status != 207 {
            let mut error = answer.refusal();
            if (200..300).contains(&answer.status) {
                error.why = Why::Protocol(
                    "a multistatus was asked for, and something else came".to_owned(),
                );
            }
            let status = answer.status;
            answer.take_at_most(REFUSAL_BYTES_MAX);
            let conditions = multistatus::conditions(answer.reader());
            return Err(NotListed::Refused(Box::new(Refusal { status, conditions, error })));
        }
        let (at, url) = (answer.at(), answer.url.clone());
        let whole = multistatus::read(answer.reader(), self.limits.item_bytes, each)
            .map_err(|why| NotListed::Failed(at.error(why)))?;
        Ok((whole, url))
    }
}
