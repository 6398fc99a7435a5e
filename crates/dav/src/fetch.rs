//! The texts of items that a listing named, a bounded number in one request (`multiget`).
//!
//! Must not: ask for anything that the listing did not name.

use std::collections::BTreeMap;

use url::Url;

use crate::address::Href;
use crate::bodies;
use crate::changes::{Item, LeftOut, LeftOutWhy};
use crate::collection::Kind;
use crate::error::{Error, Why};
use crate::http::Line;
use crate::listing::Listing;
use crate::multistatus::Resource;

/// What became of the items that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    pub(crate) items: Vec<Item>,
    /// Those that vanished between the listing and now.
    pub(crate) gone: Vec<String>,
    pub(crate) left_out: Vec<LeftOut>,
}

/// Asks for items, in one request if its answer is not too large, else in several.
pub(crate) fn fetch(
    line: &Line,
    collection: &Url,
    kind: Kind,
    wanted: &[Href],
) -> Result<Fetched, Error> {
    let mut fetched = Fetched::default();
    let mut parts = vec![wanted.to_vec()];
    while let Some(part) = parts.pop() {
        if part.is_empty() {
            continue;
        }
        match once(line, collection, kind, &part, &mut fetched) {
            Ok(missing) if missing.is_empty() => {}
            // A server may answer for some of them; as long as it does, the rest is asked again.
            Ok(missing) if missing.len() < part.len() => parts.push(missing),
            Ok(missing) => fetched.leave_out(&missing, LeftOutWhy::NotGiven),
            Err(Error { why: Why::TooLarge(_), .. }) if part.len() > 1 => {
                let (first, second) = part.split_at(part.len() / 2);
                parts.push(second.to_vec());
                parts.push(first.to_vec());
            }
            Err(Error { why: Why::TooLarge(_), .. }) => {
                fetched.leave_out(&part, LeftOutWhy::TooLarge);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(fetched)
}

impl Fetched {
    fn leave_out(&mut self, hrefs: &[Href], why: LeftOutWhy) {
        self.left_out.extend(hrefs.iter().map(|href| LeftOut { href: href.key.clone(), why }));
    }

    fn take(&mut self, href: Href, resource: Resource) {
        match resource.status.or(resource.refused.filter(|_| resource.props.text.is_none())) {
            Some(404 | 410) => self.gone.push(href.key),
            _ if resource.oversized => self.leave_out(&[href], LeftOutWhy::TooLarge),
            Some(status) if status >= 300 => self.leave_out(&[href], LeftOutWhy::Refused(status)),
            _ => match resource.props.text {
                Some(text) => {
                    let etag = resource.props.etag;
                    self.items.push(Item { href: href.key, etag, text });
                }
                None => self.leave_out(&[href], LeftOutWhy::NotGiven),
            },
        }
    }
}

/// One request; returns the items of which its answer says nothing.
fn once(
    line: &Line,
    collection: &Url,
    kind: Kind,
    part: &[Href],
    fetched: &mut Fetched,
) -> Result<Vec<Href>, Error> {
    let mut open: BTreeMap<&str, &Href> =
        part.iter().map(|href| (href.key.as_str(), href)).collect();
    let mut came = Vec::new();
    let listing = Listing {
        method: "REPORT",
        url: collection,
        depth: "1",
        body: bodies::items(kind, part.iter().map(|href| href.path.as_str())),
        bytes_max: line.limits.answer_bytes,
    };
    line.list(listing, &mut |resource| {
        let href = Href::of(collection, &resource.href);
        // What was not asked for is not taken, and what comes twice is taken once.
        if let Some(asked) = href.and_then(|href| open.remove(href.key.as_str())) {
            came.push((asked.clone(), resource));
        }
        Ok(())
    })?;
    for (href, resource) in came {
        fetched.take(href, resource);
    }
    Ok(open.into_values().cloned().collect())
}
