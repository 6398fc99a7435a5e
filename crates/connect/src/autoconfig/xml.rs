//! XML as a tree of names and texts, as much of it as the file needs and no more.
//!
//! Must not: keep an attribute but `type`, or resolve an entity but XML's own five.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::NotAutoconfig;

/// Deepest nesting.
const DEPTH_MAX: usize = 12;
/// Most elements.
const ELEMENTS_MAX: usize = 2_000;
/// Longest text of an element that is kept, in bytes.
const TEXT_BYTES_MAX: usize = 1_000;

/// An element, its names in small letters.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// The attribute `type`, in small letters.
    pub(super) kind: String,
    /// Its own text, without white space around it.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The text of the first child of that name.
    pub(super) fn said(&self, name: &str) -> Option<&str> {
        self.children.iter().find(|child| child.name == name).map(|child| child.text.as_str())
    }

    fn add(&mut self, text: &str) {
        if self.text.len() + text.len() <= TEXT_BYTES_MAX {
            self.text.push_str(text);
        }
    }
}

/// The outermost element of a text.
pub(super) fn read(text: &str) -> Result<Element, NotAutoconfig> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    loop {
        match reader.read_event().map_err(|_hidden| NotAutoconfig::NotXml)? {
            Event::Start(start) => open.push(begun(&start, &mut count, open.len())?),
            Event::Empty(start) => {
                let element = begun(&start, &mut count, open.len())?;
                close(&mut open, element)?;
            }
            Event::End(_) => {
                let mut element = open.pop().ok_or(NotAutoconfig::NotXml)?;
                let text = element.text.trim().to_owned();
                element.text = text;
                close(&mut open, element)?;
            }
            Event::Text(text) => add(&mut open, &text.xml10_content()),
            Event::CData(text) => add(&mut open, &text.xml10_content()),
            Event::GeneralRef(name) => {
                let mut sign = [0; 4];
                add(&mut open, resolved(&name)?.encode_utf8(&mut sign));
            }
            Event::DocType(_) => return Err(NotAutoconfig::DeclaresType),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    // What holds the outermost element is left, and nothing that was never closed.
    let whole = open.pop().filter(|_| open.is_empty()).ok_or(NotAutoconfig::NotXml)?;
    whole.children.into_iter().next().ok_or(NotAutoconfig::NotXml)
}

fn begun(
    start: &BytesStart<'_>,
    count: &mut usize,
    depth: usize,
) -> Result<Element, NotAutoconfig> {
    *count += 1;
    if *count > ELEMENTS_MAX || depth > DEPTH_MAX {
        return Err(NotAutoconfig::TooLarge);
    }
    let kind = start.try_get_attribute("type").map_err(|_hidden| NotAutoconfig::NotXml)?;
    Ok(Element {
        name: start.local_name().as_ref().to_ascii_lowercase(),
        kind: kind.map(|kind| kind.value.to_ascii_lowercase()).unwrap_or_default(),
        ..Element::default()
    })
}

fn close(open: &mut [Element], element: Element) -> Result<(), NotAutoconfig> {
    open.last_mut().ok_or(NotAutoconfig::NotXml)?.children.push(element);
    Ok(())
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.add(text);
    }
}

fn resolved(name: &BytesRef<'_>) -> Result<char, NotAutoconfig> {
    if let Some(sign) = name.resolve_char_ref().map_err(|_hidden| NotAutoconfig::NotXml)? {
        return Ok(sign);
    }
    match name.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(NotAutoconfig::NotXml),
    }
}
