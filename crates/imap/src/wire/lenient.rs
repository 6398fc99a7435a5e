//! Reads answers that do not keep to the grammar, as many servers send them: words in eight bits,
//! a message with a zero byte, marks of odd letters, a date that never was, numbers that run
//! backwards.
//!
//! What `imap-codec` can read never comes here. What comes here was cut where an answer ends, its
//! literals inside; a message counts only if its parts fit together up to the very end, since
//! otherwise the server lied about a length and half of another answer would be taken for mail.
//!
//! Must not: panic, or take longer than once through.

mod cursor;

use super::answer::{Answer, Fetched, Listed, Outcome, Strange, Words};
use super::code::Code;
use crate::{Capabilities, Flag, UidSet, moment};
use cursor::{Cursor, Value};

/// Reads one answer, with its line end and its literals.
pub fn read(bytes: &[u8]) -> Answer {
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if let Some(rest) = line.strip_prefix(b"+") {
        return Answer::GoOn(rest.trim_ascii_start().to_vec());
    }
    if let Some(rest) = line.strip_prefix(b"*") {
        return untagged(rest.trim_ascii_start());
    }
    tagged(line).unwrap_or(Answer::Strange(Strange::Outside))
}

fn word(line: &[u8]) -> (&[u8], &[u8]) {
    let end = line.iter().position(|byte| *byte == b' ').unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    (word, rest.strip_prefix(b" ").unwrap_or(rest))
}

fn tagged(line: &[u8]) -> Option<Answer> {
    let (tag, rest) = word(line);
    let tag = std::str::from_utf8(tag).ok().filter(|tag| {
        (1..=20).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })?;
    let (kind, rest) = word(rest);
    Some(Answer::Done(tag.to_owned(), outcome(kind)?, words(rest)))
}

fn outcome(word: &[u8]) -> Option<Outcome> {
    let known = [(&b"OK"[..], Outcome::Ok), (b"NO", Outcome::No), (b"BAD", Outcome::Bad)];
    known.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, outcome)| outcome)
}

/// The longest words of a server that are looked at.
const WORDS_BYTES_MAX: usize = 8 << 10;

fn words(line: &[u8]) -> Words {
    let line = line.get(..WORDS_BYTES_MAX).unwrap_or(line);
    let text = String::from_utf8_lossy(line);
    if let Some(rest) = text.strip_prefix('[')
        && let Some((code, text)) = rest.split_once(']')
    {
        return Words { code: Some(Code::parse(code)), text: text.trim().to_owned() };
    }
    Words { code: None, text: text.trim().to_owned() }
}

fn untagged(line: &[u8]) -> Answer {
    let (first, rest) = word(line);
    if let Some(outcome) = outcome(first) {
        return Answer::Remark(outcome, words(rest));
    }
    let name = first.to_ascii_uppercase();
    let found = match name.as_slice() {
        b"BYE" => Some(Answer::Bye(words(rest))),
        b"PREAUTH" => Some(Answer::Greeting(words(rest), true)),
        b"CAPABILITY" => Some(Answer::Capability(names(rest))),
        b"ENABLED" => Some(Answer::Enabled(names(rest))),
        b"LIST" | b"XLIST" => list(rest).map(Answer::List),
        b"SEARCH" => {
            return search(rest).map_or(Answer::Strange(Strange::Message), Answer::Search);
        }
        b"VANISHED" => return vanished(rest).unwrap_or(Answer::Strange(Strange::Message)),
        b"LSUB" | b"FLAGS" | b"STATUS" | b"ID" | b"NAMESPACE" | b"QUOTA" => Some(Answer::Other),
        digits if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => {
            return numbered(digits, rest);
        }
        _ => None,
    };
    found.unwrap_or(Answer::Strange(Strange::Untagged))
}

fn names(line: &[u8]) -> Capabilities {
    let text = String::from_utf8_lossy(line);
    Capabilities::of(text.split_ascii_whitespace())
}

fn number(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn search(line: &[u8]) -> Option<UidSet> {
    let text = std::str::from_utf8(line).ok()?;
    // A state of changes in parentheses may follow.
    let text = text.split('(').next().unwrap_or_default();
    // A server that gives 0 means no message.
    text.split_ascii_whitespace().map(|word| word.parse().ok()).collect()
}

fn vanished(line: &[u8]) -> Option<Answer> {
    let (first, rest) = word(line);
    let (earlier, set) =
        if first.eq_ignore_ascii_case(b"(EARLIER)") { (true, rest) } else { (false, line) };
    let set = std::str::from_utf8(set).ok()?.trim();
    // Nothing is gone where nothing is named.
    let uids = if set.is_empty() { UidSet::new() } else { UidSet::parse(set).ok()? };
    Some(Answer::Vanished { earlier, uids })
}

fn list(line: &[u8]) -> Option<Listed> {
    let mut cursor = Cursor::new(line);
    let Value::List(attributes) = cursor.value()? else { return None };
    cursor.space()?;
    let delimiter = match cursor.value()? {
        Value::Text(text) => String::from_utf8_lossy(&text).chars().next(),
        Value::Nil => None,
        Value::List(_) => return None,
    };
    cursor.space()?;
    // A name with a space in it, and no quotes, goes on to the end.
    let name = match cursor.last_value() {
        Some(Value::Text(name)) => name.into_owned(),
        _ => return None,
    };
    let attributes = attributes.into_iter().filter_map(|value| match value {
        Value::Text(text) => Some(String::from_utf8_lossy(&text).into_owned()),
        _ => None,
    });
    Some(Listed { attributes: attributes.collect(), delimiter, name })
}

fn numbered(digits: &[u8], rest: &[u8]) -> Answer {
    let (name, rest) = word(rest);
    let Some(number) = number(digits) else { return Answer::Strange(Strange::Message) };
    match name.to_ascii_uppercase().as_slice() {
        b"EXISTS" => Answer::Exists(number),
        b"EXPUNGE" => Answer::Expunge(number),
        b"RECENT" => Answer::Other,
        b"FETCH" => match fetch(number, rest) {
            Some(found) => Answer::Fetch(Box::new(found)),
            None => Answer::Strange(Strange::Message),
        },
        _ => Answer::Strange(Strange::Untagged),
    }
}

fn fetch(sequence: u32, line: &[u8]) -> Option<Fetched> {
    let mut cursor = Cursor::new(line);
    let mut found = Fetched { sequence, ..Fetched::default() };
    cursor.opening()?;
    while !cursor.closing() {
        let name = cursor.item_name()?.to_ascii_uppercase();
        cursor.space()?;
        let value = cursor.value()?;
        match (name.as_slice(), value) {
            (b"UID", Value::Text(digits)) => found.uid = Some(number(&digits).filter(|n| *n > 0)?),
            (b"FLAGS", Value::List(all)) => {
                let named = all.iter().filter_map(|value| match value {
                    Value::Text(name) => Flag::parse(&String::from_utf8_lossy(name)),
                    _ => None,
                });
                found.flags = Some(named.collect());
            }
            (b"INTERNALDATE", Value::Text(text)) => {
                found.internal_date = std::str::from_utf8(&text).ok().and_then(moment::read);
            }
            (b"RFC822.SIZE", Value::Text(digits)) => {
                found.size = std::str::from_utf8(&digits).ok().and_then(|text| text.parse().ok());
            }
            (b"MODSEQ", Value::List(all)) => {
                found.modseq = match all.first() {
                    Some(Value::Text(digits)) => {
                        std::str::from_utf8(digits).ok().and_then(|text| text.parse().ok())
                    }
                    _ => None,
                };
            }
            (name, Value::Text(bytes))
                if name == b"RFC822" || name.starts_with(b"BODY[") && name.ends_with(b"]") =>
            {
                found.body = Some(bytes.into_owned());
            }
            // Others were not asked for.
            _ => {}
        }
        cursor.spaces();
    }
    cursor.spaces();
    cursor.is_at_end().then_some(found)
}

#[cfg(test)]
mod tests;
