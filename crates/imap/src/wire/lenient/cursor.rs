//! A place in an answer, and what stands there: words, quoted texts, literals, lists.

use std::borrow::Cow;

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, [u8]>),
    List(Vec<Value<'a>>),
    Nil,
}

/// Lists in lists, at the most.
const DEPTH_MAX: usize = 10;

/// A place in an answer.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn takes(&mut self, byte: u8) -> Option<()> {
        self.rest = self.rest.strip_prefix(&[byte])?;
        Some(())
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn space(&mut self) -> Option<()> {
        self.takes(b' ')?;
        self.spaces();
        Some(())
    }

    pub(super) fn spaces(&mut self) {
        while self.takes(b' ').is_some() {}
    }

    pub(super) fn opening(&mut self) -> Option<()> {
        self.spaces();
        self.takes(b'(')?;
        self.spaces();
        Some(())
    }

    pub(super) fn closing(&mut self) -> bool {
        self.takes(b')').is_some()
    }

    fn word(&mut self, ends: impl Fn(u8) -> bool) -> Option<&'a [u8]> {
        let end = self.rest.iter().position(|byte| ends(*byte)).unwrap_or(self.rest.len());
        self.take(end).filter(|word| !word.is_empty())
    }

    /// The name of an item such as `UID` or `BODY[HEADER.FIELDS (DATE)]<0>`.
    pub(super) fn item_name(&mut self) -> Option<&'a [u8]> {
        let mut is_inside = false;
        let mut end = self.rest.len();
        for (at, byte) in self.rest.iter().enumerate() {
            match byte {
                b'[' => is_inside = true,
                b']' => is_inside = false,
                b'\r' | b'\n' => return None,
                b' ' | b'(' | b')' if !is_inside => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        self.take(end).filter(|name| !name.is_empty())
    }

    /// What stands here, whatever it is.
    pub(super) fn value(&mut self) -> Option<Value<'a>> {
        self.value_at(0)
    }

    fn value_at(&mut self, depth: usize) -> Option<Value<'a>> {
        match self.rest.first()? {
            b'(' => self.list(depth),
            b'"' => self.quoted().map(Value::Text),
            b'{' | b'~' if self.is_literal() => {
                self.literal().map(|bytes| Value::Text(Cow::Borrowed(bytes)))
            }
            _ => {
                let word = self.word(|byte| matches!(byte, b' ' | b'(' | b')' | b'\r' | b'\n'))?;
                let nil = word.eq_ignore_ascii_case(b"NIL");
                Some(if nil { Value::Nil } else { Value::Text(Cow::Borrowed(word)) })
            }
        }
    }

    /// What stands here, if nothing follows it; or else everything up to the end as one word.
    pub(super) fn last_value(mut self) -> Option<Value<'a>> {
        let all = self.rest;
        if let Some(value) = self.value()
            && self.rest.iter().all(|byte| *byte == b' ')
        {
            return Some(value);
        }
        let is_one_line = !all.is_empty() && !all.iter().any(|byte| matches!(byte, b'\r' | b'\n'));
        is_one_line.then_some(Value::Text(Cow::Borrowed(all)))
    }

    fn list(&mut self, depth: usize) -> Option<Value<'a>> {
        if depth >= DEPTH_MAX {
            return None;
        }
        self.opening()?;
        let mut values = Vec::new();
        while !self.closing() {
            values.push(self.value_at(depth + 1)?);
            self.spaces();
        }
        Some(Value::List(values))
    }

    fn quoted(&mut self) -> Option<Cow<'a, [u8]>> {
        self.takes(b'"')?;
        let end = self.rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
        if self.rest.get(end) == Some(&b'"') {
            let text = self.take(end)?;
            self.takes(b'"')?;
            return Some(Cow::Borrowed(text));
        }
        let mut text = Vec::new();
        let mut bytes = self.rest.iter();
        loop {
            match bytes.next()? {
                b'"' => break,
                b'\\' => text.push(*bytes.next()?),
                byte => text.push(*byte),
            }
        }
        self.rest = bytes.as_slice();
        Some(Cow::Owned(text))
    }

    fn is_literal(&self) -> bool {
        let rest = self.rest.strip_prefix(b"~").unwrap_or(self.rest);
        matches!(rest, [b'{', digit, ..] if digit.is_ascii_digit())
    }

    fn literal(&mut self) -> Option<&'a [u8]> {
        let _binary = self.takes(b'~');
        self.takes(b'{')?;
        let digits = self.word(|byte| !byte.is_ascii_digit())?;
        let _at_once = self.takes(b'+');
        self.takes(b'}')?;
        let _return = self.takes(b'\r');
        self.takes(b'\n')?;
        self.take(std::str::from_utf8(digits).ok()?.parse().ok()?)
    }
}
