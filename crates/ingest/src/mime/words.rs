//! Header text: folded lines and RFC 2047 encoded words, in right and in wrong forms.
//!
//! Wrong forms that are read as meant: blanks inside a word, no blank around it, a character
//! split across two words, base64 without padding, a language behind the charset, a word within
//! quotes, a word cut off at its end. The parser crate reads only some of these, so words are
//! joined and decoded here before it sees a field.
//!
//! Must not: know which header it reads.

use std::borrow::Cow;
use std::fmt::Write as _;

use memchr::{memchr2, memmem};

use super::{charset, transfer};

/// Longest encoded word that is read, in bytes; RFC 2047 allows 75. Without a bound a hostile field
/// would be searched to its end at each of its words.
const WORD_BYTES_MAX: usize = 4 << 10;

/// A run of encoded words of one charset, not yet converted.
struct Run<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
}

/// The value with its folding undone, on one line, without control characters.
pub(super) fn unfolded(value: &str) -> Cow<'_, str> {
    if !value.bytes().any(|b| b.is_ascii_control()) {
        return Cow::Borrowed(value);
    }
    let mut line = String::with_capacity(value.len());
    for piece in value.split(['\r', '\n']) {
        line.extend(
            piece.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()),
        );
    }
    Cow::Owned(line)
}

/// Unfolded and decoded text, trimmed.
pub(super) fn decoded(value: &[u8]) -> Cow<'_, str> {
    match charset::field_text(value) {
        Cow::Borrowed(text) => match unfolded(text) {
            Cow::Borrowed(line) if !line.contains("=?") => Cow::Borrowed(line.trim()),
            line => Cow::Owned(rewritten(&line, push_plain).trim().to_owned()),
        },
        Cow::Owned(text) => Cow::Owned(rewritten(&unfolded(&text), push_plain).trim().to_owned()),
    }
}

/// Unfolded text in which every run of encoded words is one well-formed word in UTF-8, so that
/// commas and quotes in it cannot be taken for syntax.
pub(super) fn normalised(value: &[u8]) -> String {
    let text = charset::field_text(value);
    rewritten(&unfolded(&text), push_word)
}

/// Goes through a line and gives each run of encoded words to `push`.
fn rewritten(line: &str, push: fn(&mut String, &str)) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut run: Option<Run<'_>> = None;
    while let Some(at) = memmem::find(rest.as_bytes(), b"=?") {
        let (before, from) = rest.split_at(at);
        let Some((word_charset, bytes, after)) = encoded_word(from) else {
            end_run(&mut out, &mut run, push);
            let (kept, next) = from.split_at(2);
            out.push_str(before);
            out.push_str(kept);
            rest = next;
            continue;
        };
        match &mut run {
            // Blanks between two encoded words do not count.
            Some(open) if before.trim().is_empty() => {
                if open.charset.eq_ignore_ascii_case(word_charset) {
                    open.bytes.extend_from_slice(&bytes);
                } else {
                    end_run(&mut out, &mut run, push);
                    run = Some(Run { charset: word_charset, bytes });
                }
            }
            _ => {
                end_run(&mut out, &mut run, push);
                out.push_str(before);
                run = Some(Run { charset: word_charset, bytes });
            }
        }
        rest = after;
    }
    end_run(&mut out, &mut run, push);
    out.push_str(rest);
    out
}

fn end_run(out: &mut String, run: &mut Option<Run<'_>>, push: fn(&mut String, &str)) {
    if let Some(run) = run.take() {
        push(out, &charset::decode(Cow::Owned(run.bytes), Some(run.charset)));
    }
}

fn push_plain(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
}

fn push_word(out: &mut String, text: &str) {
    out.push_str("=?utf-8?Q?");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else if byte.is_ascii_control() || byte == b' ' {
            out.push('_');
        } else {
            let _infallible = write!(out, "={byte:02X}");
        }
    }
    out.push_str("?=");
}

/// Reads `=?charset?encoding?text?=` at the start; gives charset, bytes and what follows.
fn encoded_word(text: &str) -> Option<(&str, Vec<u8>, &str)> {
    let (label, rest) = text.strip_prefix("=?")?.split_once('?')?;
    // RFC 2231 puts a language behind the charset.
    let charset = label.split('*').next().unwrap_or(label).trim();
    if charset.is_empty() || charset.len() > 60 || charset.contains(char::is_whitespace) {
        return None;
    }
    let (encoding, rest) = rest.split_once('?')?;
    let (payload, after) = payload_of(rest, encoding)?;
    let bytes = match encoding {
        "B" | "b" => transfer::base64(payload.as_bytes(), usize::MAX).bytes.into_owned(),
        "Q" | "q" => q_decoded(payload),
        _ => return None,
    };
    Some((charset, bytes, after))
}

/// The encoded text up to `?=`. In the Q encoding a `?=` may be the start of an escape such as
/// `?=20` that a sloppy writer left bare; the word ends where no hexadecimal digits follow.
fn payload_of<'a>(text: &'a str, encoding: &str) -> Option<(&'a str, &'a str)> {
    let mut from = 0;
    let near = text.as_bytes().get(..WORD_BYTES_MAX).unwrap_or(text.as_bytes());
    while let Some(found) = memmem::find(near.get(from..)?, b"?=") {
        let end = from + found;
        let after = text.get(end + 2..)?;
        let escape = transfer::hex_pair(after.as_bytes().get(..2)).is_some();
        let is_q = encoding.eq_ignore_ascii_case("q");
        if !(is_q && escape && has_end(after)) {
            return Some((text.get(..end)?, after));
        }
        from = end + 2;
    }
    if near.len() < text.len() {
        return None;
    }
    // Cut off at the end of the field: all of it is the word, if it looks like one.
    let blank = memchr2(b' ', b'?', text.as_bytes()).is_some();
    (!blank && !text.is_empty()).then_some((text, ""))
}

/// Whether a word that goes on here ends before the next one starts.
fn has_end(text: &str) -> bool {
    let near = text.as_bytes().get(..WORD_BYTES_MAX).unwrap_or(text.as_bytes());
    let Some(end) = memmem::find(near, b"?=") else { return false };
    near.get(..=end).is_some_and(|before| memmem::find(before, b"=?").is_none())
}

fn q_decoded(payload: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(payload.len());
    let mut rest = payload.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = if first == b'=' { transfer::hex_pair(tail.get(..2)) } else { None };
        rest = if escaped.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
        bytes.push(escaped.unwrap_or(if first == b'_' { b' ' } else { first }));
    }
    bytes
}
