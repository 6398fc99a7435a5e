//! A habit of answering that turned, in words: "Jana: answers took a day until 3 March 2026, 9 days
//! since".
//!
//! Stands apart from the other reasons because it is about one person, not about the deal.

use inroad_model::EmailAddress;

use crate::dealings::{Dealings, Direction};
use crate::evidence::{self, Evidence};
use crate::rhythm::letters::moment;
use crate::rhythm::turn::{GIVEN_UP_DAYS, Turned};
use crate::wording;

/// It is told in words where answers became so many times slower or faster.
const TOLD_TIMES: f64 = 2.0;

/// What turned, with the last letter of whoever it is; nothing where answers take about as long as
/// before.
pub(crate) fn evidence(
    dealings: &Dealings<'_>,
    email: &EmailAddress,
    turned: &Turned,
) -> Option<Evidence> {
    let says = words(dealings.name(email), turned)?;
    let exchanges = dealings.exchanges_with(email);
    let last = exchanges.iter().rfind(|exchange| exchange.direction == Direction::Inbound)?;
    Some(evidence::of_message(last, says))
}

/// Whether answers take longer than before.
pub(crate) fn slower(turned: &Turned) -> bool {
    turned.after > turned.before
}

fn words(name: &str, turned: &Turned) -> Option<String> {
    let times = turned.after / turned.before;
    if times < TOLD_TIMES && times > 1.0 / TOLD_TIMES {
        return None;
    }
    let day = wording::day(moment(turned.at)?.date());
    let (before, after) = (took(turned.before), took(turned.after));
    Some(match (before, after) {
        (Some(before), Some(after)) => {
            format!("{name}: answers took {before} until {day}, {after} since")
        }
        (Some(before), None) => {
            format!("{name}: answers took {before} until {day}, since then most letters have none")
        }
        (None, after) => {
            let after = after.unwrap_or_default();
            format!("{name}: most letters had no answer until {day}, since then it takes {after}")
        }
    })
}

/// How long half of the answers took; `None` if most letters had none.
fn took(hours: f64) -> Option<String> {
    (hours < GIVEN_UP_DAYS * 24.0 - 1.0).then(|| wording::days(hours / 24.0))
}

#[cfg(test)]
mod tests {
    use inroad_model::Probability;

    use super::*;

    fn check(before: f64, after: f64, expected: Option<&str>) {
        // 3 March 2026.
        let at = 1_772_532_000.0;
        let turned = Turned { at, before, after, probability: Probability::clamped(0.9) };
        assert_eq!(words("Jana", &turned).as_deref(), expected);
    }

    #[test]
    fn a_turn_sounds_like_speech() {
        check(24.0, 216.0, Some("Jana: answers took a day until 3 March 2026, 9 days since"));
        check(216.0, 5.0, Some("Jana: answers took 9 days until 3 March 2026, 5 hours since"));
        let none = "Jana: answers took a day until 3 March 2026, since then most letters have none";
        check(24.0, 720.0, Some(none));
        let had =
            "Jana: most letters had no answer until 3 March 2026, since then it takes 5 hours";
        check(720.0, 5.0, Some(had));
        check(24.0, 40.0, None);
        check(24.0, 13.0, None);
    }
}
