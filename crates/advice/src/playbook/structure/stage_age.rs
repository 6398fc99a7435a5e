//! A deal that has stood in its stage for longer than the seller's deals take as a rule.
//!
//! The days of an open stage are held against whole lives of closed deals, because what is known of
//! most of them is when they began and ended; so this is seen late rather than early.

use inroad_model::{Deal, Moment};

use crate::beside::{UsualLife, is_over};
use crate::wording::{day, days};

/// No stage is too old before.
const DAYS_MIN: i32 = 30;

/// What tells that a deal stands for too long; `None` where it does not, or where nothing is usual.
pub(super) fn too_old(deal: &Deal, usual: Option<UsualLife>, as_of: Moment) -> Option<String> {
    let usual = usual?;
    let today = as_of.date();
    let changed = deal.stage_since.filter(|since| *since <= today);
    let since = changed.or(deal.opened).filter(|_| !is_over(deal))?;
    let age_days = (today - since).get_days();
    let what = if changed.is_some() { "In its stage since" } else { "Open since" };
    (age_days >= DAYS_MIN && age_days > usual.days).then(|| {
        format!(
            "{what} {}, {}; nine in ten of {} closed deals were over within {}",
            day(since),
            days(f64::from(age_days)),
            usual.deals,
            days(f64::from(usual.days)),
        )
    })
}

#[cfg(test)]
mod tests {
    use inroad_model::{DealId, Stage};
    use jiff::civil::{Date, date};

    use super::*;
    use crate::beside::Beside;

    fn deal(id: &str, stage: Stage, opened: Date, stage_since: Option<Date>) -> Deal {
        Deal {
            id: DealId::new(id).unwrap(),
            name: id.to_owned(),
            organization: None,
            domain: None,
            stage: Some(stage),
            stage_since,
            value: None,
            currency: None,
            fee_quoted: None,
            usual_fee_range: None,
            source: None,
            industry: None,
            ongoing_account: false,
            opened: Some(opened),
            people: Vec::new(),
            notes: Vec::new(),
            insights: Vec::new(),
        }
    }

    /// So many closed deals, of 10, 20, … days.
    fn closed(n: i8) -> Vec<Deal> {
        let life = |n: i8| {
            let opened = date(2025, 1, 1);
            let ended = opened + jiff::Span::new().days(i64::from(n) * 10);
            deal(&format!("d{n}"), Stage::Won, opened, Some(ended))
        };
        (1..=n).map(life).collect()
    }

    fn check(n_closed: i8, since: Option<Date>, expected: Option<&str>) {
        let as_of: Moment = "2026-03-31T09:00:00Z".parse().unwrap();
        let open = deal("open", Stage::Proposal, date(2026, 1, 1), since);
        let closed = closed(n_closed);
        let usual = Beside::of(closed.iter().chain([&open]), as_of).usual;
        assert_eq!(too_old(&open, usual, as_of).as_deref(), expected, "{n_closed} {since:?}");
    }

    #[test]
    fn a_stage_is_old_against_the_sellers_own_deals() {
        let told = "Open since 1 January 2026, 13 weeks; nine in ten of 8 closed deals were over \
                    within 11 weeks";
        check(7, None, None);
        check(8, None, Some(told));
        // Ninety days are usual where nine in ten were over within ninety.
        check(10, None, None);
        check(
            8,
            Some(date(2026, 1, 5)),
            Some(
                &told
                    .replace("Open since 1", "In its stage since 5")
                    .replace("13 weeks", "12 weeks"),
            ),
        );
        check(8, Some(date(2026, 3, 5)), None);
    }

    #[test]
    fn what_is_over_or_changes_later_tells_nothing() {
        let as_of: Moment = "2025-02-15T09:00:00Z".parse().unwrap();
        let closed = closed(10);
        // As of that day only four of them had ended.
        assert_eq!(Beside::of(closed.iter(), as_of).usual, None);
        let usual = Some(UsualLife { days: 20, deals: 9 });
        let won = deal("won", Stage::Won, date(2024, 1, 1), None);
        assert_eq!(too_old(&won, usual, as_of), None);
        let later = deal("open", Stage::Lead, date(2025, 2, 10), Some(date(2025, 6, 1)));
        assert_eq!(too_old(&later, usual, as_of), None);
    }
}
