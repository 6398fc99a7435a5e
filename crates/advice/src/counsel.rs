//! From a state to what to do: advice, the next step, the question worth asking, what is missing.

use inroad_model::{Advice, EmailAddress, FactKind, Moment, Role, Stage, State};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::dealings::Dealings;
use crate::rhythm::{Owes, Rhythm};
use crate::standing::{Reason, Standing};
use crate::wording;

/// What to do about a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Counsel {
    /// Pursue, wait, let go or stop.
    pub advice: Advice,
    /// Until when to wait, where that is known.
    pub until: Option<Date>,
    /// The next honest, useful step; `None` where nothing is to be done.
    pub next_step: Option<NextStep>,
    /// The question worth most now.
    pub question: Option<Question>,
    /// Which role or fact is unknown, and who could tell.
    pub missing: Vec<String>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// What to do, in one or two sentences.
    pub text: String,
    /// With whom.
    pub to: Option<EmailAddress>,
    /// Not before that day.
    pub not_before: Option<Date>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Whom to ask.
    pub ask: Option<EmailAddress>,
    /// The question.
    pub text: String,
    /// The causes that the answer tells apart.
    pub separates: Vec<inroad_model::Cause>,
}

/// Somebody who has been silent for this many times their habit, and asked this often, has
/// answered.
const REMINDERS_ENOUGH: usize = 4;

/// Advises on one deal.
pub fn advise(
    dealings: &Dealings<'_>,
    rhythm: &Rhythm,
    standing: &Standing<'_>,
    as_of: Moment,
) -> Counsel {
    let counterpart = dealings.counterparts().into_iter().find(|email| !opted_out(dealings, email));
    let advice = match standing.reason {
        Reason::OptedOut(_) => Advice::Stop,
        Reason::Ended(Stage::Lost) => Advice::LetGo,
        Reason::Away(_) => Advice::Wait,
        Reason::Silent if rhythm.unanswered >= REMINDERS_ENOUGH => Advice::LetGo,
        _ => Advice::Pursue,
    };
    let until = match standing.reason {
        Reason::Away(absence) => absence.until,
        _ => None,
    };
    let next_step = next_step(dealings, rhythm, standing, counterpart.as_ref(), as_of);
    let question = question(dealings, standing, counterpart.as_ref());
    let missing = if advice == Advice::Stop { Vec::new() } else { missing(dealings) };
    Counsel { advice, until, next_step, question, missing }
}

/// Whether somebody asked not to be written to. Such an address is never named as one to write
/// to.
fn opted_out(dealings: &Dealings<'_>, email: &EmailAddress) -> bool {
    dealings.facts.iter().any(|stated| {
        stated.fact.kind == FactKind::OptedOut
            && (stated.fact.whole_firm || stated.fact.email.as_ref().is_none_or(|e| e == email))
    })
}

fn next_step(
    dealings: &Dealings<'_>,
    rhythm: &Rhythm,
    standing: &Standing<'_>,
    counterpart: Option<&EmailAddress>,
    as_of: Moment,
) -> Option<NextStep> {
    let name = counterpart.map_or("them", |email| dealings.name(email));
    let step = |text: String| Some(NextStep { text, to: counterpart.cloned(), not_before: None });
    match standing.reason {
        Reason::OptedOut(_) => None,
        Reason::Ended(Stage::Won) => step(format!("Ask {name} how the work is going.")),
        Reason::Ended(_) => step(format!("Thank {name}, and leave the door open.")),
        Reason::Away(absence) => {
            let back = absence.until.and_then(|until| until.checked_add(1.day()).ok());
            let text = match absence.stated.fact.kind {
                FactKind::Ill => {
                    format!("Wish {name} well. Nothing about the deal until there is word.")
                }
                FactKind::ComeBack => {
                    format!("Write to {name} on the day that was named, not before.")
                }
                _ => format!("Wait until {name} is back, and leave a day or two to catch up."),
            };
            let day =
                if absence.stated.fact.kind == FactKind::ComeBack { absence.until } else { back };
            Some(NextStep { text, to: counterpart.cloned(), not_before: day })
        }
        Reason::Gone(stated) => {
            let successor = stated.fact.to.clone().filter(|to| !opted_out(dealings, to));
            let text = match (&stated.fact.to_name, &successor) {
                (Some(to), _) => format!("Introduce yourself to {to}, who takes over."),
                (None, Some(to)) => {
                    format!("Introduce yourself to {}, who takes over.", dealings.name(to))
                }
                (None, None) => {
                    format!("Find out who takes over from {name}; ask somebody else there.")
                }
            };
            Some(NextStep {
                text,
                to: successor.or_else(|| other_person(dealings)),
                not_before: None,
            })
        }
        Reason::Meeting(event) => Some(NextStep {
            text: format!("Prepare the meeting \"{}\".", event.summary.trim()),
            to: counterpart.cloned(),
            not_before: None,
        }),
        Reason::NothingPassed => step(format!("Write to {name} for the first time.")),
        Reason::Silent if rhythm.unanswered >= REMINDERS_ENOUGH => step(format!(
            "You have written {} without an answer. Close the file with one kind line that leaves the door open.",
            wording::times(rhythm.unanswered)
        )),
        Reason::Silent => match other_person(dealings).filter(|other| Some(other) != counterpart) {
            Some(other) => Some(NextStep {
                text: format!(
                    "No third reminder to {name}. Ask {} how things stand on their side.",
                    dealings.name(&other)
                ),
                to: Some(other),
                not_before: None,
            }),
            None => step(format!("Call {name}, or send something of use that asks for nothing.")),
        },
        Reason::Slow => step(format!(
            "Send {name} one short thing of use, with one question that is easy to answer."
        )),
        Reason::Curt => step(format!("Ask {name} openly what has changed.")),
        Reason::WeAreLate => step(format!(
            "Answer {name}: the last word has been theirs for {}.",
            wording::days(crate::standing::days_since_heard(rhythm, as_of))
        )),
        Reason::Usual if rhythm.owes == Owes::We => step(format!("Answer {name}.")),
        Reason::Usual => Some(NextStep {
            text: format!(
                "Give {name} time: answers usually take up to {}.",
                wording::days(rhythm.usual_days.1)
            ),
            to: counterpart.cloned(),
            not_before: rhythm.wrote_at.and_then(|at| usual_end(at, rhythm)),
        }),
    }
}

/// The day by which nine of ten of their answers would have come.
fn usual_end(wrote_at: Moment, rhythm: &Rhythm) -> Option<Date> {
    let days = rhythm.usual_days.1.ceil().clamp(1.0, 60.0);
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and 60")]
    let days = days as i64;
    wrote_at.date().checked_add(days.days()).ok()
}

/// Somebody else on their side who wrote to us, the latest first.
fn other_person(dealings: &Dealings<'_>) -> Option<EmailAddress> {
    let counterparts = dealings.counterparts();
    dealings
        .inbound()
        .rev()
        .filter_map(|e| e.writer())
        .find(|email| !counterparts.contains(email) && !opted_out(dealings, email))
        .cloned()
}

fn question(
    dealings: &Dealings<'_>,
    standing: &Standing<'_>,
    counterpart: Option<&EmailAddress>,
) -> Option<Question> {
    let asks = matches!(standing.state, State::Dark | State::Cold | State::Cooling);
    let decider_known = has_role(dealings, Role::DecisionMaker);
    (asks && !decider_known).then(|| Question {
        ask: counterpart.cloned(),
        text: "Who besides you will have a say in this?".to_owned(),
        separates: vec![inroad_model::Cause::LackOfInfluence, inroad_model::Cause::PriorityLost],
    })
}

fn missing(dealings: &Dealings<'_>) -> Vec<String> {
    let teller = dealings.counterparts().into_iter().next();
    let teller = teller.as_ref().map_or("your contact", |email| dealings.name(email));
    let mut missing = Vec::new();
    if !has_role(dealings, Role::DecisionMaker) {
        missing.push(format!("Who decides is not known; {teller} could tell"));
    }
    if !has_role(dealings, Role::ProblemOwner) {
        missing.push(format!("Who has the problem is not known; {teller} could tell"));
    }
    missing
}

fn has_role(dealings: &Dealings<'_>, role: Role) -> bool {
    dealings.deal.people.iter().any(|seat| seat.roles.contains(&role))
}
