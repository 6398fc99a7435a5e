//! Changes by comparing the versions of everything that is there, for servers that do not tell
//! changes. Where the server has a word that changes with the collection (`getctag`), an unchanged
//! one costs one small request.

use super::look::{Listed, Look};
use super::{Batch, LeftOut};
use crate::bodies;
use crate::error::{Error, Why};
use crate::listing::Listing;

/// Looks.
pub(super) fn look(look: &mut Look<'_>) -> Result<(), Error> {
    // Asked before the list, so that what changes in between is seen the next time.
    let ctag = ctag(look)?;
    if ctag.is_some() && ctag == look.kept.ctag && look.kept.owed.is_empty() {
        return Ok(());
    }
    let all = list(look)?;
    look.hand_on(Batch { left_out: all.left_out, ..Batch::default() })?;
    let keys: std::collections::BTreeSet<String> = all.listed.keys().cloned().collect();
    look.take_listed(all.listed)?;
    if all.is_cut {
        return Err(look.error(Why::Partial));
    }
    look.take_unlisted(|key| keys.contains(key))?;
    (look.kept.ctag, look.kept.token) = (ctag, None);
    Ok(())
}

struct All {
    listed: Listed,
    left_out: Vec<LeftOut>,
    is_cut: bool,
}

fn ctag(look: &Look<'_>) -> Result<Option<String>, Error> {
    let mut ctag = None;
    let listing = Listing {
        method: "PROPFIND",
        url: &look.url,
        depth: "0",
        body: bodies::properties(&["S:getctag"]),
        bytes_max: look.line.limits.answer_bytes,
    };
    look.line.list(listing, &mut |resource| {
        ctag = ctag.take().or(resource.props.ctag);
        Ok(())
    })?;
    Ok(ctag)
}

fn list(look: &Look<'_>) -> Result<All, Error> {
    let mut all = All { listed: Listed::new(), left_out: Vec::new(), is_cut: false };
    let (mut names_itself, members_max) = (false, look.line.limits.members);
    let listing = Listing {
        method: "PROPFIND",
        url: &look.url,
        depth: "1",
        body: bodies::properties(&["D:getetag", "D:resourcetype"]),
        bytes_max: look.line.limits.listing_bytes,
    };
    look.line.list(listing, &mut |resource| {
        if all.listed.len() + all.left_out.len() >= members_max {
            return Err(Why::TooMany(members_max));
        }
        all.is_cut |= resource.status == Some(507);
        let is_there = resource.status.is_none_or(|status| status < 300);
        let is_folder =
            resource.props.types.as_ref().is_some_and(|types| types.contains("collection"));
        match look.item(&resource.href) {
            Ok(Some(href)) if is_there && !is_folder => {
                all.listed.insert(href.key.clone(), (href, resource.props.etag));
            }
            Ok(Some(_)) => {}
            Ok(None) => names_itself |= is_there,
            Err(left) => all.left_out.push(left),
        }
        Ok(())
    })?;
    // An empty answer is no empty collection: nothing may be called gone by it.
    if !names_itself && all.listed.is_empty() {
        return Err(
            look.error(Why::Protocol("its list does not name the collection itself".to_owned()))
        );
    }
    Ok(all)
}
