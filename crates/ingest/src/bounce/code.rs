//! Reply codes of mail servers (RFC 5321: `550`) and enhanced status codes (RFC 3463: `5.1.1`)
//! in their words.
//!
//! Must not: take any number for a code; what surrounds it has to fit.

/// The codes in a piece of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Codes {
    /// The first enhanced status code that is no `x.0.0`, else the first.
    pub(super) status: Option<String>,
    /// The first digit of the first reply code: 4 or 5.
    pub(super) reply: Option<u8>,
}

/// How much of a text is searched, in bytes.
const TEXT_BYTES_MAX: usize = 8 << 10;

impl Codes {
    /// Reads the codes of a text, from left to right.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let bytes = bytes.get(..TEXT_BYTES_MAX).unwrap_or(bytes);
        let mut codes = Self::default();
        let mut at = 0;
        while let Some(skip) = bytes.get(at..).and_then(|r| r.iter().position(u8::is_ascii_digit)) {
            let start = at + skip;
            let run = bytes.get(start..).unwrap_or_default();
            let n = run.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
            let token = run.get(..n).unwrap_or_default();
            let bare = token.trim_ascii_end();
            let bare = bare.strip_suffix(b".").unwrap_or(bare);
            codes.take(bytes.get(..start).unwrap_or_default(), bare, run.get(bare.len()..));
            at = start + n.max(1);
        }
        codes
    }

    /// The class that the codes give: 2, 4 or 5.
    pub(super) fn class(&self) -> Option<u8> {
        self.status.as_deref().and_then(class_of).or(self.reply)
    }

    /// Whether there is any.
    pub(super) fn any(&self) -> bool {
        self.status.is_some() || self.reply.is_some()
    }

    fn take(&mut self, before: &[u8], token: &[u8], after: Option<&[u8]>) {
        let glued = before.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.');
        let next = after.and_then(|after| after.first()).copied();
        let goes_on = next.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'/');
        if glued || goes_on {
            return;
        }
        if is_enhanced(token) {
            let text = String::from_utf8_lossy(token).into_owned();
            let general = |status: &str| status.ends_with(".0.0");
            let worse = self.status.as_deref().is_some_and(|known| {
                general(known) && !general(&text) && class_of(known) == class_of(&text)
            });
            if self.status.is_none() || worse {
                self.status = Some(text);
            }
        } else if self.reply.is_none() && is_reply(token) && speaks(before, next) {
            self.reply = token.first().map(|digit| digit - b'0');
        }
    }
}

/// The class of an enhanced status code: 2, 4 or 5.
pub(super) fn class_of(status: &str) -> Option<u8> {
    match status.as_bytes().first() {
        Some(digit @ (b'2' | b'4' | b'5')) => Some(digit - b'0'),
        _ => None,
    }
}

fn is_enhanced(token: &[u8]) -> bool {
    let mut parts = token.split(|&b| b == b'.');
    let class = matches!(parts.next(), Some(b"4" | b"5"));
    let numbers = [parts.next(), parts.next()];
    let fits = |part: Option<&[u8]>| part.is_some_and(|p| matches!(p.len(), 1..=3));
    class && numbers.into_iter().all(fits) && parts.next().is_none()
}

fn is_reply(token: &[u8]) -> bool {
    matches!(token, [b'4' | b'5', b'0'..=b'7', b'0'..=b'9'])
}

/// Words behind which a code stands.
const CODE_WORDS: [&[u8]; 9] =
    [b"said", b"error", b"code", b"status", b"response", b"smtp", b"returned", b"with", b"reply"];

/// Whether a server's words stand around a number: it starts the line, or follows a mark or a
/// word that announces one.
fn speaks(before: &[u8], next: Option<u8>) -> bool {
    let before = before.trim_ascii_end();
    let follows = next.is_none_or(|b| {
        matches!(
            b,
            b' ' | b'-'
                | b':'
                | b'\n'
                | b'\r'
                | b'>'
                | b')'
                | b'#'
                | b']'
                | b','
                | b'\t'
                | b'"'
                | b'\''
        )
    });
    let line = before.rsplit(|&b| b == b'\n').next().unwrap_or_default();
    let starts = before.is_empty() || line.trim_ascii().is_empty();
    let mark = before.last().is_some_and(|b| b":(#[;<>\"'=*".contains(b));
    let word = line.rsplit(|b| !b.is_ascii_alphabetic()).next().unwrap_or_default();
    follows && (starts || mark || CODE_WORDS.iter().any(|w| word.eq_ignore_ascii_case(w)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, status: Option<&str>, reply: Option<u8>) {
        let codes = Codes::of(text);
        assert_eq!((codes.status.as_deref(), codes.reply), (status, reply), "{text}");
    }

    #[test]
    fn codes_among_other_numbers() {
        check("550 5.1.1 <a@b.example>... User unknown", Some("5.1.1"), Some(5));
        check("smtp; 421-4.7.0 try later", Some("4.7.0"), Some(4));
        check("Sorry, no mailbox here by that name. (#5.1.1)", Some("5.1.1"), None);
        check("host mx.example [192.0.2.5] said: 552 over quota", None, Some(5));
        check("host mx.example [5.1.1.4] is version 5.1.1a of 550 servers", None, None);
        check("5.0.0 then 5.1.1", Some("5.1.1"), None);
        check("call 555 1234", None, None);
        check("we sent 500 letters on 4.5.2026", None, None);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9. a#(<\\PC]{0,60}") {
            let _codes = Codes::of(&text);
        }
    }
}
