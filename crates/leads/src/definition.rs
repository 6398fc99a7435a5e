//! What a qualified lead is, in words and rules that marketing and sales both signed.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::TeamName;
use serde::{Deserialize, Serialize};

use crate::hours::{Hours, InvalidHours};
use crate::who::{To, Who};

/// How much a criterion weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Without it a lead is not qualified.
    Must,
    /// Good to have.
    Wanted,
}

impl Need {
    /// The name in forms and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Wanted => "wanted",
        }
    }
}

/// How it is told whether a criterion is met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Told {
    /// Whoever hands over says yes, no or unknown.
    YesNo,
    /// They name a number, which must lie within bounds.
    Number {
        /// What is counted, such as `EUR` or `people`; may be empty.
        #[serde(default)]
        unit: String,
        /// The least; `None` for no bound.
        #[serde(default)]
        at_least: Option<f64>,
        /// The most; `None` for no bound.
        #[serde(default)]
        at_most: Option<f64>,
    },
}

/// One thing that makes a lead a qualified one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// A short word by which it is known in all versions, such as `budget`: small letters, digits, `_`.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it means in words, so that two people answer it alike.
    pub means: String,
    /// How much it weighs.
    pub need: Need,
    /// How it is told.
    pub told: Told,
}

/// What was answered to a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody knows yet.
    Unknown,
    /// A number.
    Number(f64),
}

/// An answer, with a word on how it is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The answer.
    pub given: Given,
    /// A word on it; may be empty.
    #[serde(default)]
    pub words: String,
}

/// Whether a criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// It is.
    Met,
    /// It is not.
    NotMet,
    /// Nobody knows.
    Unknown,
}

impl Met {
    /// In a word.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::Unknown => "unknown",
        }
    }
}

impl Criterion {
    /// Whether an answer meets it; an answer of the other kind is none.
    pub fn met(&self, answer: Option<&Answer>) -> Met {
        match (&self.told, answer.map(|answer| answer.given)) {
            (Told::YesNo, Some(Given::Yes)) => Met::Met,
            (Told::YesNo | Told::Number { .. }, Some(Given::No)) => Met::NotMet,
            (Told::Number { at_least, at_most, unit: _ }, Some(Given::Number(number))) => {
                let fits = at_least.is_none_or(|least| number >= least)
                    && at_most.is_none_or(|most| number <= most);
                if fits { Met::Met } else { Met::NotMet }
            }
            _ => Met::Unknown,
        }
    }

    /// How it is told, in words.
    pub fn rule(&self) -> String {
        match &self.told {
            Told::YesNo => "yes or no".to_owned(),
            Told::Number { unit, at_least, at_most } => {
                let bound = |word: &str, bound: &Option<f64>| {
                    bound.map(|bound| format!("{word} {bound} {unit}").trim().to_owned())
                };
                let bounds: Vec<String> = [bound("at least", at_least), bound("at most", at_most)]
                    .into_iter()
                    .flatten()
                    .collect();
                if bounds.is_empty() { format!("a number {unit}") } else { bounds.join(", ") }
            }
        }
    }
}

/// Where leads of a territory go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Territory {
    /// Words of which one stands in the place of the account, or endings of its domain such as `.de`.
    pub words: BTreeSet<String>,
    /// The team that takes them.
    pub team: TeamName,
}

impl Territory {
    fn holds(&self, place: &str, domain: &str) -> bool {
        let place = place.to_lowercase();
        let in_place = |word: &str| {
            place.split(|c: char| !c.is_alphanumeric()).any(|part| part == word) || place == word
        };
        self.words.iter().any(|word| {
            let word = word.to_lowercase();
            if word.starts_with('.') { domain.ends_with(&word) } else { in_place(&word) }
        })
    }
}

/// What a qualified lead is, and how both sides treat one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Working hours within which a lead is accepted or returned, and a return is answered.
    pub accept_hours: f64,
    /// Working hours after acceptance within which the person hears from sales first.
    pub touch_hours: f64,
    /// When work is done.
    pub hours: Hours,
    /// Why a lead may be returned; never none.
    pub return_reasons: Vec<String>,
    /// What makes a lead a qualified one.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Which team takes leads of where; the first that fits.
    #[serde(default)]
    pub territories: Vec<Territory>,
}

/// Whether a lead is qualified.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Qualifies {
    /// Criteria that it must meet and does not, by key.
    pub lacks: Vec<String>,
    /// Criteria that it must meet and of which nobody knows, by key.
    pub unknown: Vec<String>,
}

impl Qualifies {
    /// Whether it is.
    pub fn is_qualified(&self) -> bool {
        self.lacks.is_empty() && self.unknown.is_empty()
    }
}

/// Why a definition cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDefinition {
    /// A time that nobody can keep.
    #[error("Name times between a quarter of an hour and {} working hours", Definition::HOURS_MAX)]
    OddTime,
    /// The hours cannot be.
    #[error(transparent)]
    Hours(#[from] InvalidHours),
    /// A lead could not be returned.
    #[error(
        "Name at least one reason for which a lead may be returned, and {} at most",
        Definition::REASONS_MAX
    )]
    Reasons,
    /// A criterion without a name or a meaning, or with too long ones.
    #[error(
        "Criterion {number} needs a name of up to 80 characters, and what it means in up to 400"
    )]
    Criterion {
        /// Its place, from 1.
        number: usize,
    },
    /// A key that is none, or one that stands twice.
    #[error(
        "Criterion {number}: its key must be a word of its own in small letters, such as budget"
    )]
    Key {
        /// Its place, from 1.
        number: usize,
    },
    /// Bounds that nothing fits.
    #[error("Criterion {number}: no number can be at least {least} and at most {most}")]
    Bounds {
        /// Its place, from 1.
        number: usize,
        /// The least.
        least: String,
        /// The most.
        most: String,
    },
    /// More than anybody asks.
    #[error("Use {} criteria at most: nobody asks more of one lead", Definition::CRITERIA_MAX)]
    ManyCriteria,
    /// More than anybody looks through, or one without words.
    #[error("Each territory needs words, and there may be {} at most", Definition::TERRITORIES_MAX)]
    Territories,
}

impl Definition {
    /// The longest agreed time, in working hours.
    pub const HOURS_MAX: f64 = 400.0;
    /// The most criteria.
    pub const CRITERIA_MAX: usize = 20;
    /// The most reasons for a return.
    pub const REASONS_MAX: usize = 30;
    /// The most territories.
    pub const TERRITORIES_MAX: usize = 100;

    /// What counts until something is signed: no criteria, a day to accept and two to write.
    pub fn unsigned() -> Self {
        Self {
            accept_hours: 8.0,
            touch_hours: 16.0,
            hours: Hours::usual(),
            return_reasons: [
                "Not the right person",
                "No need",
                "No budget",
                "Cannot be reached",
                "We are in touch already",
                "Something else",
            ]
            .map(str::to_owned)
            .to_vec(),
            criteria: Vec::new(),
            territories: Vec::new(),
        }
    }

    /// Something to begin a talk with.
    pub fn to_begin_with() -> Self {
        let criterion = |key: &str, name: &str, means: &str, need: Need| Criterion {
            key: key.to_owned(),
            name: name.to_owned(),
            means: means.to_owned(),
            need,
            told: Told::YesNo,
        };
        Self {
            criteria: vec![
                criterion(
                    "need",
                    "A need that they named",
                    "In their own words they said what they want to change",
                    Need::Must,
                ),
                criterion(
                    "person",
                    "Somebody who can move it",
                    "The person decides, or speaks with those who do",
                    Need::Must,
                ),
                criterion(
                    "time",
                    "A time",
                    "They said when they want to begin, within a year",
                    Need::Wanted,
                ),
                criterion(
                    "asked",
                    "They agreed to hear from us",
                    "They know that somebody of sales will call or write",
                    Need::Must,
                ),
            ],
            ..Self::unsigned()
        }
    }

    /// Whether it can be kept; whether its zone and its country are known, the caller knows.
    ///
    /// # Errors
    /// [`InvalidDefinition`].
    pub fn check(&self) -> Result<(), InvalidDefinition> {
        let fits = |hours: f64| (0.25..=Self::HOURS_MAX).contains(&hours);
        if !fits(self.accept_hours) || !fits(self.touch_hours) {
            return Err(InvalidDefinition::OddTime);
        }
        self.hours.check()?;
        let is_named = |text: &String| (1..=80).contains(&text.trim().chars().count());
        if !(1..=Self::REASONS_MAX).contains(&self.return_reasons.len())
            || !self.return_reasons.iter().all(is_named)
        {
            return Err(InvalidDefinition::Reasons);
        }
        if self.criteria.len() > Self::CRITERIA_MAX {
            return Err(InvalidDefinition::ManyCriteria);
        }
        let mut keys = BTreeSet::new();
        for (number, criterion) in (1..).zip(&self.criteria) {
            let means = (1..=400).contains(&criterion.means.trim().chars().count());
            if !is_named(&criterion.name) || !means {
                return Err(InvalidDefinition::Criterion { number });
            }
            if !is_key(&criterion.key) || !keys.insert(&criterion.key) {
                return Err(InvalidDefinition::Key { number });
            }
            check_bounds(number, &criterion.told)?;
        }
        let has_words = |territory: &Territory| {
            (1..=60).contains(&territory.words.len()) && territory.words.iter().all(is_named)
        };
        if self.territories.len() > Self::TERRITORIES_MAX || !self.territories.iter().all(has_words)
        {
            return Err(InvalidDefinition::Territories);
        }
        Ok(())
    }

    /// The criterion of a key.
    pub fn criterion(&self, key: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.key == key)
    }

    /// Whether answers make a qualified lead.
    pub fn qualifies(&self, answers: &BTreeMap<String, Answer>) -> Qualifies {
        let mut found = Qualifies::default();
        for criterion in self.criteria.iter().filter(|criterion| criterion.need == Need::Must) {
            match criterion.met(answers.get(&criterion.key)) {
                Met::Met => {}
                Met::NotMet => found.lacks.push(criterion.key.clone()),
                Met::Unknown => found.unknown.push(criterion.key.clone()),
            }
        }
        found
    }

    /// To whom a lead goes, by where its account is; `None` where no territory fits.
    pub fn suggested(&self, place: &str, domain: &str) -> Option<To> {
        let found = self.territories.iter().find(|territory| territory.holds(place, domain))?;
        Some(To::Team(found.team.clone()))
    }

    /// The same, and whose data file it is where no territory fits.
    pub fn goes_to(&self, place: &str, domain: &str) -> To {
        self.suggested(place, domain).unwrap_or(To::Person(Who::Own))
    }
}

fn is_key(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn check_bounds(number: usize, told: &Told) -> Result<(), InvalidDefinition> {
    let Told::Number { at_least, at_most, unit: _ } = told else { return Ok(()) };
    let shown = |bound: &Option<f64>| bound.map_or("anything".to_owned(), |b| b.to_string());
    let is_finite = at_least.iter().chain(at_most).all(|bound| bound.is_finite());
    let is_ordered = at_least.zip(*at_most).is_none_or(|(least, most)| least <= most);
    if is_finite && is_ordered {
        return Ok(());
    }
    Err(InvalidDefinition::Bounds { number, least: shown(at_least), most: shown(at_most) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(given: Given) -> Answer {
        Answer { given, words: String::new() }
    }

    #[test]
    fn when_a_criterion_is_met() {
        let number = Told::Number { unit: "EUR".into(), at_least: Some(5000.0), at_most: None };
        for (told, given, expected) in [
            (Told::YesNo, Some(Given::Yes), Met::Met),
            (Told::YesNo, Some(Given::No), Met::NotMet),
            (Told::YesNo, Some(Given::Unknown), Met::Unknown),
            (Told::YesNo, Some(Given::Number(1.0)), Met::Unknown),
            (Told::YesNo, None, Met::Unknown),
            (number.clone(), Some(Given::Number(5000.0)), Met::Met),
            (number.clone(), Some(Given::Number(4999.0)), Met::NotMet),
            (number.clone(), Some(Given::Yes), Met::Unknown),
            (number, None, Met::Unknown),
        ] {
            let mut criterion = Definition::to_begin_with().criteria.remove(0);
            criterion.told = told;
            let found = criterion.met(given.map(answer).as_ref());
            assert_eq!(found, expected, "{:?} {given:?}", criterion.told);
        }
    }

    #[test]
    fn musts_decide() {
        let definition = Definition::to_begin_with();
        let mut answers = BTreeMap::from([("need".to_owned(), answer(Given::Yes))]);
        answers.insert("person".to_owned(), answer(Given::No));
        let found = definition.qualifies(&answers);
        assert_eq!((found.lacks, found.unknown), (vec!["person".into()], vec!["asked".into()]));
        for key in ["person", "asked"] {
            answers.insert(key.to_owned(), answer(Given::Yes));
        }
        assert!(definition.qualifies(&answers).is_qualified());
        assert!(Definition::unsigned().qualifies(&BTreeMap::new()).is_qualified());
    }

    #[test]
    fn what_cannot_be_kept() {
        let check = |spoil: fn(&mut Definition), expected: &str| {
            let mut definition = Definition::to_begin_with();
            assert_eq!(definition.check(), Ok(()));
            spoil(&mut definition);
            let why = definition.check().unwrap_err().to_string();
            assert!(why.contains(expected), "{why}");
        };
        check(|it| it.accept_hours = 0.0, "working hours");
        check(|it| it.touch_hours = f64::NAN, "working hours");
        check(|it| it.hours.until = it.hours.from, "end later");
        check(|it| it.return_reasons.clear(), "one reason");
        check(|it| it.criteria[1].key = "need".into(), "Criterion 2");
        check(|it| it.criteria[0].means.clear(), "Criterion 1");
        check(|it| it.criteria = vec![it.criteria[0].clone(); 21], "20 criteria");
        check(
            |it| {
                let unit = String::new();
                it.criteria[0].told =
                    Told::Number { unit, at_least: Some(2.0), at_most: Some(1.0) };
            },
            "at least 2",
        );
    }

    #[test]
    fn territories_take_the_first_that_fits() {
        let north = TeamName::new("North").unwrap();
        let words = BTreeSet::from([".de".to_owned(), "Austria".to_owned()]);
        let territories = vec![Territory { words, team: north.clone() }];
        let definition = Definition { territories, ..Definition::unsigned() };
        for (place, domain, fits) in [
            ("Hamburg", "lindner.de", true),
            ("Vienna, AUSTRIA", "x.com", true),
            ("Australia", "x.com", false),
            ("", "", false),
        ] {
            let expected = fits.then(|| To::Team(north.clone()));
            assert_eq!(definition.suggested(place, domain), expected, "{place} {domain}");
        }
    }
}
