//! Bytes of some charset to text. What no charset explains is read as Windows-1252, which is what
//! unlabelled 8-bit mail mostly is.
//!
//! Must not: fail; every input gives a text.

use std::borrow::Cow;

use mail_parser::decoders::charsets::map::charset_decoder;

/// The text of bytes in the charset of that name, as a MIME parameter gives it.
pub(super) fn decode<'a>(bytes: Cow<'a, [u8]>, charset: Option<&str>) -> Cow<'a, str> {
    let label = charset.map(|label| label.trim().trim_matches(['"', '\''])).unwrap_or_default();
    if is_utf8(label) || bytes.is_ascii() && !is_stateful(label) {
        return utf8(bytes, !label.is_empty());
    }
    // A charset of seven bits has no bytes of eight; programs that convert a text forget its label.
    if is_seven_bit(label) && !bytes.is_ascii() && str::from_utf8(&bytes).is_ok() {
        return utf8(bytes, true);
    }
    match charset_decoder(label.as_bytes()).filter(|_| !label.is_empty() && !is_ascii(label)) {
        Some(decoder) => Cow::Owned(decoder(&bytes)),
        None => utf8(bytes, false),
    }
}

/// The text of a header field: UTF-8 where it is valid, else Windows-1252.
pub(super) fn field_text(bytes: &[u8]) -> Cow<'_, str> {
    utf8(Cow::Borrowed(bytes), false)
}

/// `labelled`: somebody said that it is UTF-8, so a few wrong bytes do not make it another
/// charset.
fn utf8(bytes: Cow<'_, [u8]>, labelled: bool) -> Cow<'_, str> {
    let bytes = match bytes {
        Cow::Borrowed(bytes) => match str::from_utf8(bytes) {
            Ok(text) => return Cow::Borrowed(text),
            Err(_) => Cow::Borrowed(bytes),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Cow::Owned(text),
            Err(error) => Cow::Owned(error.into_bytes()),
        },
    };
    if labelled && has_multibyte(&bytes) {
        return Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
    }
    match charset_decoder(b"windows-1252") {
        Some(decoder) => Cow::Owned(decoder(&bytes)),
        None => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
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
