//! The state of a deal, and the one reason that decides it.

use inroad_model::{CalendarEvent, FactKind, Moment, Stage, State};
use jiff::ToSpan;

use crate::absence::{self, Absence};
use crate::dealings::{Dealings, Direction, Stated};
use crate::rhythm::{Owes, Rhythm};

/// A state with what decides it.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'d> {
    /// The state.
    pub state: State,
    /// What decides it.
    pub reason: Reason<'d>,
}

/// What decides a state.
#[derive(Debug, Clone, Copy)]
pub enum Reason<'d> {
    /// Somebody asked us to stop.
    OptedOut(&'d Stated),
    /// The seller typed that it is won or lost.
    Ended(Stage),
    /// A known absence, or a day on which to come back.
    Away(Absence<'d>),
    /// The person waited for left, or the address fails.
    Gone(&'d Stated),
    /// A meeting stands in the calendar.
    Meeting(&'d CalendarEvent),
    /// Nobody wrote yet.
    NothingPassed,
    /// Silent for longer than their habit allows.
    Silent,
    /// Slower than their habit.
    Slow,
    /// Answers have become much shorter.
    Curt,
    /// They wrote last, long ago.
    WeAreLate,
    /// As usual.
    Usual,
}

/// A come-back day nearer than this is an appointment rather than a pause.
const DAYS_OF_AN_APPOINTMENT: i64 = 14;
/// An answer that we owe for longer than this lets a deal cool. Shorter than a month says nothing
/// about them: their last word often needs no answer.
const DAYS_WE_MAY_OWE: f64 = 30.0;
/// One letter without an answer is a stop only after this long, however quick they used to be.
const DAYS_SILENT_AFTER_ONE: f64 = 21.0;
/// "Thank you, fine" is no cold answer once; two in a row after long letters are.
const CURT_WORDS: usize = 25;

/// Names the state of a deal at a moment.
pub fn stand<'d>(dealings: &'d Dealings<'_>, rhythm: &Rhythm, as_of: Moment) -> Standing<'d> {
    let reason = decide(dealings, rhythm, as_of);
    let state = match reason {
        Reason::OptedOut(_) | Reason::Ended(_) => State::Closed,
        Reason::Away(absence) if is_appointment(&absence, as_of) => State::Warm,
        Reason::Away(_) | Reason::Gone(_) => State::Paused,
        Reason::Silent => State::Dark,
        Reason::Curt => State::Cold,
        Reason::Slow | Reason::WeAreLate => State::Cooling,
        Reason::Meeting(_) | Reason::NothingPassed | Reason::Usual => State::Warm,
    };
    Standing { state, reason }
}

fn decide<'d>(dealings: &'d Dealings<'_>, rhythm: &Rhythm, as_of: Moment) -> Reason<'d> {
    if let Some(stated) = opted_out(dealings) {
        return Reason::OptedOut(stated);
    }
    if let Some(stage @ (Stage::Won | Stage::Lost)) = dealings.deal.stage {
        return Reason::Ended(stage);
    }
    if let Some(absence) = absence::known_reason(dealings, as_of) {
        return Reason::Away(absence);
    }
    if let Some(stated) = gone(dealings) {
        return Reason::Gone(stated);
    }
    if let Some(event) = next_meeting(dealings, as_of) {
        return Reason::Meeting(event);
    }
    match rhythm.owes {
        Owes::Nobody => Reason::NothingPassed,
        Owes::They if stopped(rhythm) => Reason::Silent,
        Owes::They if rhythm.silent_days > rhythm.usual_days.1 || rhythm.slowed => Reason::Slow,
        Owes::We if days_since_heard(rhythm, as_of) > DAYS_WE_MAY_OWE => Reason::WeAreLate,
        _ if grew_curt(dealings) => Reason::Curt,
        Owes::We if rhythm.slowed => Reason::Slow,
        Owes::They | Owes::We => Reason::Usual,
    }
}

/// Whether they have stopped answering rather than being late.
pub fn stopped(rhythm: &Rhythm) -> bool {
    let asked_again = rhythm.unanswered >= 2 || rhythm.silent_days >= DAYS_SILENT_AFTER_ONE;
    rhythm.dark.get() >= 0.5 && asked_again
}

/// An opt-out closes a deal when it speaks for the firm, for somebody whom the deal rests on, or
/// for whom we wrote to last.
fn opted_out<'d>(dealings: &'d Dealings<'_>) -> Option<&'d Stated> {
    let counterparts = dealings.counterparts();
    dealings.facts.iter().find(|stated| {
        let fact = &stated.fact;
        fact.kind == FactKind::OptedOut
            && (fact.whole_firm
                || fact.email.as_ref().is_none_or(|email| {
                    counterparts.contains(email)
                        || dealings.deal.people.iter().any(|seat| seat.email == *email)
                }))
    })
}

/// Whether all of those waited for have left or cannot be reached, by the latest statement.
fn gone<'d>(dealings: &'d Dealings<'_>) -> Option<&'d Stated> {
    let mut last = None;
    for email in dealings.counterparts() {
        last = Some(dealings.facts.iter().rfind(|stated| {
            matches!(stated.fact.kind, FactKind::LeftCompany | FactKind::Bounced)
                && stated.fact.email.as_ref() == Some(&email)
                && !absence::heard_since(dealings, stated)
        })?);
    }
    last
}

/// The next meeting with them that was not called off.
fn next_meeting<'d>(dealings: &'d Dealings<'_>, as_of: Moment) -> Option<&'d CalendarEvent> {
    dealings
        .meetings
        .iter()
        .copied()
        .filter(|event| !event.cancelled && event.start.is_some_and(|start| start > as_of))
        .min_by_key(|event| event.start)
}

fn is_appointment(absence: &Absence<'_>, as_of: Moment) -> bool {
    let near = as_of.date().checked_add(DAYS_OF_AN_APPOINTMENT.days()).ok();
    absence.stated.fact.kind == FactKind::ComeBack
        && absence.until.zip(near).is_some_and(|(until, near)| until <= near)
}

/// Days since they last wrote.
pub fn days_since_heard(rhythm: &Rhythm, as_of: Moment) -> f64 {
    rhythm.heard_at.map_or(0.0, |at| as_of.hours_since(at) / 24.0)
}

/// Whether their last two messages are far shorter than what they used to write.
fn grew_curt(dealings: &Dealings<'_>) -> bool {
    let words: Vec<usize> = dealings
        .exchanges
        .iter()
        .filter(|e| e.direction == Direction::Inbound)
        .map(|e| e.touch.new_text.split_whitespace().count())
        .collect();
    let Some((earlier, last_two)) = words.split_at_checked(words.len().wrapping_sub(2)) else {
        return false;
    };
    let mut sorted = earlier.to_vec();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    earlier.len() >= 3 && last_two.iter().all(|n| *n <= CURT_WORDS && n * 3 <= median)
}
