//! What touch plans promise: one touch a day at a firm, days that are open, gaps that never shrink.

use std::collections::BTreeSet;

use inroad_advice::dealings::Direction::Outbound;
use inroad_advice::rhythm::country::Country;
use inroad_advice::touch_plan::reach::{AwayKind, Reach};
use inroad_advice::touch_plan::{Alone, Cadence, Ledger, PlanInput, TouchPlan, touch_plans};
use inroad_model::{EmailAddress, Entry, EntryNumber, KeptEntry, Moment, Subject};
use jiff::civil::{Date, Weekday, date};
use jiff::tz::Offset;
use proptest::prelude::*;

use crate::touch_case::{BEGUN, Case, at, noon, told};

/// Some people, each with a plan of their own, at some firms.
fn several(firms: &[&str], as_of: Moment) -> Vec<TouchPlan> {
    let entries: Vec<KeptEntry> = (1..)
        .zip(firms)
        .map(|(n, _)| KeptEntry {
            number: EntryNumber::new(n).unwrap(),
            about: Subject::Person(format!("p{n:05}@lindner.example").parse().unwrap()),
            told_at: at(BEGUN),
            withdrawn_at: None,
            away: Vec::new(),
            entry: Entry::KeepInTouch { deal: None, firm: None, because: None },
        })
        .collect();
    let ledger = Ledger::of(&entries, EmailAddress::clone);
    let reach = Reach::default();
    let inputs: Vec<PlanInput<'_>> = ledger
        .plans
        .iter()
        .zip(firms)
        .map(|(begun, firm)| PlanInput {
            begun,
            label: "Somebody",
            reach: &reach,
            letters: &[],
            usual_days: None,
            phone: None,
            bounces_since: None,
            left: None,
            alone: None,
            deals: Vec::new(),
            matters: &[],
            firm: (!firm.is_empty()).then_some(*firm),
        })
        .collect();
    touch_plans(&inputs, Cadence::shipped(), as_of)
}

#[test]
fn two_people_at_one_firm_are_not_touched_on_one_day() {
    let plans = several(&["a", "a", "b", "", "", "a"], noon(6));
    let days: Vec<Date> = plans.iter().map(|plan| plan.next.as_ref().unwrap().day).collect();
    let day = |day| date(2026, 3, day);
    assert_eq!(days, [day(6), day(9), day(6), day(6), day(6), day(10)]);
    assert!(told(&plans[1]).contains("others at the firm"), "{}", told(&plans[1]));
    // Ten thousand at one firm are found days for within a moment, as far as there are any.
    let many = vec!["a"; 10_000];
    let plans = several(&many, noon(6));
    let days: BTreeSet<Date> = plans.iter().filter_map(|p| Some(p.next.as_ref()?.day)).collect();
    assert_eq!(days.len(), 10_000);
}

proptest! {
    #[test]
    fn a_next_day_has_not_passed_and_is_a_working_day_of_theirs(
        wrote in prop::collection::btree_set(2_i8..40, 0..6),
        away in prop::option::of((1_i8..40, 0_i64..40)),
        habit in prop::option::of(0.1_f64..90.0),
        alone in any::<bool>(),
        zone in -10_i8..12,
        day in 2_i8..60,
    ) {
        let days: Vec<i8> = wrote.into_iter().collect();
        let mut case = Case::new().wrote(&days);
        case.usual_days = habit.map(|most| (most / 2.0, most));
        case.reach.country = Some(Country { code: "de", sure: 1.0 });
        case.reach.offset = Some(Offset::constant(zone));
        let span = away.map(|(from, days)| {
            let from = noon(from).date();
            (from, from.checked_add(jiff::Span::new().days(days)).unwrap())
        });
        if let Some((from, until)) = span {
            case = case.away(AwayKind::Out, 1, from, Some(until));
        }
        case.alone = alone.then_some(Alone { on: None, by_user: true });
        let as_of = noon(day);
        let plan = case.plan(as_of);
        prop_assert_eq!(&plan, &case.plan(as_of), "the same input gives the same plan");
        if alone {
            prop_assert!(plan.next.is_none());
            return Ok(());
        }
        let next = plan.next.unwrap();
        prop_assert!(next.day >= as_of.date());
        prop_assert!(!matches!(next.day.weekday(), Weekday::Saturday | Weekday::Sunday));
        if let Some((from, until)) = span {
            prop_assert!(next.day < from || next.day > until, "{next:?} {from} {until}");
        }
        let last = case.letters.iter().filter(|(at, _)| *at <= as_of).map(|(at, _)| at.date()).max();
        prop_assert!(last.is_none_or(|last| last < next.day), "never twice a day");
        prop_assert!(!next.why_day.is_empty() && !next.why_channel.is_empty());
    }

    #[test]
    fn the_gap_never_shrinks_while_nobody_answers(
        habit in prop::option::of(0.1_f64..200.0),
        touches in 1_usize..14,
    ) {
        let mut case = Case::new();
        case.usual_days = habit.map(|most| (most / 2.0, most));
        let mut now = at(BEGUN);
        let mut gaps = Vec::new();
        for _ in 0..touches {
            let next = case.plan(now).next.unwrap();
            gaps.extend(next.gap);
            let sent = Offset::constant(1).to_timestamp(next.day.at(10, 0, 0, 0)).unwrap();
            now = Moment::new(sent, Offset::constant(1));
            case.letters.push((now, Outbound));
        }
        prop_assert!(gaps.is_sorted(), "{gaps:?}");
        prop_assert!(gaps.iter().all(|gap| *gap >= 3));
    }
}
