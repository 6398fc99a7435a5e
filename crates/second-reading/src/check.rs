//! From what a model claims to what is kept: every quote is looked up, and what has none that
//! stands is dropped, and so is every address of somebody who does not belong to the deal.

use inroad_model::{
    EmailAddress, Finding, Moment, Probability, ReadCause, Remarks, SecondReading, Source,
};

use crate::answer::{Answer, NamedCause, NamedFinding};
use crate::quote::true_words;
use crate::request::Request;

/// Who was asked, and when.
#[derive(Debug, Clone)]
pub struct Made {
    /// The model.
    pub model: String,
    /// The host.
    pub host: String,
    /// When.
    pub at: Moment,
}

/// A reading with what was left out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What is kept.
    pub reading: SecondReading,
    /// What was left out and why, a line each.
    pub told: Vec<String>,
}

/// A line of a model is cut to so many characters.
const SAYS_CHARS_MAX: usize = 160;

/// Looks up what an answer claims in what was sent.
pub fn check(answer: &Answer, request: &Request, made: Made) -> Checked {
    let mut told = answer.told.clone();
    let mut false_quotes = 0;
    let mut causes = Vec::new();
    // What was named adds up to one at most, whatever the model made of it.
    let sum: f64 = answer.causes.iter().map(|cause| cause.probability).sum::<f64>().max(1.0);
    for named in &answer.causes {
        let mut stand = |findings: &[NamedFinding]| {
            let true_ones: Vec<Finding> =
                findings.iter().filter_map(|finding| stands(finding, request)).collect();
            false_quotes += findings.len() - true_ones.len();
            once_each(true_ones)
        };
        let NamedCause { cause, probability, .. } = *named;
        let findings_for = stand(&named.findings_for);
        let findings_against = stand(&named.findings_against);
        if findings_for.is_empty() && findings_against.is_empty() {
            told.push(format!("{} was left out: no quote of it stands", cause.as_str()));
            continue;
        }
        let probability = Probability::clamped(probability / sum);
        causes.push(ReadCause { cause, probability, findings_for, findings_against });
    }
    if false_quotes > 0 {
        told.push(format!("{false_quotes} findings were left out: their words do not stand there"));
    }
    let remarks = remarks(answer, request, &mut told);
    let Made { model, host, at: made_at } = made;
    let as_of = request.as_of;
    let reading = SecondReading { model, host, as_of, made_at, causes, remarks, false_quotes };
    Checked { reading, told }
}

/// The finding, if its words stand in what was sent and in the letter itself.
fn stands(named: &NamedFinding, request: &Request) -> Option<Finding> {
    let source = Source::from_reference(&named.message)?;
    let shown = request.shown.iter().find(|shown| shown.source == source)?;
    let sent = true_words(&shown.text, &named.quote)?;
    let quote = true_words(&shown.body, &sent)?;
    let says = says(&named.says).unwrap_or_else(|| "These words".to_owned());
    Some(Finding { message: source, quote, says })
}

/// The same words again show nothing more.
fn once_each(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let overlaps = |other: &Finding| {
            other.message == finding.message
                && (other.quote.contains(&finding.quote) || finding.quote.contains(&other.quote))
        };
        if !kept.iter().any(overlaps) {
            kept.push(finding);
        }
    }
    kept
}

/// A line of the model's own words, if it says no more than that: a link or an address in it
/// could lead somebody somewhere.
fn says(text: &str) -> Option<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = folded.chars().filter(|c| !c.is_control()).take(SAYS_CHARS_MAX).collect();
    let leads = plain.contains(['@', '\u{ff20}']) || plain.contains("//") || has_domain(&plain);
    (!plain.is_empty() && !leads).then_some(plain)
}

/// Whether something stands in it that a program could make a link of: a dot between two letters.
fn has_domain(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.rsplit_once('.').is_some_and(|(before, after)| {
            before.chars().filter(|c| c.is_alphanumeric()).count() > 1
                && after.chars().filter(|c| c.is_alphabetic()).count() > 1
        })
    })
}

fn remarks(answer: &Answer, request: &Request, told: &mut Vec<String>) -> Remarks {
    let mut strangers = 0;
    let mut known = |text: &String| -> Option<EmailAddress> {
        let email = text.parse().ok().filter(|email| request.people.contains(email));
        strangers += usize::from(email.is_none());
        email
    };
    let remarks = Remarks {
        resistor: answer.resistor.as_ref().and_then(&mut known),
        levers: answer.levers.iter().filter_map(&mut known).collect(),
        decision_maker: answer.decision_maker.as_ref().and_then(&mut known),
        question: answer.question.as_deref().and_then(says),
    };
    if strangers > 0 {
        told.push(format!("{strangers} addresses were left out: nobody of the deal has them"));
    }
    remarks
}

#[cfg(test)]
mod tests;
