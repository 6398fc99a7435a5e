//! Which cause it is, from the signs of a deal: log-odds added up, evidence that says the same
//! damped.
//!
//! Must not: know a cause by name.

use inroad_model::{Advice, Cause, Probability};

use super::Playbook;
use super::scenario::{Clue, Scenario};
use super::second::SecondOpinion;
use super::signs::{Seen, Sign, Signs};
use crate::evidence::{CauseReview, Evidence};

/// Signs of one deal come from the same few letters, so they say less together than each by
/// itself: of all but the strongest so much counts.
const SHARED: f64 = 0.6;
/// How far the files' numbers are trusted: they were fitted to letters whose cues were known, while
/// cues are read imperfectly, yet a deal has more letters than a run. Set by hand; between 1 and 1.5
/// the order of the causes hardly changes on the stories, only how sure they look.
const TRUST: f64 = 1.2;
/// A cause less likely than this is not told.
const TOLD_MIN: f64 = 0.01;
/// Causes that are told.
const TOLD_MAX: usize = 5;
/// From this likelihood ratio on a sign speaks for a cause; against it from its inverse.
const SPEAKS_FROM: f64 = 1.25;
/// Pieces of evidence told for one cause.
const EVIDENCE_MAX: usize = 5;

/// What was found.
#[derive(Debug, Clone)]
pub struct Diagnosis<'p> {
    /// How likely it is that nothing is wrong.
    pub healthy: f64,
    /// The causes, likeliest first; their probabilities and `healthy` add up to about one.
    pub causes: Vec<CauseReview>,
    /// All scenarios with their probabilities, likeliest first.
    pub likely: Vec<(&'p Scenario, f64)>,
}

impl<'p> Diagnosis<'p> {
    /// The likeliest scenario of trouble, with its probability.
    pub fn likeliest(&self) -> Option<(&'p Scenario, f64)> {
        self.likely.iter().find(|(scenario, _)| scenario.cause.is_some()).copied()
    }

    /// Each cause once, likeliest first, with its likeliest scenario: a user may add others about it.
    pub fn by_cause(&self) -> Vec<(Cause, &'p Scenario, f64)> {
        by_cause(&self.likely)
    }

    /// The likeliest scenario that asks for that advice, where something is wrong and it is likely
    /// enough to go by.
    pub fn sure(&self, advice: Advice) -> Option<&'p Scenario> {
        let mut likely = self.likely.iter().filter(|(s, _)| s.cause.is_some());
        let asks = likely.find(|(scenario, _)| scenario.advice == advice);
        let sure = asks.filter(|(_, p)| self.is_trouble() && *p >= SURE_FROM);
        sure.map(|(scenario, _)| *scenario)
    }

    /// Whether it is trouble that ends in letting go: they are on the way out.
    pub fn is_leaving(&self) -> bool {
        let lets_go = |(scenario, _): (&Scenario, f64)| scenario.advice == Advice::LetGo;
        self.is_trouble() && self.likeliest().is_some_and(lets_go)
    }

    /// Whether something is likelier wrong than not.
    pub fn is_trouble(&self) -> bool {
        self.healthy < TROUBLE_BELOW
    }
}

/// From this probability on a cause is gone by.
const SURE_FROM: f64 = 0.3;
/// Below this probability of a healthy deal it is one in trouble.
const TROUBLE_BELOW: f64 = 0.35;

/// Weighs the signs of one deal, and what a second reading names.
pub fn diagnose<'p>(
    playbook: &'p Playbook,
    signs: &Signs,
    second: Option<&SecondOpinion>,
) -> Diagnosis<'p> {
    let scored: Vec<(&'p Scenario, f64)> =
        playbook.scenarios().map(|(_, scenario)| (scenario, score(scenario, signs))).collect();
    let most = scored.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = scored.iter().map(|(_, score)| (score - most).exp()).sum();
    let mut likely: Vec<(&'p Scenario, f64)> = scored
        .into_iter()
        .map(|(scenario, score)| (scenario, (score - most).exp() / total))
        .collect();
    // One that shifts nothing leaves every number as it was, to the last digit.
    if let Some(second) = second.filter(|second| second.shifts()) {
        shift(&mut likely, second);
    }
    likely.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cause.cmp(&b.0.cause)));
    let healthy = likely.iter().filter(|(s, _)| s.cause.is_none()).map(|(_, p)| p).sum();
    let causes = by_cause(&likely)
        .into_iter()
        .filter(|(.., p)| *p >= TOLD_MIN)
        .take(TOLD_MAX)
        .map(|(cause, scenario, p)| told(cause, scenario, p, signs, second))
        .collect();
    Diagnosis { healthy, causes, likely }
}

/// Shares what is left for trouble out among the causes anew. Whether anything is wrong was said
/// before, and stays.
fn shift(likely: &mut [(&Scenario, f64)], second: &SecondOpinion) {
    let of = |(scenario, p): &(&Scenario, f64)| {
        scenario.cause.map(|cause| p * second.shift(cause).exp()).unwrap_or_default()
    };
    let trouble: f64 = likely.iter().filter(|(s, _)| s.cause.is_some()).map(|(_, p)| p).sum();
    let shifted: f64 = likely.iter().map(of).sum();
    if shifted.is_normal() {
        for each in likely.iter_mut().filter(|(s, _)| s.cause.is_some()) {
            each.1 = of(each) * trouble / shifted;
        }
    }
}

fn by_cause<'p>(likely: &[(&'p Scenario, f64)]) -> Vec<(Cause, &'p Scenario, f64)> {
    let mut causes: Vec<(Cause, &Scenario, f64)> = Vec::new();
    for (scenario, p) in likely {
        let Some(cause) = scenario.cause else { continue };
        match causes.iter_mut().find(|(known, ..)| *known == cause) {
            Some((.., sum)) => *sum += p,
            None => causes.push((cause, scenario, *p)),
        }
    }
    causes.sort_by(|a, b| b.2.total_cmp(&a.2));
    causes
}

fn score(scenario: &Scenario, signs: &Signs) -> f64 {
    let mut weights: Vec<f64> = scenario
        .evidence
        .iter()
        .filter_map(|clue| Some(weight(clue, signs.get(&clue.sign)?)))
        .collect();
    weights.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
    let strongest = weights.first().copied().unwrap_or(0.0);
    let rest: f64 = weights.iter().skip(1).sum();
    scenario.share.ln() + TRUST * (strongest + SHARED * rest)
}

/// The log of the likelihood ratio of a sign that is there as strongly as this one.
fn weight(clue: &Clue, seen: &Seen) -> f64 {
    (seen.strength * clue.times + (1.0 - seen.strength)).ln()
}

fn told(
    cause: Cause,
    scenario: &Scenario,
    p: f64,
    signs: &Signs,
    second: Option<&SecondOpinion>,
) -> CauseReview {
    let (mut second_for, mut second_against) =
        second.map(|second| second.evidence(cause)).unwrap_or_default();
    let mut weighed: Vec<(f64, &Seen)> = scenario
        .evidence
        .iter()
        .filter_map(|clue| signs.get(&clue.sign).map(|seen| (weight(clue, seen), seen)))
        .collect();
    weighed.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let shown = |speaks: &dyn Fn(f64) -> bool| -> Vec<Evidence> {
        let seen = weighed.iter().filter(|(weight, _)| speaks(*weight));
        seen.filter_map(|(_, seen)| seen.evidence.clone()).take(EVIDENCE_MAX).collect()
    };
    CauseReview {
        cause,
        name: scenario.name.clone(),
        probability: Some(Probability::clamped(p)),
        evidence_for: beside(shown(&|weight| weight >= SPEAKS_FROM.ln()), &mut second_for),
        evidence_against: beside(shown(&|weight| weight <= -SPEAKS_FROM.ln()), &mut second_against),
    }
}

/// Our own evidence first, then that of a second reading.
fn beside(mut own: Vec<Evidence>, second: &mut Vec<Evidence>) -> Vec<Evidence> {
    second.truncate(EVIDENCE_MAX);
    own.append(second);
    own
}

/// Signs as a test case of the playbook names them: all of them sure, without words.
pub fn supposed(signs: &[Sign]) -> Signs {
    signs.iter().map(|sign| (*sign, Seen { strength: 1.0, evidence: None })).collect()
}

#[cfg(test)]
mod tests {
    use inroad_model::Cue;

    use super::*;

    #[test]
    fn two_files_about_one_cause_are_one_cause() {
        let own = "cause = \"price_too_high\"\nname = \"Mine\"\nshare = 0.02\nadvice = \
                   \"pursue\"\nlooks_like = \"x\"\n\n[[evidence]]\nsign = \"too_dear\"\ntimes = 2.0\n";
        let (playbook, broken) = Playbook::shipped().with(&[("mine", own)]);
        assert!(broken.is_empty(), "{broken:?}");
        let signs = supposed(&[Sign::Cue(Cue::TooDear), Sign::Cue(Cue::AsksDiscount)]);
        let causes = diagnose(&playbook, &signs, None).causes;
        let dear = causes.iter().filter(|c| c.cause == Cause::PriceTooHigh).count();
        assert_eq!(dear, 1, "{causes:?}");
        assert_eq!(causes.first().map(|c| c.name.as_str()), Some("The fee is too dear for them"));
    }
}
