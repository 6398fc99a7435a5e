//! From a host to the calendars or address books of whoever asks (RFC 6764, 6).
//!
//! Services that only DNS names (`SRV`) are not looked for: the person names the host.
//!
//! Must not: take an address of another host than those that were named.

use std::collections::BTreeMap;

use url::Url;

use crate::bodies;
use crate::collection::{Collection, Kind};
use crate::error::{Error, Why};
use crate::http::Line;
use crate::listing::Listing;
use crate::multistatus::Props;
use crate::redirect::{Origin, elsewhere};

/// Homes of one person at most.
const HOMES_MAX: usize = 8;

/// The collections of a kind, in the order of their addresses.
pub(crate) fn collections(line: &Line, base: &Url, kind: Kind) -> Result<Vec<Collection>, Error> {
    let at_host = |path: &str| {
        let mut url = base.clone();
        url.set_path(path);
        url
    };
    let mut starts = vec![at_host(kind.well_known()), at_host("/")];
    if base.path() != "/" {
        starts.insert(0, base.clone());
    }
    let mut refused = None;
    for start in &starts {
        match begin(line, start, kind) {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => {}
            // A web server may be no such server at one address and one at the next.
            Err(error) if is_about_the_address(&error.why) => {
                refused = refused.or(Some(error));
            }
            Err(error) => return Err(error),
        }
    }
    let nothing = Why::NothingThere(kind.words());
    Err(match refused {
        Some(error) if matches!(error.why, Why::Forbidden | Why::Unencrypted) => error,
        Some(error) => Error { why: nothing, ..error },
        None => line.at("PROPFIND", base).error(nothing),
    })
}

fn is_about_the_address(why: &Why) -> bool {
    use Why::{Fault, Forbidden, Gone, Protocol, Refused, Unencrypted};
    // Servers behind a proxy often send us on to their own address without encryption.
    matches!(why, Gone | Forbidden | Refused(_) | Protocol(_) | Fault(501) | Unencrypted)
}

/// What one address leads to; `None` if it knows nothing of such collections.
fn begin(line: &Line, start: &Url, kind: Kind) -> Result<Option<Vec<Collection>>, Error> {
    let names = ["D:current-user-principal", kind.home()];
    let names = [&names[..], &DESCRIPTION].concat();
    let Some((props, url)) = one(line, start, &names)? else { return Ok(None) };
    if is_of(kind, &props) {
        return Ok(Some(vec![Collection::of(kind, url.into(), props)]));
    }
    if props.unauthenticated {
        return Err(line.at("PROPFIND", &url).error(line.login_refused()));
    }
    let homes = match props.principal {
        _ if !props.homes.is_empty() => props.homes,
        Some(principal) => {
            let principal = allowed(line, &url, &principal)?;
            match one(line, &principal, &[kind.home()])? {
                Some((props, _)) => props.homes,
                None => Vec::new(),
            }
        }
        None => Vec::new(),
    };
    if homes.is_empty() {
        return Ok(None);
    }
    let mut found = BTreeMap::new();
    for home in homes.iter().take(HOMES_MAX) {
        let home = allowed(line, &url, home)?;
        for collection in within(line, &home, kind)? {
            found.insert(collection.url.clone(), collection);
        }
    }
    Ok(Some(found.into_values().collect()))
}

/// What is asked of a collection.
const DESCRIPTION: [&str; 7] = [
    "D:resourcetype",
    "D:displayname",
    "C:supported-calendar-component-set",
    "S:getctag",
    "D:sync-token",
    "D:supported-report-set",
    "D:current-user-privilege-set",
];

fn is_of(kind: Kind, props: &Props) -> bool {
    props.types.as_ref().is_some_and(|types| types.contains(kind.type_name()))
}

/// The properties of one resource, and its address after redirects.
fn one(line: &Line, url: &Url, names: &[&str]) -> Result<Option<(Props, Url)>, Error> {
    let mut found = None;
    let listing = Listing {
        method: "PROPFIND",
        url,
        depth: "0",
        body: bodies::properties(names),
        bytes_max: line.limits.answer_bytes,
    };
    let (_, url) = line.list(listing, &mut |resource| {
        if resource.status.is_none_or(|status| status < 300) {
            found.get_or_insert(resource.props);
        }
        Ok(())
    })?;
    Ok(found.map(|props| (props, url)))
}

/// The collections of a kind in a home.
fn within(line: &Line, home: &Url, kind: Kind) -> Result<Vec<Collection>, Error> {
    let mut resources = Vec::new();
    let listing = Listing {
        method: "PROPFIND",
        url: home,
        depth: "1",
        body: bodies::properties(&DESCRIPTION),
        bytes_max: line.limits.answer_bytes,
    };
    let members_max = line.limits.members;
    let (_, base) = line.list(listing, &mut |resource| {
        if resources.len() >= members_max {
            return Err(Why::TooMany(members_max));
        }
        if is_of(kind, &resource.props) {
            resources.push((resource.href, resource.props));
        }
        Ok(())
    })?;
    // One that the server puts at a host that nobody named is not the home's own.
    let of = |(href, props): (String, Props)| {
        let url = allowed(line, &base, &href).ok()?;
        Some(Collection::of(kind, url.into(), props))
    };
    Ok(resources.into_iter().filter_map(of).collect())
}

/// An address that an answer names, if the person named its host.
fn allowed(line: &Line, base: &Url, href: &str) -> Result<Url, Error> {
    let at = line.at("PROPFIND", base);
    let url = base
        .join(href.trim())
        .map_err(|error| at.error(Why::Protocol(format!("it names no address ({error})"))))?;
    if line.named.contains(&Origin::of(&url)) && url.username().is_empty() {
        return Ok(url);
    }
    Err(at.error(Why::Elsewhere(elsewhere(&url))))
}
