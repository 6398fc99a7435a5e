//! One mail of a story as an e-mail: head fields as RFC 5322, words beyond ASCII in the head as
//! RFC 2047, the body plain or quoted-printable as RFC 2045.

use std::fmt::Write;

use inroad_model::Moment;

use crate::story::Letter;

/// Longest line of a body that goes as it is; RFC 2045 gives quoted-printable 76.
const LINE_BYTES_MAX: usize = 76;
/// Longest piece of text in one encoded word, so that the word stays below 75 characters.
const WORD_BYTES_MAX: usize = 18;

/// A moment with its offset, as `2025-05-02T10:14:00+02:00`.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    text.parse().ok()
}

/// A moment as a head field has it.
fn date(at: Moment) -> String {
    let minutes = at.offset().seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    let day = at.offset().to_datetime(at.timestamp());
    format!("{} {sign}{hours:02}{minutes:02}", day.strftime("%a, %d %b %Y %H:%M:%S"))
}

/// The address of `Name <address>`, or of an address alone.
pub(crate) fn address(text: &str) -> &str {
    let inside = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or(text, |(inside, _)| inside).trim()
}

/// The whole e-mail with line ends of one character, without the line that parts a mailbox.
pub(crate) fn write(letter: &Letter, id: &str, answers: &[String]) -> String {
    let mut mail = String::new();
    let mut field = |name: &str, value: &str| {
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        // To a text nothing can go wrong.
        let _ = writeln!(mail, "{name}: {value}");
    };
    field("Message-ID", &format!("<{id}>"));
    field("Date", &moment(&letter.date).map(date).unwrap_or_default());
    field("From", &mailbox(&letter.from));
    field("To", &mailboxes(&letter.to));
    if !letter.cc.is_empty() {
        field("Cc", &mailboxes(&letter.cc));
    }
    field("Subject", &words(&letter.subject));
    if let Some(last) = answers.last() {
        field("In-Reply-To", last);
        field("References", &answers.join(" "));
    }
    for (name, value) in &letter.headers {
        field(name, &words(value));
    }
    field("MIME-Version", "1.0");
    field("Content-Type", "text/plain; charset=utf-8");
    let (coding, body) = if is_plain(&letter.body) {
        ("7bit", letter.body.clone())
    } else {
        ("quoted-printable", quoted_printable(&letter.body))
    };
    field("Content-Transfer-Encoding", coding);
    mail + "\n" + &body + "\n"
}

fn mailboxes(all: &[String]) -> String {
    all.iter().map(|one| mailbox(one)).collect::<Vec<_>>().join(", ")
}

/// `Name <address>` with the name quoted or encoded where it has to be.
fn mailbox(text: &str) -> String {
    let address = address(text);
    let name = text.rsplit_once('<').map_or("", |(name, _)| name).trim().trim_matches('"');
    if name.is_empty() {
        address.to_owned()
    } else if !name.is_ascii() {
        format!("{} <{address}>", words(name))
    } else if name.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') {
        format!("{name} <{address}>")
    } else {
        format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// A text of the head; in encoded words where it is not ASCII.
fn words(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut pieces = vec![String::new()];
    for c in text.chars() {
        if pieces.last().is_some_and(|piece| piece.len() + c.len_utf8() > WORD_BYTES_MAX) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    let encoded: Vec<String> = pieces
        .iter()
        .map(|piece| {
            let bytes = piece.bytes().fold(String::new(), |mut word, byte| {
                if byte.is_ascii_alphanumeric() {
                    word.push(char::from(byte));
                } else {
                    word.push_str(&escaped(byte));
                }
                word
            });
            format!("=?utf-8?Q?{bytes}?=")
        })
        .collect();
    // White space between encoded words is no part of the text.
    encoded.join(" ")
}

/// Whether a body may stand in a mailbox as it is.
fn is_plain(body: &str) -> bool {
    body.is_ascii()
        && body.lines().all(|line| line.len() <= LINE_BYTES_MAX && !line.starts_with("From "))
}

fn quoted_printable(body: &str) -> String {
    body.split('\n').map(quoted_line).collect::<Vec<_>>().join("\n")
}

fn quoted_line(line: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let is_last = at + 1 == bytes.len();
        let is_kept = match byte {
            b'=' => false,
            b' ' | b'\t' => !is_last,
            // So that no line looks like one that parts a mailbox.
            b'F' => at > 0,
            byte => byte.is_ascii_graphic(),
        };
        let piece = if is_kept { char::from(*byte).to_string() } else { escaped(*byte) };
        if width + piece.len() >= LINE_BYTES_MAX {
            out.push_str("=\n");
            width = 0;
        }
        // A soft break may bring the letter to the begin of a line.
        let piece = if width == 0 && piece == "F" { escaped(b'F') } else { piece };
        width += piece.len();
        out.push_str(&piece);
    }
    out
}

fn escaped(byte: u8) -> String {
    format!("={byte:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(address("Jana Kühn <jana@lindner.example>"), "jana@lindner.example");
        assert_eq!(address("jana@lindner.example"), "jana@lindner.example");
        assert_eq!(mailbox("Kühn <j@l.example>"), "=?utf-8?Q?K=C3=BChn?= <j@l.example>");
        assert_eq!(mailbox("Kuehn, J. <j@l.example>"), "\"Kuehn, J.\" <j@l.example>");
    }

    #[test]
    fn bodies() {
        assert_eq!(quoted_printable("schön = "), "sch=C3=B6n =3D=20");
        assert_eq!(quoted_printable("From here"), "=46rom here");
        let long = quoted_printable(&"ä".repeat(100));
        assert!(long.lines().all(|line| line.len() <= LINE_BYTES_MAX), "{long}");
    }

    #[test]
    fn moments_carry_an_offset() {
        let at = moment("2025-05-02T10:14:00-03:30").map(date);
        assert_eq!(at.as_deref(), Some("Fri, 02 May 2025 10:14:00 -0330"));
        assert!(moment("2025-05-02T10:14:00").is_none());
        assert!(moment("2025-05-02").is_none());
    }
}
