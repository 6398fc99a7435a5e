//! The readable text of a message, and what came beside it.
//!
//! Of alternatives the plain one is read, if it says anything; parts that follow one another are
//! read one after the other. What a nested message says is not what its sender wrote.
//!
//! Must not: change words or line breaks.

use std::borrow::Cow;
use std::ops::Range;

use inroad_model::{Attachment, BodyOrigin, Invitation, Issue};

use crate::mime::{Mime, Part};
use crate::{Limits, calendar, html};

/// What the body of a message gave.
pub(super) struct Body {
    pub(super) text: String,
    pub(super) origin: BodyOrigin,
    pub(super) attachments: Vec<Attachment>,
    pub(super) invitation: Option<Invitation>,
}

/// Longest file name that is kept, in characters.
const NAME_CHARS_MAX: usize = 255;

/// Issues that are told about an invitation; the line numbers in them are those of its part.
const ISSUES_MAX: usize = 5;

#[expect(clippy::struct_excessive_bools, reason = "each is told on its own")]
struct Reader<'m, 'i> {
    parts: Vec<Part<'m>>,
    limits: &'i Limits,
    issues: &'i mut Vec<Issue>,
    body: Body,
    /// Some text was cut off, which is told once.
    cut: bool,
    malformed: bool,
    misread: bool,
    attachments_cut: bool,
}

/// Reads the text, the attachments and the invitation.
pub(super) fn read(mime: &Mime<'_>, limits: &Limits, issues: &mut Vec<Issue>) -> Body {
    let mut reader = Reader {
        parts: mime.parts().collect(),
        limits,
        issues,
        body: Body {
            text: String::new(),
            origin: BodyOrigin::None,
            attachments: Vec::new(),
            invitation: None,
        },
        cut: false,
        malformed: false,
        misread: false,
        attachments_cut: false,
    };
    reader.run();
    reader.tell();
    reader.body
}

impl<'m> Reader<'m, '_> {
    fn run(&mut self) {
        let mut next = 0;
        while let Some(&part) = self.parts.get(next) {
            let inside = next + 1..self.end_of(next);
            next = if part.is_message() && part.depth() > 0 {
                self.attach(part);
                inside.end
            } else if part.media_type() == "multipart/alternative" && part.is_multipart() {
                self.alternative(inside.clone());
                inside.end
            } else {
                if !part.is_multipart() {
                    self.leaf(part);
                }
                next + 1
            };
        }
    }

    /// Where the parts end that belong to the part at `idx`.
    fn end_of(&self, idx: usize) -> usize {
        let depth = self.parts.get(idx).map_or(0, Part::depth);
        let later = self.parts.get(idx + 1..).unwrap_or_default();
        let n_inside = later.iter().take_while(|part| part.depth() > depth).count();
        idx + 1 + n_inside
    }

    /// Reads the plain text of alternatives if it says anything, else the HTML.
    fn alternative(&mut self, inside: Range<usize>) {
        let parts: Vec<Part<'m>> = self.own_leaves(inside);
        let is_first = self.body.text.is_empty();
        let says_something =
            |part: &&Part<'_>| part.media_type() == "text/plain" && !part.text().trim().is_empty();
        let has_plain =
            parts.iter().filter(|part| is_text(part, is_first)).any(|part| says_something(&part));
        for part in parts {
            let hidden = match part.media_type() {
                "text/html" => has_plain,
                "text/plain" => !has_plain,
                // Other ways to say the same, such as text/enriched or text/x-amp-html.
                kind => kind.starts_with("text/") && kind != "text/calendar",
            };
            if !(hidden && is_text(&part, is_first)) {
                self.leaf(part);
            }
        }
    }

    /// The leaves in a range that belong to this message; nested messages count as one leaf.
    fn own_leaves(&self, inside: Range<usize>) -> Vec<Part<'m>> {
        let mut leaves = Vec::new();
        let mut next = inside.start;
        while next < inside.end
            && let Some(&part) = self.parts.get(next)
        {
            next = if part.is_message() { self.end_of(next) } else { next + 1 };
            if !part.is_multipart() {
                leaves.push(part);
            }
        }
        leaves
    }

    fn leaf(&mut self, part: Part<'m>) {
        match part.media_type() {
            "text/calendar" | "application/ics" => {
                self.invite(part);
                if part.file_name().is_some() {
                    self.attach(part);
                }
            }
            // Some programs call an invitation a file of unknown kind; its name tells.
            _ if is_calendar_file(&part) => {
                self.invite(part);
                self.attach(part);
            }
            // The header of another mail, in a delivery report.
            "text/rfc822-headers" => self.attach(part),
            kind if kind.starts_with("text/") && is_text(&part, self.body.text.is_empty()) => {
                self.read_text(part);
            }
            _ => self.attach(part),
        }
    }

    fn read_text(&mut self, part: Part<'m>) {
        if self.body.text.len() >= self.limits.text_bytes {
            self.cut = true;
            return;
        }
        let found = part.part_text();
        self.cut |= found.cut;
        self.malformed |= found.malformed;
        self.misread |= found.misread;
        let is_html = part.media_type() == "text/html" || looks_like_html(&found.text);
        let (text, origin) = if is_html {
            (Cow::Owned(html::to_text(&found.text)), BodyOrigin::Html)
        } else {
            (found.text, BodyOrigin::Plain)
        };
        if text.trim().is_empty() {
            return;
        }
        if self.body.text.is_empty() {
            self.body.origin = origin;
            self.body.text = text.into_owned();
        } else {
            if !self.body.text.ends_with('\n') {
                self.body.text.push('\n');
            }
            self.body.text.push_str(&text);
        }
        if self.body.text.len() > self.limits.text_bytes {
            self.cut = true;
            let end = self.body.text.floor_char_boundary(self.limits.text_bytes);
            self.body.text.truncate(end);
        }
    }

    fn invite(&mut self, part: Part<'m>) {
        if self.body.invitation.is_some() {
            return;
        }
        let text = part.text();
        let method = part.param("method");
        // A file without a method is an entry that somebody passes on; nobody asks anything.
        if method.is_none() && !says_method(&text) {
            return;
        }
        let (found, issues) = calendar::parse_invitation(text.as_bytes(), method, self.limits);
        let Some(invitation) = found else { return };
        self.issues.extend(issues.into_iter().take(ISSUES_MAX));
        self.body.invitation = Some(invitation);
    }

    fn attach(&mut self, part: Part<'m>) {
        if self.body.attachments.len() >= self.limits.attachments {
            self.attachments_cut = true;
            return;
        }
        let name = part.file_name().map(|name| name.chars().take(NAME_CHARS_MAX).collect());
        self.body.attachments.push(Attachment {
            name,
            media_type: part.media_type().to_owned(),
            bytes: part.bytes_len() as u64,
        });
    }

    fn tell(&mut self) {
        if self.cut {
            self.issues.push(Issue::new(
                "The text of the message is too long",
                format!("Only its first {} bytes were read", self.limits.text_bytes),
            ));
        }
        if self.attachments_cut {
            self.issues.push(Issue::new(
                "The message has too many attachments",
                format!("Only the first {} are listed", self.limits.attachments),
            ));
        }
        if self.misread {
            self.issues.push(Issue::new(
                "The charset of the text is unknown, or its letters are not of it",
                "What could be decoded was read",
            ));
        }
        if self.body.text.is_empty() && self.body.attachments.iter().any(is_container) {
            self.issues.push(Issue::new(
                "The text of the message lies in an attachment that is not read",
                "Ask its writer to send plain text or HTML, neither encrypted nor as winmail.dat",
            ));
        }
        if self.malformed {
            self.issues.push(Issue::new(
                "The text of the message is damaged by its transfer encoding",
                "What could be decoded was read",
            ));
        }
    }
}

/// Whether an attachment holds the words of the mail in a form that only some programs read.
fn is_container(attachment: &Attachment) -> bool {
    matches!(
        attachment.media_type.as_str(),
        "application/ms-tnef"
            | "application/vnd.ms-tnef"
            | "application/pkcs7-mime"
            | "application/x-pkcs7-mime"
            | "application/pgp-encrypted"
    )
}

/// Whether a part is there to be read, not to be saved.
///
/// A name makes a file of a part, unless nothing was read before: some programs name the body.
pub(crate) fn is_text(part: &Part<'_>, is_first: bool) -> bool {
    part.media_type().starts_with("text/")
        && part.disposition().is_none_or(|disposition| disposition != "attachment")
        && (is_first || part.file_name().is_none())
}

/// Whether a calendar says what it wants; it does so before its first entry.
fn says_method(text: &str) -> bool {
    let before_entries = text.lines().take_while(|line| !line.starts_with("BEGIN:VEVENT"));
    before_entries
        .take(1_000)
        .any(|line| line.get(..7).is_some_and(|name| name.eq_ignore_ascii_case("METHOD:")))
}

/// Whether the name of a file says that it holds a calendar.
fn is_calendar_file(part: &Part<'_>) -> bool {
    let kind = part.media_type();
    let may_be = kind.starts_with("application/") || kind == "text/plain";
    may_be
        && part.file_name().is_some_and(|name| {
            let end = name.len().saturating_sub(4);
            name.get(end..).is_some_and(|end| end.eq_ignore_ascii_case(".ics"))
        })
}

/// Whether a part that says it is plain is HTML: programs that set no type at all do that.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype html", "<html"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|first| first.eq_ignore_ascii_case(tag)))
}
