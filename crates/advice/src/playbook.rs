//! The playbook: for every cause what it looks like, what to ask and what to do, as files that a
//! person can read and change.
//!
//! [`scenario`] reads one file; [`signs`] finds in a deal what the files speak of; [`diagnosis`]
//! weighs it; [`lessons`] moves the numbers by what finished deals taught, and [`second`] says how much
//! a second reading counts. Must not: hold a rule about a cause that stands in no file.

pub mod diagnosis;
pub mod lessons;
pub mod scenario;
pub mod second;
pub mod signs;
pub(crate) mod structure;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use self::scenario::{Scenario, ScenarioError};

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../playbook/scenarios/", $name, ".toml")))),*]
    };
}

/// The files that come with the program, by name.
const SHIPPED: &[(&str, &str)] = shipped![
    "nothing_wrong",
    "lack_of_influence",
    "unidentified_intelligence",
    "price_too_low",
    "price_too_high",
    "conflict_avoidance",
    "not_the_right_fit",
    "resistant_purchaser",
    "resistant_end_user",
    "resistant_problem_owner",
    "resistant_decision_maker",
    "resistant_outsider",
    "resistant_insider",
    "resistant_faction",
    "political_fear",
    "contact_ill",
    "family_event",
    "contact_left",
    "sponsor_left",
    "company_acquired",
    "busy_or_travelling",
    "internal_approval",
    "priority_lost",
    "irrelevant_outreach",
    "opted_out",
];

/// A test rules out that a shipped file is broken; if one is, it is left out.
static OWN: LazyLock<Playbook> = LazyLock::new(|| Playbook::of(SHIPPED).0);

/// All scenarios.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Playbook {
    scenarios: BTreeMap<String, Scenario>,
}

impl Playbook {
    /// The one that comes with the program.
    pub fn shipped() -> &'static Self {
        &OWN
    }

    /// The texts of the files that come with the program, by name.
    pub fn shipped_files() -> &'static [(&'static str, &'static str)] {
        SHIPPED
    }

    /// Reads files; those that are broken are left out and told.
    pub fn of(files: &[(impl AsRef<str>, impl AsRef<str>)]) -> (Self, Vec<ScenarioError>) {
        let mut playbook = Self::default();
        let broken = playbook.take(files);
        (playbook, broken)
    }

    /// The same with files of a user's own: one with the name of another takes its place.
    pub fn with(&self, files: &[(impl AsRef<str>, impl AsRef<str>)]) -> (Self, Vec<ScenarioError>) {
        let mut playbook = self.clone();
        let broken = playbook.take(files);
        (playbook, broken)
    }

    fn take(&mut self, files: &[(impl AsRef<str>, impl AsRef<str>)]) -> Vec<ScenarioError> {
        let mut broken = Vec::new();
        for (name, text) in files {
            match Scenario::read(name.as_ref(), text.as_ref()) {
                Ok(scenario) => {
                    self.scenarios.insert(name.as_ref().to_owned(), scenario);
                }
                Err(error) => broken.push(error),
            }
        }
        broken
    }

    /// All scenarios with the names of their files.
    pub fn scenarios(&self) -> impl Iterator<Item = (&str, &Scenario)> {
        self.scenarios.iter().map(|(name, scenario)| (name.as_str(), scenario))
    }

    /// The scenario of that name.
    pub fn scenario(&self, name: &str) -> Option<&Scenario> {
        self.scenarios.get(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_sound() {
        let (playbook, broken) = Playbook::of(SHIPPED);
        assert!(broken.is_empty(), "{broken:#?}");
        for (name, scenario) in playbook.scenarios() {
            assert!(!scenario.evidence.is_empty(), "{name} has no evidence");
            assert!(scenario.cause.is_none_or(|cause| cause.as_str() == name), "{name}");
        }
    }

    #[test]
    fn a_file_of_the_users_own_takes_the_place_of_ours() {
        let own = [(
            "price_too_high",
            "cause = \"price_too_high\"\nname = \"Mine\"\nadvice = \
                     \"pursue\"\nshare = 0.5\nlooks_like = \"x\"\n",
        )];
        let (playbook, broken) = Playbook::shipped().with(&own);
        assert!(broken.is_empty(), "{broken:?}");
        assert_eq!(playbook.scenario("price_too_high").unwrap().name, "Mine");
        assert_eq!(playbook.scenarios().count(), SHIPPED.len());
    }
}
