//! Content-Transfer-Encoding: base64 and quoted-printable, taken as they come.
//!
//! The parser crate gives up a whole part on one wrong byte and drops an unpadded end; mail that
//! was cut on its way has both. Here what can be decoded is decoded, up to a bound.
//!
//! Must not: know charsets.

use std::borrow::Cow;

use memchr::memchr;

/// How a body is written down for transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is.
    None,
    Base64,
    QuotedPrintable,
}

/// Decoded bytes, and whether something in them was malformed or lies beyond the bound.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    pub(super) malformed: bool,
    pub(super) cut: bool,
}

impl Encoding {
    /// What a Content-Transfer-Encoding field says; unknown words mean no encoding.
    pub(super) fn from_header(value: &[u8]) -> Self {
        let word = value.trim_ascii();
        let starts = |name: &[u8]| {
            word.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        match () {
            () if starts(b"base64") => Self::Base64,
            () if starts(b"quoted-printable") => Self::QuotedPrintable,
            () => Self::None,
        }
    }

    pub(super) fn is_encoded(self) -> bool {
        self != Self::None
    }

    /// Decodes at most about `bytes_max` bytes.
    pub(super) fn decode(self, body: &[u8], bytes_max: usize) -> Decoded<'_> {
        match self {
            Self::None => {
                let kept = body.get(..bytes_max).unwrap_or(body);
                let cut = kept.len() < body.len();
                Decoded { bytes: Cow::Borrowed(kept), malformed: false, cut }
            }
            Self::Base64 => base64(body, bytes_max),
            Self::QuotedPrintable => quoted_printable(body, bytes_max),
        }
    }

    /// The decoded size in bytes, without decoding.
    pub(super) fn decoded_len(self, body: &[u8]) -> usize {
        match self {
            Self::None => body.len(),
            Self::Base64 => {
                let end = memchr(b'=', body).unwrap_or(body.len());
                let sextets = body.iter().take(end).filter(|&&b| sextet(b) < 64).count();
                sextets * 3 / 4
            }
            Self::QuotedPrintable => quoted_printable(body, usize::MAX).bytes.len(),
        }
    }
}

const SKIP: u8 = 64;
const PAD: u8 = 65;
const WRONG: u8 = 66;

#[expect(clippy::cast_possible_truncation, reason = "the alphabet has 64 letters")]
const SEXTETS: [u8; 256] = {
    let mut table = [WRONG; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut i = 0;
    while i < 64 {
        table[alphabet[i] as usize] = i as u8;
        i += 1;
    }
    // The alphabet for URLs does not collide with anything else.
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table[b' ' as usize] = SKIP;
    table[b'\t' as usize] = SKIP;
    table[b'\r' as usize] = SKIP;
    table[b'\n' as usize] = SKIP;
    table[b'=' as usize] = PAD;
    table
};

fn sextet(byte: u8) -> u8 {
    SEXTETS.get(usize::from(byte)).copied().unwrap_or(WRONG)
}

/// Base64 with line breaks, wrong bytes skipped, padding optional, several padded runs in a row.
pub(super) fn base64(text: &[u8], bytes_max: usize) -> Decoded<'static> {
    let mut bytes = Vec::with_capacity((text.len() / 4 * 3 + 3).min(bytes_max));
    let (mut group, mut n_sextets, mut malformed, mut cut) = (0_u32, 0_u32, false, false);
    for &byte in text {
        let value = sextet(byte);
        if value < 64 {
            group = group << 6 | u32::from(value);
            n_sextets += 1;
            if n_sextets == 4 {
                let [_, a, b, c] = group.to_be_bytes();
                bytes.extend_from_slice(&[a, b, c]);
                (group, n_sextets) = (0, 0);
                if bytes.len() >= bytes_max {
                    cut = true;
                    break;
                }
            }
        } else if value == PAD {
            malformed |= n_sextets == 1;
            flush(&mut bytes, group, n_sextets);
            (group, n_sextets) = (0, 0);
        } else {
            malformed |= value == WRONG;
        }
    }
    // An end without padding means that the mail was cut, or that its writer was sloppy.
    malformed |= n_sextets > 0;
    flush(&mut bytes, group, n_sextets);
    Decoded { bytes: Cow::Owned(bytes), malformed, cut }
}

/// The one or two bytes that an incomplete group of sextets holds.
fn flush(bytes: &mut Vec<u8>, group: u32, n_sextets: u32) {
    match n_sextets {
        2 => bytes.push((group >> 4 & 0xff) as u8),
        3 => {
            let [_, _, a, b] = (group >> 2).to_be_bytes();
            bytes.extend_from_slice(&[a, b]);
        }
        _ => {}
    }
}

fn quoted_printable(text: &[u8], bytes_max: usize) -> Decoded<'_> {
    if memchr(b'=', text).is_none() {
        return Encoding::None.decode(text, bytes_max);
    }
    let mut bytes = Vec::with_capacity(text.len().min(bytes_max));
    let mut malformed = false;
    let mut rest = text;
    while let Some(at) = memchr(b'=', rest) {
        if bytes.len() >= bytes_max {
            bytes.truncate(bytes_max);
            return Decoded { bytes: Cow::Owned(bytes), malformed, cut: true };
        }
        let (before, escape) = rest.split_at(at);
        bytes.extend_from_slice(before);
        if let Some(byte) = hex_pair(escape.get(1..3)) {
            bytes.push(byte);
            rest = escape.get(3..).unwrap_or_default();
        } else if let Some(after) = soft_break(escape) {
            rest = after;
        } else {
            malformed = true;
            bytes.push(b'=');
            rest = escape.get(1..).unwrap_or_default();
        }
    }
    bytes.extend_from_slice(rest);
    let cut = bytes.len() > bytes_max;
    bytes.truncate(bytes_max);
    Decoded { bytes: Cow::Owned(bytes), malformed, cut }
}

/// What follows a line end that does not count; blanks between `=` and the line end were added
/// on the way.
fn soft_break(escape: &[u8]) -> Option<&[u8]> {
    let mut after = escape.get(1..)?;
    // A bound keeps a run of `=` and blanks from being read again and again.
    for _ in 0..200 {
        match after {
            [] => return Some(after),
            [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => return Some(rest),
            [b' ' | b'\t' | b'\r', rest @ ..] => after = rest,
            _ => return None,
        }
    }
    None
}

/// The byte that two hexadecimal digits write.
pub(super) fn hex_pair(digits: Option<&[u8]>) -> Option<u8> {
    let &[high, low] = digits? else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}
