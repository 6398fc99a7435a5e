//! Whoever tries too often in vain waits: by what they try, under whose name, and from which machine.
//!
//! A try is counted before anything is compared, and taken back if it was right: so however many come at once, no
//! more than so many are compared.

use std::net::IpAddr;

use inroad_model::{EmailAddress, Moment};
use jiff::SignedDuration;

use super::Caller;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// For so long what was tried in vain counts.
const COUNTS_FOR: SignedDuration = SignedDuration::from_mins(15);
/// Of one person from one machine; of codes and of a password that is asked for once more, from wherever.
const OF_ONE_MAX: u32 = 10;
/// Of one person's password from all machines together: more than anybody mistypes, so that a stranger who
/// tries all day keeps nobody out for long.
const OF_ALL_MAX: u32 = 100;
/// From one machine, behind which a whole office may sit.
const FROM_A_MACHINE_MAX: u32 = 50;

/// What is tried.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tried<'a> {
    /// A password, under what was typed for an address.
    Password(&'a str),
    /// A code, by somebody whose password was right.
    Code(Option<&'a EmailAddress>),
    /// Their password once more, by somebody who is signed in.
    Again(Option<&'a EmailAddress>),
    /// A passkey of theirs, by whoever claims to have it.
    #[cfg(feature = "passkeys")]
    Passkey(Option<&'a EmailAddress>),
    /// A link.
    Link,
}

/// A try that was counted.
#[derive(Debug)]
pub(super) struct Counted {
    buckets: Vec<(String, u32)>,
    /// Whether the next one has to wait.
    pub(super) is_last: bool,
}

impl Tried<'_> {
    /// Where it counts, each with how many are let through. What was typed may be anything: only hashes are kept.
    fn buckets(self, caller: &Caller) -> Vec<(String, u32)> {
        let of = |kind: &str, name: &str| {
            let hash = blake3::hash(name.as_bytes()).to_hex();
            format!("{kind} {}", hash.chars().take(32).collect::<String>())
        };
        let whose = |whose: Option<&EmailAddress>| whose.map_or("", |w| w.as_str()).to_owned();
        let machine = machine(&caller.from);
        let mut buckets = match self {
            Self::Password(name) => vec![
                (of("password from", &format!("{name} {machine}")), OF_ONE_MAX),
                (of("password", name), OF_ALL_MAX),
            ],
            Self::Code(who) => vec![(of("code", &whose(who)), OF_ONE_MAX)],
            Self::Again(who) => vec![(of("again", &whose(who)), OF_ONE_MAX)],
            #[cfg(feature = "passkeys")]
            Self::Passkey(who) => vec![(of("passkey", &whose(who)), OF_ONE_MAX)],
            Self::Link => Vec::new(),
        };
        buckets.push((of("machine", &machine), FROM_A_MACHINE_MAX));
        buckets
    }
}

/// What counts as one machine: of the newer kind of address, whoever has one has the half of it for themselves.
fn machine(from: &str) -> String {
    let Ok(address) = from.parse::<IpAddr>() else { return from.to_owned() };
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

impl Inroad {
    /// Counts a try, and refuses whoever has to wait.
    ///
    /// # Errors
    /// [`Error::TooOften`].
    pub(super) async fn may_try(
        &self,
        tried: Tried<'_>,
        caller: &Caller,
        at: Moment,
    ) -> Result<Counted> {
        let buckets = tried.buckets(caller);
        let named: Vec<(&str, u32)> =
            buckets.iter().map(|(bucket, max)| (bucket.as_str(), *max)).collect();
        let oldest = Moment::utc(at.timestamp() - COUNTS_FOR);
        let attempted = self.store.count_try(&named, at, oldest).await?;
        if let Some(since) = attempted.too_many_since {
            let over = since.timestamp() + COUNTS_FOR;
            let seconds = over.duration_since(at.timestamp()).as_secs().unsigned_abs().max(1);
            return Err(Error::TooOften { seconds });
        }
        Ok(Counted { buckets, is_last: attempted.is_last })
    }

    /// Somebody came back well whom a provider sent, or showed the passkey that was asked for: that they were sent or
    /// asked counts no more.
    #[cfg(any(feature = "oidc", feature = "passkeys"))]
    pub(super) async fn came_well(&self, caller: &Caller) -> Result<()> {
        let counted = Counted { buckets: Tried::Link.buckets(caller), is_last: false };
        self.tried_well(&counted).await
    }

    /// It was right: they may be wrong as often again. What else came from their machine still counts: others may
    /// sit there.
    pub(super) async fn tried_well(&self, counted: &Counted) -> Result<()> {
        let Some(((machine, _), own)) = counted.buckets.split_last() else { return Ok(()) };
        let own: Vec<&str> = own.iter().map(|(bucket, _)| bucket.as_str()).collect();
        Ok(self.store.take_try_back(&[machine], &own).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_machine_has_one_address_or_half_of_a_long_one() {
        for (from, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
            ("2001:db8:1:2::9", "2001:db8:1:2"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("", ""),
        ] {
            assert_eq!(machine(from), expected, "{from}");
        }
    }
}
