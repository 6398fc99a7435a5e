//! HTML mail as text: what a reader sees, line by line, quotes marked with `> `.
//!
//! Written here because what counts is not the look but the words and who said them, in one pass
//! over hostile input: nothing recurses, nothing is fetched, nothing is wrapped.
//!
//! Must not: change characters. Of links and pictures only the text between the tags is kept.

mod lines;
mod quote;
pub(crate) mod token;

use std::borrow::Cow;

use memchr::memchr;

use self::lines::Lines;
use self::quote::Quoting;
use self::token::{Tag, Token, Tokens};

/// The text of an HTML mail, with `\n` as line end. Any input gives a text.
pub fn to_text(html: &str) -> String {
    let (text, hides_to_end) = render(html, Hidden::Skipped);
    if hides_to_end {
        // An element that hides its content was never closed: better too much than nothing.
        return render(html, Hidden::Shown).0;
    }
    text
}

/// What happens to elements that a reader does not see.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hidden {
    Skipped,
    Shown,
}

fn render(html: &str, hidden: Hidden) -> (String, bool) {
    let mut page = Page { hidden, ..Page::default() };
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        if page.skips(&token) {
            continue;
        }
        match token {
            Token::Text(text) => page.text(text),
            Token::Open(tag) => page.open(&tag, tokens.rest()),
            Token::Close(tag) => page.close(&tag),
        }
    }
    (page.lines.finish(), page.hiding.is_some())
}

/// The state of one rendering.
struct Page<'h> {
    lines: Lines,
    hidden: Hidden,
    /// Within `<head>`, where nothing is text.
    in_head: bool,
    /// Within `<pre>`, how deep.
    pre_depth: usize,
    /// For each open `div` and `blockquote`, whether its content is quoted.
    divs: Vec<bool>,
    blockquotes: Vec<bool>,
    /// The element that hides what is in it, and how many of its name are open.
    hiding: Option<(&'h str, usize)>,
}

impl Default for Page<'_> {
    fn default() -> Self {
        Self {
            lines: Lines::default(),
            hidden: Hidden::Skipped,
            in_head: false,
            pre_depth: 0,
            divs: Vec::new(),
            blockquotes: Vec::new(),
            hiding: None,
        }
    }
}

/// What an element does to lines.
enum Flow {
    Inline,
    Block,
    Paragraph,
    Break,
    Cell,
}

fn flow(tag: &Tag<'_>) -> Flow {
    let mut name = [0_u8; 12];
    let bytes = tag.name.as_bytes();
    let Some(target) = name.get_mut(..bytes.len()) else { return Flow::Inline };
    target.copy_from_slice(bytes);
    target.make_ascii_lowercase();
    match &*target {
        b"br" => Flow::Break,
        b"td" | b"th" => Flow::Cell,
        b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"ul" | b"ol" | b"dl"
        | b"blockquote" | b"pre" => Flow::Paragraph,
        b"div" | b"li" | b"tr" | b"table" | b"hr" | b"dt" | b"dd" | b"body" | b"html"
        | b"center" | b"form" | b"section" | b"article" | b"header" | b"footer" | b"address"
        | b"tbody" | b"thead" | b"caption" | b"fieldset" | b"nav" | b"main" | b"aside"
        | b"figure" | b"title" | b"includetail" => Flow::Block,
        _ => Flow::Inline,
    }
}

impl<'h> Page<'h> {
    /// Whether a token stands in an element that is not shown, or opens one.
    fn skips(&mut self, token: &Token<'h>) -> bool {
        if let Some((name, n_open)) = &mut self.hiding {
            match token {
                Token::Open(tag) if tag.is(name) => *n_open += 1,
                Token::Close(tag) if tag.is(name) => *n_open -= 1,
                _ => {}
            }
            if *n_open == 0 {
                self.hiding = None;
            }
            return true;
        }
        match token {
            Token::Open(tag) if self.hidden == Hidden::Skipped && is_hidden(tag) => {
                self.hiding = Some((tag.name, 1));
                true
            }
            _ => false,
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_head {
            return;
        }
        if self.pre_depth > 0 {
            return self.lines.preformatted(&decoded(text).replace('\u{a0}', " "));
        }
        let text = decoded(text);
        let mut pieces = text.split('\u{a0}');
        self.lines.text(pieces.next().unwrap_or_default());
        for piece in pieces {
            self.lines.hard_blank();
            self.lines.text(piece);
        }
    }

    fn open(&mut self, tag: &Tag<'h>, rest: &str) {
        if tag.is("head") {
            self.in_head = true;
            return;
        }
        match flow(tag) {
            Flow::Inline => {}
            Flow::Break => self.lines.line_break(),
            Flow::Cell => {
                self.in_head = false;
                self.lines.cell();
            }
            Flow::Paragraph if !is_single_line(tag) => {
                self.in_head = false;
                self.lines.paragraph();
                self.pre_depth += usize::from(tag.is("pre"));
            }
            Flow::Block | Flow::Paragraph => {
                self.in_head &= tag.is("title");
                self.lines.block();
            }
        }
        let is_div = tag.is("div");
        if is_div || tag.is("blockquote") || tag.is("hr") || tag.is("includetail") {
            self.open_quote(tag, is_div, rest);
        }
    }

    fn open_quote(&mut self, tag: &Tag<'h>, is_div: bool, rest: &str) {
        let quoting = if tag.is("includetail") { Quoting::Rest } else { quote::of(tag, rest) };
        let is_quote = quoting == Quoting::Content && !tag.is("hr");
        if quoting != Quoting::No {
            self.lines.quote_depth += 1;
        }
        if is_div {
            self.divs.push(is_quote);
        } else if tag.is("blockquote") {
            self.blockquotes.push(is_quote);
        }
    }

    fn close(&mut self, tag: &Tag<'h>) {
        if tag.is("head") {
            self.in_head = false;
            return;
        }
        match flow(tag) {
            // `</br>` is written for `<br>`, `</p>` without a start makes an empty paragraph.
            Flow::Break => self.lines.line_break(),
            Flow::Paragraph if !tag.is("p") => self.lines.paragraph(),
            Flow::Block | Flow::Paragraph => self.lines.block(),
            Flow::Inline | Flow::Cell => {}
        }
        if tag.is("pre") {
            self.pre_depth = self.pre_depth.saturating_sub(1);
        }
        let open = match () {
            () if tag.is("div") => &mut self.divs,
            () if tag.is("blockquote") => &mut self.blockquotes,
            () => return,
        };
        if open.pop() == Some(true) {
            self.lines.quote_depth = self.lines.quote_depth.saturating_sub(1);
        }
    }
}

/// Outlook writes each line as a paragraph without a margin.
fn is_single_line(tag: &Tag<'_>) -> bool {
    if !tag.is("p") {
        return false;
    }
    let class = tag.attribute("class").unwrap_or_default();
    let class_start = class.get(..3).unwrap_or_default();
    class_start.eq_ignore_ascii_case("mso")
        || class == "p1"
        || tag.attribute("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).take(200).collect();
            // `0px`, `0cm` and the like as well.
            ["margin:0", "margin-bottom:0"]
                .iter()
                .any(|margin| style.split(';').any(|rule| rule.starts_with(margin)))
        })
}

/// Text for previews in the list of mails, and the like: there, but not to be seen.
pub(crate) fn is_hidden(tag: &Tag<'_>) -> bool {
    let candidate = ["div", "span", "td", "tr", "table"].iter().any(|name| tag.is(name));
    candidate
        && tag.attribute("style").is_some_and(|style| {
            let Some(at) = style.find("display").or_else(|| style.find("DISPLAY")) else {
                return false;
            };
            let rule = style.get(at + 7..).unwrap_or_default().trim_start();
            let value = rule.strip_prefix(':').unwrap_or_default().trim_start();
            value.get(..4).is_some_and(|value| value.eq_ignore_ascii_case("none"))
        })
}

/// Text with its entities put into characters; what is none stays as it stands.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let (before, mut rest) = text.split_at_checked(first).unwrap_or((text, ""));
    let mut out = String::with_capacity(text.len());
    out.push_str(before);
    while !rest.is_empty() {
        let taken = entity(rest, &mut out);
        if taken == 0 {
            out.push('&');
        }
        let after = rest.get(taken.max(1)..).unwrap_or_default();
        let next = memchr(b'&', after.as_bytes()).unwrap_or(after.len());
        let (plain, tail) = after.split_at_checked(next).unwrap_or((after, ""));
        out.push_str(plain);
        rest = tail;
    }
    Cow::Owned(out)
}

/// Longest name of an entity.
const ENTITY_BYTES_MAX: usize = 32;

/// Decodes the entity at the start; gives how many bytes it has, 0 if it is none.
fn entity(text: &str, out: &mut String) -> usize {
    let body = text.get(1..).unwrap_or_default();
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let n_bytes = body.bytes().take(ENTITY_BYTES_MAX).take_while(|b| is_part(b)).count();
    let name = body.get(..n_bytes).unwrap_or_default();
    let ended = body.as_bytes().get(n_bytes) == Some(&b';');
    let found = match name.strip_prefix('#') {
        Some(number) => numeric(number),
        None => match name {
            "nbsp" => Some('\u{a0}'),
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ if ended => crate::mime::entity(name),
            _ => None,
        },
    };
    // Neither stands in a text that was decoded: NUL is dropped, and lines end in a line feed.
    if let Some(c) = found.filter(|c| !matches!(c, '\0' | '\r')) {
        out.push(c);
    }
    if found.is_some() { 1 + n_bytes + usize::from(ended) } else { 0 }
}

/// The character of a numeric entity; numbers from 128 to 159 mean Windows-1252, as browsers read
/// them.
fn numeric(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match u8::try_from(code) {
        Ok(byte @ 128..=159) => crate::mime::windows_1252(byte),
        _ => char::from_u32(code),
    }
}
