//! Habits that turn from one time to the next.

use inroad_advice::rhythm::log::{DAY, Entry, EventLog};
use inroad_advice::rhythm::turn::answers::answers;
use inroad_advice::rhythm::turn::{GIVEN_UP_DAYS, TOLD_FROM, Turned, turn};
use proptest::prelude::*;

use crate::story::{JANA, ME, Story};

const WE: u32 = 0;
const THEY: u32 = 1;
const FAR: f64 = 1e12;

fn letter(time: f64, from: u32, to: u32) -> Entry {
    Entry { time, from, to: vec![to], ..Entry::default() }
}

/// A letter of ours every ten days, answered after so many hours; none for the infinite.
fn exchange(hours: &[f64]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (n, hours) in hours.iter().enumerate() {
        let start = n as f64 * 10.0 * DAY;
        entries.push(letter(start, WE, THEY));
        if hours.is_finite() {
            entries.push(letter(start + hours * 3_600.0, THEY, WE));
        }
    }
    entries
}

fn turned(hours: &[f64], cut: f64) -> Option<Turned> {
    turn(&EventLog::new(&exchange(hours), 2), WE, THEY, cut)
}

/// So many answers after about so many hours.
fn about(hours: f64, n: usize) -> Vec<f64> {
    [0.5, 1.0, 2.0, 1.0, 0.8, 1.3].iter().cycle().take(n).map(|times| times * hours).collect()
}

#[test]
fn a_habit_that_turned_has_its_day_and_its_size() {
    for (earlier, later) in [(2.0, 120.0), (120.0, 2.0)] {
        let hours = [about(earlier, 20), about(later, 8)].concat();
        let turned = turned(&hours, FAR).unwrap();
        assert!((turned.at - 200.0 * DAY).abs() < 1.0, "{turned:?}");
        assert!((turned.before / earlier - 1.0).abs() < 0.1, "{turned:?}");
        assert!((turned.after / later - 1.0).abs() < 0.1, "{turned:?}");
        assert!(turned.probability.get() >= TOLD_FROM);
    }
}

#[test]
fn a_habit_that_stays_is_no_news() {
    assert_eq!(turned(&about(5.0, 40), FAR), None);
    let turned_long_ago = [about(2.0, 20), about(120.0, 40)].concat();
    assert_eq!(turned(&turned_long_ago, FAR), None);
    assert_eq!(turned(&[about(2.0, 6), about(120.0, 5)].concat(), FAR), None, "too few to tell");
    assert_eq!(turned(&[], FAR), None);
}

#[test]
fn no_answer_counts_when_the_month_is_over() {
    let hours = [about(2.0, 20), vec![f64::INFINITY; 6]].concat();
    // The last letter was written on day 250.
    assert!(turned(&hours, 231.0 * DAY).is_none(), "all but one may still be answered");
    let turned = turned(&hours, 290.0 * DAY).unwrap();
    assert!((turned.after - GIVEN_UP_DAYS * 24.0).abs() < 1e-6, "{turned:?}");
}

#[test]
fn what_is_observed() {
    let mut entries = exchange(&[2.0, 3.0, f64::INFINITY]);
    // They begin on day 8, to us and two others.
    entries.push(Entry { to: vec![WE, 2, 3], ..letter(8.0 * DAY, THEY, WE) });
    let log = EventLog::new(&entries, 4);
    let seen = answers(&log, WE, THEY, 45.0 * DAY);
    let seen: Vec<_> = seen.iter().map(|a| (a.letters, a.began, a.others)).collect();
    assert_eq!(seen, [(0, false, Some(0)), (2, true, Some(0))]);
    assert_eq!(answers(&log, WE, THEY, 51.0 * DAY).len(), 3, "given up on day 50");
}

#[test]
fn the_review_says_it() {
    let mut story = Story::new();
    for n in 0..24 {
        let day = f64::from(n) * 10.0;
        let answer = if n < 18 { 0.2 } else { 8.0 };
        story = story.letter(day, ME, JANA, "A question?").letter(
            day + answer,
            JANA,
            ME,
            "An answer of the usual length, no more and no less.",
        );
    }
    let deal = story.review(240.0);
    let says: Vec<&str> = deal.reasons.iter().map(|reason| reason.says.as_str()).collect();
    let expected = "answers took 5 hours until 4 July 2026, 8 days since";
    assert!(says.iter().any(|says| says.ends_with(expected)), "{says:?}");
    let earlier = story.review(175.0);
    assert!(earlier.reasons.iter().all(|reason| !reason.says.contains("since")));
}

/// A log of a pair and of two others, with letters to several.
fn any_log() -> impl Strategy<Value = Vec<Entry>> {
    let step = (0.01_f64..12.0, 0_u32..4, prop::collection::vec(0_u32..4, 1..3));
    prop::collection::vec(step, 0..90).prop_map(|steps| {
        let mut now = 0.0;
        let letters = steps.into_iter().map(|(gap, from, to)| {
            now += gap * DAY;
            Entry { time: now, from, to, ..Entry::default() }
        });
        letters.collect()
    })
}

proptest! {
    #[test]
    fn nothing_later_matters(entries in any_log(), cut in 0.0_f64..400.0) {
        let cut = cut * DAY;
        let known: Vec<Entry> = entries.iter().filter(|e| e.time <= cut).cloned().collect();
        let (all, known) = (EventLog::new(&entries, 4), EventLog::new(&known, 4));
        prop_assert_eq!(answers(&all, WE, THEY, cut), answers(&known, WE, THEY, cut));
        prop_assert_eq!(turn(&all, WE, THEY, cut), turn(&known, WE, THEY, cut));
    }

    #[test]
    fn what_others_write_to_each_other_does_not_matter(
        entries in any_log(),
        turn_by in 0_usize..90,
    ) {
        let ours = |e: &Entry| e.from <= THEY && e.to.iter().any(|to| *to <= THEY && *to != e.from);
        let mut others: Vec<Entry> = entries.iter().filter(|e| !ours(e)).cloned().collect();
        let mut mixed: Vec<Entry> = entries.iter().filter(|e| ours(e)).cloned().collect();
        let times: Vec<f64> = others.iter().map(|e| e.time).collect();
        if !others.is_empty() {
            let by = turn_by % others.len();
            others.rotate_left(by);
        }
        for (letter, time) in others.iter_mut().zip(times) {
            letter.time = time;
        }
        mixed.extend(others);
        let (plain, mixed) = (EventLog::new(&entries, 4), EventLog::new(&mixed, 4));
        prop_assert_eq!(answers(&plain, WE, THEY, FAR), answers(&mixed, WE, THEY, FAR));
    }
}
