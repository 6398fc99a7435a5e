//! What the seller said of people, by number, and what of it holds.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::away::counted;
use crate::{Away, EmailAddress, Insight, Moment};

/// The number by which the user names an insight: from 1, never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InsightNumber(u32);

/// An insight as it is kept: with its number, and whether it still counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptInsight {
    /// Its number.
    pub number: InsightNumber,
    /// When the user took it back; it is kept all the same.
    pub withdrawn_at: Option<Moment>,
    /// When it did not count although it does now or did later, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
    /// What it says.
    #[serde(flatten)]
    pub insight: Insight,
}

impl KeptInsight {
    /// Whether it counted at a moment.
    pub fn counts_at(&self, at: Moment) -> bool {
        counted(self.insight.at, self.withdrawn_at, &self.away, at)
    }
}

impl InsightNumber {
    /// The insight of that number; 0 is none.
    pub fn new(number: u32) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for InsightNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for InsightNumber {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.parse().ok().and_then(Self::new);
        number.ok_or_else(|| "write the number that 'inroad tell --list' shows".to_owned())
    }
}

impl AsRef<Insight> for Insight {
    fn as_ref(&self) -> &Insight {
        self
    }
}

impl AsRef<Insight> for KeptInsight {
    fn as_ref(&self) -> &Insight {
        &self.insight
    }
}

/// What holds of what was said, oldest first: of two words on the same thing the later one, and of
/// two of one moment the one that stands last.
pub fn that_hold<T: AsRef<Insight>>(mut said: Vec<T>) -> Vec<T> {
    said.sort_by_key(|word| word.as_ref().at);
    // Two on the same thing have the same first person; there are few of each person.
    let mut held: BTreeMap<EmailAddress, Vec<T>> = BTreeMap::new();
    for word in said.into_iter().rev() {
        let known = &word.as_ref().known;
        let Some(first) = known.people().next().cloned() else { continue };
        let of_them = held.entry(first).or_default();
        if !of_them.iter().any(|later| later.as_ref().known.replaces(known)) {
            of_them.push(word);
        }
    }
    let mut held: Vec<T> =
        held.into_values().flat_map(|of_them| of_them.into_iter().rev()).collect();
    held.sort_by_key(|word| word.as_ref().at);
    held
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Degree, Known, Stance, TieKind, Trait};

    #[test]
    fn insights_count_from_one() {
        assert_eq!("7".parse::<InsightNumber>().unwrap().get(), 7);
        for wrong in ["0", "-1", "", "one", "99999999999"] {
            assert!(wrong.parse::<InsightNumber>().is_err(), "{wrong}");
        }
    }

    fn word() -> impl Strategy<Value = Insight> {
        let email = |n: u8| -> EmailAddress { format!("p{n}@lindner.example").parse().unwrap() };
        let known = (0_u8..3, 0_u8..3, 0_u8..5).prop_map(move |(who, to, what)| {
            let (who, to) = (email(who), email(to + 3));
            let of = |is| Known::Person { who: who.clone(), is };
            match what {
                0 => of(Trait::Stance(Stance::For)),
                1 => of(Trait::Stance(Stance::Against)),
                2 => of(Trait::Fear(Degree::Much)),
                3 => Known::Tie { from: who, kind: TieKind::Trusts, to },
                _ => Known::Tie { from: who, kind: TieKind::ReportsTo, to },
            }
        });
        (known, 1_u8..9).prop_map(|(known, day)| {
            let at = format!("2026-06-0{day}T09:00:00Z").parse().unwrap();
            Insight { at, known, because: None }
        })
    }

    proptest! {
        #[test]
        fn the_last_word_on_each_thing_holds(said in prop::collection::vec(word(), 0..20)) {
            let held = that_hold(said.clone());
            prop_assert!(held.is_sorted_by_key(|word| word.at));
            for (n, one) in held.iter().enumerate() {
                prop_assert!(!held.iter().skip(n + 1).any(|two| two.known.replaces(&one.known)));
            }
            for word in &said {
                let same_thing = said.iter().filter(|other| other.known.replaces(&word.known));
                let last = same_thing.max_by_key(|other| other.at);
                prop_assert!(last.is_some_and(|last| held.contains(last)));
            }
            prop_assert_eq!(that_hold(held.clone()), held, "once is enough");
        }
    }
}
