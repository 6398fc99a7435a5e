//! Reads the markup of a mail and writes it anew: few elements, few attributes, words for pictures,
//! the real host beside a link that pretends another. Counts what is left out.
//!
//! One pass; nothing of the mail is copied but text that is escaped, and values that were
//! understood.

use std::borrow::Cow;

use super::left_out::LeftOut;
use super::link::{self, Lead};
use super::nesting::Nested;
use super::{escaped, gate, picture, style};
use crate::html::token::{Tag, Token, Tokens};
use crate::html::{decoded, is_hidden};

/// Attributes of one element that are looked at.
const ATTRIBUTES_MAX: usize = 100;

/// Writes a mail's markup anew, and counts what is left out.
pub(super) fn rewritten(html: &str) -> (String, LeftOut) {
    let (markup, left_out, hides_to_end) = run(html, true);
    if hides_to_end {
        // A passage that is hidden and never ends would take the rest of the mail with it.
        let (markup, left_out, _) = run(html, false);
        return (markup, left_out);
    }
    (markup, left_out)
}

fn run(html: &str, hides: bool) -> (String, LeftOut, bool) {
    let mut writer = Writer { hides, ..Writer::default() };
    for token in Tokens::new(html) {
        if writer.skips(&token) {
            continue;
        }
        match token {
            Token::Text(text) => writer.text(&decoded(text)),
            Token::Open(tag) => writer.open(&tag),
            Token::Close(tag) => writer.close(&tag),
        }
        writer.end_link();
    }
    (writer.markup.finish(), writer.left_out, writer.hiding.is_some())
}

#[derive(Default)]
struct Writer<'h> {
    markup: Nested,
    left_out: LeftOut,
    /// Whether hidden passages are left out.
    hides: bool,
    /// The element that hides what is in it, and how many of its name are open.
    hiding: Option<(&'h str, usize)>,
    /// The link that is open, and its words so far.
    link: Option<(Lead, String)>,
}

/// What the rewriting does with an element.
enum Fate {
    /// It is written, under this name.
    Stays(&'static str),
    /// It is written and holds nothing.
    Void(&'static str),
    /// Its words stay.
    Words,
}

fn fate(name: &str) -> Fate {
    match name {
        "br" => Fate::Void("br"),
        "hr" => Fate::Void("hr"),
        "strike" => Fate::Stays("s"),
        "tt" => Fate::Stays("code"),
        "font" | "big" | "mark" => Fate::Stays("span"),
        "center" | "pre" | "section" | "article" | "header" | "footer" | "main" | "nav"
        | "aside" | "figure" | "figcaption" | "address" | "form" | "fieldset" | "legend"
        | "details" | "summary" | "xmp" | "listing" | "dir" | "menu" => Fate::Stays("div"),
        _ => match gate::TAGS.into_iter().find(|tag| *tag == name) {
            Some(tag) => Fate::Stays(tag),
            None => Fate::Words,
        },
    }
}

impl<'h> Writer<'h> {
    /// Whether a token stands in a passage that is hidden, or opens one.
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
            Token::Open(tag) if self.hides && is_hidden(tag) => {
                self.left_out.hidden += 1;
                self.hiding = Some((tag.name, 1));
                true
            }
            _ => false,
        }
    }

    fn text(&mut self, text: &str) {
        self.markup.text(text);
        self.link_words(text);
    }

    fn open(&mut self, tag: &Tag<'h>) {
        let name = tag.name.to_ascii_lowercase();
        self.count(&name, tag);
        if name == "img" || name == "image" {
            return self.picture(tag);
        }
        match fate(&name) {
            Fate::Void(name) => self.markup.void(name),
            Fate::Words => {}
            Fate::Stays("a") => self.open_link(tag),
            Fate::Stays(written) => {
                let attributes = attributes(&name, written, tag);
                self.markup.open(written, &attributes);
            }
        }
    }

    fn close(&mut self, tag: &Tag<'h>) {
        match fate(&tag.name.to_ascii_lowercase()) {
            // `</br>` is written for `<br>`.
            Fate::Void("br") => self.markup.void("br"),
            Fate::Stays(name) => self.markup.close(name),
            Fate::Void(_) | Fate::Words => {}
        }
    }

    /// Counts what a tag would do that is not done.
    fn count(&mut self, name: &str, tag: &Tag<'h>) {
        let left_out = &mut self.left_out;
        match name {
            "script" => left_out.scripts += 1,
            "form" | "input" | "button" | "select" | "textarea" => {
                // The fields of a form are part of it.
                let is_first = left_out.forms == 0;
                left_out.forms += usize::from(name == "form" || is_first);
            }
            "iframe" | "frame" | "object" | "embed" | "applet" | "portal" => left_out.frames += 1,
            "audio" | "video" | "bgsound" => left_out.films += 1,
            "svg" | "math" | "canvas" => left_out.drawings += 1,
            "meta" if tag.attribute("http-equiv").is_some_and(is_jump) => left_out.jumps += 1,
            _ => {}
        }
        for (attribute, value) in tag.attributes().take(ATTRIBUTES_MAX) {
            let is_named = |other: &str| attribute.eq_ignore_ascii_case(other);
            if attribute.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
                left_out.scripts += 1;
            } else if is_named("background") && !value.is_empty()
                || is_named("style") && decoded(value).to_ascii_lowercase().contains("url(")
            {
                left_out.grounds += 1;
            }
        }
    }

    fn picture(&mut self, tag: &Tag<'h>) {
        match picture::mark(tag) {
            Some(words) => {
                self.left_out.pictures += 1;
                self.mark(&words);
                self.link_words(&words);
            }
            None => self.left_out.unseen_pictures += 1,
        }
    }

    /// Words of ours, in the one element that no mail can bring.
    fn mark(&mut self, words: &str) {
        if self.markup.open("mark", "") {
            self.markup.text(words);
            self.markup.close("mark");
        } else {
            self.markup.text(words);
        }
    }

    fn open_link(&mut self, tag: &Tag<'h>) {
        let Some(href) = tag.attribute("href") else { return };
        let href = decoded(href.trim());
        let Some(lead) = Lead::of(&href) else {
            self.left_out.links += usize::from(!href.is_empty() && !href.starts_with('#'));
            return;
        };
        let mut attributes = attributes("a", "a", tag);
        attribute("a", "href", lead.href(), &mut attributes);
        for (name, value) in gate::LINK {
            attribute("a", name, value, &mut attributes);
        }
        // A link within a link ends the outer one, which is told before.
        self.markup.close("a");
        self.end_link();
        if self.markup.open("a", &attributes) {
            self.link = Some((lead, String::new()));
        }
    }

    fn link_words(&mut self, text: &str) {
        if let Some((_, words)) = &mut self.link
            && words.len() < link::WORDS_BYTES_MAX
        {
            words.push_str(text);
        }
    }

    /// Says where the link leads that has ended, if its words say otherwise.
    fn end_link(&mut self) {
        if self.markup.is_open("a") {
            return;
        }
        if let Some((lead, words)) = self.link.take()
            && let Some(note) = lead.note(&words)
        {
            self.markup.text(" ");
            self.mark(&format!("({note})"));
        }
    }
}

fn is_jump(value: &str) -> bool {
    decoded(value).trim().eq_ignore_ascii_case("refresh")
}

/// The attributes that are written for a tag: what old attributes say becomes style.
fn attributes(name: &str, written: &str, tag: &Tag<'_>) -> String {
    let value = |name: &str| tag.attribute(name).map(decoded);
    let mut declarations = match name {
        "center" => "text-align:center;".to_owned(),
        "pre" | "xmp" | "listing" => "white-space:pre-wrap;".to_owned(),
        _ => String::new(),
    };
    let mut declare = |property: &str, value: Option<Cow<'_, str>>| {
        if let Some(value) = value {
            declarations.extend([property, ":", &value, ";"]);
        }
    };
    // Of a table it says where the table stands, not its words.
    declare("text-align", value("align").filter(|_| name != "table"));
    declare("background-color", value("bgcolor"));
    declare("color", value("color").filter(|_| name == "font"));
    if let Some(style) = value("style") {
        declarations.push_str(&style);
    }
    let mut out = String::new();
    attribute(written, "style", &style::kept(&declarations), &mut out);
    attribute(written, "dir", &value("dir").unwrap_or_default(), &mut out);
    let own: &[&str] = match written {
        "td" | "th" => &["colspan", "rowspan"],
        "ol" => &["start"],
        _ => &[],
    };
    for name in own {
        attribute(written, name, &value(name).unwrap_or_default(), &mut out);
    }
    out
}

/// Writes an attribute, if its value may stand.
fn attribute(tag: &str, name: &str, value: &str, out: &mut String) {
    if let Some(value) = gate::value_of(tag, name, value) {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escaped(&value, out);
        out.push('"');
    }
}
