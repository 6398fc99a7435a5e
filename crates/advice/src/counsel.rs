//! From a state to what to do: advice, the next step, the question worth asking, what is missing.

use inroad_model::{Advice, EmailAddress, FactKind, Moment, Role, Stage, State};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::absence::{self, Absence};
use crate::dealings::{Dealings, Stated};
use crate::playbook::diagnosis::Diagnosis;
use crate::playbook::scenario::{Play, Whom};
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

/// Who was asked this often and did not answer has answered.
const REMINDERS_ENOUGH: usize = 4;

/// Advises on one deal.
pub fn advise(
    dealings: &Dealings<'_>,
    rhythm: &Rhythm,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
    as_of: Moment,
) -> Counsel {
    let counterparts = dealings.counterparts();
    let counterpart = counterparts
        .iter()
        .find(|email| can_be_asked(dealings, email))
        .or_else(|| counterparts.iter().find(|email| !dealings.do_not_contact.forbids(email)))
        .cloned();
    let advice = match standing.reason {
        Reason::OptedOut(_) => Advice::Stop,
        Reason::Ended(Stage::Lost) => Advice::LetGo,
        Reason::Away(_) => Advice::Wait,
        Reason::Gone(_) => Advice::Pursue,
        Reason::Silent if asked_enough(dealings, rhythm) => Advice::LetGo,
        _ => of_scenario(diagnosis, standing).unwrap_or(Advice::Pursue),
    };
    let until = match standing.reason {
        Reason::Away(absence) => absence.until,
        _ => None,
    };
    let played = played(dealings, standing, diagnosis, advice);
    let next_step =
        played.or_else(|| next_step(dealings, rhythm, standing, counterpart.as_ref(), as_of));
    let question = of_playbook(dealings, standing, diagnosis)
        .or_else(|| question(dealings, standing, counterpart.as_ref()));
    let missing = if advice == Advice::Stop { Vec::new() } else { missing(dealings) };
    Counsel { advice, until, next_step, question, missing }
}

/// Whoever a step or a question of the playbook means; `None` where nobody there may be asked.
fn meant(dealings: &Dealings<'_>, whom: Whom) -> Option<EmailAddress> {
    let contact =
        || dealings.counterparts().into_iter().find(|email| can_be_asked(dealings, email));
    let decides = || {
        let seats = dealings.deal.people.iter();
        let mut deciding = seats.filter(|seat| seat.roles.contains(&Role::DecisionMaker));
        deciding.find(|seat| can_be_asked(dealings, &seat.email)).map(|seat| seat.email.clone())
    };
    match whom {
        Whom::Contact => contact(),
        Whom::Another => other_person(dealings).or_else(contact),
        Whom::DecisionMaker => decides().or_else(contact),
        Whom::Nobody => None,
    }
}

/// The first step of the play that fits, where the state asks for one and the cause is likely
/// enough.
fn played(
    dealings: &Dealings<'_>,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
    advice: Advice,
) -> Option<NextStep> {
    let asks = matches!(
        standing.reason,
        Reason::Silent | Reason::Slow | Reason::Curt | Reason::Troubled | Reason::WeAreLate
    );
    // A step towards them is none for a deal that is let go, whatever else is likely.
    let scenario = diagnosis.sure().filter(|scenario| asks && scenario.advice == advice)?;
    let fits =
        |play: &&Play| play.ongoing_account.is_none_or(|on| on == dealings.deal.ongoing_account);
    let play = scenario.play.iter().find(fits)?;
    let to = meant(dealings, play.whom);
    let name = to.as_ref().map_or("them", |email| dealings.name(email));
    let text = play.steps.first()?.replace("{name}", name);
    Some(NextStep { text, to, not_before: None })
}

/// The question that the likeliest cause asks.
fn of_playbook(
    dealings: &Dealings<'_>,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
) -> Option<Question> {
    let over = matches!(standing.state, State::Closed | State::Paused);
    let (scenario, _) = diagnosis.likeliest.filter(|_| diagnosis.is_trouble() && !over)?;
    let ask = scenario.question.first()?;
    let whom = meant(dealings, ask.whom)?;
    let text = ask.text.replace("{name}", dealings.name(&whom));
    let separates = diagnosis.causes.iter().take(2).map(|cause| cause.cause).collect();
    Some(Question { ask: Some(whom), text, separates })
}

/// What the likeliest cause asks for, where it is likely enough. A deal is let go only when they
/// have grown cold, and nobody is left alone for ever because of what was read between lines.
fn of_scenario(diagnosis: &Diagnosis<'_>, standing: &Standing<'_>) -> Option<Advice> {
    let scenario = diagnosis.sure()?;
    let is_cold = matches!(standing.state, State::Cold | State::Dark);
    match scenario.advice {
        Advice::Stop => None,
        Advice::LetGo if !is_cold => None,
        advice => Some(advice),
    }
}

/// Whether somebody may be written to and would get it: did not opt out, did not leave, and the
/// address works.
fn can_be_asked(dealings: &Dealings<'_>, email: &EmailAddress) -> bool {
    let is_gone = dealings.facts.iter().any(|stated| {
        matches!(stated.fact.kind, FactKind::LeftCompany | FactKind::Bounced)
            && stated.fact.email.as_ref() == Some(email)
            && !absence::heard_since(dealings, stated)
    });
    !is_gone && !dealings.do_not_contact.forbids(email)
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
        Reason::Away(absence) => Some(while_away(dealings, &absence, counterpart)),
        Reason::Gone(stated) => Some(after_leaving(dealings, stated, counterpart)),
        Reason::Meeting(event) => Some(NextStep {
            text: format!("Prepare the meeting \"{}\".", event.summary.trim()),
            to: counterpart.cloned(),
            not_before: None,
        }),
        Reason::Met(_) => {
            step(format!("Write to {name}: what you agreed when you met, and what comes next."))
        }
        Reason::NothingPassed => step(format!("Write to {name} for the first time.")),
        Reason::Silent if asked_enough(dealings, rhythm) => step(format!(
            "You have written {} without an answer. Close the file with one kind line that leaves the door open.",
            wording::times(rhythm.unanswered)
        )),
        Reason::Silent => match other_person(dealings).filter(|other| Some(other) != counterpart) {
            Some(other) => Some(NextStep {
                text: format!(
                    "You have written to {name} {}. Ask {} how things stand on their side.",
                    wording::times(rhythm.unanswered),
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
        Reason::Curt | Reason::Troubled => step(format!("Ask {name} openly what has changed.")),
        Reason::WeAreLate => step(format!(
            "Answer {name}: the last word has been theirs for {}.",
            wording::days(crate::standing::days_since_heard(rhythm, as_of))
        )),
        Reason::Usual if rhythm.owes == Owes::We => step(format!("Answer {name}.")),
        Reason::Usual => Some(NextStep {
            text: format!(
                "Give {name} time: answers usually take up to {}.",
                wording::days(rhythm.observed(0.9).unwrap_or(rhythm.usual_days.1))
            ),
            to: counterpart.cloned(),
            not_before: rhythm.wrote_at.and_then(|at| usual_end(at, rhythm)),
        }),
    }
}

/// What to do while somebody is away: nothing that asks for anything.
fn while_away(
    dealings: &Dealings<'_>,
    absence: &Absence<'_>,
    counterpart: Option<&EmailAddress>,
) -> NextStep {
    let fact = &absence.stated.fact;
    // The firm as a whole may be closed; then it is about whoever is waited for.
    let who = fact.email.as_ref().or(counterpart);
    let name = who.map_or("them", |email| dealings.name(email));
    let (text, not_before) = match fact.kind {
        FactKind::Ill => {
            (format!("Wish {name} well. Nothing about the deal until there is word."), None)
        }
        FactKind::Acquired | FactKind::Reorganised => (
            format!("Give {name} time to see where things go. A kind word is enough for now."),
            None,
        ),
        FactKind::ComeBack => {
            (format!("Write to {name} on the day that was named, not before."), absence.until)
        }
        _ => (
            format!("Wait until {name} is back, and leave a day or two to catch up."),
            absence.until.and_then(|until| until.checked_add(1.day()).ok()),
        ),
    };
    let to = who.filter(|email| !dealings.do_not_contact.forbids(email)).cloned();
    NextStep { text, to, not_before }
}

/// Whom to turn to when somebody has left: the successor, unless that one wants no mail.
fn after_leaving(
    dealings: &Dealings<'_>,
    stated: &Stated,
    counterpart: Option<&EmailAddress>,
) -> NextStep {
    let fact = &stated.fact;
    let gone = fact.email.as_ref().or(counterpart);
    let gone = gone.map_or("them", |email| dealings.name(email));
    // Who is gone often names the successor in one sentence and the address in the next.
    let referral = dealings.facts.iter().rfind(|other| {
        other.fact.kind == FactKind::Referred
            && other.fact.email == fact.email
            && other.fact.to.is_some()
    });
    let successor = fact.to.as_ref().or(referral.and_then(|other| other.fact.to.as_ref()));
    let (text, to) = match (successor, &fact.to_name) {
        (Some(to), name) if !dealings.do_not_contact.forbids(to) => {
            let name = name.as_deref().unwrap_or_else(|| dealings.name(to));
            (format!("Introduce yourself to {name}, who takes over."), Some(to.clone()))
        }
        (None, Some(name)) => (
            format!("Find out how to reach {name}, who takes over, and introduce yourself."),
            other_person(dealings),
        ),
        _ => (
            format!("Find out who takes over from {gone}; ask somebody else there."),
            other_person(dealings),
        ),
    };
    NextStep { text, to, not_before: None }
}

/// Whether there is nobody left to ask: reminded often, and no second person there ever wrote.
fn asked_enough(dealings: &Dealings<'_>, rhythm: &Rhythm) -> bool {
    rhythm.unanswered >= REMINDERS_ENOUGH && other_person(dealings).is_none()
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
        .find(|email| !counterparts.contains(email) && can_be_asked(dealings, email))
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
    let teller = dealings.counterparts().into_iter().find(|email| can_be_asked(dealings, email));
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
