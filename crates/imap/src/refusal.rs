//! What a server means that says no: by the word in brackets (RFC 5530), or else by what it says.
//!
//! Must not: do anything about it.

use crate::error::{Error, Kind, Step};
use crate::wire::answer::{Outcome, Words};

/// Words in brackets, and what they mean.
const CODES: [(&str, Kind); 19] = [
    ("UNAVAILABLE", Kind::Busy),
    ("INUSE", Kind::Busy),
    ("LIMIT", Kind::Busy),
    ("SERVERBUG", Kind::Busy),
    ("EXPUNGEISSUED", Kind::Busy),
    ("THROTTLED", Kind::Busy),
    ("SYS/TEMP", Kind::Busy),
    ("AUTHENTICATIONFAILED", Kind::Password),
    ("EXPIRED", Kind::Password),
    ("AUTH", Kind::Password),
    ("AUTHORIZATIONFAILED", Kind::NotAllowed),
    ("CONTACTADMIN", Kind::NotAllowed),
    ("NOPERM", Kind::NotAllowed),
    ("SYS/PERM", Kind::NotAllowed),
    ("PRIVACYREQUIRED", Kind::NoEncryption),
    ("NONEXISTENT", Kind::FolderGone),
    ("TRYCREATE", Kind::FolderGone),
    ("OVERQUOTA", Kind::Full),
    ("TOOBIG", Kind::CannotSend),
];

/// What servers say, in lower case, that have no time.
const BUSY: [&str; 10] = [
    "too many",
    "try again",
    "try later",
    "temporar",
    "throttl",
    "unavailable",
    "rate limit",
    "overload",
    "server busy",
    "timeout",
];

/// What servers say, in lower case, that do not know a folder.
const GONE: [&str; 7] = [
    "doesn't exist",
    "does not exist",
    "not exist",
    "not found",
    "no such",
    "unknown mailbox",
    "unknown folder",
];

/// The error for a command that was not done.
pub(crate) fn refusal(step: Step, outcome: Outcome, words: &Words) -> Error {
    Error::new(kind(step, outcome, words), step).saying(&words.text)
}

fn kind(step: Step, outcome: Outcome, words: &Words) -> Kind {
    let known = words
        .code
        .as_ref()
        .and_then(|code| CODES.iter().find(|(name, _)| code.is(name)))
        .map(|(_, kind)| *kind);
    if let Some(kind) = known {
        // Only who signs in can have a wrong password.
        return match (kind, step) {
            (Kind::Password, step) if step != Step::SignIn => Kind::NotAllowed,
            (kind, _) => kind,
        };
    }
    let text = words.text.to_lowercase();
    let says = |list: &[&str]| list.iter().any(|words| text.contains(words));
    match step {
        _ if says(&BUSY) => Kind::Busy,
        Step::SignIn if outcome == Outcome::No => Kind::Password,
        Step::Open | Step::Append | Step::Find if says(&GONE) => Kind::FolderGone,
        Step::Append if text.contains("quota") => Kind::Full,
        _ => Kind::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::answer::Code;

    #[test]
    fn what_is_meant() {
        let check = |step, code: Option<&str>, text: &str, expected| {
            let words = Words { code: code.map(Code::parse), text: text.to_owned() };
            assert_eq!(kind(step, Outcome::No, &words), expected, "{text}");
        };
        check(Step::SignIn, Some("AUTHENTICATIONFAILED"), "Invalid credentials", Kind::Password);
        check(Step::SignIn, None, "LOGIN failed.", Kind::Password);
        check(Step::SignIn, None, "密码错误", Kind::Password);
        check(Step::SignIn, Some("ALERT"), "Too many simultaneous connections.", Kind::Busy);
        check(Step::SignIn, Some("UNAVAILABLE"), "Temporary authentication failure", Kind::Busy);
        check(Step::SignIn, Some("PRIVACYREQUIRED"), "Plaintext", Kind::NoEncryption);
        check(Step::Open, Some("NONEXISTENT"), "Unknown", Kind::FolderGone);
        check(Step::Open, None, "Mailbox doesn't exist: X", Kind::FolderGone);
        check(Step::Open, Some("AUTHENTICATIONFAILED"), "Session expired", Kind::NotAllowed);
        check(Step::Open, None, "I would rather not", Kind::Refused);
        check(Step::Append, Some("TRYCREATE"), "Create it", Kind::FolderGone);
        check(Step::Append, Some("OVERQUOTA"), "Full", Kind::Full);
        check(Step::Append, None, "Quota exceeded", Kind::Full);
        check(Step::Fetch, Some("INUSE"), "Locked", Kind::Busy);
        check(Step::Fetch, None, "Some messages could not be fetched", Kind::Refused);
        let bad = Words { code: None, text: "Unknown command".to_owned() };
        assert_eq!(kind(Step::SignIn, Outcome::Bad, &bad), Kind::Refused);
    }
}
