//! Cuts the bytes of a message into parts: header blocks, multiparts, nested messages.
//!
//! Written here because the parser crate finds a boundary in the middle of a line and cuts the
//! text there, decodes every attachment at once, and nests without a bound
//! (`docs/decisions/mail-parser.md`). One pass over the bytes, an explicit stack, no recursion.
//!
//! Must not: decode anything; it deals in positions only.

use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr, memmem};

use super::content_type::ContentType;
use crate::Limits;

/// The positions of one header field, without the line end behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

/// What a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Bytes to be decoded.
    Leaf,
    /// Parts between boundaries; they follow with a greater depth.
    Multipart,
    /// One message, whose root part follows with a greater depth.
    Message,
}

/// One part, in the order in which the parts stand in the message.
#[derive(Debug)]
pub(super) struct Node {
    /// Which of the sources the positions belong to.
    pub(super) source: usize,
    pub(super) depth: usize,
    pub(super) kind: Kind,
    pub(super) fields: Range<usize>,
    pub(super) header: Range<usize>,
    pub(super) body: Range<usize>,
    pub(super) content_type: ContentType,
}

/// What went wrong while cutting, each told once.
#[derive(Debug, Default, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is told on its own")]
pub(super) struct Problems {
    pub(super) too_deep: bool,
    pub(super) too_many_parts: bool,
    pub(super) too_many_fields: bool,
    pub(super) field_too_long: bool,
    pub(super) boundary_missing: bool,
    pub(super) unterminated: bool,
}

/// What the cutter writes to.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) nodes: Vec<Node>,
    pub(super) fields: Vec<Field>,
    pub(super) problems: Problems,
}

/// A multipart whose end has not come yet.
struct Open {
    boundary: Vec<u8>,
    node: usize,
}

/// A line that ends a part.
struct Delimiter {
    /// Which open multipart it belongs to.
    level: usize,
    /// Whether it ends the multipart as well.
    closing: bool,
    /// Where the part before it ends: before the line break.
    end: usize,
    /// Where the line after it starts.
    next: usize,
}

/// Cuts one source. Nodes and fields are added behind those that are there.
pub(super) fn cut(bytes: &[u8], source: usize, depth: usize, limits: &Limits, parts: &mut Parts) {
    let mut cutter =
        Cutter { bytes, source, limits, parts, open: Vec::new(), line_start: Finder::new("\n--") };
    cutter.run(depth);
}

struct Cutter<'a, 'p> {
    bytes: &'a [u8],
    source: usize,
    limits: &'a Limits,
    parts: &'p mut Parts,
    open: Vec<Open>,
    line_start: Finder<'static>,
}

impl Cutter<'_, '_> {
    fn run(&mut self, base_depth: usize) {
        let first_node = self.parts.nodes.len();
        let mut pos = 0;
        let mut depth = base_depth;
        let mut digest = false;
        // Messages that started within the innermost multipart and have not ended yet.
        let mut unended: Vec<usize> = Vec::new();
        let mut starts_message = true;
        loop {
            if self.parts.nodes.len() >= self.limits.parts {
                self.parts.problems.too_many_parts = true;
                break;
            }
            if starts_message {
                pos = self.skip_blank_lines(pos);
            }
            let node = self.entity(pos, depth, digest);
            let Some(&Node { ref body, kind, .. }) = self.parts.nodes.get(node) else { break };
            let body_start = body.start;
            unended.push(node);
            starts_message = kind == Kind::Message;
            if starts_message {
                pos = body_start;
                depth += 1;
                digest = false;
                continue;
            }
            if kind == Kind::Multipart {
                let boundary = self.boundary_of(node);
                self.open.push(Open { boundary, node });
            }
            match self.next_entity(body_start, &mut unended) {
                Some((at, level)) => {
                    pos = at;
                    let parent = self.open.get(level).and_then(|o| self.parts.nodes.get(o.node));
                    depth = parent.map_or(base_depth, |p| p.depth) + 1;
                    digest = parent.is_some_and(|p| p.content_type.is("multipart/digest"));
                }
                None => break,
            }
        }
        self.childless_multiparts_are_text(first_node);
    }

    /// Closes what ends from `pos` on, and finds where the next part starts and in which of the
    /// open multiparts.
    fn next_entity(&mut self, mut pos: usize, unended: &mut Vec<usize>) -> Option<(usize, usize)> {
        loop {
            let Some(found) = self.delimiter(pos) else {
                if !self.open.is_empty() {
                    self.parts.problems.unterminated = true;
                }
                self.open.clear();
                return None;
            };
            let owner = self.open.get(found.level).map_or(0, |open| open.node);
            while let Some(&node) = unended.last()
                && (node > owner || found.closing && node == owner)
            {
                if let Some(node) = self.parts.nodes.get_mut(node) {
                    node.body.end = found.end.max(node.body.start);
                }
                unended.pop();
            }
            self.open.truncate(found.level + usize::from(!found.closing));
            pos = found.next;
            if !found.closing {
                return Some((pos, found.level));
            }
        }
    }

    /// Reads the header block at `pos` and adds a node whose body reaches to the end of the input.
    fn entity(&mut self, pos: usize, depth: usize, digest: bool) -> usize {
        let first_field = self.parts.fields.len();
        let body_start = self.header_block(pos);
        let fields = first_field..self.parts.fields.len();
        let named = |name| field_value(self.bytes, self.parts.fields.get(fields.clone()), name);
        let content_type = match named("content-type") {
            Some(value) => ContentType::parse(value),
            None if digest => ContentType::message(),
            None => ContentType::plain(),
        };
        let encoded = named("content-transfer-encoding")
            .is_some_and(|value| super::transfer::Encoding::from_header(value).is_encoded());
        let nests = content_type.is_multipart() || content_type.is_message() && !encoded;
        let too_deep = nests && depth >= self.limits.depth;
        self.parts.problems.too_deep |= too_deep;
        let kind = match () {
            () if too_deep => Kind::Leaf,
            () if content_type.is_multipart() => Kind::Multipart,
            () if nests => Kind::Message,
            () => Kind::Leaf,
        };
        self.parts.nodes.push(Node {
            source: self.source,
            depth,
            kind,
            fields,
            header: pos..body_start,
            body: body_start..self.bytes.len(),
            content_type,
        });
        self.parts.nodes.len() - 1
    }

    /// Reads fields up to the blank line; gives the position of the body.
    fn header_block(&mut self, mut pos: usize) -> usize {
        let mut n_fields = 0;
        loop {
            let end = line_end(self.bytes, pos);
            let line = self.bytes.get(pos..end).unwrap_or_default();
            if pos >= self.bytes.len() {
                return self.bytes.len();
            }
            if is_blank(line) {
                return end;
            }
            if self.match_delimiter(pos).is_some() {
                return pos;
            }
            let Some(colon) = field_colon(line) else {
                // A stray line may stand in a header, but a part without one starts with its text.
                let in_header = n_fields > 0 || self.parts.nodes.is_empty();
                if mbox_line(line) || in_header && self.header_goes_on(end) {
                    pos = end;
                    continue;
                }
                return pos;
            };
            let next = self.folded_end(end);
            if n_fields < self.limits.header_fields {
                let value_end = next.min(pos + self.limits.header_field_bytes);
                self.parts.problems.field_too_long |= value_end < next;
                let name = line.get(..colon).unwrap_or_default().trim_ascii_end();
                self.parts
                    .fields
                    .push(Field { name: pos..pos + name.len(), value: pos + colon + 1..value_end });
                n_fields += 1;
            } else {
                self.parts.problems.too_many_fields = true;
            }
            pos = next;
        }
    }

    /// Some programs put empty lines before a message; they end no header.
    fn skip_blank_lines(&self, pos: usize) -> usize {
        let rest = self.bytes.get(pos..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(rest);
        let start = self.bytes.len() - rest.trim_ascii_start().len();
        if self.header_goes_on(start) { start } else { pos }
    }

    /// Where a field ends that has its first line end at `end`: after its folded lines.
    fn folded_end(&self, mut end: usize) -> usize {
        while let Some(b' ' | b'\t') = self.bytes.get(end) {
            let next = line_end(self.bytes, end);
            let line = self.bytes.get(end..next).unwrap_or_default();
            // A line of blanks ends the header for most programs, and for RFC 5322.
            if is_blank(line) {
                break;
            }
            end = next;
        }
        end
    }

    /// Whether a field stands at `pos`, so that the line before was a stray one.
    fn header_goes_on(&self, pos: usize) -> bool {
        let line = self.bytes.get(pos..line_end(self.bytes, pos)).unwrap_or_default();
        field_colon(line).is_some()
    }

    fn boundary_of(&mut self, node: usize) -> Vec<u8> {
        let Some(node) = self.parts.nodes.get(node) else { return Vec::new() };
        match node.content_type.param("boundary") {
            Some(boundary) if !boundary.trim().is_empty() => {
                // Blanks at the end of a boundary do not count (RFC 2046, 5.1.1).
                boundary.trim_end().as_bytes().to_vec()
            }
            _ => {
                self.parts.problems.boundary_missing = true;
                let body = self.bytes.get(node.body.clone()).unwrap_or_default();
                guessed_boundary(body).unwrap_or_default().to_vec()
            }
        }
    }

    /// The next line from `pos` on that is a delimiter of an open multipart. `pos` is the start
    /// of a line.
    fn delimiter(&self, pos: usize) -> Option<Delimiter> {
        if self.open.is_empty() {
            return None;
        }
        if let Some((level, closing, next)) = self.match_delimiter(pos) {
            return Some(Delimiter { level, closing, end: pos, next });
        }
        let rest = self.bytes.get(pos..)?;
        for found in self.line_start.find_iter(rest) {
            let at = pos + found;
            if let Some((level, closing, next)) = self.match_delimiter(at + 1) {
                let cr = at.checked_sub(1).filter(|&cr| cr >= pos && self.bytes[cr] == b'\r');
                return Some(Delimiter { level, closing, end: cr.unwrap_or(at), next });
            }
        }
        None
    }

    /// Whether the line at `pos` is a delimiter: of which multipart, whether the last one, and
    /// where the next line starts.
    fn match_delimiter(&self, pos: usize) -> Option<(usize, bool, usize)> {
        let line = self.bytes.get(pos..)?.strip_prefix(b"--")?;
        for (level, open) in self.open.iter().enumerate().rev() {
            if open.boundary.is_empty() {
                continue;
            }
            let Some(rest) = line.strip_prefix(open.boundary.as_slice()) else { continue };
            let closing = rest.starts_with(b"--");
            let plain = matches!(rest.first(), None | Some(b' ' | b'\t' | b'\r' | b'\n'));
            if closing || plain {
                return Some((level, closing, line_end(self.bytes, pos)));
            }
        }
        None
    }

    /// A multipart without a single part is text that lost its boundary: it is kept readable.
    fn childless_multiparts_are_text(&mut self, first_node: usize) {
        let nodes = self.parts.nodes.get_mut(first_node..).unwrap_or_default();
        for idx in 0..nodes.len() {
            let next_depth = nodes.get(idx + 1).map(|next| next.depth);
            if let Some(node) = nodes.get_mut(idx)
                && node.kind == Kind::Multipart
                && next_depth.is_none_or(|next| next <= node.depth)
            {
                node.kind = Kind::Leaf;
                node.content_type = ContentType::plain();
                self.parts.problems.boundary_missing = true;
            }
        }
    }
}

/// The value of the first field of that lower-case name.
fn field_value<'b>(bytes: &'b [u8], fields: Option<&[Field]>, name: &str) -> Option<&'b [u8]> {
    fields?
        .iter()
        .find(|f| {
            bytes.get(f.name.clone()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        })
        .and_then(|f| bytes.get(f.value.clone()))
}

/// Where the line at `pos` ends, behind its line break.
fn line_end(bytes: &[u8], pos: usize) -> usize {
    let rest = bytes.get(pos..).unwrap_or_default();
    memchr(b'\n', rest).map_or(bytes.len(), |at| pos + at + 1)
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// Where the colon of a header field stands, if the line can be one.
fn field_colon(line: &[u8]) -> Option<usize> {
    let colon = memchr(b':', line.get(..line.len().min(200))?)?;
    let name = line.get(..colon)?.trim_ascii_end();
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(colon)
}

/// A line that mailbox files put before or into the header.
fn mbox_line(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ")
}

/// The boundary of a multipart that does not name it: what follows `--` on the first line that
/// looks like one and comes again.
fn guessed_boundary(body: &[u8]) -> Option<&[u8]> {
    let start = if body.starts_with(b"--") { 2 } else { memmem::find(body, b"\n--")? + 3 };
    let line = body.get(start..line_end(body, start))?.trim_ascii_end();
    let again = body.get(start + line.len()..)?;
    let fits = line.len() >= 3 && line.len() <= 70 && !line.contains(&b' ');
    (fits && memmem::find(again, line).is_some()).then_some(line)
}
