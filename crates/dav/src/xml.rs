//! XML as servers send it: one element after the other, small and bounded.
//!
//! This and nothing else names the parser. A document type is refused before anything of it is
//! looked at, so nothing can be defined, fetched or blown up by one; of references to characters
//! only numbers and the five that XML itself knows are taken.
//!
//! Must not: hold more than one element of the outermost level.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// The name spaces that are known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ns {
    Dav,
    CalDav,
    CardDav,
    /// Apple's, which brought `getctag`.
    Server,
    Other,
}

/// One element with what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) ns: Ns,
    pub(crate) name: String,
    /// Its own text, with references resolved and line ends as `\n`.
    pub(crate) text: String,
    /// The value of `name`, as in `<comp name="VEVENT"/>`.
    pub(crate) name_attribute: Option<String>,
    pub(crate) children: Vec<Node>,
}

/// Why an answer cannot be read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// It could not be read to its end.
    Io(std::sync::Arc<std::io::Error>),
    /// It ends before it is complete.
    Cut,
    /// It is no XML, or none that is taken; in these words.
    Wrong(String),
}

/// Elements in one another at most.
const DEPTH_MAX: usize = 24;
/// Elements in one element of the outermost level at most.
const NODES_MAX: usize = 20_000;
/// Bytes of a name that is of interest.
const NAME_BYTES_MAX: usize = 100;

/// The elements below the outermost one.
pub(crate) struct Elements<R> {
    reader: NsReader<R>,
    buffer: Vec<u8>,
    text_bytes_max: usize,
    ended: bool,
}

/// An element below the outermost one, and whether its text was too large to be held.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) node: Node,
    pub(crate) oversized: bool,
}

impl<R: BufRead> Elements<R> {
    /// Reads up to the start of the outermost element, which is given without what is in it. The
    /// text of one element below it is held up to that many bytes.
    pub(crate) fn begin(from: R, text_bytes_max: usize) -> Result<(Node, Self), Unreadable> {
        let mut reader = NsReader::from_reader(from);
        reader.config_mut().expand_empty_elements = true;
        let mut elements = Self { reader, buffer: Vec::new(), text_bytes_max, ended: false };
        loop {
            match elements.next()? {
                Piece::Start(node) => return Ok((node, elements)),
                Piece::Text(text)
                    if text.trim_matches(['\u{feff}', ' ', '\n', '\t']).is_empty() => {}
                Piece::Nothing => {}
                Piece::Text(_) => return Err(wrong("it is no XML")),
                Piece::End | Piece::Eof => return Err(Unreadable::Cut),
            }
        }
    }

    /// The next element below the outermost one, with everything in it; `None` at the end.
    pub(crate) fn element(&mut self) -> Result<Option<Element>, Unreadable> {
        if self.ended {
            return Ok(None);
        }
        loop {
            match self.next()? {
                Piece::Start(node) => return self.whole(node).map(Some),
                Piece::End => {
                    self.ended = true;
                    return Ok(None);
                }
                Piece::Eof => return Err(Unreadable::Cut),
                Piece::Text(_) | Piece::Nothing => {}
            }
        }
    }

    fn whole(&mut self, start: Node) -> Result<Element, Unreadable> {
        let mut open = vec![start];
        let (mut nodes, mut bytes, mut oversized) = (1, 0_usize, false);
        loop {
            match self.next()? {
                Piece::Start(node) => {
                    nodes += 1;
                    if open.len() >= DEPTH_MAX || nodes > NODES_MAX {
                        return Err(wrong("an element holds too much"));
                    }
                    open.push(node);
                }
                Piece::Text(text) => {
                    bytes += text.len();
                    oversized |= bytes > self.text_bytes_max;
                    if let (Some(node), false) = (open.last_mut(), oversized) {
                        node.text.push_str(&text);
                    }
                }
                Piece::End => {
                    let Some(done) = open.pop() else { return Err(Unreadable::Cut) };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(Element { node: done, oversized }),
                    }
                }
                Piece::Eof => return Err(Unreadable::Cut),
                Piece::Nothing => {}
            }
        }
    }

    fn next(&mut self) -> Result<Piece, Unreadable> {
        self.buffer.clear();
        let (space, event) = match self.reader.read_resolved_event_into(&mut self.buffer) {
            Ok(read) => read,
            Err(quick_xml::Error::Io(error)) => return Err(Unreadable::Io(error)),
            Err(error) => return Err(failed(&error)),
        };
        Ok(match event {
            Event::Start(start) | Event::Empty(start) => Piece::Start(node(&space, &start)),
            Event::End(_) => Piece::End,
            Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(reference) => Piece::Text(resolved(&reference)?),
            Event::DocType(_) => return Err(wrong("it brings a document type, which is not read")),
            Event::Eof => Piece::Eof,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Piece::Nothing,
        })
    }
}

enum Piece {
    Start(Node),
    End,
    Text(String),
    Nothing,
    Eof,
}

fn wrong(what: &str) -> Unreadable {
    Unreadable::Wrong(what.to_owned())
}

/// What ends in the middle of a tag was cut off; everything else is wrong.
fn failed(error: &quick_xml::Error) -> Unreadable {
    use quick_xml::errors::SyntaxError;
    match error {
        quick_xml::Error::Syntax(
            SyntaxError::UnclosedTag
            | SyntaxError::UnclosedComment
            | SyntaxError::UnclosedCData
            | SyntaxError::UnclosedPI
            | SyntaxError::UnclosedXmlDecl
            | SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue,
        ) => Unreadable::Cut,
        other => {
            Unreadable::Wrong(format!("it is no XML ({})", crate::error::shown(&other.to_string())))
        }
    }
}

fn node(space: &ResolveResult<'_>, start: &BytesStart<'_>) -> Node {
    let ns = match space {
        ResolveResult::Bound(namespace) => match namespace.as_ref() {
            "DAV:" => Ns::Dav,
            "urn:ietf:params:xml:ns:caldav" => Ns::CalDav,
            "urn:ietf:params:xml:ns:carddav" => Ns::CardDav,
            "http://calendarserver.org/ns/" => Ns::Server,
            _ => Ns::Other,
        },
        _ => Ns::Other,
    };
    let short = |text: &str| text.chars().take(NAME_BYTES_MAX).collect::<String>();
    let name = short(start.local_name().as_ref());
    let name_attribute = start
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == "name")
        .map(|attribute| short(&attribute.value));
    Node { ns, name, text: String::new(), name_attribute, children: Vec::new() }
}

fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Result<String, Unreadable> {
    match reference.resolve_char_ref() {
        Ok(Some(sign)) => return Ok(sign.to_string()),
        Ok(None) => {}
        Err(_) => return Err(wrong("it names a character that there is not")),
    }
    Ok(match &**reference {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return Err(wrong("it names an entity, which is not read")),
    }
    .to_owned())
}

impl Node {
    pub(crate) fn is(&self, ns: Ns, name: &str) -> bool {
        self.ns == ns && self.name == name
    }

    pub(crate) fn child(&self, ns: Ns, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.is(ns, name))
    }

    /// The text without surrounding white space; `None` if nothing is left.
    pub(crate) fn word(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }
}
