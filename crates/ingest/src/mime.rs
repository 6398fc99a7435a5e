//! A message as MIME sees it: parts with headers and decoded bodies.
//!
//! The one place, with the files of its folder, that names the parser crate. Structure and
//! transfer encodings are read by us, charsets, addresses, dates and parameters by the crate;
//! `docs/decisions/mail-parser.md` says why. Nothing is decoded before somebody asks for it.
//!
//! Must not: judge what a mail means.

mod charset;
mod content_type;
mod date;
mod field;
mod flowed;
mod structure;
mod transfer;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use inroad_model::{Issue, MessageId};

pub(crate) use self::charset::{entity, windows_1252};
use self::content_type::ContentType;
pub use self::field::Mailboxes;
pub(crate) use self::field::RawDate;
use self::structure::{Field, Kind, Node, Parts, Problems};
use self::transfer::Encoding;
use crate::Limits;

/// A message cut into parts. The first part is the message itself; its headers are the message's.
#[derive(Debug)]
pub struct Mime<'a> {
    /// The message, and each nested message that had to be decoded before it could be cut.
    sources: Vec<Cow<'a, [u8]>>,
    nodes: Vec<Node>,
    fields: Vec<Field>,
    text_bytes_max: usize,
    recipients_max: usize,
}

/// One part. A small view that can be copied.
#[derive(Debug, Clone, Copy)]
pub struct Part<'m> {
    source: &'m [u8],
    fields: &'m [Field],
    node: &'m Node,
    text_bytes_max: usize,
    recipients_max: usize,
}

/// The readable text of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartText<'m> {
    /// Decoded, with `\n` as line end and without NUL.
    pub text: Cow<'m, str>,
    /// The transfer encoding was broken; what could be read is here.
    pub malformed: bool,
    /// The charset is unknown, or some bytes are no letters of it.
    pub misread: bool,
    /// It was longer than [`Limits::text_bytes`], or as HTML longer than 16 times that.
    pub cut: bool,
}

/// How much longer than its text HTML may be: pictures and styles stand within it.
const HTML_PER_TEXT: usize = 16;

/// Messages that are encoded within encoded messages are opened so many times.
const ENCODED_MESSAGES_MAX: usize = 3;

impl<'a> Mime<'a> {
    /// Cuts a message into parts. `None` only for an input without a single byte to read.
    pub fn parse(raw: &'a [u8], limits: &Limits) -> (Option<Self>, Vec<Issue>) {
        let mut issues = Vec::new();
        let kept = raw.get(..limits.message_bytes).unwrap_or(raw);
        if kept.len() < raw.len() {
            issues.push(Issue::new(
                format!("The message has {} bytes", raw.len()),
                format!("Only the first {} bytes were read", kept.len()),
            ));
        }
        let source = with_line_feeds(kept);
        if source.iter().all(u8::is_ascii_whitespace) {
            issues.push(Issue::new("The message is empty", "It was left out"));
            return (None, issues);
        }
        let mut mime = Self {
            sources: vec![source],
            nodes: Vec::new(),
            fields: Vec::new(),
            text_bytes_max: limits.text_bytes,
            recipients_max: limits.recipients,
        };
        let problems = mime.cut(limits);
        tell(problems, limits, &mut issues);
        (Some(mime), issues)
    }

    /// The message itself: its headers, and its body if it is not a multipart.
    pub fn root(&self) -> Part<'_> {
        static EMPTY: Node = Node {
            source: 0,
            depth: 0,
            kind: Kind::Leaf,
            fields: 0..0,
            header: 0..0,
            body: 0..0,
            content_type: ContentType::NONE,
        };
        self.view(self.nodes.first().unwrap_or(&EMPTY))
    }

    /// All parts in the order in which they stand, multiparts and nested messages before what
    /// they hold; [`Part::depth`] tells what holds what.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.nodes.iter().map(|node| self.view(node))
    }

    /// A header of the message: see [`Part::header`].
    pub fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        self.root().header(name)
    }

    /// All headers of that name: see [`Part::header_all`].
    pub fn header_all(&self, name: &str) -> Vec<Cow<'_, str>> {
        self.root().header_all(name).collect()
    }

    /// A header of the message as it stands: see [`Part::raw_header`].
    pub fn raw_header(&self, name: &str) -> Option<&[u8]> {
        self.root().raw_header(name)
    }

    fn view<'m>(&'m self, node: &'m Node) -> Part<'m> {
        Part {
            source: self.sources.get(node.source).map_or(&[], |source| source.as_ref()),
            fields: self.fields.get(node.fields.clone()).unwrap_or_default(),
            node,
            text_bytes_max: self.text_bytes_max,
            recipients_max: self.recipients_max,
        }
    }

    fn cut(&mut self, limits: &Limits) -> Problems {
        let mut parts = Parts::default();
        structure::cut(self.sources.first().map_or(&[], |s| s.as_ref()), 0, 0, limits, &mut parts);
        let mut next = 0;
        while let Some(node) = parts.nodes.get(next) {
            next += 1;
            let too_deep = node.depth >= limits.depth || self.sources.len() > ENCODED_MESSAGES_MAX;
            if node.kind != Kind::Leaf || !node.content_type.is_message() || too_deep {
                continue;
            }
            let decoded = self.view_of(node, &parts.fields).bytes().into_owned();
            let depth = node.depth + 1;
            if decoded.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let mut inner = Parts { nodes: Vec::new(), ..parts };
            let source = self.sources.len();
            structure::cut(&decoded, source, depth, limits, &mut inner);
            let room = limits.parts.saturating_sub(parts.nodes.len());
            inner.problems.too_many_parts |= inner.nodes.len() > room;
            inner.nodes.truncate(room);
            parts.nodes.splice(next..next, inner.nodes);
            if let Some(node) = parts.nodes.get_mut(next - 1) {
                node.kind = Kind::Message;
            }
            parts = Parts { nodes: parts.nodes, fields: inner.fields, problems: inner.problems };
            self.sources.push(Cow::Owned(decoded));
        }
        self.nodes = parts.nodes;
        self.fields = parts.fields;
        parts.problems
    }

    /// A view while the parts are not yet in place.
    fn view_of<'m>(&'m self, node: &'m Node, fields: &'m [Field]) -> Part<'m> {
        let fields = fields.get(node.fields.clone()).unwrap_or_default();
        Part { fields, ..self.view(node) }
    }
}

impl<'m> Part<'m> {
    /// The media type in lower case, such as `text/plain`, which is also what a part without a
    /// Content-Type is.
    pub fn media_type(&self) -> &'m str {
        &self.node.content_type.value
    }

    /// A parameter of the Content-Type, by its lower-case name, such as `report-type`.
    pub fn param(&self, name: &str) -> Option<&'m str> {
        self.node.content_type.param(name)
    }

    /// The Content-Disposition in lower case, such as `attachment`.
    pub fn disposition(&self) -> Option<String> {
        self.raw_header("content-disposition").and_then(ContentType::read).map(|d| d.value)
    }

    /// The name of the file that the part holds, decoded, on one line.
    pub fn file_name(&self) -> Option<String> {
        let disposition = self.raw_header("content-disposition").and_then(ContentType::read);
        let name = disposition.as_ref().and_then(|d| d.param("filename")).or(self.param("name"))?;
        // Encoded words do not belong into parameters, but stand there often.
        let name = words::decoded(name.as_bytes()).into_owned();
        (!name.is_empty()).then_some(name)
    }

    /// How deep it stands: the message itself is 0. What follows with a greater depth belongs to it.
    pub fn depth(&self) -> usize {
        self.node.depth
    }

    /// Whether it holds other parts.
    pub fn is_multipart(&self) -> bool {
        self.node.kind == Kind::Multipart
    }

    /// Whether it holds a message whose root part is the next one.
    pub fn is_message(&self) -> bool {
        self.node.kind == Kind::Message
    }

    /// The first header of that name in any case: unfolded, encoded words decoded, trimmed.
    pub fn header(&self, name: &str) -> Option<Cow<'m, str>> {
        self.raw_header(name).map(words::decoded)
    }

    /// All headers of that name, as [`Part::header`] gives them.
    pub fn header_all(&self, name: &str) -> impl Iterator<Item = Cow<'m, str>> {
        self.raw_headers(name).map(words::decoded)
    }

    /// The bytes behind the colon of the first header of that name, folded as they stand.
    pub fn raw_header(&self, name: &str) -> Option<&'m [u8]> {
        self.raw_headers(name).next()
    }

    /// The bytes behind the colon of all headers of that name.
    pub fn raw_headers(&self, name: &str) -> impl Iterator<Item = &'m [u8]> {
        let source = self.source;
        let wanted = name.as_bytes();
        self.fields
            .iter()
            .filter(move |field| {
                field.name.len() == wanted.len()
                    && slice(source, &field.name).eq_ignore_ascii_case(wanted)
            })
            .map(move |field| slice(source, &field.value))
    }

    /// The names and decoded values of all headers, in order.
    pub fn headers(&self) -> impl Iterator<Item = (Cow<'m, str>, Cow<'m, str>)> {
        let source = self.source;
        self.fields.iter().map(move |field| {
            let name = String::from_utf8_lossy(slice(source, &field.name));
            (name, words::decoded(slice(source, &field.value)))
        })
    }

    /// The addresses of all headers of that name, up to [`Limits::recipients`].
    pub fn mailboxes(&self, name: &str) -> Mailboxes {
        let mut found = Mailboxes::default();
        for value in self.raw_headers(name).take(50) {
            field::mailboxes(value, self.recipients_max, &mut found);
        }
        found
    }

    /// The identifiers in all headers of that name.
    pub fn message_ids(&self, name: &str) -> Vec<MessageId> {
        self.raw_headers(name).take(50).flat_map(field::message_ids).collect()
    }

    /// The date in the first header of that name, not checked.
    pub(crate) fn raw_date(&self, name: &str) -> Option<RawDate> {
        self.raw_header(name).and_then(date_at_end)
    }

    /// The header block as it stands, decoded loosely; for reports that quote headers.
    pub fn header_block(&self) -> Cow<'m, str> {
        charset::field_text(slice(self.source, &self.node.header))
    }

    /// The body with its transfer encoding undone. For a multipart or a nested message: all of it
    /// as it stands.
    pub fn bytes(&self) -> Cow<'m, [u8]> {
        self.encoding().decode(self.body(), usize::MAX).bytes
    }

    /// The size of [`Part::bytes`], found without decoding base64.
    pub fn bytes_len(&self) -> usize {
        self.encoding().decoded_len(self.body())
    }

    /// The body as text: transfer encoding undone, charset applied, `\n` as line end, no NUL,
    /// cut at [`Limits::text_bytes`], or for HTML at 16 times that.
    pub fn text(&self) -> Cow<'m, str> {
        self.part_text().text
    }

    /// As [`Part::text`], with what was wrong.
    pub fn part_text(&self) -> PartText<'m> {
        let is_html = self.media_type() == "text/html";
        let room = if is_html { HTML_PER_TEXT } else { 1 };
        let bytes_max = self.text_bytes_max.saturating_mul(room);
        let decoded = self.encoding().decode(self.body(), bytes_max);
        let own = if is_html && self.param("charset").is_none() {
            charset::of_html(&decoded.bytes)
        } else {
            None
        };
        let read = charset::read(decoded.bytes, self.param("charset").or(own.as_deref()));
        let mut text = plain_lines(read.text);
        let is = |name, value| self.param(name).is_some_and(|v| v.eq_ignore_ascii_case(value));
        if self.media_type() == "text/plain" && is("format", "flowed") {
            text = Cow::Owned(flowed::joined(&text, is("delsp", "yes")));
        }
        let misread = read.damaged && !decoded.cut;
        PartText { text, malformed: decoded.malformed, misread, cut: decoded.cut }
    }

    fn body(&self) -> &'m [u8] {
        slice(self.source, &self.node.body)
    }

    fn encoding(&self) -> Encoding {
        match self.node.kind {
            Kind::Leaf => self
                .raw_header("content-transfer-encoding")
                .map_or(Encoding::None, Encoding::from_header),
            Kind::Multipart | Kind::Message => Encoding::None,
        }
    }
}

/// A date field, or what stands behind the last semicolon of a `Received` field.
fn date_at_end(value: &[u8]) -> Option<RawDate> {
    let at = memchr::memrchr(b';', value).map_or(0, |at| at + 1);
    field::date(value.get(at..)?).or_else(|| field::date(value))
}

fn slice<'b>(bytes: &'b [u8], range: &Range<usize>) -> &'b [u8] {
    bytes.get(range.clone()).unwrap_or_default()
}

/// Mail of old Macintosh programs ends its lines with CR alone.
fn with_line_feeds(raw: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'\n', raw).is_some() || memchr::memchr(b'\r', raw).is_none() {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|&b| if b == b'\r' { b'\n' } else { b }).collect())
}

/// `\n` as the only line end, NUL gone.
fn plain_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr2(b'\r', 0, text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = memchr::memchr2(b'\r', 0, rest.as_bytes()) {
        let (line, tail) = rest.split_at(at);
        out.push_str(line);
        let is_return = tail.starts_with('\r');
        rest = tail.get(1..).unwrap_or_default();
        if is_return {
            out.push('\n');
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn tell(problems: Problems, limits: &Limits, issues: &mut Vec<Issue>) {
    let mut tell = |is_so: bool, what: &str, way_out: String| {
        if is_so {
            issues.push(Issue::new(what, way_out));
        }
    };
    tell(
        problems.too_deep,
        "The message is nested too deeply",
        format!("What lies deeper than {} levels was not opened", limits.depth),
    );
    tell(
        problems.too_many_parts,
        "The message has too many parts",
        format!("Only the first {} were read", limits.parts),
    );
    tell(
        problems.too_many_fields,
        "The message has too many header fields",
        format!("Only the first {} of a part were read", limits.header_fields),
    );
    tell(
        problems.field_too_long,
        "A header field is too long",
        format!("Only its first {} bytes were read", limits.header_field_bytes),
    );
    tell(
        problems.boundary_missing,
        "A part that should hold others has no boundary",
        "It was read as text".to_owned(),
    );
    tell(
        problems.unterminated,
        "The message ends before its last part does",
        "What is there was read".to_owned(),
    );
}
