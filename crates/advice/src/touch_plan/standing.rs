//! How a plan stands before its next day is looked for: gone on, paused, answered or ended, and why.

use inroad_model::{Advice, Channel, Moment};
use jiff::civil::Date;

use super::cadence::Cadence;
use super::days::{Days, Span};
use super::hours::day_there;
use super::reach::AwayKind;
use super::record::{Answer, Record, Sources};
use super::{PlanInput, TouchState};
use crate::wording;

/// A plan on the way to its next day.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) input: &'a PlanInput<'a>,
    pub(super) record: Record<'a>,
    pub(super) days: Days<'a>,
    /// The first day that has not passed, by their clock and by one's own.
    pub(super) today: Date,
    /// What ends or pauses it; `None` where it goes on.
    pub(super) state: Option<TouchState>,
    /// What was approved, and cannot stay on its day.
    pub(super) is_moved: bool,
    /// A deal that was let go: touches are as rare as can be.
    pub(super) let_go: Option<&'a str>,
}

impl Draft<'_> {
    /// The day of what was approved, where it stays.
    pub(super) fn approved_day(&self) -> Option<Date> {
        let approved = self.record.approved.as_ref().filter(|_| !self.is_moved)?;
        let goes_on = self.state.as_ref().is_none_or(TouchState::goes_on);
        goes_on.then(|| approved.day.max(self.today))
    }
}

pub(super) fn draft<'a>(
    input: &'a PlanInput<'a>,
    cadence: &'a Cadence,
    as_of: Moment,
) -> Draft<'a> {
    let from = Sources {
        begun: input.begun,
        label: input.label,
        letters: input.letters,
        reach: input.reach,
        cadence,
        as_of,
    };
    let record = Record::of(from);
    let days = Days::of(input.reach, cadence, as_of);
    let today = as_of.date().max(day_there(as_of, input.reach.offset));
    let over = ended(input).or_else(|| by_user(&record)).or_else(|| {
        let answer = record.answer(&from)?;
        Some(answered(answer))
    });
    let state = over.or_else(|| paused(input, &record, &days, today));
    let is_moved = record.approved.as_ref().is_some_and(|approved| {
        let waits = wait(input, today).and_then(|(until, _)| until);
        days.away_on(approved.day.max(today)).is_some()
            || waits.is_some_and(|until| approved.day < until)
    });
    let let_go = input.deals.iter().find(|deal| deal.advice == Advice::LetGo);
    Draft { let_go: let_go.map(|deal| deal.name), input, record, days, today, state, is_moved }
}

/// What ends a plan whatever else is so.
fn ended(input: &PlanInput<'_>) -> Option<TouchState> {
    let for_good = |why: String| Some(TouchState::Ended { why, for_good: true });
    if let Some(alone) = input.alone {
        let on = alone.on.map(|on| format!(" on {}", wording::day(on))).unwrap_or_default();
        return for_good(if alone.by_user {
            format!("You said{on} to leave them alone")
        } else {
            format!("They asked{on} for no more mail, and that stands")
        });
    }
    if let Some(deal) = input.deals.iter().find(|deal| deal.advice == Advice::Stop) {
        let why = format!("The review of {} says to stop", deal.name);
        return Some(TouchState::Ended { why, for_good: false });
    }
    let (on, to) = input.left.as_ref()?;
    let follows = to.as_ref().map(|to| format!("; {to} follows")).unwrap_or_default();
    let why = format!("They left the firm, as was said on {}{follows}", wording::day(*on));
    Some(TouchState::Ended { why, for_good: false })
}

fn by_user(record: &Record<'_>) -> Option<TouchState> {
    let (at, because) = record.ended?;
    let why = format!("You ended it on {}: {because}", wording::day(at.date()));
    Some(TouchState::Ended { why, for_good: false })
}

fn answered(answer: Answer) -> TouchState {
    let on = wording::day(answer.day);
    let why = match answer.by {
        Channel::Mail => format!("They wrote on {on}: what comes now is a conversation"),
        Channel::Call => format!("You spoke on {on}: what comes now is a conversation"),
        Channel::Meeting => format!("You met on {on}: what comes now is a conversation"),
    };
    TouchState::Answered { on: answer.day, why }
}

fn paused(
    input: &PlanInput<'_>,
    record: &Record<'_>,
    days: &Days<'_>,
    today: Date,
) -> Option<TouchState> {
    if let Some(since) = input.bounces_since
        && input.phone.is_none()
    {
        let why = format!(
            "Mail to them comes back since {}, and no telephone number is known; another address would help",
            wording::day(since)
        );
        return Some(TouchState::Paused { until: None, why });
    }
    if let Some((until, why)) = wait(input, today) {
        return Some(TouchState::Paused { until, why });
    }
    if let Some(span) = days.away_on(today) {
        return Some(TouchState::Paused { until: Some(span.resumes), why: away(span) });
    }
    let (until, _) = record.put_off.filter(|(until, at)| *until > today && still(record, *at))?;
    let why = format!("You put it off until {}", wording::day(until));
    Some(TouchState::Paused { until: Some(until), why })
}

/// Whether something that was decided bears on the touch that is next: none was made since.
pub(super) fn still(record: &Record<'_>, at: Moment) -> bool {
    record.made.last().is_none_or(|made| made.at <= at)
}

/// What the review says to wait for: until when, and why.
fn wait(input: &PlanInput<'_>, today: Date) -> Option<(Option<Date>, String)> {
    let waits = input.deals.iter().filter(|deal| deal.advice == Advice::Wait);
    let still = waits.filter(|deal| deal.until.is_none_or(|until| until > today));
    let deal = still.max_by_key(|deal| (deal.until.is_none(), deal.until))?;
    let until = deal.until.map(|until| format!(" until {}", wording::day(until)));
    let why = format!(
        "The review of {} says to wait{}",
        deal.name,
        until.as_deref().unwrap_or(", until they write")
    );
    Some((deal.until, why))
}

/// That they are away, without the reason where that is theirs alone.
pub(super) fn away(span: &Span<'_>) -> String {
    let said = wording::day(span.told.said_at.date());
    match (span.told.kind, span.told.until) {
        (AwayKind::Private, _) => "They have something private to see to".to_owned(),
        (AwayKind::ComeBack, Some(on)) => {
            format!("They asked on {said} to come back on {}", wording::day(on))
        }
        (_, Some(until)) => {
            format!("They are away until {}, as was said on {said}", wording::day(until))
        }
        (_, None) => format!("They are away, and nobody said until when (on {said})"),
    }
}
