//! What stands in brackets before a server's words: `[UIDVALIDITY 7]`, `[UNAVAILABLE]`.

use imap_codec::imap_types::response::Code as Theirs;

use crate::{Capabilities, UidSet};

/// A response code, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// What the server offers.
    Capability(Capabilities),
    /// Under which validity numbers are given; 0 where a server says that.
    UidValidity(u32),
    /// The next number.
    UidNext(u32),
    /// The state of changes.
    HighestModSeq(u64),
    /// Changes are not counted.
    NoModSeq,
    /// Under which validity and number a message was put into a folder.
    AppendUid(u32, u32),
    /// The words are for the person.
    Alert,
    /// Any other, its first word in upper case.
    Other(String),
}

impl Code {
    pub(crate) fn of(theirs: &Theirs<'_>) -> Self {
        match theirs {
            Theirs::Alert => Self::Alert,
            Theirs::Capability(all) => {
                let names: Vec<String> = all.as_ref().iter().map(ToString::to_string).collect();
                Self::Capability(Capabilities::of(names.iter().map(String::as_str)))
            }
            Theirs::UidNext(next) => Self::UidNext(next.get()),
            Theirs::UidValidity(validity) => Self::UidValidity(validity.get()),
            Theirs::HighestModSeq(state) => Self::HighestModSeq(state.get()),
            Theirs::NoModSeq => Self::NoModSeq,
            Theirs::AppendUid { uid_validity, uid } => {
                Self::AppendUid(uid_validity.get(), uid.get())
            }
            Theirs::OverQuota => Self::Other("OVERQUOTA".to_owned()),
            Theirs::TryCreate => Self::Other("TRYCREATE".to_owned()),
            Theirs::TooBig => Self::Other("TOOBIG".to_owned()),
            Theirs::Closed => Self::Other("CLOSED".to_owned()),
            Theirs::UidNotSticky => Self::Other("UIDNOTSTICKY".to_owned()),
            Theirs::Other(other) => Self::parse(&String::from_utf8_lossy(other.inner())),
            _ => Self::Other(String::new()),
        }
    }

    /// Reads what stands between the brackets.
    pub(crate) fn parse(text: &str) -> Self {
        let mut words = text.split_ascii_whitespace();
        let name: String = words.next().unwrap_or_default().chars().take(40).collect();
        let name = name.to_ascii_uppercase();
        let first = words.next();
        let number = |word: Option<&str>| word.and_then(|word| word.parse::<u32>().ok());
        match name.as_str() {
            "ALERT" => Self::Alert,
            "CAPABILITY" => Self::Capability(Capabilities::in_text(text).unwrap_or_default()),
            "UIDVALIDITY" => Self::UidValidity(number(first).unwrap_or(0)),
            "UIDNEXT" => Self::UidNext(number(first).unwrap_or(0)),
            "HIGHESTMODSEQ" => match first.and_then(|word| word.parse().ok()) {
                Some(state) if state > 0 => Self::HighestModSeq(state),
                _ => Self::NoModSeq,
            },
            "NOMODSEQ" => Self::NoModSeq,
            "APPENDUID" => {
                let uid = words.next().and_then(|word| UidSet::parse(word).ok());
                match (number(first), uid.and_then(|set| set.first())) {
                    (Some(validity), Some(uid)) if validity > 0 => Self::AppendUid(validity, uid),
                    _ => Self::Other(name),
                }
            }
            _ => Self::Other(name),
        }
    }

    /// Whether it is that other one.
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Other(other) if other == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes() {
        let check = |text: &str, expected: Code| assert_eq!(Code::parse(text), expected, "{text}");
        check("UIDVALIDITY 0", Code::UidValidity(0));
        check("uidnext 12", Code::UidNext(12));
        check("HIGHESTMODSEQ 0", Code::NoModSeq);
        check("HIGHESTMODSEQ 18446744073709551615", Code::HighestModSeq(u64::MAX));
        check("APPENDUID 7 12", Code::AppendUid(7, 12));
        check("APPENDUID 0 12", Code::Other("APPENDUID".into()));
        check("unavailable", Code::Other("UNAVAILABLE".into()));
        check(
            "CAPABILITY IMAP4rev1 IDLE",
            Code::Capability(Capabilities::of(["IMAP4REV1", "IDLE"])),
        );
        check("", Code::Other(String::new()));
    }
}
