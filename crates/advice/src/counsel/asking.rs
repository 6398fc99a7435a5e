//! The question worth most now, and what is not known.

use std::collections::BTreeMap;

use inroad_model::{Cause, EmailAddress, Role, State};

use super::Question;
use super::whom::{can_be_asked, meant};
use crate::dealings::Dealings;
use crate::playbook::diagnosis::Diagnosis;
use crate::playbook::scenario::{Ask, Scenario};
use crate::politics::Politics;
use crate::standing::Standing;

/// A question that would tell less than this, in bits, is not worth asking.
const BITS_MIN: f64 = 0.1;

/// The question of the playbook whose answer is expected to tell most.
///
/// An honest answer shows whether it is the cause that the question stands with, or one of those
/// that it would show too, or something else: so much is expected as that leaves open now (the
/// entropy over these cases). Answers are as honest to one question as to another, as far as we
/// know.
pub(super) fn of_playbook(
    dealings: &Dealings<'_>,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
    politics: &Politics,
) -> Option<Question> {
    let over = matches!(standing.state, State::Closed | State::Paused);
    if over || !diagnosis.is_trouble() {
        return None;
    }
    let by_cause: BTreeMap<Cause, f64> =
        diagnosis.by_cause().into_iter().map(|(cause, _, p)| (cause, p)).collect();
    let mut best: Option<(f64, Question)> = None;
    for (scenario, _) in &diagnosis.likely {
        for ask in &scenario.question {
            let bits = expected_bits(&by_cause, scenario, ask);
            let beats = best.as_ref().is_none_or(|(most, _)| bits > *most);
            if bits < BITS_MIN || !beats {
                continue;
            }
            let Some(whom) = meant(dealings, politics, ask.whom) else { continue };
            let text = ask.text.replace("{name}", dealings.name(&whom));
            let separates = separates(&by_cause, scenario, ask);
            best = Some((bits, Question { ask: Some(whom), text, separates }));
        }
    }
    best.map(|(_, question)| question)
}

/// What the answer would show: the causes that it names, by how likely they are now.
fn shown(by_cause: &BTreeMap<Cause, f64>, scenario: &Scenario, ask: &Ask) -> BTreeMap<Cause, f64> {
    let causes = scenario.cause.iter().chain(&ask.shows_too);
    causes.map(|cause| (*cause, by_cause.get(cause).copied().unwrap_or(0.0))).collect()
}

fn expected_bits(by_cause: &BTreeMap<Cause, f64>, scenario: &Scenario, ask: &Ask) -> f64 {
    let shown = shown(by_cause, scenario, ask);
    let rest = 1.0 - shown.values().sum::<f64>();
    let cases = shown.into_values().chain([rest]);
    cases.filter(|p| *p > 0.0).map(|p| -p * p.log2()).sum()
}

/// The two likeliest causes that the answer tells apart; with a question about one cause, that one
/// and the likeliest other.
fn separates(by_cause: &BTreeMap<Cause, f64>, scenario: &Scenario, ask: &Ask) -> Vec<Cause> {
    let shown = shown(by_cause, scenario, ask);
    let mut causes: Vec<(&Cause, &f64)> = by_cause.iter().collect();
    // Those that it would show come first, then the likeliest.
    causes.sort_by(|a, b| {
        let shows = |cause: &Cause| !shown.contains_key(cause);
        shows(a.0).cmp(&shows(b.0)).then_with(|| b.1.total_cmp(a.1))
    });
    causes.into_iter().take(2).map(|(cause, _)| *cause).collect()
}

/// The question that the state asks, where nothing points to a cause.
pub(super) fn plain(
    dealings: &Dealings<'_>,
    standing: &Standing<'_>,
    counterpart: Option<&EmailAddress>,
) -> Option<Question> {
    let asks = matches!(standing.state, State::Dark | State::Cold | State::Cooling);
    let decider_known = has_role(dealings, Role::DecisionMaker);
    (asks && !decider_known).then(|| Question {
        ask: counterpart.cloned(),
        text: "Who besides you will have a say in this?".to_owned(),
        separates: vec![Cause::LackOfInfluence, Cause::PriorityLost],
    })
}

/// Which role is unknown, and who could tell; and who was never met.
pub(super) fn missing(dealings: &Dealings<'_>, politics: &Politics) -> Vec<String> {
    let teller = dealings.counterparts().into_iter().find(|email| can_be_asked(dealings, email));
    let teller = teller.as_ref().map_or("your contact", |email| dealings.name(email));
    let mut missing = Vec::new();
    if !has_role(dealings, Role::DecisionMaker) && politics.decides.is_none() {
        missing.push(format!("Who decides is not known; {teller} could tell"));
    }
    if !has_role(dealings, Role::ProblemOwner) {
        missing.push(format!("Who has the problem is not known; {teller} could tell"));
    }
    missing.extend(politics.unmet.iter().cloned());
    missing
}

fn has_role(dealings: &Dealings<'_>, role: Role) -> bool {
    dealings.deal.people.iter().any(|seat| seat.roles.contains(&role))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "cause = \"price_too_high\"\nname = \"x\"\nshare = 0.1\nadvice = \"pursue\"\n\
                        looks_like = \"y\"\n\n[[question]]\nwhom = \"contact\"\ntext = \"Why?\"\n";

    fn asked(shows_too: &str) -> Scenario {
        Scenario::read("mine", &format!("{FILE}{shows_too}")).expect("a scenario")
    }

    fn bits(by_cause: &BTreeMap<Cause, f64>, scenario: &Scenario) -> f64 {
        expected_bits(by_cause, scenario, &scenario.question[0])
    }

    #[test]
    fn a_question_tells_most_where_most_is_open() {
        let dear = |p: f64| BTreeMap::from([(Cause::PriceTooHigh, p)]);
        let scenario = asked("");
        assert!((bits(&dear(0.5), &scenario) - 1.0).abs() < 1e-12, "as a coin");
        assert!(bits(&dear(0.5), &scenario) > bits(&dear(0.9), &scenario));
        assert!(bits(&dear(1.0), &scenario).abs() < 1e-12, "nothing is open");
    }

    #[test]
    fn a_question_that_shows_more_causes_tells_more() {
        let by_cause = BTreeMap::from([
            (Cause::PriceTooHigh, 0.4),
            (Cause::PriorityLost, 0.4),
            (Cause::ContactIll, 0.2),
        ]);
        let (one, two) = (asked(""), asked("shows_too = [\"priority_lost\"]\n"));
        assert!(bits(&by_cause, &two) > bits(&by_cause, &one));
        let told = separates(&by_cause, &two, &two.question[0]);
        assert_eq!(told, [Cause::PriceTooHigh, Cause::PriorityLost]);
    }
}
