//! What somebody who sells may say of themselves, as a file; and what they say beside what is seen.
//!
//! Must not: add answers up to a mark. Each statement stands for itself, and where the two differ it is not
//! said which one is right.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use inroad_model::Agreement;
use serde::{Deserialize, Serialize};

use super::measure::{Measure, Seen, Told};

const FILE: &str = include_str!("../../../../playbook/sellers/competences.toml");

/// One competence.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Competence {
    /// Its name in files.
    pub name: String,
    /// As a person reads it.
    pub title: String,
    /// What low answers mean, and what helps.
    pub low: String,
    /// What high ones do.
    pub high: String,
    /// What is counted beside it.
    pub seen: Option<SeenBeside>,
    /// The statements, by name.
    pub statements: BTreeMap<String, String>,
}

/// What is counted beside a competence, and from which share on it is often or seldom.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct SeenBeside {
    /// What.
    pub measure: Measure,
    /// From this share on the record shows it often.
    pub often: f64,
    /// Up to this one it shows it seldom.
    pub seldom: f64,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    competence: Vec<Competence>,
}

/// A test rules out that the file is broken.
static ALL: LazyLock<Vec<Competence>> =
    LazyLock::new(|| toml::from_str::<File>(FILE).unwrap_or_default().competence);

/// All competences, in their order.
pub fn all() -> &'static [Competence] {
    &ALL
}

/// The statement of a name such as `hunting.looks_for`.
pub fn statement(name: &str) -> Option<&'static str> {
    let (competence, statement) = name.split_once('.')?;
    let found = all().iter().find(|one| one.name == competence)?;
    found.statements.get(statement).map(String::as_str)
}

/// What somebody says, and what is seen, of one competence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// The competence.
    pub name: &'static str,
    /// As a person reads it.
    pub title: &'static str,
    /// The statements, with the answer to each that has one.
    pub said: Vec<Said>,
    /// What the answers mean; `None` without answers, or where they lie between.
    pub means: Option<&'static str>,
    /// What is counted.
    pub seen: Option<Seen>,
    /// What the two say together; `None` where one of them is missing.
    pub together: Option<Together>,
}

/// A statement and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// By which the answer is kept.
    pub name: String,
    /// The words.
    pub statement: &'static str,
    /// The answer; `None` while there is none.
    pub answer: Option<Agreement>,
}

/// What is said and what is seen, side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Together {
    /// They point the same way.
    Agree,
    /// More is said than seen.
    SaidMore,
    /// More is seen than said.
    SeenMore,
    /// What is seen lies between often and seldom, or what is said between yes and no.
    Between,
    /// Too few cases to tell.
    NotEnough,
}

impl Together {
    /// As a person reads it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Agree => "What you say and what is seen point the same way.",
            Self::SaidMore => {
                "You say more than is seen here. Perhaps much of it happens where nobody counts: on the telephone, in meetings, in another mailbox. Perhaps it is worth a look."
            }
            Self::SeenMore => {
                "More is seen than you say. You may think too little of yourself here."
            }
            Self::Between => "Neither says clearly yes or no.",
            Self::NotEnough => "There is too little yet to hold beside what you say.",
        }
    }
}

/// Holds what somebody says beside what is seen.
pub fn compare(answers: &BTreeMap<String, Agreement>, seen: &[Seen]) -> Vec<Compared> {
    all().iter().map(|competence| compared(competence, answers, seen)).collect()
}

fn compared(
    competence: &'static Competence,
    answers: &BTreeMap<String, Agreement>,
    seen: &[Seen],
) -> Compared {
    let said: Vec<Said> = competence
        .statements
        .iter()
        .map(|(name, statement)| {
            let name = format!("{}.{name}", competence.name);
            let answer = answers.get(&name).copied();
            Said { name, statement, answer }
        })
        .collect();
    let lean = lean(&said);
    let means = match lean {
        Some(Lean::Yes) => Some(competence.high.as_str()),
        Some(Lean::No) => Some(competence.low.as_str()),
        Some(Lean::Between) | None => None,
    };
    let found = competence.seen.and_then(|beside| {
        let found = seen.iter().find(|one| one.measure == beside.measure)?;
        Some((beside, *found))
    });
    let together = lean.zip(found).map(|(lean, (beside, seen))| together(lean, beside, &seen.told));
    Compared {
        name: &competence.name,
        title: &competence.title,
        said,
        means,
        seen: found.map(|(_, seen)| seen),
        together,
    }
}

/// Which way answers lean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lean {
    Yes,
    No,
    Between,
}

/// All answers on one side lean there; a four and a two lean nowhere.
fn lean(said: &[Said]) -> Option<Lean> {
    let answers: Vec<u8> = said.iter().filter_map(|said| said.answer).map(Agreement::get).collect();
    if answers.is_empty() {
        return None;
    }
    Some(if answers.iter().all(|answer| *answer >= 4) {
        Lean::Yes
    } else if answers.iter().all(|answer| *answer <= 2) {
        Lean::No
    } else {
        Lean::Between
    })
}

fn together(said: Lean, beside: SeenBeside, told: &Told) -> Together {
    let Some((_, low, high)) = told.interval() else { return Together::NotEnough };
    let seen = if low >= beside.often {
        Lean::Yes
    } else if high <= beside.seldom {
        Lean::No
    } else {
        Lean::Between
    };
    match (said, seen) {
        (Lean::Between, _) | (_, Lean::Between) => Together::Between,
        (said, seen) if said == seen => Together::Agree,
        (Lean::Yes, _) => Together::SaidMore,
        (Lean::No, _) => Together::SeenMore,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        let read: File = toml::from_str(FILE).unwrap();
        assert!((12..=16).contains(&read.competence.len()));
        let mut names = std::collections::BTreeSet::new();
        for one in &read.competence {
            assert!(names.insert(&one.name), "{}", one.name);
            assert_eq!(one.statements.len(), 2, "{}", one.name);
            assert!(!one.name.contains('.') && !one.low.is_empty() && !one.high.is_empty());
            if let Some(beside) = one.seen {
                assert!(0.0 < beside.seldom && beside.seldom < beside.often && beside.often < 1.0);
            }
        }
        assert!(statement("hunting.looks_for").is_some() && statement("hunting.x").is_none());
    }

    fn check(answers: [u8; 2], events: usize, of: usize, expected: Option<Together>) {
        let names = ["hunting.enjoys", "hunting.looks_for"];
        let answers = names
            .iter()
            .zip(answers)
            .filter_map(|(name, answer)| Some(((*name).to_owned(), answer.try_into().ok()?)))
            .collect();
        let seen = [Seen { measure: Measure::FirstAnswers, told: Told::share(events, of) }];
        let compared = compare(&answers, &seen);
        assert_eq!(compared[0].together, expected, "{answers:?} {events} of {of}");
    }

    #[test]
    fn said_and_seen() {
        check([5, 4], 60, 100, Some(Together::Agree));
        check([1, 2], 1, 100, Some(Together::Agree));
        check([5, 4], 1, 100, Some(Together::SaidMore));
        check([1, 2], 60, 100, Some(Together::SeenMore));
        check([5, 2], 60, 100, Some(Together::Between));
        check([5, 4], 20, 100, Some(Together::Between));
        check([5, 4], 2, 3, Some(Together::NotEnough));
        check([0, 0], 60, 100, None);
    }

    #[test]
    fn what_is_not_counted_stands_for_itself() {
        let answers = [("money.price".to_owned(), 1.try_into().unwrap())].into();
        let compared = compare(&answers, &[]);
        let money = compared.iter().find(|one| one.name == "money").unwrap();
        assert!(money.means.is_some() && money.seen.is_none() && money.together.is_none());
    }
}
