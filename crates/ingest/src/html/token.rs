//! Cuts HTML into tags and text in one pass, as browsers do with what people send: no nesting is
//! followed, nothing is ever malformed.
//!
//! Must not: know what a tag means, except that some hold no markup.

use memchr::{memchr, memchr2, memmem};

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'h> {
    /// Text with its entities.
    Text(&'h str),
    /// `<name attributes>`
    Open(Tag<'h>),
    /// `</name>`
    Close(Tag<'h>),
}

/// A tag as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'h> {
    /// In whatever case it was written.
    pub(crate) name: &'h str,
    attributes: &'h str,
}

/// Elements whose content is no text to read.
const UNREADABLE: [&str; 9] =
    ["style", "script", "title", "xml", "template", "iframe", "object", "svg", "select"];

/// The tokens of a text, read one after the other.
#[derive(Debug)]
pub(crate) struct Tokens<'h> {
    rest: &'h str,
    /// A quote, a comment or an element was not closed: what comes behind it is searched in vain
    /// once, not at every tag.
    open_quotes: bool,
    open_comments: bool,
    /// Which of [`UNREADABLE`].
    open_elements: [bool; UNREADABLE.len()],
}

impl<'h> Tokens<'h> {
    pub(crate) fn new(html: &'h str) -> Self {
        let open_elements = [false; UNREADABLE.len()];
        Self { rest: html, open_quotes: false, open_comments: false, open_elements }
    }

    /// The markup that is still to come.
    pub(crate) fn rest(&self) -> &'h str {
        self.rest
    }

    fn take(&mut self, n_bytes: usize) -> &'h str {
        let (taken, rest) = self.rest.split_at_checked(n_bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes a comment, a declaration or a processing instruction.
    fn skip_declaration(&mut self) {
        if self.rest.starts_with("<!--") && !self.open_comments {
            // `<!-->` and `<!--->` are whole comments.
            let short = ["<!-->", "<!--->"].iter().find(|text| self.rest.starts_with(**text));
            let end = match short {
                Some(text) => Some(text.len()),
                None => memmem::find(self.rest.as_bytes(), b"-->").map(|at| at + 3),
            };
            if let Some(end) = end {
                self.take(end);
                return;
            }
            self.open_comments = true;
        }
        let end = memchr(b'>', self.rest.as_bytes()).map_or(self.rest.len(), |at| at + 1);
        self.take(end);
    }

    /// The position of the `>` that ends the tag at the start of the rest.
    fn tag_end(&mut self) -> Option<usize> {
        let bytes = self.rest.as_bytes();
        if self.open_quotes {
            return memchr(b'>', bytes);
        }
        let mut at = 1;
        let mut last = 0;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' => return Some(at),
                // A quote counts only behind `=`.
                b'"' | b'\'' if last == b'=' => {
                    let Some(end) = memchr(byte, bytes.get(at + 1..)?) else {
                        self.open_quotes = true;
                        return memchr(b'>', bytes);
                    };
                    at += end + 1;
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                last = byte;
            }
            at += 1;
        }
        None
    }

    /// Skips the content of an element, if it holds nothing to read.
    fn skip_element(&mut self, tag: &Tag<'h>) {
        let Some(kind) = UNREADABLE.iter().position(|name| tag.is(name)) else { return };
        let Some(is_open) = self.open_elements.get_mut(kind).filter(|is_open| !**is_open) else {
            return;
        };
        let name = tag.name;
        let bytes = self.rest.as_bytes();
        let end = memmem::find_iter(bytes, b"</").find(|at| {
            let found = bytes.get(at + 2..at + 2 + name.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        });
        match end {
            Some(at) => {
                self.take(at);
            }
            None => *is_open = true,
        }
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        loop {
            let bytes = self.rest.as_bytes();
            let second = match (bytes.first()?, bytes.get(1)) {
                (b'<', Some(&second)) => second,
                (b'<', None) => return Some(Token::Text(self.take(1))),
                _ => {
                    let end = memchr(b'<', bytes).unwrap_or(bytes.len());
                    return Some(Token::Text(self.take(end)));
                }
            };
            match second {
                b'!' | b'?' => self.skip_declaration(),
                b'/' | b'a'..=b'z' | b'A'..=b'Z' => {
                    let Some(end) = self.tag_end() else {
                        // Cut off within a tag: nothing of it is text.
                        self.rest = "";
                        return None;
                    };
                    let inside = self.take(end + 1).trim_start_matches('<').trim_end_matches('>');
                    if second == b'/' {
                        return Some(Token::Close(Tag::new(inside.trim_start_matches('/'))));
                    }
                    let tag = Tag::new(inside);
                    if !inside.ends_with('/') {
                        self.skip_element(&tag);
                    }
                    return Some(Token::Open(tag));
                }
                // `a < b` is text.
                _ => {
                    let from = bytes.get(1..).unwrap_or_default();
                    let end = memchr(b'<', from).map_or(bytes.len(), |at| at + 1);
                    return Some(Token::Text(self.take(end)));
                }
            }
        }
    }
}

impl<'h> Tag<'h> {
    fn new(inside: &'h str) -> Self {
        let end = inside
            .bytes()
            .position(|b| b.is_ascii_whitespace() || b == b'/')
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(end).unwrap_or((inside, ""));
        Self { name, attributes }
    }

    /// Whether it is a tag of that lower-case name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, entities and all.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'h str> {
        self.attributes()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The attributes as they stand, names in whatever case, values with their entities.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'h str, &'h str)> + use<'h> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.bytes().position(|b| b == b'=' || b.is_ascii_whitespace());
            let (found, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
            if found.is_empty() && after.is_empty() {
                return None;
            }
            let after = after.trim_ascii_start();
            let (value, next) = match after.strip_prefix('=') {
                Some(value) => value_of(value.trim_ascii_start()),
                None => ("", after),
            };
            rest = next;
            Some((found, value))
        })
    }
}

/// The value at the start, without its quotes, and what follows.
fn value_of(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let inside = text.get(1..).unwrap_or_default();
        return inside.split_once(quote).unwrap_or((inside, ""));
    }
    let end = memchr2(b' ', b'\n', text.as_bytes()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
