//! The state of a deal, and the one reason that decides it.

use inroad_model::{CalendarEvent, EmailAddress, FactKind, Moment, Seat, Stage, State};
use jiff::ToSpan;

use crate::absence::{self, Absence};
use crate::dealings::{Dealings, Stated};
use crate::decision::Outlook;
use crate::lasting::lasting;
use crate::meetings;
use crate::playbook::diagnosis::Diagnosis;
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
    /// They were met, and nothing was written since.
    Met(Moment),
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
    /// They answer as usual, but what they write has changed.
    Troubled,
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
/// In a deal with so few people each of them carries it.
const FEW_SEATS: usize = 3;
/// "Thank you, fine" is no cold answer once; two in a row after long letters are.
const CURT_WORDS: usize = 25;
/// So many times shorter than half of their letters were.
const CURT_TIMES: usize = 3;

/// Names the state of a deal at a moment.
pub fn stand<'d>(dealings: &'d Dealings<'_>, rhythm: &Rhythm, as_of: Moment) -> Standing<'d> {
    let reason = decide(dealings, rhythm, as_of);
    let state = match reason {
        Reason::OptedOut(_) | Reason::Ended(_) => State::Closed,
        Reason::Away(absence) if is_appointment(&absence, as_of) => State::Warm,
        Reason::Away(_) | Reason::Gone(_) => State::Paused,
        Reason::Silent => State::Dark,
        Reason::Curt => State::Cold,
        Reason::Slow | Reason::WeAreLate | Reason::Troubled => State::Cooling,
        Reason::Met(met) if days_between(met, as_of) > DAYS_WE_MAY_OWE => State::Cooling,
        Reason::Meeting(_) | Reason::Met(_) | Reason::NothingPassed | Reason::Usual => State::Warm,
    };
    Standing { state, reason }
}

impl Standing<'_> {
    /// The standing once what they wrote was weighed: who answers on time may be on the way out
    /// all the same, and who is silent may have a reason that deserves patience.
    #[must_use]
    pub fn weighed(self, diagnosis: &Diagnosis<'_>) -> Self {
        let pauses = diagnosis.is_trouble() && Outlook::of(diagnosis).asks_for_patience();
        let (state, reason) = match (self.state, self.reason) {
            (State::Warm, Reason::Usual) if diagnosis.is_trouble() => {
                let state = if pauses {
                    State::Paused
                } else if diagnosis.is_leaving() {
                    State::Cold
                } else {
                    State::Cooling
                };
                (state, Reason::Troubled)
            }
            (State::Cooling | State::Dark | State::Cold, reason) if pauses => {
                (State::Paused, reason)
            }
            (State::Cooling, reason) if diagnosis.is_leaving() => (State::Cold, reason),
            unchanged => unchanged,
        };
        Self { state, reason }
    }
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
        Owes::Nobody => dealings.met_at.map_or(Reason::NothingPassed, Reason::Met),
        Owes::They => waiting_for_them(dealings, rhythm),
        // Slower and shorter is cooling; as quick as ever but curt is colder than that, and does
        // not grow warmer by our being late.
        Owes::We if !rhythm.slowed && grew_curt(dealings) => Reason::Curt,
        Owes::We if days_since_heard(rhythm, as_of) > DAYS_WE_MAY_OWE => Reason::WeAreLate,
        Owes::We if rhythm.slowed => Reason::Slow,
        Owes::We => Reason::Usual,
    }
}

/// Where they have to write next: as days go by without news this only grows colder.
fn waiting_for_them<'d>(dealings: &Dealings<'_>, rhythm: &Rhythm) -> Reason<'d> {
    let lasting = lasting(dealings, rhythm);
    if stopped(rhythm) || lasting.stopped {
        Reason::Silent
    } else if rhythm.slowed {
        Reason::Slow
    } else if grew_curt(dealings) {
        Reason::Curt
    } else if is_slow(rhythm) || lasting.slow {
        Reason::Slow
    } else {
        Reason::Usual
    }
}

/// Whether they are silent for longer than nine in ten of their answers took.
pub(crate) fn is_slow(rhythm: &Rhythm) -> bool {
    rhythm.silent_days > rhythm.usual_days.1
}

/// Whether they have stopped answering rather than being late.
pub fn stopped(rhythm: &Rhythm) -> bool {
    let asked_again = rhythm.unanswered >= 2 || rhythm.silent_days >= DAYS_SILENT_AFTER_ONE;
    rhythm.dark.get() >= 0.5 && asked_again
}

/// An opt-out closes a deal when it speaks for the firm, or for somebody on whom the deal rests.
fn opted_out<'d>(dealings: &'d Dealings<'_>) -> Option<&'d Stated> {
    let counterparts = dealings.counterparts();
    dealings.opt_outs().find(|stated| {
        let fact = &stated.fact;
        fact.whole_firm
            || fact.email.as_ref().is_none_or(|email| {
                counterparts.contains(email) || rests_on(&dealings.deal.people, email)
            })
    })
}

/// Whether somebody carries a deal: has a part in it, or is one of few people known. Of the many
/// people of a proposal, one who wants no mail does not speak for the others.
fn rests_on(seats: &[Seat], email: &EmailAddress) -> bool {
    seats
        .iter()
        .any(|seat| seat.email == *email && (!seat.roles.is_empty() || seats.len() <= FEW_SEATS))
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

/// The next meeting with them; of a series that has begun, the series.
fn next_meeting<'d>(dealings: &'d Dealings<'_>, as_of: Moment) -> Option<&'d CalendarEvent> {
    let ahead = dealings.meetings.iter().copied().filter(|event| meetings::is_ahead(event, as_of));
    ahead.min_by_key(|event| event.start.map(|start| (start <= as_of, start)))
}

fn is_appointment(absence: &Absence<'_>, as_of: Moment) -> bool {
    let near = as_of.date().checked_add(DAYS_OF_AN_APPOINTMENT.days()).ok();
    absence.stated.fact.kind == FactKind::ComeBack
        && absence.until.zip(near).is_some_and(|(until, near)| until <= near)
}

/// Days since they last wrote.
pub fn days_since_heard(rhythm: &Rhythm, as_of: Moment) -> f64 {
    rhythm.heard_at.map_or(0.0, |at| days_between(at, as_of))
}

fn days_between(from: Moment, to: Moment) -> f64 {
    to.hours_since(from) / 24.0
}

/// Whether the last two letters of whoever wrote last are far shorter than what that person used
/// to write.
fn grew_curt(dealings: &Dealings<'_>) -> bool {
    let writer = dealings.inbound().next_back().and_then(|e| e.writer());
    let words: Vec<usize> = dealings
        .inbound()
        .filter(|e| e.writer() == writer)
        // The answer to an invitation has no words of a person.
        .filter(|e| e.touch.message.nature.is_correspondence())
        .map(|e| e.touch.words())
        .collect();
    let Some((earlier, last_two)) = words.split_at_checked(words.len().wrapping_sub(2)) else {
        return false;
    };
    let mut sorted = earlier.to_vec();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    let far_shorter = last_two.iter().sum::<usize>() * CURT_TIMES <= 2 * median;
    earlier.len() >= 3 && far_shorter && last_two.iter().all(|n| *n <= CURT_WORDS)
}
