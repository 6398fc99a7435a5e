//! What the coach says of a draft: findings, the facts beside them, and what could not be checked. No
//! mark, and no other wording of the draft.

use std::ops::Range;

use serde::Serialize;

use crate::draft::{Channel, Stage};
use crate::reading::asks::Ask;
use crate::reading::metrics::Metrics;
use crate::reading::{FactUse, Reading};
use crate::rules::rule::{Severity, Source};

/// Something to look at before it goes out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The rule, by name.
    pub rule: String,
    /// Its group.
    pub group: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The bytes; `None` for the draft as a whole.
    #[serde(serialize_with = "as_pair")]
    pub range: Option<Range<usize>>,
    /// The words at that place.
    pub quote: String,
    /// What the record has in the place of these words: their name, their firm's, their title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// What was found, in one line.
    #[serde(rename = "message")]
    pub says: String,
    /// What is to be known of it here: what the record says, the number and its band.
    pub detail: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// What that rests on.
    pub source: Source,
}

/// A rule that could not be held against a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotChecked {
    /// The rule, by name.
    pub rule: String,
    /// What it would have told.
    #[serde(rename = "message")]
    pub says: String,
    /// Why not.
    pub because: String,
}

/// A sentence, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Its bytes.
    #[serde(serialize_with = "as_pair_of_all")]
    pub range: Range<usize>,
    /// Its words.
    pub quote: String,
}

/// Everything that the coach says of a draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// By which way it goes.
    pub channel: Channel,
    /// At which stage it is, if that is known.
    pub stage: Option<Stage>,
    /// Why that stage.
    pub stage_because: Option<String>,
    /// The findings: what weighs most first, then in the order of the draft.
    pub findings: Vec<Finding>,
    /// The rules that could not be checked, with the reason.
    pub not_checked: Vec<NotChecked>,
    /// The numbers.
    pub metrics: Metrics,
    /// What is asked for.
    pub asks: Vec<Ask>,
    /// What is known of the person and might be said, used or not.
    pub known_facts: Vec<FactUse>,
    /// Sentences that claim something which nothing kept here proves.
    pub without_evidence: Vec<Sentence>,
}

impl Report {
    pub(crate) fn new(
        reading: &Reading<'_>,
        findings: Vec<Finding>,
        not_checked: Vec<NotChecked>,
    ) -> Self {
        let sentence = |range: &Range<usize>| Sentence {
            range: range.clone(),
            quote: reading.draft.sentence(range).to_owned(),
        };
        Self {
            channel: reading.draft.channel,
            stage: reading.stage(),
            stage_because: reading.stage.as_ref().map(|(_, because)| because.clone()),
            findings,
            not_checked,
            metrics: reading.metrics.clone(),
            asks: reading.asks.clone(),
            known_facts: reading.facts.clone(),
            without_evidence: reading.unproven.iter().map(sentence).collect(),
        }
    }

    /// The numbers in words, one thing each: "46 words in 4 sentences", "no question".
    pub fn numbers_in_words(&self) -> Vec<String> {
        let numbers = &self.metrics;
        let mut said = vec![format!("{} words in {} sentences", numbers.words, numbers.sentences)];
        said.extend(numbers.seconds.map(|seconds| format!("{seconds} seconds when spoken")));
        let grade = numbers.grade.map(|grade| grade.max(1.0));
        said.extend(grade.map(|grade| format!("reads at school grade {grade:.0}")));
        said.push(format!("{} you, {} I and we", numbers.you, numbers.we));
        said.push(numbers.questions.in_words());
        let dated = self.asks.iter().filter(|ask| ask.dated).count();
        said.push(match self.asks.len() {
            0 => "asks for nothing".to_owned(),
            1 => format!("asks for one thing ({dated} with a day)"),
            count => format!("asks for {count} things ({dated} with a day)"),
        });
        said.extend(self.stage.map(|stage| {
            let because = self.stage_because.as_deref().unwrap_or("");
            format!("read as {}, {because}", stage.in_words())
        }));
        said
    }

    /// The heaviest weight of any finding.
    pub fn heaviest(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

#[expect(clippy::ref_option, reason = "serde hands it so")]
fn as_pair<S: serde::Serializer>(range: &Option<Range<usize>>, to: S) -> Result<S::Ok, S::Error> {
    range.as_ref().map(|range| [range.start, range.end]).serialize(to)
}

fn as_pair_of_all<S: serde::Serializer>(range: &Range<usize>, to: S) -> Result<S::Ok, S::Error> {
    [range.start, range.end].serialize(to)
}
