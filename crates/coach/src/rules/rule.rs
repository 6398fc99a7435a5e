//! One rule, as its file writes it.

use serde::{Deserialize, Serialize};

use crate::audience::{Audience, Standing};
use crate::draft::{Channel, Stage};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Worth a second look before it goes out.
    Warn,
    /// It should not go out so.
    Block,
}

impl Severity {
    /// Its name in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

/// What a rule rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// The law of some countries.
    Law,
    /// A figure that others published.
    Published,
    /// A figure measured here.
    Measured,
    /// Articles on consultative selling.
    Articles,
    /// Good sense, and no more.
    Opinion,
}

impl Grade {
    /// As a person says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Law => "the law of some countries",
            Self::Published => "a figure that others published",
            Self::Measured => "a figure measured here",
            Self::Articles => "articles on consultative selling",
            Self::Opinion => "good sense, and no more",
        }
    }
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// How much weight it bears.
    pub grade: Grade,
    /// What it is.
    pub says: String,
}

/// A fact that a rule cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// The day it goes out.
    Day,
    /// Whom it is for.
    Person,
    /// Their name.
    Name,
    /// Their firm.
    Firm,
    /// Their title.
    Title,
    /// Their country.
    Country,
    /// Whether they trade as a person.
    SoleTrader,
    /// How they stand.
    State,
    /// What passed between the two.
    Dealings,
    /// Something that is known of them.
    Facts,
    /// Who else on their side has a part in it.
    Group,
    /// What others were sent.
    Sent,
    /// What the writer can prove.
    Proofs,
    /// Who writes.
    Writer,
    /// Whether it goes to many.
    Many,
}

impl Need {
    /// Whether it is known.
    pub(crate) fn is_met(self, audience: &Audience) -> bool {
        let person = audience.person.as_ref();
        match self {
            Self::Day => audience.on.is_some(),
            Self::Person => person.is_some(),
            Self::Name => person.is_some_and(|person| person.name.is_some()),
            Self::Firm => person.is_some_and(|person| person.firm.is_some()),
            Self::Title => person.is_some_and(|person| person.title.is_some()),
            Self::Country => person.is_some_and(|person| person.country.is_some()),
            Self::SoleTrader => person.is_some_and(|person| person.sole_trader.is_some()),
            Self::State => person.is_some_and(|person| person.state.is_some()),
            Self::Dealings => person.is_some_and(|person| person.dealings.is_some()),
            Self::Facts => person.is_some_and(|person| !person.facts.is_empty()),
            Self::Group => person.is_some_and(|person| !person.group.is_empty()),
            Self::Sent => audience.sent.is_some(),
            Self::Proofs => audience.proofs.is_some(),
            Self::Writer => audience.writer.is_some(),
            Self::Many => audience.many.is_some(),
        }
    }

    /// What to do about it where it is not.
    pub(crate) fn missing(self) -> &'static str {
        match self {
            Self::Day => "the day on which it goes out is not known",
            Self::Person => "it is not said whom it is for",
            Self::Name => "their name is not on record",
            Self::Firm => "their firm is not on record",
            Self::Title => "their title is not on record",
            Self::Country => "their country is not known",
            Self::SoleTrader => "whether they trade as a person is not known",
            Self::State => "how they stand is not known",
            Self::Dealings => "the mail between you is not known",
            Self::Facts => "nothing is known of them that could be used",
            Self::Group => "who else on their side has a part in it is not known",
            Self::Sent => "what you sent to others is not known",
            Self::Proofs => {
                "no proofs are kept; put what you can prove into 'proofs.toml' beside your rules"
            }
            Self::Writer => "it is not known who you are",
            Self::Many => "it is not said whether it goes to many",
        }
    }
}

/// Which part of a draft is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Within {
    /// What is said behind the greeting, without quotes and signature.
    #[default]
    Words,
    /// The subject.
    Subject,
    /// All of it but quotes of other mails.
    Own,
    /// All of it, as it stands.
    Everything,
}

/// What a rule looks for. One of the first eight is given, or none where countries or sole traders decide
/// alone.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Match {
    /// Any of these words, at each place.
    pub any: Vec<String>,
    /// None of these words anywhere.
    pub absent: Vec<String>,
    /// These words oftener than `max`.
    pub count: Vec<String>,
    /// A number of the draft outside of its band.
    pub metric: Option<String>,
    /// These words in the first sentence behind the greeting.
    pub first_sentence: Vec<String>,
    /// Something that was stated about them.
    pub fact: Vec<Standing>,
    /// Something that only a look at the record, the calendar or the whole draft shows.
    pub seen: Option<String>,
    /// A saying that was learnt (`reading::sayings`) or a cue, as letters are read for them; beside any, absent
    /// or first-sentence too, and then it hears what is said in other words.
    pub model: Option<String>,

    /// With `count`: so often is fine.
    pub max: usize,
    /// With `metric`: the least and the most, both fine.
    pub band: Option<Band>,
    /// The band of a stage, in place of `band`.
    pub bands: std::collections::BTreeMap<Stage, Band>,
    /// With `model`: from this probability on, in place of the one that was chosen with the model. Nothing is
    /// likelier than 1.
    pub threshold: Option<f32>,
    /// Where.
    pub within: Within,
    /// Whether great and small letters differ.
    pub keeps_case: bool,
    /// Only where these words stand somewhere.
    pub if_anywhere: Vec<String>,
    /// Only if this is seen too ("ask").
    pub with: Option<String>,
    /// Only if this is not seen.
    pub without: Option<String>,
    /// Only if these numbers are at least so large.
    pub at_least: std::collections::BTreeMap<String, f64>,
    /// Only for people in one of these countries.
    pub countries: Vec<String>,
    /// Only for those who trade as a person.
    pub sole_trader: bool,
    /// Only for people who stand so.
    pub states: Vec<String>,
    /// Only for what goes to many.
    pub many: bool,
}

/// The least and the most of a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Band(pub f64, pub f64);

impl Band {
    /// Whether a number is within.
    pub fn holds(self, number: f64) -> bool {
        (self.0..=self.1).contains(&number)
    }
}

/// A draft that is an example of a rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The draft.
    pub text: String,
    /// By which way; the rule's first if missing.
    pub channel: Option<Channel>,
    /// At which stage; the rule's first if missing.
    pub stage: Option<Stage>,
    /// What is known around it.
    #[serde(default)]
    pub knows: Audience,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, which never changes.
    pub id: String,
    /// What is said of what was found, in one line.
    pub says: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Whether nobody may change it: who asked for no more mail is left alone.
    #[serde(default)]
    pub fixed: bool,
    /// Whether what it looks for is the same in every language: a field of a template, a number.
    #[serde(default, rename = "any-language")]
    pub any_language: bool,
    /// The ways for which it is; all if missing.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// The stages for which it is; all, also an unknown one, if missing.
    #[serde(default)]
    pub stages: Vec<Stage>,
    /// What it looks for; any of several.
    #[serde(rename = "match", deserialize_with = "one_or_several")]
    pub matches: Vec<Match>,
    /// Words which make it right after all: in the same sentence, or anywhere for what is absent or counted.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Words which make it right wherever they stand.
    #[serde(default, rename = "unless-anywhere")]
    pub unless_anywhere: Vec<String>,
    /// What has to be known.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Why it matters.
    pub why: String,
    /// What to do instead.
    pub fix: String,
    /// Where it comes from.
    pub source: Source,
    /// Drafts in which it is found.
    pub bad: Vec<Example>,
    /// Drafts in which it is not.
    pub good: Vec<Example>,
}

/// A file of rules.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// The group, as a person says it.
    pub group: String,
    /// What the group is about, in a sentence or two.
    pub about: String,
    /// Its rules.
    pub rule: Vec<Rule>,
}

fn one_or_several<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Match>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrSeveral {
        One(Box<Match>),
        Several(Vec<Match>),
    }
    Ok(match OneOrSeveral::deserialize(from)? {
        OneOrSeveral::One(one) => vec![*one],
        OneOrSeveral::Several(several) => several,
    })
}
