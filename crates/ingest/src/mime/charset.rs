//! Bytes of some charset to text. What no charset explains is read as Windows-1252, which is what
//! unlabelled 8-bit mail mostly is.
//!
//! Must not: fail; every input gives a text.

use std::borrow::Cow;

use mail_parser::decoders::charsets::map::charset_decoder;

/// A text, and whether some of it is not what was written.
pub(super) struct Read<'a> {
    pub(super) text: Cow<'a, str>,
    /// The charset is unknown, or some bytes are no letters of it.
    pub(super) damaged: bool,
}

/// The text of bytes in the charset of that name, as a MIME parameter gives it.
pub(super) fn decode<'a>(bytes: Cow<'a, [u8]>, charset: Option<&str>) -> Cow<'a, str> {
    read(bytes, charset).text
}

/// As [`decode`], with what was wrong.
pub(super) fn read<'a>(bytes: Cow<'a, [u8]>, charset: Option<&str>) -> Read<'a> {
    let label = charset.map(|label| label.trim().trim_matches(['"', '\''])).unwrap_or_default();
    let is_ascii_only = bytes.is_ascii();
    if is_utf8(label) || is_ascii_only && !is_stateful(label) {
        return utf8(bytes, !label.is_empty());
    }
    // A charset of seven bits has no bytes of eight, and letters that make sense as UTF-8 are none
    // of Latin-1; programs that convert a text forget its label.
    let may_lie = !is_ascii_only && (is_seven_bit(label) || is_latin(label));
    if may_lie && str::from_utf8(&bytes).is_ok() {
        return utf8(bytes, true);
    }
    if is_korean_seven_bit(label) {
        let text = korean(&bytes);
        let damaged = text.contains(char::REPLACEMENT_CHARACTER);
        return Read { text: Cow::Owned(text), damaged };
    }
    if label.is_empty() || is_ascii(label) {
        return utf8(bytes, false);
    }
    match charset_decoder(usual_name(label).as_bytes()) {
        Some(decoder) => {
            let text = decoder(&bytes);
            let damaged = text.contains(char::REPLACEMENT_CHARACTER);
            Read { text: Cow::Owned(text), damaged }
        }
        None => Read { damaged: true, ..utf8(bytes, false) },
    }
}

/// The charset that an HTML text names itself, for one that is not UTF-8 and has no other label.
pub(super) fn of_html(bytes: &[u8]) -> Option<String> {
    if str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = bytes.get(..HTML_HEAD_BYTES).unwrap_or(bytes);
    let at = head.windows(8).position(|window| window.eq_ignore_ascii_case(b"charset="))?;
    let label: Vec<u8> = head
        .get(at + 8..)?
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
        .collect();
    let label = String::from_utf8(label).ok()?;
    // What reads this as ASCII cannot be in a charset of two bytes a letter.
    (!is_stateful(&label)).then_some(label)
}

/// Bytes of an HTML text in which its charset is looked for, as browsers do.
const HTML_HEAD_BYTES: usize = 1_024;

/// The name under which the crate knows a charset.
fn usual_name(label: &str) -> &str {
    const OTHER_NAMES: [(&str, &str); 8] = [
        ("cp932", "shift_jis"),
        ("cp936", "gbk"),
        ("ms936", "gbk"),
        ("cp949", "euc-kr"),
        ("ms949", "euc-kr"),
        ("uhc", "euc-kr"),
        ("cp950", "big5"),
        ("ms950", "big5"),
    ];
    let usual = OTHER_NAMES.iter().find(|(name, _)| label.eq_ignore_ascii_case(name));
    usual.map_or(label, |(_, usual)| usual)
}

/// ISO-2022-KR: letters of KS X 1001 stand between two shifts, with their eighth bit off.
fn korean(bytes: &[u8]) -> String {
    let mut shifted = false;
    let bytes = bytes.strip_prefix(b"\x1b$)C").unwrap_or(bytes);
    let wide: Vec<u8> = bytes
        .iter()
        .filter_map(|&byte| match byte {
            0x0e | 0x0f => {
                shifted = byte == 0x0e;
                None
            }
            b'\n' => {
                shifted = false;
                Some(byte)
            }
            0x21..=0x7e if shifted => Some(byte | 0x80),
            _ => Some(byte),
        })
        .collect();
    decode(Cow::Owned(wide), Some("euc-kr")).into_owned()
}

/// The text of a header field: UTF-8 where it is valid, else Windows-1252.
pub(super) fn field_text(bytes: &[u8]) -> Cow<'_, str> {
    utf8(Cow::Borrowed(bytes), false).text
}

/// `labelled`: somebody said that it is UTF-8, so a few wrong bytes do not make it another
/// charset.
fn utf8(bytes: Cow<'_, [u8]>, labelled: bool) -> Read<'_> {
    let whole = |text| Read { text, damaged: false };
    let bytes = match bytes {
        Cow::Borrowed(bytes) => match str::from_utf8(bytes) {
            Ok(text) => return whole(Cow::Borrowed(text)),
            Err(_) => Cow::Borrowed(bytes),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return whole(Cow::Owned(text)),
            Err(error) => Cow::Owned(error.into_bytes()),
        },
    };
    if labelled && has_multibyte(&bytes) {
        let text = Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
        return Read { text, damaged: true };
    }
    whole(Cow::Owned(match charset_decoder(b"windows-1252") {
        Some(decoder) => decoder(&bytes),
        None => String::from_utf8_lossy(&bytes).into_owned(),
    }))
}

/// Whether some valid multi-byte sequence of UTF-8 stands in bytes that are not all valid.
fn has_multibyte(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

fn is_utf8(label: &str) -> bool {
    ["utf-8", "utf8", "unicode-1-1-utf-8"].iter().any(|name| label.eq_ignore_ascii_case(name))
}

fn is_ascii(label: &str) -> bool {
    ["us-ascii", "ascii"].iter().any(|name| label.eq_ignore_ascii_case(name))
}

fn is_seven_bit(label: &str) -> bool {
    label.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("iso-2022"))
}

fn is_korean_seven_bit(label: &str) -> bool {
    ["iso-2022-kr", "csiso2022kr"].iter().any(|name| label.eq_ignore_ascii_case(name))
}

/// Latin-1 and its likes, which many programs claim for whatever they send.
fn is_latin(label: &str) -> bool {
    ["iso-8859-1", "iso8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252"]
        .iter()
        .any(|name| label.eq_ignore_ascii_case(name))
}

/// Charsets in which ASCII bytes do not stand for themselves.
fn is_stateful(label: &str) -> bool {
    let starts =
        |name: &str| label.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    ["utf-7", "utf7", "csutf7", "unicode-1-1-utf-7", "utf-16", "utf16", "csutf16", "iso-2022"]
        .iter()
        .any(|name| starts(name))
        || starts("csiso2022")
        || starts("csunicode")
        || starts("iso-10646")
        || starts("hz-gb")
        || starts("ucs-2")
}

/// The character of one byte of Windows-1252.
pub(crate) fn windows_1252(byte: u8) -> Option<char> {
    charset_decoder(b"windows-1252")?(&[byte]).chars().next()
}

/// The character of a named HTML entity, without `&` and `;`.
pub(crate) fn entity(name: &str) -> Option<char> {
    let token = format!("&{name};");
    let mut out = String::new();
    mail_parser::decoders::html::add_html_token(&mut out, token.as_bytes(), false);
    let mut chars = out.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], charset: &str, expected: &str) {
        assert_eq!(decode(Cow::Borrowed(bytes), Some(charset)), expected, "{charset}");
    }

    #[test]
    fn labels_that_lie() {
        check(b"\x1b$B%(%i!<\x1b(B", "iso-2022-jp", "エラー");
        check("エラー".as_bytes(), "ISO-2022-JP", "エラー");
        check(b"caf\xe9", "us-ascii", "café");
    }
}
