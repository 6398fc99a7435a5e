//! What came back, read strictly and within bounds. Whatever a model, or somebody in its place,
//! writes, this ends soon and without a fault.

use inroad_model::Cause;
use serde::Deserialize;
use serde_json::Value;

use crate::schema::{CAUSES_MAX, FINDINGS_MAX, LEVERS_MAX};

/// An answer, before any quote was looked up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The causes that it names, each once.
    pub causes: Vec<NamedCause>,
    /// Who is against it.
    pub resistor: Option<String>,
    /// Who could move it.
    pub levers: Vec<String>,
    /// Who decides.
    pub decision_maker: Option<String>,
    /// What it would ask.
    pub question: Option<String>,
    /// What was left out and why, a line each.
    pub told: Vec<String>,
}

/// A cause as it is named.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedCause {
    /// The cause.
    pub cause: Cause,
    /// 0 to 1.
    pub probability: f64,
    /// For it.
    pub findings_for: Vec<NamedFinding>,
    /// Against it.
    pub findings_against: Vec<NamedFinding>,
}

/// Words as they are claimed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NamedFinding {
    /// Where they are said to stand.
    pub message: String,
    /// The words.
    pub quote: String,
    /// What they are said to say.
    #[serde(default)]
    pub says: String,
}

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAnswer {
    /// It is longer than any answer.
    #[error("it is longer than {} KB", ANSWER_BYTES_MAX >> 10)]
    TooLong,
    /// It nests deeper than any answer.
    #[error("it nests deeper than {DEPTH_MAX} levels")]
    TooDeep,
    /// There is no JSON object in it.
    #[error("it holds no JSON object")]
    NoJson,
    /// The object is another one.
    #[error("it holds no list of causes")]
    NoCauses,
}

/// Bytes of an answer at most.
const ANSWER_BYTES_MAX: usize = 256 << 10;
/// An answer nests to five levels.
const DEPTH_MAX: usize = 12;
/// Bytes of a field at most; what is longer is no quote and no line.
const FIELD_BYTES_MAX: usize = 4_000;
/// Lines about what was left out at most.
const TOLD_MAX: usize = 20;

impl Answer {
    /// Reads the words of a model: bare JSON, JSON in a fenced block, or JSON among other words.
    ///
    /// # Errors
    /// [`NotAnAnswer`].
    pub fn read(text: &str) -> Result<Self, NotAnAnswer> {
        if text.len() > ANSWER_BYTES_MAX {
            return Err(NotAnAnswer::TooLong);
        }
        let mut wrong = NotAnAnswer::NoJson;
        for candidate in candidates(text) {
            match object(candidate) {
                Ok(value) if value.get("causes").is_some_and(Value::is_array) => {
                    return Ok(Self::of(&value));
                }
                Ok(_) => wrong = NotAnAnswer::NoCauses,
                Err(NotAnAnswer::TooDeep) => return Err(NotAnAnswer::TooDeep),
                Err(_) => {}
            }
        }
        Err(wrong)
    }

    fn of(value: &Value) -> Self {
        let mut answer = Self::default();
        for named in list(value, "causes") {
            if answer.causes.len() >= CAUSES_MAX {
                answer.tell(format!("Causes beyond the first {CAUSES_MAX} were left out"));
                break;
            }
            match cause(named) {
                Ok(cause) if answer.causes.iter().any(|known| known.cause == cause.cause) => {
                    answer.tell(format!("{} was named twice", cause.cause.as_str()));
                }
                Ok(cause) => answer.causes.push(cause),
                Err(why) => answer.tell(why),
            }
        }
        answer.resistor = text(value, "resistor");
        answer.decision_maker = text(value, "decision_maker");
        answer.question = text(value, "question");
        // Some models answer with objects that hold the address.
        let levers = list(value, "levers").iter();
        let levers = levers.filter_map(|lever| match lever {
            Value::String(email) => within_field(email),
            other => text(other, "email"),
        });
        answer.levers = levers.take(LEVERS_MAX).collect();
        answer
    }

    fn tell(&mut self, line: String) {
        if self.told.len() < TOLD_MAX {
            self.told.push(line);
        }
    }
}

fn cause(named: &Value) -> Result<NamedCause, String> {
    let name = named.get("cause").and_then(Value::as_str).unwrap_or_default();
    let shown = || name.chars().filter(|c| !c.is_control()).take(40).collect::<String>();
    let cause = Cause::from_name(name).ok_or_else(|| format!("'{}' is no cause", shown()))?;
    let probability = named.get("probability").and_then(Value::as_f64);
    let probability = probability.filter(|p| (0.0..=1.0).contains(p));
    let probability =
        probability.ok_or_else(|| format!("{name} came without a probability from 0 to 1"))?;
    let findings = |side: &str| {
        let findings = list(named, side).iter().take(FINDINGS_MAX);
        findings.filter_map(finding).collect::<Vec<_>>()
    };
    Ok(NamedCause {
        cause,
        probability,
        findings_for: findings("for"),
        findings_against: findings("against"),
    })
}

fn finding(value: &Value) -> Option<NamedFinding> {
    let finding = NamedFinding::deserialize(value).ok()?;
    let fields = [&finding.message, &finding.quote, &finding.says];
    fields.iter().all(|field| field.len() <= FIELD_BYTES_MAX).then_some(finding)
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value, name: &str) -> Option<String> {
    within_field(value.get(name)?.as_str()?)
}

fn within_field(text: &str) -> Option<String> {
    (!text.trim().is_empty() && text.len() <= FIELD_BYTES_MAX).then(|| text.trim().to_owned())
}

/// Where the JSON may stand, likeliest first.
fn candidates(text: &str) -> impl Iterator<Item = &str> {
    // Models that think aloud do so first.
    let said = text.rsplit_once("</think>").map_or(text, |(_, said)| said);
    let block = said.rsplit_once("```json").or_else(|| said.split_once("```"));
    let block = block.map(|(_, rest)| rest.split_once("```").map_or(rest, |(inside, _)| inside));
    let braces = said.find('{').zip(said.rfind('}')).and_then(|(from, to)| said.get(from..=to));
    [Some(said), block, braces].into_iter().flatten().map(str::trim)
}

fn object(text: &str) -> Result<Value, NotAnAnswer> {
    if !text.starts_with('{') {
        return Err(NotAnAnswer::NoJson);
    }
    if depth(text) > DEPTH_MAX {
        return Err(NotAnAnswer::TooDeep);
    }
    serde_json::from_str(text).map_err(|_no_json| NotAnAnswer::NoJson)
}

/// How deep brackets nest outside of strings.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str = r#"{"causes": [{"cause": "price_too_high", "probability": 0.7,
        "for": [{"message": "<m1@x.example>", "quote": "too dear for us", "says": "The fee"}],
        "against": []}], "resistor": null, "levers": [{"email": "a@x.example", "why": "kind"}],
        "decision_maker": "b@x.example", "question": " Who decides? "}"#;

    fn check(text: &str, expected: Result<usize, NotAnAnswer>) {
        assert_eq!(Answer::read(text).map(|answer| answer.causes.len()), expected, "{text:.80}");
    }

    #[test]
    fn good_answers_in_several_wrappings() {
        let answer = Answer::read(GOOD).unwrap();
        assert_eq!(answer.causes[0].cause, Cause::PriceTooHigh);
        assert_eq!(answer.causes[0].findings_for[0].quote, "too dear for us");
        assert_eq!(answer.levers, ["a@x.example"]);
        assert_eq!(answer.question.as_deref(), Some("Who decides?"));
        assert!(answer.told.is_empty());
        check(&format!("Here it is:\n```json\n{GOOD}\n```\nRegards"), Ok(1));
        check(&format!("```\n{GOOD}\n```"), Ok(1));
        check(&format!("<think>{{\"causes\": []}} or so</think>{GOOD}"), Ok(1));
        check(&format!("The answer is {GOOD} and no other."), Ok(1));
        check("{\"causes\": []}", Ok(0));
    }

    #[test]
    fn garbage() {
        check("", Err(NotAnAnswer::NoJson));
        check("I cannot help with that.", Err(NotAnAnswer::NoJson));
        check("<html><body>502</body></html>", Err(NotAnAnswer::NoJson));
        check(GOOD.get(..GOOD.len() / 2).unwrap(), Err(NotAnAnswer::NoJson));
        check("{\"cause\": \"price_too_high\"}", Err(NotAnAnswer::NoCauses));
        check("{\"causes\": \"price_too_high\"}", Err(NotAnAnswer::NoCauses));
        check("[1, 2]", Err(NotAnAnswer::NoJson));
        check(&format!("{{\"causes\":{}", "[".repeat(100_000)), Err(NotAnAnswer::TooDeep));
        let deep = format!("{{\"causes\": {}{}}}", "[".repeat(90_000), "]".repeat(90_000));
        check(&deep, Err(NotAnAnswer::TooDeep));
        check(&"x".repeat(ANSWER_BYTES_MAX + 1), Err(NotAnAnswer::TooLong));
    }

    #[test]
    fn what_cannot_be_used_is_left_out_and_told() {
        for (change, into) in [
            ("price_too_high", "bad_luck"),
            ("0.7", "7"),
            ("0.7", "-1"),
            ("0.7", "\"high\""),
            ("0.7", "null"),
        ] {
            let answer = Answer::read(&GOOD.replace(change, into)).unwrap();
            assert!(answer.causes.is_empty() && answer.told.len() == 1, "{into}: {answer:?}");
        }
        let twice = GOOD.replace(
            "\"against\": []}]",
            "\"against\": []}, {\"cause\": \
            \"price_too_high\", \"probability\": 0.1}, 5]",
        );
        let answer = Answer::read(&twice).unwrap();
        assert_eq!((answer.causes.len(), answer.told.len()), (1, 2), "{answer:?}");
        let broken = GOOD.replace("\"quote\"", "\"quota\"");
        assert!(Answer::read(&broken).unwrap().causes[0].findings_for.is_empty());
        let many = format!("{{\"causes\": [{}1]}}", "1,".repeat(5_000));
        assert_eq!(Answer::read(&many).unwrap().told.len(), TOLD_MAX);
    }

    proptest! {
        #[test]
        fn any_text_ends_well(text in "\\PC{0,300}") {
            let _read = Answer::read(&text);
        }

        #[test]
        fn any_change_ends_well(at in 0_usize..330, with in "\\PC{0,4}") {
            let at = GOOD.floor_char_boundary(at.min(GOOD.len()));
            let (before, after) = GOOD.split_at(at);
            if let Ok(answer) = Answer::read(&format!("{before}{with}{after}")) {
                prop_assert!(answer.causes.len() <= CAUSES_MAX);
            }
        }
    }
}
