//! The rules of `playbook/research`: read, and tested by their own examples.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::LazyLock;

use inroad_model::Topic;
use jiff::civil::date;

use super::guards::{Guards, PageFile};
use super::rule::{Ready, Rule, RuleFile, Rules};
use super::{Page, choose};
use crate::patterns::{self, Patterns};

/// What holds for all topics.
const PAGE: (&str, &str) = ("page", include_str!("../../../../playbook/research/page.toml"));

/// Ours, one file a topic, in the order of a form. What makes us different no page of theirs tells.
const FILES: [(&str, &str); 12] = [
    ("industry", include_str!("../../../../playbook/research/industry.toml")),
    ("size", include_str!("../../../../playbook/research/size.toml")),
    ("region", include_str!("../../../../playbook/research/region.toml")),
    ("licence", include_str!("../../../../playbook/research/licence.toml")),
    ("technology", include_str!("../../../../playbook/research/technology.toml")),
    ("growth", include_str!("../../../../playbook/research/growth.toml")),
    ("trigger", include_str!("../../../../playbook/research/trigger.toml")),
    ("budget", include_str!("../../../../playbook/research/budget.toml")),
    ("department", include_str!("../../../../playbook/research/department.toml")),
    ("deciding", include_str!("../../../../playbook/research/deciding.toml")),
    ("need", include_str!("../../../../playbook/research/need.toml")),
    ("today", include_str!("../../../../playbook/research/today.toml")),
];

/// A rule has at least so many examples of either kind.
const EXAMPLES_MIN: usize = 2;

/// Why a file of rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}.toml{}: {what}", .rule.as_deref().map(|rule| format!(", rule '{rule}'")).unwrap_or_default())]
pub struct PackError {
    /// The file, without its ending.
    pub file: String,
    /// The rule, where it is one's fault.
    pub rule: Option<String>,
    /// What is wrong.
    pub what: String,
}

/// All rules.
#[derive(Debug, Clone)]
pub struct Pack {
    pub(super) page: Guards,
    pub(super) rules: Rules,
}

static SHIPPED: LazyLock<Pack> = LazyLock::new(|| {
    // A test holds ours to be whole; without the file for all nothing is proposed.
    let read = read(PAGE, &FILES, &|_, _| Ok(()));
    debug_assert!(read.is_ok(), "{:?}", read.as_ref().err());
    read.unwrap_or_else(|_| {
        let nothing = |_: &[String], _| Ok::<_, Infallible>(Patterns::new(&[""; 0], false));
        let Ok(page) = PageFile::default().ready(nothing);
        Pack { page, rules: Rules(Vec::new()) }
    })
});

impl Pack {
    /// Our rules. Their examples were tried when the program was built.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Our files, by name and text: first what holds for all, then one a topic.
    pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
        std::iter::once(PAGE).chain(FILES)
    }

    /// Reads rules and tries every pattern and every example.
    ///
    /// # Errors
    /// What is wrong: the first thing that cannot be read, or else every example that comes out otherwise.
    pub fn read(page: (&str, &str), files: &[(&str, &str)]) -> Result<Self, Vec<PackError>> {
        let pack = read(page, files, &|list, keeps_case| patterns::try_all(list, keeps_case));
        let pack = pack.map_err(|error| vec![error])?;
        let faults: Vec<PackError> =
            pack.rules.0.iter().flat_map(|ready| pack.wrong_examples(ready)).collect();
        if faults.is_empty() { Ok(pack) } else { Err(faults) }
    }

    fn wrong_examples(&self, ready: &Ready) -> Vec<PackError> {
        let mut rule = ready.clone();
        // An example is read as if it stood on a page of the kind that the rule wants.
        rule.rule.only_on = None;
        let alone = Rules(vec![rule]);
        let finds = |text: &String| {
            let page = Page { text, firm: None, on: date(2026, 6, 1) };
            !choose::most_telling(alone.held_against(&self.page, &page)).0.is_empty()
        };
        let silent = ready.rule.good.iter().filter(|text| !finds(text));
        let silent = silent.map(|text| format!("proposes nothing of the good example '{text}'"));
        let loud = ready.rule.bad.iter().filter(|text| finds(text));
        let loud = loud.map(|text| format!("proposes something of the bad example '{text}'"));
        let told = |what| fault(ready.topic.as_str(), Some(&ready.rule.id), what);
        silent.chain(loud).map(told).collect()
    }
}

type Try<'f> = &'f dyn Fn(&[String], bool) -> Result<(), String>;

fn read(page: (&str, &str), files: &[(&str, &str)], tried: Try<'_>) -> Result<Pack, PackError> {
    let (name, text) = page;
    let all: PageFile =
        toml::from_str(text).map_err(|cause| fault(name, None, cause.to_string()))?;
    let compiled = |list: &[String], keeps_case| {
        let written: Vec<String> = list.iter().map(|text| with_words(text, &all.words)).collect();
        if !written.is_empty() {
            tried(&written, keeps_case)?;
        }
        Ok(Patterns::new(&written, keeps_case))
    };
    let guards = all.ready(compiled).map_err(|what: String| fault(name, None, what))?;
    let mut rules = Vec::new();
    let mut ids = BTreeSet::new();
    for (file, text) in files {
        let read: RuleFile =
            toml::from_str(text).map_err(|cause| fault(file, None, cause.to_string()))?;
        if read.topic.as_str() != *file || read.topic == Topic::Difference {
            return Err(fault(
                file,
                None,
                "a file is called after its topic, which is no difference",
            ));
        }
        for rule in read.rule {
            let fail = |what: String| fault(file, Some(&rule.id), what);
            check(&rule).map_err(|what| fail(what.to_owned()))?;
            if !ids.insert((read.topic, rule.id.clone())) {
                return Err(fail("there is such a rule already".to_owned()));
            }
            rules.push(Ready {
                topic: read.topic,
                any: compiled(&rule.any, rule.keeps_case).map_err(fail)?,
                label: compiled(&rule.label, false).map_err(fail)?,
                value: compiled(&rule.value, false).map_err(fail)?,
                unless: compiled(&rule.unless, false).map_err(fail)?,
                rule,
            });
        }
    }
    Ok(Pack { page: guards, rules: Rules(rules) })
}

fn check(rule: &Rule) -> Result<(), &'static str> {
    if rule.any.is_empty() && rule.label.is_empty() {
        return Err("a rule looks for words or for a label");
    }
    if rule.good.len() < EXAMPLES_MIN || rule.bad.len() < EXAMPLES_MIN {
        return Err("a rule has two good and two bad examples");
    }
    if !(1..=3).contains(&rule.tells) {
        return Err("'tells' is 1, 2 or 3");
    }
    Ok(())
}

/// A pattern with the words that it names as `<name>`, which may name others in their turn.
fn with_words(pattern: &str, words: &BTreeMap<String, String>) -> String {
    let mut written = pattern.to_owned();
    for _ in 0..3 {
        for (name, list) in words {
            written = written.replace(&format!("<{name}>"), &format!("(?:{list})"));
        }
    }
    written
}

fn fault(file: &str, rule: Option<&str>, what: impl Into<String>) -> PackError {
    PackError { file: file.to_owned(), rule: rule.map(str::to_owned), what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_files_are_whole_and_their_examples_come_out() {
        let faults = Pack::read(PAGE, &FILES).err().unwrap_or_default();
        let told: Vec<String> = faults.iter().map(PackError::to_string).collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
    }

    #[test]
    fn an_example_that_comes_out_otherwise_is_told() {
        let file = "topic = 'size'\nabout = ''\n[[rule]]\nid = 'x'\nany = ['people']\n\
                    good = ['Nine people.', 'Ten people.']\nbad = ['Nobody.', 'Many people.']";
        let faults = Pack::read(PAGE, &[("size", file)]).expect_err("a bad example is found");
        let told: Vec<String> = faults.iter().map(PackError::to_string).collect();
        let expected = "size.toml, rule 'x': proposes something of the bad example 'Many people.'";
        assert_eq!(told, [expected]);
    }

    #[test]
    fn every_topic_but_the_difference_has_a_file() {
        for topic in Topic::ALL.into_iter().filter(|topic| *topic != Topic::Difference) {
            assert!(FILES.iter().any(|(file, _)| *file == topic.as_str()), "{}", topic.as_str());
        }
    }
}
