//! The lines of a card as they were written: where a property begins and ends, and what stands in it.
//!
//! Must not: lose a byte of a line that nobody changes.

use std::borrow::Cow;

use inroad_model::ContactField;

use super::parse_contacts;
use crate::Limits;

/// No line of a card is longer, in bytes without its end (RFC 6350, 3.2).
const LINE_BYTES_MAX: usize = 75;

/// A property with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// As it was written, with its folds and its end.
    pub(super) raw: &'a str,
    /// Without folds and end.
    text: Cow<'a, str>,
}

/// Cuts a card into its properties; put together again they are the card.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    for physical in text.split_inclusive('\n') {
        if at > start && !physical.starts_with([' ', '\t']) {
            found.extend(text.get(start..at).map(Line::of));
            start = at;
        }
        at += physical.len();
    }
    found.extend(text.get(start..).filter(|rest| !rest.is_empty()).map(Line::of));
    found
}

impl<'a> Line<'a> {
    fn of(raw: &'a str) -> Self {
        let without_end = |line: &'a str| line.trim_end_matches(['\r', '\n']);
        let mut physical = raw.split_inclusive('\n').map(without_end);
        let mut text = Cow::Borrowed(physical.next().unwrap_or_default());
        for more in physical {
            text.to_mut().push_str(more.get(1..).unwrap_or_default());
        }
        Self { raw, text }
    }

    /// The place of the colon before the value.
    fn colon(&self) -> usize {
        let mut is_quoted = false;
        let found = self.text.char_indices().find(|(_, c)| {
            is_quoted ^= *c == '"';
            *c == ':' && !is_quoted
        });
        found.map_or(self.text.len(), |(at, _)| at)
    }

    /// Whether it is of the property of that name, in whatever group.
    pub(super) fn is(&self, name: &str) -> bool {
        let head = self.text.get(..self.colon()).unwrap_or_default();
        let own = head.split(';').next().unwrap_or_default();
        own.rsplit('.').next().is_some_and(|own| own.trim().eq_ignore_ascii_case(name))
    }

    pub(super) fn has_parameter(&self, name: &str) -> bool {
        let head = self.text.get(..self.colon()).unwrap_or_default();
        head.split(';').skip(1).any(|one| {
            one.split('=').next().is_some_and(|own| own.trim().eq_ignore_ascii_case(name))
        })
    }

    /// What stands behind the colon, as it is written.
    pub(super) fn value(&self) -> &str {
        self.text.get(self.colon() + 1..).unwrap_or_default()
    }

    /// What a card of this line alone would say.
    pub(super) fn said(&self, field: ContactField) -> Vec<String> {
        let name = if field == ContactField::Name { "" } else { "FN:-\r\n" };
        let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{name}{}\r\nEND:VCARD\r\n", self.text);
        let (contacts, _issues) = parse_contacts(card.as_bytes(), &Limits::default());
        let said = contacts.iter().flat_map(|contact| field.said_by(contact));
        said.map(str::to_owned).collect()
    }

    /// The line with another value.
    pub(super) fn with_value(&self, value: &str) -> String {
        let head = self.text.get(..self.colon()).unwrap_or_default();
        folded(&format!("{head}:{value}"), self.line_end())
    }

    /// How it ends.
    pub(super) fn line_end(&self) -> &'a str {
        let bare = self.raw.trim_end_matches(['\r', '\n']);
        self.raw.get(bare.len()..).unwrap_or_default()
    }
}

/// A property in lines that are short enough.
pub(super) fn folded(text: &str, end: &str) -> String {
    let fold = if end.is_empty() { "\r\n" } else { end };
    let (mut out, mut length) = (String::with_capacity(text.len() + 8), 0);
    for c in text.chars() {
        if length + c.len_utf8() > LINE_BYTES_MAX {
            out.push_str(fold);
            out.push(' ');
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out + end
}

/// A text as a value (RFC 6350, 3.4).
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

/// The text that a value is.
pub(super) fn unescaped(value: &str) -> String {
    let (mut out, mut chars) = (String::with_capacity(value.len()), value.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c) => out.push(c),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

/// The parts of a value that has several, as they are written.
pub(super) fn components(value: &str) -> Vec<String> {
    let (mut parts, mut is_hidden) = (vec![String::new()], false);
    for c in value.chars() {
        if c == ';' && !is_hidden {
            parts.push(String::new());
            continue;
        }
        is_hidden = c == '\\' && !is_hidden;
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn put_together_again_they_are_the_card(text in "[A-Za-z:; \t\r\n\\\\é]{0,80}") {
            let together: String = lines(&text).iter().map(|line| line.raw).collect();
            prop_assert_eq!(together, text);
        }

        #[test]
        fn folding_and_escaping_lose_nothing(text in "[^\r\n]{0,200}") {
            prop_assert_eq!(&unescaped(&escaped(&text)), &text);
            let folded = folded(&format!("X:{text}"), "\r\n");
            prop_assert!(folded.lines().all(|line| line.len() <= LINE_BYTES_MAX));
            let lines = lines(&folded);
            prop_assert_eq!(lines.len(), 1);
            prop_assert_eq!(lines[0].value(), text.as_str());
        }
    }
}
