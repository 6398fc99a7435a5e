//! A mail as it was written: its HTML with nothing in it that could do anything.
//!
//! `rewrite` reads the mail's markup as loosely as mail needs and writes new markup: of few
//! elements, with words where pictures stood and with the real host beside a link that pretends
//! another. Nothing of the mail is copied but text, escaped, and values that were understood.
//! `nesting` sees to it that what is written can be read in one way only, so that no browser finds
//! in it what is not there. `gate` then checks the whole against the list of what may come out;
//! what does not pass is not shown. `docs/decisions/as-written.md` says why no library does this.
//!
//! Must not: load anything, or let a name of the mail's own (class, id) into a page.

mod colour;
mod gate;
mod left_out;
mod link;
mod nesting;
mod parts;
mod picture;
mod rewrite;
mod style;

pub use self::gate::{ATTRIBUTES, TAGS};
pub use self::left_out::LeftOut;
use crate::Limits;

/// A mail's HTML, made harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Markup to stand within a body: only [`TAGS`] with only [`ATTRIBUTES`]. Empty if nothing can be
    /// shown.
    pub html: String,
    /// What the mail holds and the markup does not.
    pub left_out: LeftOut,
}

/// The HTML of a mail, made harmless; `None` if it has none that shows anything.
///
/// Plain parts that stand beside the HTML come along, the plain one of alternatives does not. Of a
/// longer mail the first [`Limits::html_bytes`] are read.
pub fn as_written(raw: &[u8], limits: &Limits) -> Option<Written> {
    let (html, cut) = parts::html(raw, limits)?;
    let mut written = sanitise(&html, limits);
    written.left_out.cut |= cut;
    (!written.html.trim().is_empty()).then_some(written)
}

/// Makes any HTML harmless. What lies beyond [`Limits::html_bytes`] is left out.
pub fn sanitise(html: &str, limits: &Limits) -> Written {
    let kept = html.get(..html.floor_char_boundary(limits.html_bytes)).unwrap_or_default();
    let (rewritten, mut left_out) = rewrite::rewritten(kept);
    left_out.cut = kept.len() < html.len();
    let passes = gate::lets_through(&rewritten);
    debug_assert!(passes, "what is written passes the check");
    let html = if passes { rewritten } else { String::new() };
    Written { html, left_out }
}

/// Text as markup that shows exactly this text, without its control characters. No quote stands in a
/// value that is written, so none is escaped.
fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}
