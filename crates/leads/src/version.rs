//! Versions of the definition: proposed by one side, counting once both have signed.

use std::collections::BTreeMap;

use inroad_model::{Moment, Remark};
use serde::{Deserialize, Serialize};

use crate::definition::Definition;
use crate::who::Who;

/// One of the two who agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who finds leads and hands them over.
    Marketing,
    /// Who takes them on.
    Sales,
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Marketing, Self::Sales];

    /// The name in forms and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Marketing => "marketing",
            Self::Sales => "sales",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.as_str() == name)
    }
}

/// Who signed for a side, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// Who.
    pub by: Who,
    /// When.
    pub at: Moment,
}

/// One version.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// When it was proposed.
    pub at: Moment,
    /// By whom.
    pub by: Who,
    /// Why, if they said it.
    pub because: Option<Remark>,
    /// What it says.
    pub definition: Definition,
    /// Who signed it.
    pub signed: BTreeMap<Side, Signature>,
}

impl Version {
    /// From when on it counts: from the second signature on.
    pub fn counts_from(&self) -> Option<Moment> {
        let signed = |side: &Side| self.signed.get(side).map(|signature| signature.at);
        let [marketing, sales] = Side::ALL.each_ref().map(signed);
        marketing.zip(sales).map(|(marketing, sales)| marketing.max(sales))
    }
}

/// The version that counts at a moment: the one that was signed last up to then.
pub fn in_force(versions: &[Version], at: Moment) -> Option<&Version> {
    let counts = |version: &&Version| {
        version.counts_from().is_some_and(|from| from.timestamp() <= at.timestamp())
    };
    let when = |version: &&Version| (version.counts_from().map(Moment::timestamp), version.number);
    versions.iter().filter(counts).max_by_key(when)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_counts_once_both_have_signed() {
        let day = |day: u8| format!("2026-03-{day:02}T09:00:00Z").parse::<Moment>().unwrap();
        let version = |number, signed: &[(Side, u8)]| Version {
            number,
            at: day(1),
            by: Who::Own,
            because: None,
            definition: Definition::unsigned(),
            signed: signed
                .iter()
                .map(|(side, on)| (*side, Signature { by: Who::Own, at: day(*on) }))
                .collect(),
        };
        let versions = [
            version(1, &[(Side::Marketing, 2), (Side::Sales, 4)]),
            version(2, &[(Side::Marketing, 5)]),
            version(3, &[(Side::Marketing, 9), (Side::Sales, 6)]),
        ];
        for (on, expected) in [(1, None), (3, None), (4, Some(1)), (8, Some(1)), (9, Some(3))] {
            let found = in_force(&versions, day(on)).map(|version| version.number);
            assert_eq!(found, expected, "day {on}");
        }
    }
}
