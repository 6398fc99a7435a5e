//! What a person's act on a shown letter brings back: which letter, as of when, and the fingerprint of its bytes.
//!
//! The Message-ID is drawn when the letter is shown. So the same act done twice, by a second click or by a
//! program that is started again, means the same letter, and a letter of an id is begun once.

use std::fmt;
use std::str::FromStr;

use inroad_model::{EmailAddress, MessageId, Moment};
use inroad_submission::{Fingerprint, new_message_id};
use jiff::{Timestamp, ToSpan};

use crate::{Error, Result};

/// A letter that was shown, as the act on it names it. It is no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    random: [u8; 16],
    /// When it was shown: the date of the letter.
    shown_at: Moment,
    pub(super) fingerprint: Fingerprint,
}

/// A text that is no approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That does not name a letter that was shown; look at the letter anew")]
pub struct InvalidApproval;

/// What was shown longer ago is shown anew: meanwhile somebody may have asked for no more mail.
const MINUTES_MAX: i64 = 60;
/// A clock may run ahead a little.
const MINUTES_AHEAD_MAX: i64 = 5;

/// A letter that is about to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drawn {
    random: [u8; 16],
    /// To the second, as a header says it.
    pub(super) shown_at: Moment,
}

impl Drawn {
    /// A new one.
    pub(super) fn now(at: Moment) -> Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)
            .map_err(|cause| Error::Internal { what: cause.to_string() })?;
        let second = Timestamp::from_second(at.timestamp().as_second());
        let second = second.unwrap_or(at.timestamp());
        Ok(Self { random, shown_at: Moment::new(second, at.offset()) })
    }

    pub(super) fn message_id(&self, from: &EmailAddress) -> MessageId {
        new_message_id(from, self.random)
    }

    pub(super) fn approval(self, fingerprint: Fingerprint) -> Approval {
        Approval { random: self.random, shown_at: self.shown_at, fingerprint }
    }
}

impl Approval {
    pub(super) fn drawn(&self) -> Drawn {
        Drawn { random: self.random, shown_at: self.shown_at }
    }

    /// Refuses what was shown too long ago.
    pub(super) fn must_be_fresh(&self, now: Moment) -> Result<()> {
        let shown = self.shown_at.timestamp();
        let is_between = |from: i64, until: i64| {
            let at = |minutes: i64| now.timestamp().checked_add(minutes.minutes());
            at(from).is_ok_and(|from| from <= shown) && at(until).is_ok_and(|until| shown <= until)
        };
        if is_between(-MINUTES_MAX, MINUTES_AHEAD_MAX) {
            return Ok(());
        }
        let what = "This letter was shown more than an hour ago; look at it once more".to_owned();
        Err(Error::Conflict { what })
    }
}

impl fmt::Display for Approval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.random {
            write!(f, "{byte:02x}")?;
        }
        write!(f, "/{}/{}", self.shown_at, self.fingerprint)
    }
}

impl FromStr for Approval {
    type Err = InvalidApproval;

    fn from_str(text: &str) -> std::result::Result<Self, InvalidApproval> {
        let mut parts = text.trim().splitn(3, '/');
        let mut next = || parts.next().ok_or(InvalidApproval);
        let (random, shown_at, fingerprint) = (next()?, next()?, next()?);
        Ok(Self {
            random: sixteen_bytes(random).ok_or(InvalidApproval)?,
            shown_at: shown_at.parse().map_err(|_odd| InvalidApproval)?,
            fingerprint: fingerprint.parse().map_err(|_odd| InvalidApproval)?,
        })
    }
}

fn sixteen_bytes(text: &str) -> Option<[u8; 16]> {
    let is_plain = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let number = is_plain.then(|| u128::from_str_radix(text, 16).ok()).flatten()?;
    Some(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use inroad_submission::Envelope;

    use super::*;

    fn approval(at: &str) -> Approval {
        let from: EmailAddress = "me@a.example".parse().unwrap();
        let envelope = Envelope::new(from, ["b@b.example".parse().unwrap()]).unwrap();
        let drawn = Drawn { random: [0x0f; 16], shown_at: at.parse().unwrap() };
        drawn.approval(Fingerprint::of(&envelope, b"text"))
    }

    #[test]
    fn it_is_read_again() {
        let shown = approval("2026-03-02T09:30:00+01:00");
        assert_eq!(shown.to_string().parse(), Ok(shown.clone()));
        let text = shown.to_string();
        for odd in [
            String::new(),
            text.replacen('0', "g", 1),
            text.replacen('0', "+", 1),
            text.replacen('/', "", 1),
            text.strip_suffix(|_: char| true).unwrap().to_owned(),
            format!("{text}0"),
        ] {
            assert_eq!(odd.parse::<Approval>(), Err(InvalidApproval), "{odd}");
        }
    }

    #[test]
    fn it_is_drawn_to_the_second() {
        let at: Moment = "2026-03-02T09:30:00.75+01:00".parse().unwrap();
        let drawn = Drawn::now(at).unwrap();
        assert_eq!(drawn.shown_at.to_string(), "2026-03-02T09:30:00+01:00");
        assert_ne!(Drawn::now(at).unwrap(), drawn);
    }

    #[test]
    fn an_old_one_is_shown_anew() {
        let check = |now: &str, expected: bool| {
            let fresh = approval("2026-03-02T09:30:00+01:00").must_be_fresh(now.parse().unwrap());
            assert_eq!(fresh.is_ok(), expected, "{now}");
        };
        check("2026-03-02T09:30:00+01:00", true);
        check("2026-03-02T09:30:00Z", true);
        check("2026-03-02T09:30:01Z", false);
        check("2026-03-02T08:25:00Z", true);
        check("2026-03-02T08:24:59Z", false);
    }
}
