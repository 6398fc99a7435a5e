//! All rules together: ours, and what a user changed of them.

use std::sync::{Arc, LazyLock};

use inroad_language::linear::Label as _;
use inroad_language::patterns::{self, Patterns};
use inroad_model::Cue;

use super::own::{self, OwnRules};
use super::rule::{Match, Rule, RuleFile, Severity};
use super::{check, example};
use crate::audience::Audience;
use crate::draft::{Draft, Stage};
use crate::reading::{Reading, metrics, sayings};
use crate::report::Report;

/// Ours, in the order in which a careful colleague looks.
const FILES: [(&str, &str); 8] = [
    ("may_i_write", include_str!("../../../../playbook/coach/may_i_write.toml")),
    ("about_them", include_str!("../../../../playbook/coach/about_them.toml")),
    ("personal", include_str!("../../../../playbook/coach/personal.toml")),
    ("concise", include_str!("../../../../playbook/coach/concise.toml")),
    ("one_clear_ask", include_str!("../../../../playbook/coach/one_clear_ask.toml")),
    ("a_way_out", include_str!("../../../../playbook/coach/a_way_out.toml")),
    ("honest_and_kind", include_str!("../../../../playbook/coach/honest_and_kind.toml")),
    ("questions", include_str!("../../../../playbook/coach/questions.toml")),
];

/// What is seen only with the record, the calendar or the whole draft at hand.
const SEEN: [&str; 19] = [
    "ask",
    "undated-ask",
    "unsigned",
    "names-another",
    "past-date",
    "wrong-weekday",
    "wrong-name",
    "wrong-firm",
    "wrong-title",
    "known-fact",
    "stale-fact",
    "private-fact",
    "no-known-fact",
    "absence-not-mentioned",
    "answer-without-thread",
    "no-history",
    "false-history",
    "near-copy",
    "unproven-claim",
];

/// Numbers that are told by English words.
const WORDY: [&str; 8] = [
    "asks",
    "kinds_of_asks",
    "words_after_ask",
    "questions",
    "open_questions",
    "closed_questions",
    "words_before_question",
    "grade",
];

/// Why a file of rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}.toml{}{}: {what}", .line.map(|line| format!(", line {line}")).unwrap_or_default(), .rule.as_deref().map(|rule| format!(", rule '{rule}'")).unwrap_or_default())]
pub struct PackError {
    /// The file, without its ending.
    pub file: String,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// The rule, where it is one's fault.
    pub rule: Option<String>,
    /// What is wrong.
    pub what: String,
}

/// A rule ready to be held against drafts.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The rule.
    pub rule: Rule,
    /// Its group, as a person says it.
    pub group: String,
    pub(super) looks: Vec<Look>,
    pub(super) unless: Patterns,
    pub(super) unless_anywhere: Patterns,
    /// Whether the user put it to rest.
    pub off: bool,
}

/// One thing that a rule looks for, made ready; in the order of the rule's own.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) words: Patterns,
    pub(super) if_anywhere: Patterns,
    pub(super) model: Option<Model>,
}

/// What reads a sentence beside patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// A saying of drafts, by its place.
    Saying(usize),
    /// A cue, as letters are read for them.
    Cue(Cue),
}

/// All rules.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Shared by all copies but for those that a user changed.
    pub(super) rules: Vec<Arc<Ready>>,
    groups: Vec<(String, String)>,
}

static SHIPPED: LazyLock<Pack> = LazyLock::new(|| {
    // A test holds every file of ours to be whole; one that is not is left out rather than all.
    let files = FILES.iter().filter_map(|(file, text)| read_file(file, text).ok());
    Pack::of(files.collect())
});

impl Pack {
    /// Our rules. Their examples were tried when the program was built.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Our files, by name and text.
    pub fn files() -> &'static [(&'static str, &'static str)] {
        &FILES
    }

    fn of(files: Vec<(String, String, Vec<Ready>)>) -> Self {
        let mut pack = Self { rules: Vec::new(), groups: Vec::new() };
        for (group, about, rules) in files {
            pack.groups.push((group, about));
            pack.rules.extend(rules.into_iter().map(Arc::new));
        }
        pack
    }

    /// The same with a user's own files: a file of rules adds them, and each rule's examples are tried;
    /// `[change.ID]` tables change severity, bands and lists of a rule that is there.
    ///
    /// # Errors
    /// [`PackError`] for the first thing that cannot be used.
    pub fn with(&self, files: &[(String, String)]) -> Result<Self, PackError> {
        let mut pack = self.clone();
        for (file, text) in files {
            let OwnRules { added, change } = own::read(file, text)?;
            for (id, change) in change {
                let Some(ready) = pack.rules.iter_mut().find(|ready| ready.rule.id == id) else {
                    return Err(fault(file, Some(&id), "there is no such rule"));
                };
                own::apply(file, Arc::make_mut(ready), &change)?;
            }
            if let Some((group, about, rules)) = added {
                for ready in &rules {
                    if pack.rules.iter().any(|known| known.rule.id == ready.rule.id) {
                        let what = "there is such a rule already; change it in '[change]'";
                        return Err(fault(file, Some(&ready.rule.id), what));
                    }
                    example::try_all(file, ready)?;
                }
                pack.groups.push((group, about));
                pack.rules.extend(rules.into_iter().map(Arc::new));
            }
        }
        Ok(pack)
    }

    /// The rules, group by group.
    pub fn rules(&self) -> &[Arc<Ready>] {
        &self.rules
    }

    /// The groups with what they are about.
    pub fn groups(&self) -> &[(String, String)] {
        &self.groups
    }

    /// A rule by its name.
    pub fn rule(&self, id: &str) -> Option<&Ready> {
        self.rules.iter().find(|ready| ready.rule.id == id).map(AsRef::as_ref)
    }

    /// Reads a draft and holds every rule against it. Without a stage, the stage is told from what is
    /// known or from the words.
    pub fn check(&self, draft: &Draft<'_>, audience: &Audience, stage: Option<Stage>) -> Report {
        let reading = Reading::new(draft, audience, stage);
        check::all(&self.rules, &reading)
    }
}

pub(super) fn fault(file: &str, rule: Option<&str>, what: impl Into<String>) -> PackError {
    PackError {
        file: file.to_owned(),
        line: None,
        rule: rule.map(str::to_owned),
        what: what.into(),
    }
}

/// Reads a file of rules. What they look for is not tried.
pub(super) fn read_file(file: &str, text: &str) -> Result<(String, String, Vec<Ready>), PackError> {
    let read: RuleFile = toml::from_str(text).map_err(|cause| unreadable(file, text, &cause))?;
    let rules: Result<Vec<Ready>, PackError> =
        read.rule.into_iter().map(|rule| ready(file, &read.group, rule)).collect();
    Ok((read.group, read.about, rules?))
}

pub(super) fn unreadable(file: &str, text: &str, cause: &toml::de::Error) -> PackError {
    let before = cause.span().and_then(|span| text.get(..span.start));
    let line = before.map(|before| before.matches('\n').count() + 1);
    PackError { line, ..fault(file, None, cause.message().trim()) }
}

/// Makes a rule ready, or says what is wrong with it. Its patterns are not tried.
pub(super) fn ready(file: &str, group: &str, rule: Rule) -> Result<Ready, PackError> {
    let wrong = |what: String| Err(fault(file, Some(&rule.id), what));
    let is_id = !rule.id.is_empty()
        && rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit());
    if !is_id {
        return wrong("an id is small letters, digits and hyphens".to_owned());
    }
    if rule.matches.is_empty() || rule.bad.is_empty() || rule.good.is_empty() {
        return wrong("a rule has a match, and at least one bad and one good example".to_owned());
    }
    let fail = |what| fault(file, Some(&rule.id), what);
    let looks = rule.matches.iter().map(|m| look(m).map_err(fail)).collect::<Result<_, _>>()?;
    let unless = Patterns::new(&rule.unless, false);
    let unless_anywhere = Patterns::new(&rule.unless_anywhere, false);
    Ok(Ready { group: group.to_owned(), looks, unless, unless_anywhere, off: false, rule })
}

/// Makes one thing that a rule looks for ready, or says what is wrong with it.
fn look(m: &Match) -> Result<Look, String> {
    let lists = [&m.any, &m.absent, &m.count, &m.first_sentence];
    let given = lists.iter().filter(|list| !list.is_empty()).count()
        + usize::from(m.metric.is_some())
        + usize::from(!m.fact.is_empty())
        + usize::from(m.seen.is_some());
    // A model stands alone, or hears beside words what is said in others.
    let is_beside = given == 1 && m.count.is_empty() && lists.iter().any(|list| !list.is_empty());
    let given = given + usize::from(m.model.is_some() && !is_beside);
    let decides_alone = given == 0 && (m.sole_trader || !m.countries.is_empty());
    if given != 1 && !decides_alone {
        let what = "'match' wants exactly one of any, absent, count, metric, first-sentence, fact, seen \
                    and model (model also beside any, absent or first-sentence), or countries or \
                    sole-trader alone";
        return Err(what.to_owned());
    }
    let numbers = m.metric.iter().chain(m.at_least.keys());
    if let Some(unknown) = numbers.into_iter().find(|name| !metrics::Metrics::knows(name)) {
        let known = metrics::NAMES.join(", ");
        return Err(format!("there is no number '{unknown}'; there are {known}"));
    }
    if m.metric.is_some() && m.band.is_none() && m.bands.is_empty() {
        return Err("a metric wants a band".to_owned());
    }
    let named = m.seen.iter().chain(&m.with).chain(&m.without);
    if let Some(unknown) = named.into_iter().find(|what| !SEEN.contains(&what.as_str())) {
        let known = SEEN.join(", ");
        return Err(format!("nothing '{unknown}' is ever seen; there are {known}"));
    }
    let model = m.model.as_deref().map(model).transpose()?;
    if m.threshold.is_some() && model.is_none() {
        return Err("a threshold wants a model".to_owned());
    }
    let list = lists.into_iter().find(|list| !list.is_empty());
    let words = Patterns::new(list.map_or(&[][..], Vec::as_slice), m.keeps_case);
    Ok(Look { words, if_anywhere: Patterns::new(&m.if_anywhere, false), model })
}

/// The model of that name.
fn model(name: &str) -> Result<Model, String> {
    let saying = sayings::place(name).map(Model::Saying);
    saying.or_else(|| Cue::from_name(name).map(Model::Cue)).ok_or_else(|| {
        let known: Vec<&str> = sayings::known().iter().map(|of| of.label.name()).collect();
        format!(
            "there is no model '{name}'; there are {} and the cues of letters",
            known.join(", ")
        )
    })
}

impl Ready {
    /// Tries whether all that it looks for can be read.
    pub(super) fn try_patterns(&self, file: &str) -> Result<(), PackError> {
        let rule = &self.rule;
        let own = [(&rule.unless, false), (&rule.unless_anywhere, false)];
        let looked_for = rule.matches.iter().flat_map(|m| {
            let lists = [&m.any, &m.absent, &m.count, &m.first_sentence];
            lists.map(|list| (list, m.keeps_case)).into_iter().chain([(&m.if_anywhere, false)])
        });
        own.into_iter().chain(looked_for).filter(|(list, _)| !list.is_empty()).try_for_each(
            |(list, keeps_case)| {
                let tried = patterns::try_all(list, keeps_case);
                tried.map_err(|what| fault(file, Some(&rule.id), what))
            },
        )
    }

    /// Whether it looks for English words, or for what only they tell, such as what is asked for.
    pub(super) fn reads_english(&self) -> bool {
        let of_words = |m: &Match| {
            let lists = [&m.any, &m.absent, &m.count, &m.first_sentence];
            let number = m.metric.as_deref().is_some_and(|name| WORDY.contains(&name));
            number || m.model.is_some() || lists.iter().any(|list| !list.is_empty())
        };
        !self.rule.any_language && self.rule.matches.iter().any(of_words)
    }

    /// Whether nothing but the text is needed to check it.
    pub fn is_text_only(&self) -> bool {
        let needs_record = |m: &Match| {
            !m.fact.is_empty()
                || m.many
                || m.sole_trader
                || !m.countries.is_empty()
                || !m.states.is_empty()
        };
        self.rule.needs.is_empty() && !self.rule.matches.iter().any(needs_record)
    }

    /// Whether somebody may put what it found to rest for these words: never what nobody may change, nor what
    /// blocks a draft as a whole.
    pub fn may_rest(&self, quote: &str) -> bool {
        let blocks_all = quote.is_empty() && self.rule.severity == Severity::Block;
        !self.rule.fixed && !blocks_all
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }
}

#[cfg(test)]
mod tests {
    use crate::draft::Channel;

    use super::*;

    #[test]
    fn our_files_are_whole_and_their_examples_come_out() {
        let mut wrong: Vec<String> = Vec::new();
        for (file, text) in FILES {
            match read_file(file, text) {
                Ok((.., rules)) => wrong.extend(
                    rules
                        .iter()
                        .filter_map(|ready| {
                            let tried = ready.try_patterns(file);
                            tried.and_then(|()| example::try_all(file, ready)).err()
                        })
                        .map(|error| error.to_string()),
                ),
                Err(error) => wrong.push(error.to_string()),
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn with(own: &str) -> Result<Pack, PackError> {
        Pack::shipped().with(&[("mine".to_owned(), own.to_owned())])
    }

    fn hears(pack: &Pack, rule: &str, text: &str) -> bool {
        let (draft, audience) = (Draft::new(text, Channel::Email), Audience::default());
        let report = pack.check(&draft, &audience, Some(Stage::FollowUp));
        report.findings.iter().any(|found| found.rule == rule)
    }

    #[test]
    fn a_user_sets_what_is_likely_enough() {
        let said = "Hi Ann,\n\nI went out on a limb with my manager to get you that rebate, and since then I've \
                    been left without so much as a line from you.";
        assert!(hears(Pack::shipped(), "guilt", said));
        let plain = "Hi Ann,\n\nThe drawings are on the shared drive.";
        assert!(!hears(Pack::shipped(), "guilt", plain));
        assert!(hears(&with("[change.guilt]\nthreshold = 0.0").unwrap(), "guilt", plain));
        assert!(!hears(&with("[change.guilt]\nthreshold = 1.1").unwrap(), "guilt", plain));
        let error = with("[change.length]\nthreshold = 0.5").unwrap_err();
        assert!(error.to_string().contains("no model"), "{error}");
        let error = with("[change.guilt]\nlikely = 0.5").unwrap_err();
        assert!(error.to_string().contains("likely"), "{error}");
    }

    #[test]
    fn a_rule_of_a_user_may_have_a_model() {
        let rule = |matches: &str| {
            format!(
                "group = \"Mine\"\nabout = \"Mine.\"\n[[rule]]\nid = \"mine\"\nsays = \"x\"\nseverity = \"note\"\n\
                 match = {{ {matches} }}\nwhy = \"x\"\nfix = \"x\"\nsource = {{ grade = \"opinion\", says = \"x\" }}\n\
                 [[rule.bad]]\ntext = \"After all the work my team put into the demo, you never even answered.\"\n\
                 [[rule.good]]\ntext = \"The drawings are on the shared drive.\"\n"
            )
        };
        assert!(with(&rule("model = \"guilt\"")).is_ok());
        assert!(with(&rule("model = \"guilt\", any = [\"no such words\"]")).is_ok());
        for wrong in [
            "model = \"no-such\"",
            "model = \"guilt\", count = [\"x\"]",
            "any = [\"after\"], threshold = 0.5",
        ] {
            assert!(with(&rule(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_given_once() {
        let mut ids: Vec<&str> =
            Pack::shipped().rules().iter().map(|ready| ready.rule.id.as_str()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}
