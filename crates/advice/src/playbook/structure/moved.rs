//! Meetings with these people that were moved or called off again and again.

use inroad_model::Moment;

use crate::dealings::Dealings;
use crate::evidence::{self, Evidence};
use crate::meetings::Unsettled;
use crate::wording::{day, list, times};

/// Days that are looked back.
const LOOK_BACK_DAYS: f64 = 60.0;
/// Once is no news: calendars are full.
const CHANGES_MIN: usize = 2;
/// Changes that are told.
const TOLD_MAX: usize = 3;

/// What tells it, with the mail that did so last, else the last letter.
pub(super) fn again_and_again(dealings: &Dealings<'_>, as_of: Moment) -> Option<Evidence> {
    let near = |change: &&Unsettled<'_>| as_of.hours_since(change.at) <= 24.0 * LOOK_BACK_DAYS;
    let changes: Vec<&Unsettled<'_>> = dealings.unsettled.iter().filter(near).collect();
    if changes.len() < CHANGES_MIN {
        return None;
    }
    let told: Vec<String> = changes.iter().rev().take(TOLD_MAX).rev().map(|c| said(c)).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let says = format!(
        "Meetings were moved or called off {} in the last {LOOK_BACK_DAYS:.0} days: {}",
        times(changes.len()),
        list(&told),
    );
    let by_mail = changes.iter().rev().find_map(|change| change.touch);
    let shows = by_mail.or_else(|| dealings.exchanges.last().map(|exchange| exchange.touch))?;
    Some(evidence::of_touch(shows, says))
}

fn said(change: &Unsettled<'_>) -> String {
    let of = change.from.map(|from| format!(" of {}", day(from.date()))).unwrap_or_default();
    let what = if change.called_off { "called off" } else { "moved" };
    format!("\"{}\"{of} {what} on {}", change.event.summary.trim(), day(change.at.date()))
}
