//! Bytes of calendars, cards and tables as text, whatever encoding they were written in.
//!
//! It stands apart from the readers because all of them meet the same files: UTF-8 with and
//! without a byte order mark, UTF-16 from spreadsheets, and the code pages of older programs.
//! Must not: look at what the text means.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use inroad_model::Issue;

/// Bytes that are shown to the detector of code pages; enough for a sure guess, and cheap.
const DETECTION_BYTES: usize = 256 << 10;

/// Bytes of a file that are decoded if it is not plain UTF-8: the text is a copy then, and up to
/// three times as long.
const COPIED_BYTES_MAX: usize = 48 << 20;

/// A file as text.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text without its byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// The encoding by its usual name, such as `UTF-8` or `windows-1252`.
    pub(crate) encoding: &'static str,
    /// Damaged letters, or a file that is too long to be decoded whole.
    pub(crate) issues: Vec<Issue>,
}

/// Decodes a whole file. UTF-8 is not copied, however long it is.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let encoding = encoding_of(bytes);
    let mut issues = Vec::new();
    let plain = encoding == UTF_8 && std::str::from_utf8(bytes).is_ok();
    let kept = match bytes.get(..COPIED_BYTES_MAX) {
        Some(kept) if !plain && bytes.len() > COPIED_BYTES_MAX => {
            issues.push(
                Issue::new(
                    format!("The file is in {} and longer than is decoded", encoding.name()),
                    "The rest was not read; save it as UTF-8 or split it",
                )
                .at_byte(COPIED_BYTES_MAX as u64),
            );
            kept
        }
        _ => bytes,
    };
    let (text, used, damaged) = encoding.decode(kept);
    if damaged {
        issues.push(Issue::new(
            format!("Some letters do not belong to the encoding {}", used.name()),
            "They were replaced; save the file as UTF-8 to keep them",
        ));
    }
    Decoded { text: with_line_feeds(text), encoding: used.name(), issues }
}

/// Spreadsheets on a Macintosh may end their lines with CR alone.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    if memchr::memchr(b'\n', bytes).is_some() || memchr::memchr(b'\r', bytes).is_none() {
        return text;
    }
    Cow::Owned(text.replace('\r', "\n"))
}

/// Decodes the head of a file, which may end in the middle of a letter.
pub(crate) fn decode_head(head: &[u8]) -> Cow<'_, str> {
    let encoding = match wide_encoding(head) {
        Some(encoding) => encoding,
        // What is not UTF-8 needs no exact code page to be told apart by its ASCII letters.
        None if is_utf8_so_far(head) => UTF_8,
        None => WINDOWS_1252,
    };
    with_line_feeds(encoding.decode(head).0)
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = wide_encoding(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let sample = bytes.get(..DETECTION_BYTES).unwrap_or(bytes);
    if is_mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 by its mark, or without one by the zero bytes that every ASCII letter carries.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding).filter(|e| *e != UTF_8);
    }
    let head = bytes.get(..bytes.len().min(512) & !1)?;
    if head.len() < 4 {
        return None;
    }
    let pairs = head.len() / 2;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether nothing but the last, cut letter stands against UTF-8.
fn is_utf8_so_far(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// Whether a file is UTF-8 with some damage: many good letters beyond ASCII for each bad byte.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let mut good = 0usize;
    let mut bad = 0usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad.saturating_mul(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes);
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, encoding), "{bytes:?}");
    }

    #[test]
    fn knows_the_usual_encodings() {
        check(b"plain", "plain", "UTF-8");
        check("Zoë".as_bytes(), "Zoë", "UTF-8");
        check("\u{feff}Zoë".as_bytes(), "Zoë", "UTF-8");
        check(b"a\rb\r", "a\nb\n", "UTF-8");
        check(b"a\r\nb", "a\r\nb", "UTF-8");
        check(
            b"J\xFCrgen Gro\xDF, K\xF6ln, Einkaufsleiter",
            "Jürgen Groß, Köln, Einkaufsleiter",
            "windows-1252",
        );
        let wide = |mark: &str| -> Vec<u8> {
            format!("{mark}Name;Ort").encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        check(&wide("\u{feff}"), "Name;Ort", "UTF-16LE");
        check(&wide(""), "Name;Ort", "UTF-16LE");
        let swapped: Vec<u8> = "Name;Ort".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&swapped, "Name;Ort", "UTF-16BE");
    }

    #[test]
    fn one_bad_byte_does_not_make_a_code_page() {
        check("äöüß éèê \u{fffd}".replace('\u{fffd}', "!").as_bytes(), "äöüß éèê !", "UTF-8");
        let mut bytes = "äöüß éèê ñ".as_bytes().to_vec();
        bytes.push(0xFF);
        check(&bytes, "äöüß éèê ñ\u{fffd}", "UTF-8");
    }
}
