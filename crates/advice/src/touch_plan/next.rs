//! The next touch: its day, and everything that is said about it.

use inroad_model::Moment;
use jiff::ToSpan;
use jiff::civil::Date;

use super::cadence::Cadence;
use super::channel::{self, Ways};
use super::days::Off;
use super::firm_days::FirmDays;
use super::hours::Hours;
use super::reach::AwayKind;
use super::standing::{Draft, away, still};
use super::useful;
use super::{NextTouch, TouchPlan, TouchState};
use crate::wording;

/// More reasons for a day are not told.
const REASONS_MAX: usize = 6;
/// Why a day is passed over that is another's at the same firm.
const ONE_A_FIRM: &str = "others at the firm hear from you: one of them a day";
/// So much of what happened is kept.
const HAPPENED_MAX: usize = 200;

/// Finds the day, and says why.
pub(super) fn finish<'a>(
    draft: Draft<'a>,
    cadence: &Cadence,
    as_of: Moment,
    firms: &mut FirmDays<'a>,
) -> TouchPlan {
    let goes_on = match &draft.state {
        None => true,
        Some(TouchState::Paused { until, .. }) => until.is_some(),
        Some(_) => false,
    };
    let next = if goes_on { next(&draft, cadence, as_of, firms) } else { None };
    let Draft { input, record, days, today, state, is_moved, .. } = draft;
    let state = state.unwrap_or_else(|| match &next {
        Some(next) if next.day <= today => TouchState::Due,
        Some(_) => TouchState::Planned,
        None => TouchState::Paused {
            until: None,
            why: "No day was found on which they are there".to_owned(),
        },
    });
    let unanswered = record.run_days();
    // What was approved stands on no list while there is no next touch, or while that has to move.
    let void = record.approved.as_ref().filter(|_| next.is_none() || is_moved);
    let settled = record.fulfilled.iter().copied().chain(void.map(|one| one.plan)).collect();
    let mut happened = record.happened;
    happened.drain(..happened.len().saturating_sub(HAPPENED_MAX));
    TouchPlan {
        number: input.begun.number,
        person: input.begun.person.clone(),
        label: input.label.to_owned(),
        firm: input.firm.map(str::to_owned),
        deal: input.begun.deal.cloned(),
        begun_on: input.begun.at.date(),
        because: input.begun.because.map(ToString::to_string),
        away: days.away.iter().map(|span| (span.from, span.resumes)).collect(),
        unanswered,
        last_touch: record.made.last().map(|made| made.day),
        state,
        next,
        happened,
        settled,
    }
}

fn next<'a>(
    draft: &Draft<'a>,
    cadence: &Cadence,
    as_of: Moment,
    firms: &mut FirmDays<'a>,
) -> Option<NextTouch> {
    let Draft { input, record, .. } = draft;
    let has_phone = input.phone.is_some();
    let ways = Ways { reach: input.reach, has_phone, bounces: input.bounces_since.is_some() };
    let (by, why_channel) = channel::choose(record, ways);
    let (useful, matters) = useful::choose(record, input.matters);
    let number = record.run_days() + 1;
    let every = usize::try_from(cadence.way_out_every).unwrap_or(0).max(1);
    let is_way_out = number.is_multiple_of(every) || draft.let_go.is_some();
    let mut touch = NextTouch {
        day: draft.today,
        hours: Hours::of(input.reach, by, as_of),
        by,
        useful,
        look_for: cadence.look_for(useful),
        matters: matters.into_iter().cloned().collect(),
        openings: Vec::new(),
        way_out: is_way_out.then(|| cadence.way_out.clone()),
        why_day: Vec::new(),
        why_channel,
        approved: record.approved.clone(),
        is_moved: draft.is_moved,
        gap: None,
    };
    if let (Some(day), Some(approved)) = (draft.approved_day(), &touch.approved) {
        touch.day = day;
        touch.by = approved.by;
        touch.useful = approved.useful.unwrap_or(touch.useful);
        touch.hours = Hours::of(input.reach, touch.by, as_of);
        "As you approved".clone_into(&mut touch.why_channel);
        touch.why_day.push(if approved.day < draft.today {
            format!("You approved it for {}", wording::day(approved.day))
        } else {
            "As you approved".to_owned()
        });
    } else {
        touch.day = day(draft, cadence, firms, &mut touch)?;
    }
    touch.openings = openings(draft, cadence, touch.day);
    Some(touch)
}

/// The day by the gap, then by whatever moves it; each move is told.
fn day<'a>(
    draft: &Draft<'a>,
    cadence: &Cadence,
    firms: &mut FirmDays<'a>,
    touch: &mut NextTouch,
) -> Option<Date> {
    let Draft { input, record, days, today, .. } = draft;
    let why = &mut touch.why_day;
    if let Some(approved) = record.approved.as_ref().filter(|_| draft.is_moved) {
        why.push(format!(
            "You had approved {}; that day does not hold any more",
            wording::day(approved.day)
        ));
    }
    let (target, gap) = target(draft, cadence, why)?;
    touch.gap = gap;
    let mut day = target.max(*today);
    if target < *today {
        why.push(format!("That was {}; it waits since", wording::day(target)));
    }
    let put_off = record.put_off.filter(|(until, at)| *until > day && still(record, *at));
    if let Some((until, _)) = put_off {
        why.push(format!("You put it off until {}", wording::day(until)));
        day = until;
    }
    if let Some(TouchState::Paused { until: Some(until), why: because }) = &draft.state
        && *until > day
    {
        if !why.contains(because) && put_off.is_none() {
            why.push(because.clone());
        }
        day = *until;
    }
    // Each turn goes on by a day at least, or ends.
    loop {
        if let Some(off) = days.off(day) {
            // Nobody at the firm comes to this day again on the way to a free one.
            if let (Off::Weekend, Some(firm)) = (&off, input.firm) {
                firms.take(firm, day);
            }
            let because = moved(day, off);
            day = days.first_from(day)?;
            if why.len() < REASONS_MAX && !why.contains(&because) {
                why.push(because);
            }
        }
        let Some(firm) = input.firm else { return Some(day) };
        let free = firms.free_from(firm, day)?;
        if free == day {
            firms.take(firm, day);
            return Some(day);
        }
        why.retain(|because| !because.ends_with(ONE_A_FIRM));
        why.push(format!("Up to {} {ONE_A_FIRM}", wording::day(free.yesterday().unwrap_or(day))));
        day = free;
    }
}

/// The day by what was tried and by their habit, and the gap that leads to it.
fn target(
    draft: &Draft<'_>,
    cadence: &Cadence,
    why: &mut Vec<String>,
) -> Option<(Date, Option<u32>)> {
    let Draft { input, record, days, today, .. } = draft;
    let last = record.run().last();
    let asked = days
        .away
        .iter()
        .filter(|span| span.told.kind == AwayKind::ComeBack)
        .filter(|span| last.is_none_or(|last| last.day < span.resumes))
        .max_by_key(|span| span.told.said_at);
    if let Some(span) = asked {
        why.push(away(span));
        return Some((span.resumes, None));
    }
    let habit = input.usual_days.map(|(_, most)| most);
    let touches = record.run_days();
    let skipped = record.skipped.filter(|(_, at)| still(record, *at)).map(|(day, _)| day);
    let Some(base) = last.map(|last| last.day).max(skipped) else {
        why.push(match record.answers.last() {
            Some(answer) => format!(
                "The last word is theirs, of {}: what they wrote may want an answer first",
                wording::day(answer.day)
            ),
            None => "Nothing was tried yet".to_owned(),
        });
        return Some((input.begun.at.date().min(*today), None));
    };
    let gap = match draft.let_go {
        Some(_) => cadence.widest(habit),
        None => cadence.gap(touches, habit),
    };
    why.push(reason(draft, base, gap, habit, cadence));
    Some((days.after(base, gap)?, Some(gap)))
}

fn reason(
    draft: &Draft<'_>,
    base: Date,
    gap: u32,
    habit: Option<f64>,
    cadence: &Cadence,
) -> String {
    let on = wording::day(base);
    let days = if gap == 1 { "1 working day".to_owned() } else { format!("{gap} working days") };
    if let Some(name) = draft.let_go {
        return format!("{name} was let go: {days} after {on}, as rarely as can be");
    }
    let what = match (draft.record.skipped, draft.record.run_days()) {
        (Some((day, at)), _) if day == base && still(&draft.record, at) => {
            format!("after {on}, which you left out")
        }
        (_, 1) => format!("after the first touch, of {on}"),
        (_, n) => format!("after the {n}. touch without an answer, of {on}"),
    };
    match habit {
        Some(most) if gap > cadence.gap(draft.record.run_days(), None) => format!(
            "{days} {what}: nine of ten of their answers took up to {}, and nobody is to be pressed",
            wording::days(most)
        ),
        _ => format!("{days} {what}"),
    }
}

fn moved(day: Date, off: Off<'_>) -> String {
    match off {
        Off::Weekend => format!("{} is a weekend there", wording::day(day)),
        Off::Holiday(name) => format!("{} is a day off there ({name})", wording::day(day)),
        Off::Away(span) => away(span),
    }
}

/// What the first sentence takes up: that they were away, if they said so themselves, what they asked
/// for, and the message that was left. Never why they were away, where that is theirs alone.
fn openings(draft: &Draft<'_>, cadence: &Cadence, on: Date) -> Vec<String> {
    let Draft { record, days, .. } = draft;
    let mut openings = Vec::new();
    let last = record.run().last();
    let recent = days.away.iter().filter(|span| {
        let until = span.resumes.checked_add(i64::from(cadence.welcome_back_days).days());
        span.resumes <= on && until.is_ok_and(|until| on <= until)
    });
    let unsaid = recent.filter(|span| last.is_none_or(|last| last.day < span.resumes));
    if let Some(span) = unsaid.max_by_key(|span| (span.resumes, span.told.said_at)) {
        let said = wording::day(span.told.said_at.date());
        match (span.told.kind, span.told.until) {
            (AwayKind::Private, _) => openings.push(
                "begin with a kind word that asks for nothing, and do not speak of why they were not there"
                    .to_owned(),
            ),
            (AwayKind::ComeBack, Some(day)) if span.told.by_themselves => openings.push(format!(
                "say that they asked on {said} to hear from you on {}",
                wording::day(day)
            )),
            (AwayKind::Out, Some(until)) if span.told.by_themselves => {
                let words = span.told.words.as_ref();
                let words = words.map(|words| format!(" (“{words}”)")).unwrap_or_default();
                openings.push(format!(
                    "welcome them back: they told you themselves on {said} that they would be away until \
                     {}{words}",
                    wording::day(until)
                ));
            }
            _ => {}
        }
    }
    if let Some(last) = last.filter(|last| last.by == inroad_model::Channel::Call) {
        let on = wording::day(last.day);
        openings.push(format!("take up that you tried to call on {on}, without a reproach"));
    }
    openings
}
