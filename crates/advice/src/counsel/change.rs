//! What would change the advice: who should overrule it knows best what to look for.

use inroad_model::{Advice, State};

use super::Change;
use crate::dealings::Dealings;
use crate::playbook::diagnosis::Diagnosis;
use crate::standing::{Reason, Standing};

/// A cause less likely than this is not worth a line.
const LIKELY_MIN: f64 = 0.08;
/// More of them are no help.
const CHANGES_MAX: usize = 2;

/// What would change the advice, likeliest first.
pub(super) fn would_change(
    dealings: &Dealings<'_>,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
    advice: Advice,
) -> Vec<Change> {
    match standing.reason {
        Reason::OptedOut(_) | Reason::Ended(_) => return Vec::new(),
        Reason::Away(absence) => {
            let who = absence.stated.fact.email.as_ref();
            let who = who.map_or("them", |email| dealings.name(email));
            let text = format!("A word from {who} would end the wait.");
            return vec![Change { text, advice: Advice::Pursue }];
        }
        _ => {}
    }
    let mut changes: Vec<Change> = Vec::new();
    for (scenario, p) in &diagnosis.likely {
        let asks_for = scenario.advice;
        let is_new = asks_for != advice && changes.iter().all(|change| change.advice != asks_for);
        // Only their own words bring a stop.
        if !is_new || *p < LIKELY_MIN || asks_for == Advice::Stop || scenario.cause.is_none() {
            continue;
        }
        let then = match asks_for {
            Advice::Pursue => "it would be worth another step",
            Advice::Wait => "it would be time to wait",
            Advice::LetGo | Advice::Stop => "it would be time to let it go",
        };
        let text = format!("If it turns out to be \u{201c}{}\u{201d}, {then}.", scenario.name);
        changes.push(Change { text, advice: asks_for });
    }
    if advice != Advice::Pursue && matches!(standing.state, State::Cold | State::Dark) {
        let text = "An answer with a question or a day in it would make it worth another step.";
        if changes.iter().all(|change| change.advice != Advice::Pursue) {
            changes.push(Change { text: text.to_owned(), advice: Advice::Pursue });
        }
    }
    changes.truncate(CHANGES_MAX);
    changes
}
