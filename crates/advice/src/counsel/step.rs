//! The next honest, useful step.

use inroad_model::{Advice, EmailAddress, FactKind, Moment, Stage};
use jiff::ToSpan;
use jiff::civil::Date;

use super::NextStep;
use super::whom::{another, asked_enough, meant, other_person};
use crate::absence::Absence;
use crate::dealings::{Dealings, Stated};
use crate::playbook::diagnosis::Diagnosis;
use crate::playbook::scenario::Play;
use crate::politics::Politics;
use crate::rhythm::{Owes, Rhythm};
use crate::standing::{Reason, Standing, days_since_heard};
use crate::wording;

/// The first step of the play that fits, where the state asks for one and the cause is likely
/// enough.
pub(super) fn of_playbook(
    dealings: &Dealings<'_>,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
    politics: &Politics,
    advice: Advice,
) -> Option<NextStep> {
    let asks = matches!(
        standing.reason,
        Reason::Silent | Reason::Slow | Reason::Curt | Reason::Troubled | Reason::WeAreLate
    );
    // A step towards them is none for a deal that is let go, whatever else is likely.
    let scenario = diagnosis.sure(advice).filter(|_| asks)?;
    let fits =
        |play: &&Play| play.ongoing_account.is_none_or(|on| on == dealings.deal.ongoing_account);
    let play = scenario.play.iter().find(fits)?;
    let to = meant(dealings, politics, play.whom);
    let name = to.as_ref().map_or("them", |email| dealings.name(email));
    let text = play.steps.first()?.replace("{name}", name);
    Some(NextStep { text, to, not_before: None })
}

/// The step that the state asks for, where no cause is likely enough to ask for another.
pub(super) fn plain(
    dealings: &Dealings<'_>,
    rhythm: &Rhythm,
    standing: &Standing<'_>,
    politics: &Politics,
    advice: Advice,
    counterpart: Option<&EmailAddress>,
    as_of: Moment,
) -> Option<NextStep> {
    let name = counterpart.map_or("them", |email| dealings.name(email));
    let step = |text: String| Some(NextStep { text, to: counterpart.cloned(), not_before: None });
    match standing.reason {
        Reason::OptedOut(_) => None,
        Reason::Silent | Reason::Slow | Reason::Curt | Reason::Troubled | Reason::WeAreLate
            if advice == Advice::Wait =>
        {
            step(format!(
                "Give {name} time: something other than the deal may be in the way. A kind word that asks for nothing is enough for now."
            ))
        }
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
        Reason::Slow | Reason::Curt | Reason::Troubled | Reason::WeAreLate | Reason::Silent
            if advice == Advice::LetGo && !asked_enough(dealings, rhythm) =>
        {
            step(format!(
                "Thank {name} for the time, say that it is fine if they have chosen another way, and leave the door open."
            ))
        }
        Reason::Silent if asked_enough(dealings, rhythm) => step(format!(
            "You have written {} without an answer. Close the file with one kind line that leaves the door open.",
            wording::times(rhythm.unanswered)
        )),
        Reason::Silent => match another(dealings, politics) {
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
            wording::days(days_since_heard(rhythm, as_of))
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

/// The day by which nine of ten of their answers would have come.
fn usual_end(wrote_at: Moment, rhythm: &Rhythm) -> Option<Date> {
    let days = rhythm.usual_days.1.ceil().clamp(1.0, 60.0);
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and 60")]
    let days = days as i64;
    wrote_at.date().checked_add(days.days()).ok()
}
