//! `DAV:multistatus` (RFC 4918, 13): what a server says of each of its resources, one at a time.
//!
//! Must not: ask for anything, or decide what an answer means for what is kept.

use std::collections::BTreeSet;
use std::io::BufRead;

use crate::error::Why;
use crate::xml::{Element, Elements, Node, Ns, Unreadable};

/// What a server says of one resource.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// Its address as the server writes it.
    pub href: String,
    /// The status of the resource as a whole, if it has one of its own.
    pub status: Option<u16>,
    /// The status of those properties that were not given, the last one.
    pub refused: Option<u16>,
    /// What was given.
    pub props: Props,
    /// Whether it was too large to be held; its text is missing then.
    pub oversized: bool,
}

/// Properties that a server gave, with a status that means success.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Props {
    /// `getetag`.
    pub etag: Option<String>,
    /// `calendar-data` or `address-data`: the text of an item.
    pub text: Option<String>,
    /// `displayname`.
    pub name: Option<String>,
    /// `resourcetype`, if it was given: names such as `collection`, `calendar`, `addressbook`.
    pub types: Option<BTreeSet<String>>,
    /// `supported-calendar-component-set`: `VEVENT` and the like.
    pub components: BTreeSet<String>,
    /// `getctag`.
    pub ctag: Option<String>,
    /// `sync-token`.
    pub sync_token: Option<String>,
    /// `current-user-principal`.
    pub principal: Option<String>,
    /// Whether the server says that it does not know who asks.
    pub unauthenticated: bool,
    /// `calendar-home-set` and `addressbook-home-set`.
    pub homes: Vec<String>,
    /// `current-user-privilege-set`, if it was given.
    pub privileges: Option<BTreeSet<String>>,
    /// `supported-report-set`.
    pub reports: BTreeSet<String>,
}

/// What a multistatus says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whole {
    /// How many resources it spoke of.
    pub resources: usize,
    /// The token for the next time (RFC 6578, 6.4).
    pub sync_token: Option<String>,
}

/// Reads an answer as it comes and hands on each resource in its order. Of one resource up to
/// `item_bytes_max` bytes of text are held.
///
/// # Errors
/// [`Why::Broken`] if it ends too early, [`Why::Protocol`] if it is no such answer, and what `each`
/// returns.
pub fn read(
    from: impl BufRead,
    item_bytes_max: usize,
    each: &mut dyn FnMut(Resource) -> Result<(), Why>,
) -> Result<Whole, Why> {
    let (root, mut elements) = Elements::begin(from, item_bytes_max).map_err(why)?;
    if !root.is(Ns::Dav, "multistatus") {
        return Err(Why::Protocol(format!("a multistatus was asked for, and {} came", root.name)));
    }
    let mut whole = Whole::default();
    while let Some(element) = elements.element().map_err(why)? {
        if element.node.is(Ns::Dav, "response") {
            for resource in resources(&element) {
                whole.resources += 1;
                each(resource)?;
            }
        } else if element.node.is(Ns::Dav, "sync-token") {
            whole.sync_token = element.node.word().map(str::to_owned);
        }
    }
    Ok(whole)
}

/// The names of the conditions in a `DAV:error` (RFC 4918, 14.5); none if it is no such answer.
pub fn conditions(from: impl BufRead) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let Ok((root, mut elements)) = Elements::begin(from, 10_000) else { return names };
    if root.is(Ns::Dav, "error") {
        while let Ok(Some(element)) = elements.element() {
            names.insert(element.node.name);
        }
    }
    names
}

pub(crate) fn why(unreadable: Unreadable) -> Why {
    match unreadable {
        Unreadable::Io(error) => crate::http::why_io(&error),
        Unreadable::Cut => Why::Broken,
        Unreadable::Wrong(words) => Why::Protocol(words),
    }
}

/// One `response`; it may name several resources with one status (RFC 4918, 14.24).
fn resources(element: &Element) -> Vec<Resource> {
    let node = &element.node;
    let mut resource = Resource { oversized: element.oversized, ..Resource::default() };
    let mut hrefs = Vec::new();
    for child in node.children.iter().filter(|child| child.ns == Ns::Dav) {
        match child.name.as_str() {
            "href" => hrefs.extend(child.word().map(str::to_owned)),
            "status" => resource.status = status(&child.text),
            "propstat" => take(child, &mut resource),
            _ => {}
        }
    }
    hrefs.into_iter().map(|href| Resource { href, ..resource.clone() }).collect()
}

/// The code of `HTTP/1.1 200 OK`.
fn status(line: &str) -> Option<u16> {
    line.split_whitespace().nth(1)?.parse().ok()
}

fn take(propstat: &Node, resource: &mut Resource) {
    let code = propstat.child(Ns::Dav, "status").and_then(|node| status(&node.text));
    let Some(prop) = propstat.child(Ns::Dav, "prop") else { return };
    // Some servers leave the status out where all is well.
    if code.is_some_and(|code| !(200..300).contains(&code)) {
        resource.refused = code;
        return;
    }
    let props = &mut resource.props;
    for node in &prop.children {
        let word = || node.word().map(str::to_owned);
        match (node.ns, node.name.as_str()) {
            (Ns::Dav, "getetag") => props.etag = word(),
            (Ns::Dav, "displayname") => props.name = word(),
            (Ns::Dav, "sync-token") => props.sync_token = word(),
            (Ns::Server, "getctag") => props.ctag = word(),
            (Ns::Dav, "resourcetype") => {
                props.types = Some(node.children.iter().map(|kind| kind.name.clone()).collect());
            }
            (Ns::CalDav, "calendar-data") | (Ns::CardDav, "address-data") => {
                props.text = (!node.text.trim().is_empty()).then(|| node.text.clone());
            }
            (Ns::CalDav, "supported-calendar-component-set") => {
                let names = node.children.iter().filter_map(|comp| comp.name_attribute.as_deref());
                props.components = names.map(str::to_ascii_uppercase).collect();
            }
            (Ns::Dav, "current-user-principal") => {
                props.principal = hrefs(node).next();
                props.unauthenticated = node.child(Ns::Dav, "unauthenticated").is_some();
            }
            (Ns::CalDav, "calendar-home-set") | (Ns::CardDav, "addressbook-home-set") => {
                props.homes.extend(hrefs(node));
            }
            (Ns::Dav, "current-user-privilege-set") => {
                props.privileges = Some(names_within(node, "privilege"));
            }
            (Ns::Dav, "supported-report-set") => {
                for supported in &node.children {
                    props.reports.extend(names_within(supported, "report"));
                }
            }
            _ => {}
        }
    }
}

fn hrefs(node: &Node) -> impl Iterator<Item = String> {
    node.children
        .iter()
        .filter(|child| child.is(Ns::Dav, "href"))
        .filter_map(|child| child.word().map(str::to_owned))
}

/// The names of what lies in each of the children of that name.
fn names_within(node: &Node, name: &str) -> BTreeSet<String> {
    let within = node.children.iter().filter(|child| child.is(Ns::Dav, name));
    within.flat_map(|child| child.children.iter().map(|inner| inner.name.clone())).collect()
}

#[cfg(test)]
mod tests;
