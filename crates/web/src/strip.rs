//! Letters over time: a strip for each person, a small one for each deal.

use inroad_advice::DealReview;
use inroad_advice::dealings::Direction;
use inroad_advice::people::PersonReview;
use inroad_advice::rhythm::Owes;
use inroad_model::Moment;
use maud::{Markup, html};

/// Days before the review that a strip shows, and days after it.
const DAYS_BEFORE: f64 = 180.0;
const DAYS_AFTER: f64 = 30.0;
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 34.0;
/// Weeks of the small one.
const WEEKS: usize = 26;

/// The letters of one person: theirs above the line, ours below; the days within which the answer
/// is usual, and today.
pub(crate) fn person(person: &PersonReview, as_of: Moment) -> Markup {
    let x = |days: f64| (days + DAYS_BEFORE) / (DAYS_BEFORE + DAYS_AFTER) * WIDTH;
    let days = |at: Moment| -as_of.hours_since(at) / 24.0;
    let middle = HEIGHT / 2.0;
    let expected = person.wrote_at.filter(|_| person.owes == Owes::They).zip(person.usual_days);
    html! {
        svg.strip preserveAspectRatio="none" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(says(person)) {
            @if let Some((wrote, (half, most))) = expected {
                @let (from, to) = (x(days(wrote) + half), x((days(wrote) + most).min(DAYS_AFTER)));
                @if to > 0.0 {
                    rect x=(from.max(0.0)) y="2" width=((to - from.max(0.0)).max(2.0)) height=(HEIGHT - 4.0) fill="var(--line)" {
                        title { "An answer is usual here" }
                    }
                }
            }
            line x1="0" x2=(WIDTH) y1=(middle) y2=(middle) stroke="var(--line)" {}
            @for (at, direction) in &person.letters {
                @let place = x(days(*at));
                @if place >= 0.0 {
                    @let (top, color) = match direction {
                        Direction::Inbound => (3.0, "var(--accent)"),
                        Direction::Outbound => (middle, "var(--quiet)"),
                    };
                    line x1=(place) x2=(place) y1=(top) y2=(top + middle - 3.0) stroke=(color) stroke-width="2" {}
                }
            }
            line x1=(x(0.0)) x2=(x(0.0)) y1="0" y2=(HEIGHT) stroke="var(--ink)" stroke-dasharray="2 2" { title { "Today" } }
        }
    }
}

fn says(person: &PersonReview) -> String {
    format!("Half a year: {} letters from them, {} from you", person.received, person.sent)
}

/// The letters of a deal by week: theirs above, ours below.
pub(crate) fn deal(deal: &DealReview, as_of: Moment) -> Markup {
    let mut weeks = [(0_u32, 0_u32); WEEKS];
    for (at, direction) in deal.people.iter().flat_map(|person| &person.letters) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weeks ago")]
        let ago = (as_of.hours_since(*at) / 168.0).max(0.0) as usize;
        if let Some(week) = WEEKS.checked_sub(ago + 1).and_then(|week| weeks.get_mut(week)) {
            match direction {
                Direction::Inbound => week.0 += 1,
                Direction::Outbound => week.1 += 1,
            }
        }
    }
    let most = weeks.iter().map(|(theirs, ours)| *theirs.max(ours)).max().unwrap_or(0).max(1);
    let height = |letters: u32| f64::from(letters) / f64::from(most) * 9.0;
    html! {
        svg.spark viewBox="0 0 104 20" aria-hidden="true" {
            @for (week, (theirs, ours)) in weeks.iter().enumerate() {
                @let x = week as f64 * 4.0;
                @if *theirs > 0 { rect x=(x) y=(10.0 - height(*theirs)) width="3" height=(height(*theirs)) fill="var(--accent)" {} }
                @if *ours > 0 { rect x=(x) y="10" width="3" height=(height(*ours)) fill="var(--quiet)" {} }
            }
            line x1="0" x2="104" y1="10" y2="10" stroke="var(--line)" {}
        }
    }
}
