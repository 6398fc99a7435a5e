//! Which parts of a mail are shown, one after the other, as one HTML text.

use std::borrow::Cow;

use super::escaped;
use crate::Limits;
use crate::mail::{body, frame};
use crate::mime::{Mime, Part};

/// The HTML of a mail, and whether some of it was cut off; `None` if no part of it is HTML.
pub(super) fn html(raw: &[u8], limits: &Limits) -> Option<(String, bool)> {
    let (mime, _) = Mime::parse(frame::unframed(raw), limits);
    let mime = mime?;
    let parts: Vec<Part<'_>> = mime.parts().collect();
    let mut shown = Shown { html: String::new(), has_html: false, cut: false, limits };
    let mut next = 0;
    // The plain parts before here say what an HTML part says too.
    let mut plain_from = 0;
    while let Some(&part) = parts.get(next) {
        if part.is_message() && part.depth() > 0 {
            // What a nested message says is not what its sender wrote.
            next = end_of(&parts, next);
            continue;
        }
        if part.media_type() == "multipart/alternative" && part.is_multipart() {
            let end = end_of(&parts, next);
            let inside = parts.get(next..end).unwrap_or_default();
            if inside.iter().any(|part| part.media_type() == "text/html" && part.depth() > 0) {
                plain_from = plain_from.max(end);
            }
        }
        if !part.is_multipart() && body::is_text(&part, shown.html.is_empty()) {
            shown.part(&part, next >= plain_from);
        }
        next += 1;
    }
    shown.has_html.then_some((shown.html, shown.cut))
}

/// Where the parts end that belong to the part at `idx`.
fn end_of(parts: &[Part<'_>], idx: usize) -> usize {
    let depth = parts.get(idx).map_or(0, Part::depth);
    let later = parts.get(idx + 1..).unwrap_or_default();
    idx + 1 + later.iter().take_while(|part| part.depth() > depth).count()
}

struct Shown<'l> {
    html: String,
    has_html: bool,
    cut: bool,
    limits: &'l Limits,
}

impl Shown<'_> {
    fn part(&mut self, part: &Part<'_>, plain_too: bool) {
        if self.html.len() >= self.limits.html_bytes {
            self.cut = true;
            return;
        }
        let kind = part.media_type();
        if kind != "text/html" && kind != "text/plain" {
            return;
        }
        let found = part.part_text();
        let is_html = kind == "text/html" || body::looks_like_html(&found.text);
        if !is_html && !plain_too {
            return;
        }
        self.cut |= found.cut;
        self.has_html |= is_html;
        self.html.push_str(&if is_html { found.text } else { plain(&found.text) });
    }
}

/// Plain text as HTML that keeps its lines.
fn plain(text: &str) -> Cow<'static, str> {
    let mut html = String::from("<pre>");
    escaped(text, &mut html);
    html.push_str("</pre>");
    Cow::Owned(html)
}
