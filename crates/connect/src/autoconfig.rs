//! The file by which a mail domain tells programs its servers (Thunderbird's `config-v1.1.xml`),
//! read without entities of its own, links or anything else that could make little into much.
//!
//! Must not: fetch anything, resolve an entity but XML's five, or propose a server without
//! encryption.

mod xml;

use std::fmt;

use crate::{Address, Security, Server, Service, WebAddress, host, words};
use xml::Element;

/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 64 << 10;
/// More servers than that are not looked at.
const SERVERS_MAX: usize = 20;
/// Longest name to sign in with.
const USER_CHARS_MAX: usize = 200;

/// What a file told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Autoconfig {
    /// Its servers, in the order of the file.
    pub servers: Vec<Told>,
    /// What was left out, in sentences.
    pub issues: Vec<String>,
}

/// A server as the file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The server.
    pub server: Server,
    /// How one signs in, in the order of the file.
    pub ways: Vec<Way>,
}

/// A way of signing in, as the file names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By a password, in whatever form.
    Password,
    /// By OAuth 2.
    OAuth,
    /// In a way that inroad does not know.
    Other,
}

/// Why a file is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAutoconfig {
    /// Too large, too deep or too long.
    #[error("It is larger than any such file")]
    TooLarge,
    /// It declares what would be put in its place.
    #[error("It declares a document type, which such a file does not need")]
    DeclaresType,
    /// It is no XML, or not this kind.
    #[error("It is no file of this kind")]
    NotXml,
}

/// Reads a file for one address.
///
/// # Errors
/// [`NotAutoconfig`] where it is no such file. What is wrong with one server of it is told in
/// [`Autoconfig::issues`] and does not stop the rest.
pub fn read(bytes: &[u8], address: &Address) -> Result<Autoconfig, NotAutoconfig> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(NotAutoconfig::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_hidden| NotAutoconfig::NotXml)?;
    let root = xml::read(text.trim_start_matches('\u{feff}'))?;
    if root.name != "clientconfig" {
        return Err(NotAutoconfig::NotXml);
    }
    let mut told = Autoconfig::default();
    let mut candidates = Vec::new();
    for part in &root.children {
        match part.name.as_str() {
            "emailprovider" => candidates.extend(part.children.iter()),
            _ => candidates.push(part),
        }
    }
    let servers = candidates.into_iter().filter_map(|element| Some((service(element)?, element)));
    for (count, (service, element)) in servers.enumerate() {
        if count == SERVERS_MAX {
            told.issues
                .push(format!("Only the first {SERVERS_MAX} servers of the file are looked at"));
            break;
        }
        match server(service, element, address) {
            Ok(server) => told.servers.push(server),
            Err(why) => told.issues.push(why.to_string()),
        }
    }
    Ok(told)
}

/// Why one server is left out.
enum LeftOut {
    NoHost,
    NoPort(String),
    Open(String),
    NotHttps,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHost => {
                f.write_str("A server is left out, since its name is none on the Internet")
            }
            Self::NoPort(host) => write!(f, "{host} is left out, since its port is none"),
            Self::Open(host) => {
                write!(f, "{host} is left out: without encryption everybody on the way reads along")
            }
            Self::NotHttps => {
                f.write_str("A server is left out, since its address is none by https")
            }
        }
    }
}

fn service(element: &Element) -> Option<Service> {
    match (element.name.as_str(), element.kind.as_str()) {
        ("incomingserver", "imap") => Some(Service::Imap),
        ("outgoingserver", "smtp") => Some(Service::Submission),
        ("calendar", "caldav") => Some(Service::CalDav),
        ("addressbook", "carddav") => Some(Service::CardDav),
        _ => None,
    }
}

fn server(service: Service, element: &Element, address: &Address) -> Result<Told, LeftOut> {
    let said = |name| element.said(name).map(|text| filled(text, address));
    let ways = element.children.iter().filter(|child| child.name == "authentication");
    let mut ways: Vec<Way> = ways.map(|child| way(&child.text)).collect();
    ways.dedup();
    let user = said("username").flatten().filter(|user| is_user(user));
    let user = user.or_else(|| Some(address.to_string()));
    if service.is_dav() {
        let url = said("serverurl").flatten().and_then(|url| WebAddress::new(&url).ok());
        let url = url.filter(|url| host::name(url.host()).is_some()).ok_or(LeftOut::NotHttps)?;
        let (host, path) = (url.host().to_owned(), url.path().to_owned());
        let path = if path == "/" { String::new() } else { path };
        let server =
            Server { service, host, port: url.port(), security: Security::Tls, path, user };
        return Ok(Told { server, ways });
    }
    let host =
        said("hostname").flatten().and_then(|name| host::name(&name)).ok_or(LeftOut::NoHost)?;
    let security = match element.said("sockettype").unwrap_or_default() {
        "SSL" => Security::Tls,
        "STARTTLS" => Security::StartTls,
        _ => return Err(LeftOut::Open(host)),
    };
    let port = element.said("port").and_then(|port| port.parse().ok()).filter(|port| *port > 0);
    let Some(port) = port else { return Err(LeftOut::NoPort(host)) };
    Ok(Told { server: Server { service, host, port, security, path: String::new(), user }, ways })
}

fn way(text: &str) -> Way {
    match text {
        "password-cleartext" | "password-encrypted" | "plain" | "secure" => Way::Password,
        "OAuth2" => Way::OAuth,
        _ => Way::Other,
    }
}

/// The text with what stands for the address put in; nothing where something else stands there.
fn filled(text: &str, address: &Address) -> Option<String> {
    let whole = address.to_string();
    let known = [
        ("%EMAILADDRESS%", whole.as_str()),
        ("%EMAILLOCALPART%", address.local()),
        ("%EMAILDOMAIN%", address.domain()),
    ];
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        filled.push_str(before);
        let (name, after) = behind.split_once('%')?;
        let (_, value) = known.iter().find(|(known, _)| known.trim_matches('%') == name)?;
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

fn is_user(user: &str) -> bool {
    !user.is_empty()
        && user.chars().count() <= USER_CHARS_MAX
        && !user.chars().any(words::turns_text)
}

#[cfg(test)]
mod tests;
