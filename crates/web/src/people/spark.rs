//! Half a year of letters with one person, by week, as small as a word.

use std::fmt::Write as _;

use inroad_advice::acquaintance::by_week;
use inroad_advice::people::PersonReview;
use inroad_model::Moment;
use maud::{Markup, html};

/// Weeks that are drawn.
const WEEKS: usize = 26;

/// Theirs above the line, ours below. The days beside it say the same in words.
pub(crate) fn spark(person: &PersonReview, as_of: Moment) -> Markup {
    let weeks = by_week::<WEEKS>(person, as_of);
    let most = weeks.iter().map(|(theirs, ours)| *theirs.max(ours)).max().unwrap_or(0);
    if most == 0 {
        return html! {};
    }
    let (mut up, mut down) = (String::new(), String::new());
    for (week, (theirs, ours)) in weeks.into_iter().enumerate() {
        // Whole units, so that a hundred of them weigh little.
        let height = |letters: u32| (letters * 8).div_ceil(most);
        let x = week * 4 + 1;
        if theirs > 0 {
            let _ = write!(up, "M{x} 9v-{}", height(theirs));
        }
        if ours > 0 {
            let _ = write!(down, "M{x} 11v{}", height(ours));
        }
    }
    html! {
        svg.spark viewBox="0 0 104 20" aria-hidden="true" {
            path.theirs d=(up) {}
            path.ours d=(down) {}
        }
    }
}
