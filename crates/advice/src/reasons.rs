//! The state of a deal in words.

use inroad_model::{EmailAddress, FactKind, Moment, Stage};

use crate::dealings::{Dealings, Direction, once_each};
use crate::evidence::{self, Evidence};
use crate::rhythm::turn::Turned;
use crate::rhythm::{Chances, Owes, Rhythm};
use crate::standing::{Reason, Standing, days_since_heard};
use crate::turned;
use crate::wording;

/// How they write.
#[derive(Debug)]
pub(crate) struct Habits<'a> {
    /// How they answer, and how long they have been silent.
    pub rhythm: &'a Rhythm,
    /// What to expect of them.
    pub chances: &'a Chances,
    /// Who of them answers otherwise than before, and since when.
    pub turned: Option<(EmailAddress, Turned)>,
    /// What was taken out of the days of their silence: "Easter".
    pub holidays: Vec<String>,
}

/// Why the state is what it is: what decides it first, then the rhythm, then other news.
pub(crate) fn reasons(
    dealings: &Dealings<'_>,
    habits: &Habits<'_>,
    standing: &Standing<'_>,
    as_of: Moment,
) -> Vec<Evidence> {
    let mut reasons = Vec::new();
    let deciding = match standing.reason {
        Reason::OptedOut(stated) | Reason::Gone(stated) => Some(stated),
        Reason::Away(absence) => Some(absence.stated),
        _ => None,
    };
    reasons.extend(deciding.map(|stated| evidence::of_fact(dealings, stated)));
    let ended = matches!(standing.reason, Reason::Ended(_) | Reason::OptedOut(_));
    reasons.extend(turn(dealings, habits, standing));
    // Who is known to be away is not silent.
    let away = matches!(standing.reason, Reason::Away(_));
    if !away && let Some(exchange) = dealings.exchanges.last() {
        let says = match standing.reason {
            Reason::Ended(Stage::Won) => "You marked it as won".to_owned(),
            Reason::Ended(_) => "You marked it as lost".to_owned(),
            Reason::Meeting(event) => format!(
                "\"{}\" is in the calendar for {}",
                event.summary.trim(),
                event.start.map_or_else(String::new, |start| wording::day(start.date()))
            ),
            Reason::Met(met) => format!("You met on {}", wording::day(met.date())),
            _ => silence(dealings, habits, as_of),
        };
        if !ended || deciding.is_none() {
            reasons.push(evidence::of_message(exchange, says));
        }
    }
    if !ended {
        reasons.extend(news(dealings, deciding.map(|stated| stated.at)));
    }
    reasons
}

/// Who is silent, for how long, and what is usual.
fn silence(dealings: &Dealings<'_>, habits: &Habits<'_>, as_of: Moment) -> String {
    let rhythm = habits.rhythm;
    let habit = habit(rhythm);
    match rhythm.owes {
        Owes::They => {
            let waited_for = dealings.counterparts();
            let names: Vec<&str> = waited_for.iter().take(3).map(|e| dealings.name(e)).collect();
            let letters = match rhythm.unanswered {
                1 => String::new(),
                n => format!(" and {n} letters"),
            };
            format!(
                "{} silent for {}{letters}{}; {habit}{}",
                wording::list(&names),
                wording::days(rhythm.silent_days),
                without(&habits.holidays),
                outlook(rhythm, habits.chances),
            )
        }
        Owes::We => format!(
            "The last word is theirs, {} ago; {habit}",
            wording::days(days_since_heard(rhythm, as_of))
        ),
        Owes::Nobody => "Nobody has written yet".to_owned(),
    }
}

/// Which days were taken out of a silence.
fn without(holidays: &[String]) -> String {
    if holidays.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = holidays.iter().map(String::as_str).collect();
    format!(", {} taken out", wording::list(&names))
}

/// How such silences ended so far. Before a week has passed it is nothing to speak of.
fn outlook(rhythm: &Rhythm, chances: &Chances) -> String {
    match chances.waited_as_long {
        Some((answered, letters)) if rhythm.silent_days >= 7.0 => format!(
            "; of {letters} letters to them that waited as long, {answered} got an answer within a week"
        ),
        _ => String::new(),
    }
}

/// How they have answered so far, as it was; what is expected of them stands in the figures.
fn habit(rhythm: &Rhythm) -> String {
    match (rhythm.answer_days.as_slice(), rhythm.observed(0.1), rhythm.observed(0.9)) {
        ([only], _, _) => format!("the one answer so far took {}", wording::days(*only)),
        (_, Some(low), Some(high)) => format!("answers in {} as a rule", wording::range(low, high)),
        _ => "no answer yet to compare with".to_owned(),
    }
}

/// What turned: what the state comes from first, then a habit of answering that is another since
/// some day.
fn turn(dealings: &Dealings<'_>, habits: &Habits<'_>, standing: &Standing<'_>) -> Vec<Evidence> {
    let last = dealings.exchanges.iter().rfind(|e| e.direction == Direction::Inbound);
    let Some(last) = last else { return Vec::new() };
    let stopped = matches!(
        standing.reason,
        Reason::Ended(_) | Reason::OptedOut(_) | Reason::Gone(_) | Reason::Away(_)
    );
    let turned = habits.turned.as_ref().filter(|_| !stopped);
    let told = turned.and_then(|(email, turned)| turned::evidence(dealings, email, turned));
    let slower = told.is_some() && turned.is_some_and(|(_, turned)| turned::slower(turned));
    let says = match standing.reason {
        Reason::Curt => Some("Their last two letters are far shorter than those before"),
        // The day and the size of it say more.
        Reason::Slow if habits.rhythm.slowed && !slower => {
            Some("Their answers take longer than they used to")
        }
        _ => None,
    };
    let says = says.map(|says| evidence::of_message(last, says.to_owned()));
    says.into_iter().chain(told).collect()
}

/// The latest other statements that matter for whom to write to.
fn news(dealings: &Dealings<'_>, told: Option<Moment>) -> Vec<Evidence> {
    once_each(&dealings.facts)
        .rev()
        .filter(|stated| {
            Some(stated.at) != told
                && matches!(
                    stated.fact.kind,
                    FactKind::LeftCompany
                        | FactKind::Acquired
                        | FactKind::Reorganised
                        | FactKind::Referred
                        | FactKind::Bounced
                        | FactKind::Ill
                )
        })
        .take(3)
        .map(|stated| evidence::of_fact(dealings, stated))
        .collect()
}
