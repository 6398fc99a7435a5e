//! One scenario: a file of the playbook.

use inroad_model::{Advice, Cause};
use serde::Deserialize;

use super::signs::Sign;

/// One cause, or the case in which nothing is wrong.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The cause; missing only in `nothing_wrong`, the case without one.
    pub cause: Option<Cause>,
    /// The name as a person says it.
    pub name: String,
    /// How common it is among all open deals, before anything is seen; 0 to 1.
    pub share: f64,
    /// What to do if it is this, and the deal does not say otherwise.
    pub advice: Advice,
    /// What it looks like, in one or two sentences.
    pub looks_like: String,
    /// What speaks for it or against it.
    #[serde(default)]
    pub evidence: Vec<Clue>,
    /// What to ask.
    #[serde(default)]
    pub question: Vec<Ask>,
    /// What to do.
    #[serde(default)]
    pub play: Vec<Play>,
    /// What never to do.
    #[serde(default)]
    pub never: Vec<String>,
    /// How to know that it worked.
    #[serde(default)]
    pub worked: String,
    /// Its own test cases.
    #[serde(default)]
    pub case: Vec<Case>,
    /// Where the thought comes from.
    #[serde(default)]
    pub reference: Vec<String>,
}

/// Something seen, and how much oftener it is seen with this cause than without.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clue {
    /// A cue or a signal, by name.
    pub sign: Sign,
    /// The likelihood ratio: 3 is three times as often, 0.5 half as often.
    pub times: f64,
    /// What a person had set before `times` was fitted to labelled letters; 1 if it was not thought
    /// of. The fit is drawn towards it.
    pub guess: Option<f64>,
    /// Where the number comes from.
    #[serde(default)]
    pub why: String,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Whom.
    pub whom: Whom,
    /// The question; `{name}` is whoever is asked.
    pub text: String,
    /// Other causes that an honest answer would show as well.
    #[serde(default)]
    pub shows_too: Vec<Cause>,
}

/// Whom to ask or to turn to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Whoever we wait for.
    Contact,
    /// Somebody else on their side who writes to us.
    Another,
    /// Whoever decides.
    DecisionMaker,
    /// Nobody.
    Nobody,
}

/// A way to go, step by step.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Play {
    /// What it is called.
    pub name: String,
    /// When it fits, as a person says it.
    #[serde(default)]
    pub when: String,
    /// Only for accounts that go on, or only for those that do not; for both if missing.
    pub ongoing_account: Option<bool>,
    /// With whom.
    pub whom: Whom,
    /// The steps; `{name}` is that person.
    pub steps: Vec<String>,
}

/// A case: these signs, and where the cause should stand.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What is seen.
    pub signs: Vec<Sign>,
    /// The place at which the cause should stand at least; 1 is first.
    pub place: usize,
}

/// Why a file of the playbook cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}.toml{}: {what}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct ScenarioError {
    /// The name of the file, without its ending.
    pub file: String,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
}

impl Scenario {
    /// Reads a file. Keys that mean nothing are refused, and so are likelihood ratios and shares
    /// that cannot be.
    ///
    /// # Errors
    /// [`ScenarioError`] with the line.
    pub fn read(file: &str, text: &str) -> Result<Self, ScenarioError> {
        let error = |line, what: String| ScenarioError { file: file.to_owned(), line, what };
        let scenario: Self = toml::from_str(text).map_err(|cause| {
            let line = cause.span().and_then(|span| text.get(..span.start));
            let line = line.map(|before| before.matches('\n').count() + 1);
            error(line, cause.message().trim().to_owned())
        })?;
        if !(scenario.share > 0.0 && scenario.share < 1.0) {
            return Err(error(None, "'share' has to lie between 0 and 1".to_owned()));
        }
        if let Some(clue) =
            scenario.evidence.iter().find(|clue| !(clue.times > 0.0 && clue.times <= 1000.0))
        {
            let name = clue.sign.as_str();
            return Err(error(None, format!("'times' of {name} has to lie between 0 and 1000")));
        }
        if scenario.cause.is_none() && file != NOTHING_WRONG {
            return Err(error(
                None,
                "'cause' is missing; 'inroad playbook show' lists them".to_owned(),
            ));
        }
        Ok(scenario)
    }
}

/// The file of the case in which nothing is wrong.
const NOTHING_WRONG: &str = "nothing_wrong";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, line: Option<usize>, part: &str) {
        let error = Scenario::read("mine", text).unwrap_err();
        assert_eq!(error.line, line, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_line() {
        let good = "name = \"x\"\nshare = 0.1\nadvice = \"wait\"\nlooks_like = \"y\"\n";
        assert!(Scenario::read("mine", &format!("cause = \"opted_out\"\n{good}")).is_ok());
        assert!(Scenario::read("nothing_wrong", good).is_ok());
        check(good, None, "'cause' is missing");
        check(&format!("{good}colour = 1\n"), Some(5), "unknown field");
        check(&good.replace("0.1", "1.5"), None, "between 0 and 1");
        check("name = ", Some(1), "mine.toml, line 1");
        let clue = "[[evidence]]\nsign = \"no_such_sign\"\ntimes = 2\n";
        check(&format!("{good}{clue}"), Some(6), "no_such_sign");
        let clue = "[[evidence]]\nsign = \"too_dear\"\ntimes = 0\n";
        check(&format!("{good}{clue}"), None, "too_dear");
    }
}
