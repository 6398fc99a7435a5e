//! How far a folder of a mailbox was read, as it is kept.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// What IMAP needs to go on from there. All zero before anything was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The server's word under which its numbers hold; others mean nothing.
    pub uid_validity: u32,
    /// Every message below that number was looked at, which arrived on `since` or later.
    pub uid_next: u32,
    /// How many messages the folder held.
    #[serde(default)]
    pub exists: u32,
    /// Whether the folder was read to its end once. Until then what is known is a part of it.
    #[serde(default)]
    pub is_complete: bool,
    /// Whether what all mail tells together was worked out since it was last read to its end.
    #[serde(default)]
    pub is_weighed: bool,
    /// Up to which change of flags and deletions it was read, where the server counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modseq: Option<u64>,
    /// How often in a row the server listed messages of it and did not give them.
    #[serde(default, skip_serializing_if = "is_none")]
    pub not_given: u8,
    /// From which day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &u8) -> bool {
    *count == 0
}

impl Position {
    pub(crate) fn parse(kept: &str) -> Result<Self> {
        serde_json::from_str(kept).map_err(|cause| Error::Internal {
            what: format!("how far a folder was read: {cause}"),
        })
    }

    pub(crate) fn to_json(self) -> Result<String> {
        serde_json::to_string(&self).map_err(|cause| Error::Internal { what: cause.to_string() })
    }

    /// Whether all that was looked at is all that is asked for now: nothing before was left out.
    pub(crate) fn reaches_back_to(&self, since: Option<Date>) -> bool {
        match (self.since, since) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(was), Some(is)) => was <= is,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_day_asks_for_more() {
        let day = |day| jiff::civil::date(2026, 5, day);
        let position = |since| Position { since, ..Position::default() };
        for (was, is, reaches) in [
            (None, None, true),
            (None, Some(day(1)), true),
            (Some(day(1)), None, false),
            (Some(day(1)), Some(day(1)), true),
            (Some(day(1)), Some(day(2)), true),
            (Some(day(2)), Some(day(1)), false),
        ] {
            assert_eq!(position(was).reaches_back_to(is), reaches, "{was:?} {is:?}");
        }
    }

    #[test]
    fn it_is_kept_as_it_was() {
        let position = Position {
            uid_validity: 7,
            uid_next: 9,
            modseq: Some(u64::MAX),
            ..Position::default()
        };
        assert_eq!(Position::parse(&position.to_json().unwrap()).unwrap(), position);
        assert_eq!(
            Position::parse("{\"uid_validity\":0,\"uid_next\":0}").unwrap(),
            Position::default()
        );
        assert!(Position::parse("{}").is_err());
    }
}
