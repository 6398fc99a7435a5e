//! What kind of file is this? Asked of its first bytes, and of its name where they do not say.
//!
//! It stands alone so that folders, archives and uploads are all judged by the same rule.
//! Must not: open anything, or decide what to do with the answer.

use crate::encoding::decode_head;
use crate::export::looks_like_export;
use crate::mbox::is_separator;

/// What a file holds, as far as its head and its name tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// Many messages, each behind a `From ` line.
    Mbox,
    /// One message, as in `.eml` files and Maildir.
    Mail,
    /// Something compressed by gzip: unpack the head and ask again.
    Gzip,
    /// An iCalendar file.
    Calendar,
    /// A vCard file.
    Contacts,
    /// A table of values between commas, semicolons, tabs or bars.
    Csv,
    /// A deals file: a JSON object that says who one is (`me`) and lists `deals`.
    Deals,
    /// A transcript of a call, as `WebVTT` or SRT.
    Transcript,
    /// A zip archive such as Google Takeout sends.
    Zip,
    /// A tar archive, mostly found inside of gzip.
    Tar,
    /// None of these.
    Unknown,
}

impl SourceKind {
    /// Whether it holds other files, which have to be told apart one by one.
    ///
    /// ```
    /// use inroad_ingest::source::SourceKind;
    /// assert!(SourceKind::Zip.is_archive());
    /// assert!(!SourceKind::Mbox.is_archive());
    /// ```
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::Tar)
    }
}

/// Bytes of a file that [`detect`] wants to see; more do no harm, fewer may cost certainty.
pub const HEAD_BYTES: usize = 8 << 10;

/// Says what a file is, by its first bytes (at best [`HEAD_BYTES`] of them), then by its name.
///
/// A name never overrules clear content: a calendar called `export.csv` is a calendar.
///
/// ```
/// use inroad_ingest::source::{SourceKind, detect};
/// assert_eq!(detect("export.txt", b"BEGIN:VCARD\r\nVERSION:3.0\r\n"), SourceKind::Contacts);
/// assert_eq!(detect("All mail.mbox", b""), SourceKind::Mbox);
/// ```
pub fn detect(file_name: &str, head: &[u8]) -> SourceKind {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    by_signature(head).or_else(|| by_text(file_name, head)).unwrap_or_else(|| by_name(file_name))
}

fn by_signature(head: &[u8]) -> Option<SourceKind> {
    if head.starts_with(&[0x1F, 0x8B]) {
        return Some(SourceKind::Gzip);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(SourceKind::Zip);
    }
    crate::tar::is_header(head).then_some(SourceKind::Tar)
}

fn by_text(file_name: &str, head: &[u8]) -> Option<SourceKind> {
    let text = decode_head(head);
    // Mails of old Macintosh programs end their lines with a carriage return alone.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let first_line = text.lines().next()?;
    let upper = first_line.trim_end().to_ascii_uppercase();
    if upper.starts_with("BEGIN:VCARD") {
        return Some(SourceKind::Contacts);
    }
    if upper.starts_with("BEGIN:V") {
        return Some(SourceKind::Calendar);
    }
    if upper.split([' ', '\t']).next() == Some("WEBVTT") {
        return Some(SourceKind::Transcript);
    }
    let named = by_name(file_name);
    if named == SourceKind::Transcript {
        return text.contains("-->").then_some(SourceKind::Transcript);
    }
    if is_separator(first_line.as_bytes()) {
        // One mail may keep the line of the mailbox that it was taken from.
        return Some(if named == SourceKind::Mail { SourceKind::Mail } else { SourceKind::Mbox });
    }
    if text.contains('\0') {
        return None;
    }
    // A table and a mail can look alike from afar, so a name that says which is believed.
    if named == SourceKind::Csv {
        return Some(SourceKind::Csv);
    }
    if has_mail_headers(text) {
        return Some(if named == SourceKind::Mbox { SourceKind::Mbox } else { SourceKind::Mail });
    }
    if text.starts_with('{') && text.contains("\"me\"") && text.contains("\"deals\"") {
        return Some(SourceKind::Deals);
    }
    // Markup and data formats name things like columns, but no table starts with a bracket.
    let bracket = text.starts_with(['{', '[', '<', '%']);
    (!bracket && looks_like_export(text)).then_some(SourceKind::Csv)
}

fn by_name(file_name: &str) -> SourceKind {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name).to_ascii_lowercase();
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("mbox" | "mbx" | "mboxrd" | "mboxo") => SourceKind::Mbox,
        Some("eml" | "emlx" | "mail" | "msg822") => SourceKind::Mail,
        Some("gz" | "tgz") => SourceKind::Gzip,
        Some("ics" | "ical" | "ifb" | "vcs" | "icalendar") => SourceKind::Calendar,
        Some("vcf" | "vcard") => SourceKind::Contacts,
        Some("csv" | "tsv" | "tab") => SourceKind::Csv,
        Some("vtt" | "srt") => SourceKind::Transcript,
        Some("zip") => SourceKind::Zip,
        Some("tar") => SourceKind::Tar,
        _ if name == "mbox" => SourceKind::Mbox,
        // The flags of a message in a Maildir.
        _ if name.contains(":2,") || name.contains(";2,") => SourceKind::Mail,
        _ => SourceKind::Unknown,
    }
}

/// Headers that mail has and other files of the shape `Name: value` lack.
const MAIL_HEADERS: [&str; 11] = [
    "from",
    "to",
    "date",
    "subject",
    "received",
    "message-id",
    "return-path",
    "delivered-to",
    "mime-version",
    "content-type",
    "reply-to",
];

/// Whether the text starts with header lines of which two are known from mail.
fn has_mail_headers(text: &str) -> bool {
    let mut known = 0;
    for line in text.lines().take(200) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t', '>']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || name.len() > 80 || name.contains(char::is_whitespace) {
            return false;
        }
        if MAIL_HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header)) {
            known += 1;
        }
    }
    known >= 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(name: &str, head: &[u8], expected: SourceKind) {
        assert_eq!(detect(name, head), expected, "{name} {:?}", String::from_utf8_lossy(head));
    }

    #[test]
    fn content_comes_before_the_name() {
        let mbox = b"From a@b.example Tue Mar  3 09:00:00 2026\nSubject: x\n\n";
        check("x.csv", mbox, SourceKind::Mbox);
        check("x.csv", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", SourceKind::Calendar);
        check("x", b"\xEF\xBB\xBFbegin:vcard\nVERSION:2.1\n", SourceKind::Contacts);
        check("x.mbox", b"\x1F\x8B\x08\0", SourceKind::Gzip);
        check("takeout", b"PK\x03\x04....", SourceKind::Zip);
        check(
            "1700000000.M1.host:2,S",
            b"From: a@b.example\nTo: c@d.example\n\n",
            SourceKind::Mail,
        );
        check("INBOX", b"Received: by x; Tue\n\tfolded\nSubject: a\n\nFrom: b", SourceKind::Mail);
    }

    #[test]
    fn transcripts() {
        check(
            "call.txt",
            b"WEBVTT\n\n00:01.000 --> 00:03.000\nJana: Hello.\n",
            SourceKind::Transcript,
        );
        check("call.srt", b"1\n00:00:01,000 --> 00:00:03,000\nHello.\n", SourceKind::Transcript);
        check("call.txt", b"WEBVTTX\n", SourceKind::Unknown);
    }

    #[test]
    fn tables_in_every_encoding() {
        check("a.txt", b"First Name,Last Name,Email\nA,B,c@d.example\n", SourceKind::Csv);
        check("a.csv", b"Vorname;Nachname;E-Mail\n", SourceKind::Csv);
        let wide: Vec<u8> =
            "\u{feff}Name;Mail\r\nA;b\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check("a.txt", &wide, SourceKind::Csv);
        check(
            "connections.csv",
            b"Notes:\n\"When exporting, some, are missing.\"\n\nFirst Name,Last Name,URL\nA,B,c\n",
            SourceKind::Csv,
        );
    }

    #[test]
    fn names_decide_where_content_is_silent() {
        check("a.ics", b"", SourceKind::Calendar);
        check("Inbox.mbox", b"X-Whatever\n", SourceKind::Mbox);
        check(
            "a.eml",
            b"From a@b.example Tue Mar  3 09:00:00 2026\nSubject: x\n\n",
            SourceKind::Mail,
        );
        check("a", b"From: a@b.example\rTo: c@d.example\rSubject: x\r\rText\r", SourceKind::Mail);
        check("a.json", b"{\"name\": 1, \"email\": 2,\n\"c\": 3, \"d\": 4}\n", SourceKind::Unknown);
        check("deals.json", b"{\n \"me\": {}, \"deals\": []}", SourceKind::Deals);
        check("other.json", b"{\"deals\": []}", SourceKind::Unknown);
        check("notes.txt", b"Just a note, nothing else.\nSecond line\n", SourceKind::Unknown);
        check("photo.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF", SourceKind::Unknown);
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_kind(name in ".{0,20}", head in prop::collection::vec(any::<u8>(), 0..300)) {
            let _kind = detect(&name, &head);
        }
    }
}
