//! A habit by week as a picture: a point for each week with the interval around it, and the same as a table.

use inroad_service::seller_habits::measure::{Measure, Told};
use inroad_service::seller_habits::weeks::{Trend, Week};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::parts;

/// The picture in its own units.
const WIDTH: f64 = 384.0;
const HEIGHT: f64 = 120.0;
const EDGE: f64 = 12.0;

/// The picture, and what it shows in words and numbers.
pub(super) fn shown(measure: Measure, trend: &Trend, since: Date) -> Markup {
    let told = trend.weeks.iter().filter(|week| week.told.interval().is_some()).count();
    html! {
        @if told > 0 { (picture(measure, trend, since)) }
        @else { p.quiet { "No week has enough to be told alone yet; what counts is all of them together." } }
        dl.pairs {
            dt { "Before" } dd { (measure.in_words(&trend.before)) }
            dt { "Since " (parts::date(since)) } dd { (measure.in_words(&trend.since)) }
        }
        p { strong { (trend.turn.in_words()) } }
        details.folded {
            summary { "Week by week" }
            div.wide { table {
                thead { tr { th scope="col" { "Week of" } th scope="col" { (measure.title()) } } }
                tbody { @for week in &trend.weeks { tr { th scope="row" { (parts::date(week.monday)) } td { (in_words(measure, week)) } } } }
            } }
        }
    }
}

/// A week alone; where it is too little to tell, how much there was.
fn in_words(measure: Measure, week: &Week) -> String {
    match (&week.told, week.cases) {
        (Told::TooFew { .. }, (_, 0)) => "nothing".to_owned(),
        (Told::TooFew { .. }, (_, of)) => format!("not enough to say ({of})"),
        (told, _) => measure.in_words(told),
    }
}

fn picture(measure: Measure, trend: &Trend, since: Date) -> Markup {
    let is_share = trend.weeks.iter().any(|week| matches!(week.told, Told::Share { .. }))
        || measure == Measure::TalkShare;
    let highest = trend.weeks.iter().filter_map(|week| week.told.interval()).map(|(.., high)| high);
    let top = if is_share { 1.0 } else { highest.fold(1.0, f64::max) };
    let step = (WIDTH - 2.0 * EDGE) / trend.weeks.len().max(1) as f64;
    let x = |place: usize| EDGE + step * (place as f64 + 0.5);
    let y = |value: f64| HEIGHT - EDGE - value / top * (HEIGHT - 2.0 * EDGE);
    let begins = trend.weeks.iter().position(|week| week.monday > since);
    let begins = begins.map(|place| x(place) - step / 2.0);
    let label = format!("{} by week, with the interval of each week", measure.title());
    html! {
        svg.plot.weeks viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(label) {
            line.axis x1=(EDGE) x2=(WIDTH - EDGE) y1=(y(0.0)) y2=(y(0.0)) {}
            line.axis x1=(EDGE) x2=(WIDTH - EDGE) y1=(y(top)) y2=(y(top)) {}
            text x=(EDGE) y=(y(top) - 2.0) { @if is_share { "100 %" } @else { (format!("{top:.0}")) } }
            text x=(EDGE) y=(HEIGHT - 1.0) { "0" }
            @if let Some(begins) = begins {
                line.begins x1=(begins) x2=(begins) y1=(y(0.0)) y2=(y(top)) {}
            }
            @for (place, week) in trend.weeks.iter().enumerate() {
                @if let Some((value, low, high)) = week.told.interval() {
                    line.interval x1=(x(place)) x2=(x(place)) y1=(y(low)) y2=(y(high)) {}
                    circle cx=(x(place)) cy=(y(value)) r="3" {}
                }
            }
        }
        p.quiet { small { "A point for each week that has enough, with the interval that holds it in 19 of 20 cases; the broken line is where you began." } }
    }
}
