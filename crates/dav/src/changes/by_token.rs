//! Changes since a token (RFC 6578): the server tells what is new, changed and gone.

use std::collections::BTreeSet;

use super::look::{Listed, Look};
use super::{Batch, LeftOut};
use crate::bodies;
use crate::error::{Error, Why};
use crate::listing::{Listing, NotListed, Refusal};
use crate::multistatus::Resource;

/// One answer: a server may cut a long list into several.
#[derive(Default)]
struct Page {
    listed: Listed,
    gone: BTreeSet<String>,
    left_out: Vec<LeftOut>,
    is_cut: bool,
    token: Option<String>,
}

/// What the server says to a token.
enum Told {
    Page(Page),
    /// It does not know the token any more.
    Unknown,
    /// It does not tell changes.
    Unsupported,
}

/// Looks; `false` if the server does not tell changes, so that it has to be looked otherwise.
pub(super) fn look(look: &mut Look<'_>) -> Result<bool, Error> {
    let mut token = look.kept.token.clone().unwrap_or_default();
    // From the beginning, everything that is there is listed, and what is not listed is gone.
    let mut all = token.is_empty().then(BTreeSet::new);
    let mut began_anew = false;
    look.take_owed()?;
    for _ in 0..look.line.limits.pages {
        let page = match ask(look, &token)? {
            Told::Page(page) => page,
            Told::Unknown if !token.is_empty() && !began_anew => {
                (all, began_anew) = (Some(BTreeSet::new()), true);
                look.kept.token = None;
                token.clear();
                continue;
            }
            Told::Unknown | Told::Unsupported => {
                look.kept.token = None;
                return Ok(false);
            }
        };
        let Some(next) = page.token else {
            let why =
                Why::Protocol("it tells changes without a token for the next time".to_owned());
            return Err(look.error(why));
        };
        if let Some(all) = &mut all {
            all.extend(page.listed.keys().cloned());
            all.retain(|key| !page.gone.contains(key));
            if all.len() > look.line.limits.members {
                return Err(look.error(Why::TooMany(look.line.limits.members)));
            }
        }
        look.hand_on(Batch { left_out: page.left_out, ..Batch::default() })?;
        look.take_listed(page.listed)?;
        look.take_gone(page.gone.into_iter().collect())?;
        if !page.is_cut {
            if let Some(all) = all {
                look.take_unlisted(|key| all.contains(key))?;
            }
            (look.kept.token, look.kept.ctag) = (Some(next), None);
            return Ok(true);
        }
        if next == token {
            return Err(look.error(Why::Partial));
        }
        if all.is_none() {
            look.kept.token = Some(next.clone());
        }
        token = next;
    }
    Err(look.error(Why::Protocol("its list of changes has no end".to_owned())))
}

fn ask(look: &Look<'_>, token: &str) -> Result<Told, Error> {
    let mut page = Page::default();
    let members_max = look.line.limits.members;
    let listing = Listing {
        method: "REPORT",
        url: &look.url,
        depth: "0",
        body: bodies::sync(token),
        bytes_max: look.line.limits.listing_bytes,
    };
    let told = look.line.list(listing, &mut |resource| {
        if page.listed.len() + page.gone.len() + page.left_out.len() >= members_max {
            return Err(Why::TooMany(members_max));
        }
        page.take(look, resource);
        Ok(())
    });
    match told {
        Ok((whole, _)) => {
            page.token = whole.sync_token;
            Ok(Told::Page(page))
        }
        Err(NotListed::Refused(refusal)) => said(*refusal, token),
        Err(NotListed::Failed(error)) => Err(error),
    }
}

/// Servers refuse an old token in several ways, and a request that they do not know in several
/// others.
fn said(refusal: Refusal, token: &str) -> Result<Told, Error> {
    if refusal.conditions.contains("valid-sync-token") {
        return Ok(Told::Unknown);
    }
    match refusal.status {
        400 | 403 | 409 | 410 | 412 if !token.is_empty() => Ok(Told::Unknown),
        400 | 403 | 405 | 409 | 415 | 422 | 501 | 507 => Ok(Told::Unsupported),
        _ => Err(refusal.error),
    }
}

impl Page {
    fn take(&mut self, look: &Look<'_>, resource: Resource) {
        // The collection itself with this status says that the list is cut (RFC 6578, 3.6).
        if resource.status == Some(507) {
            self.is_cut = true;
            return;
        }
        let href = match look.item(&resource.href) {
            Ok(Some(href)) => href,
            Ok(None) => return,
            Err(left) => return self.left_out.push(left),
        };
        if matches!(resource.status, Some(404 | 410)) {
            self.listed.remove(&href.key);
            self.gone.insert(href.key);
        } else {
            self.gone.remove(&href.key);
            self.listed.insert(href.key.clone(), (href, resource.props.etag));
        }
    }
}
