//! Forecasts from logs of letters: what they may look at, and what they have to tell apart.

use inroad_advice::rhythm::backtest::backtest;
use inroad_advice::rhythm::forecast::{Follow, forecast};
use inroad_advice::rhythm::learn::{Learner, measures};
use inroad_advice::rhythm::log::{DAY, Entry, EventLog, Person};
use inroad_advice::rhythm::outcomes::{Asked, Outcome, replies, silences};
use inroad_advice::rhythm::prior::RhythmPrior;
use inroad_advice::rhythm::term::Term;
use proptest::prelude::*;

const ME: Person = 0;

fn letter(days: f64, from: Person, to: Person) -> Entry {
    Entry { time: days * DAY, from, to: vec![to], ..Entry::default() }
}

/// We write every `each` days; they answer after `answer` days, until they stop.
fn habit(them: Person, each: f64, answer: f64, letters: u32, answers: u32) -> Vec<Entry> {
    (0..letters)
        .flat_map(|n| {
            let at = f64::from(n) * each;
            let back = (n < answers).then(|| letter(at + answer, them, ME));
            [Some(letter(at, ME, them)), back]
        })
        .flatten()
        .collect()
}

/// How likely the last letter is answered within a week, when it has waited for some days.
fn reply_after(entries: &[Entry], them: Person, waited: f64) -> f64 {
    let log = EventLog::new(entries, 0);
    let last = entries.iter().rposition(|entry| entry.from == ME).unwrap();
    let letter = log.place_of(last).unwrap();
    let case = Outcome {
        me: ME,
        them,
        cut: entries[last].time + waited * DAY,
        known_from: 0.0,
        asked: Asked::Reply { letter, elapsed_days: waited },
        came: false,
    };
    forecast(&log, &[case], RhythmPrior::shipped().unwrap(), Follow::Never).unwrap()[0]
}

#[test]
fn who_answers_slowly_is_not_given_up_for_it() {
    let slow = habit(1, 30.0, 16.0, 8, 7);
    let quick = habit(1, 30.0, 0.5, 8, 7);
    let (of_slow, of_quick) = (reply_after(&slow, 1, 12.0), reply_after(&quick, 1, 12.0));
    assert!(of_slow > of_quick, "slow {of_slow}, quick {of_quick}");
}

#[test]
fn the_longer_the_silence_the_less_is_expected() {
    let entries = habit(1, 10.0, 1.0, 12, 11);
    let chances: Vec<f64> =
        [0.0, 3.0, 7.0, 14.0].iter().map(|days| reply_after(&entries, 1, *days)).collect();
    assert!(chances.is_sorted_by(|a, b| a > b), "{chances:?}");
}

#[test]
fn the_shipped_priors_are_whole_and_stay_what_they_are() {
    for archive in ["", "btrfs", "openbmc", "radoslaw", "collegemsg"] {
        let (prior, without) = RhythmPrior::shipped_without(archive).unwrap();
        assert_eq!(without.unwrap_or_default(), archive);
        assert!(prior.reply.coefficients.iter().all(|value| value.is_finite()));
        assert_eq!(RhythmPrior::parse(&prior.write("again")).unwrap(), prior);
    }
}

#[test]
fn a_broken_prior_says_where() {
    for (text, expected) in [
        ("reply,elapsed_days,0,x", "Line 1 of the prior: 'x' is not a number"),
        ("reply,shoe_size,0,1", "Line 1 of the prior: there is no measure 'shoe_size'"),
        ("maybe,,,1", "Line 1 of the prior: 'maybe' is neither reply nor silence"),
        (
            "reply,elapsed_days,3,1\nreply,elapsed_days,1,1",
            "Line 2 of the prior: the knots of 'elapsed_days' do not rise",
        ),
        (
            "reply,elapsed_days,0,1\nreply,elapsed_days,1,1\nreply,,,0",
            "Line 3 of the prior: 'elapsed_days' lacks its line for unknown",
        ),
    ] {
        assert_eq!(RhythmPrior::parse(text).unwrap_err().to_string(), expected);
    }
}

#[test]
fn what_a_mailbox_shows_moves_the_prior() {
    let prior = RhythmPrior::shipped().unwrap().reply.clone();
    let entries = habit(1, 10.0, 1.0, 30, 30);
    let log = EventLog::new(&entries, 0);
    let outcomes = replies(&log, Some(ME));
    let mut learner = Learner::new(&prior).unwrap();
    learner.learn(&log, &outcomes).unwrap();
    let last = measures(&log, outcomes.last().unwrap());
    let (before, after) = (prior.log_odds(&last), learner.curves().log_odds(&last));
    assert!(after > before, "all were answered: {before}, {after}");
    assert_eq!(learner.seen(), outcomes.len());
}

#[test]
fn a_replay_finds_who_stopped() {
    let mut entries = habit(1, 5.0, 1.0, 30, 30);
    entries.extend(habit(2, 5.0, 1.0, 60, 12));
    entries.extend(habit(3, 5.0, 1.0, 60, 60));
    let log = EventLog::new(&entries, 0);
    let tested = backtest(&log, Some(ME), RhythmPrior::shipped().unwrap(), 60.0).unwrap();
    let dark: Vec<Person> = tested.silences.iter().filter(|s| s.dark).map(|s| s.them).collect();
    assert_eq!(dark, [2, 1], "in the order in which they fell silent");
    assert_eq!((tested.forecast.dark, tested.rule.within_14), (2, 0));
    assert!(tested.calibration_error.is_some());
}

/// A few people who write to each other now and then.
fn logs() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (0.0..200.0_f64, 0..4_u32, prop::collection::vec(0..4_u32, 1..3), 0..3_u32);
    prop::collection::vec(entry, 1..80).prop_map(|entries| {
        let mut entries: Vec<Entry> = entries
            .into_iter()
            .map(|(days, from, to, _)| Entry {
                time: (days * DAY).round(),
                from,
                to,
                ..Entry::default()
            })
            .collect();
        entries.sort_by(|a, b| a.time.total_cmp(&b.time));
        for at in (1..entries.len()).step_by(3) {
            entries[at].parent = u32::try_from(at - 1).ok();
        }
        entries
    })
}

/// All that is measured of a case, not a number where unknown.
fn measured(log: &EventLog, case: &Outcome) -> Vec<Option<f64>> {
    let measures = measures(log, case);
    Term::ALL.iter().map(|term| measures.get(*term)).collect()
}

proptest! {
    /// Promise: a forecast looks at nothing later than its moment.
    #[test]
    fn nothing_later_is_looked_at(entries in logs(), day in 20.0..180.0_f64) {
        let cut = day * DAY;
        let known: Vec<Entry> = entries.iter().filter(|entry| entry.time <= cut).cloned().collect();
        let (all, early) = (EventLog::new(&entries, 4), EventLog::new(&known, 4));
        for them in 1..4 {
            let asked = Asked::Silence { horizon_days: 30.0 };
            let case = Outcome { me: ME, them, cut, known_from: 0.0, asked, came: false };
            prop_assert_eq!(measured(&all, &case), measured(&early, &case));
        }
        for case in replies(&early, None) {
            let case = Outcome { cut: case.cut.min(cut), ..case };
            prop_assert_eq!(measured(&all, &case), measured(&early, &case));
        }
    }

    /// Promise: nobody's forecast looks at letters that he neither sent nor received.
    #[test]
    fn what_others_write_to_each_other_is_not_looked_at(entries in logs()) {
        let own = |entry: &Entry| {
            let answers_me = entry.parent.is_some_and(|at| entries[at as usize].from == ME);
            entry.from == ME || entry.to.contains(&ME) || answers_me
        };
        // Whose letter one answers is known from the answer.
        let answered: Vec<u32> =
            entries.iter().filter(|entry| own(entry)).filter_map(|entry| entry.parent).collect();
        // Others' letters keep their place, but go nowhere.
        let hidden: Vec<Entry> = (0..)
            .zip(&entries)
            .map(|(at, entry)| {
                if own(entry) {
                    entry.clone()
                } else if answered.contains(&at) {
                    Entry { to: Vec::new(), ..entry.clone() }
                } else {
                    Entry { time: entry.time, from: 9, ..Entry::default() }
                }
            })
            .collect();
        let (all, own_log) = (EventLog::new(&entries, 10), EventLog::new(&hidden, 10));
        let one = EventLog::of_one(ME, &entries, 10);
        for case in replies(&all, Some(ME)).iter().chain(&silences(&all, Some(ME), 30.0)) {
            prop_assert_eq!(measured(&all, case), measured(&own_log, case));
            prop_assert_eq!(measured(&all, case), measured(&one, case));
        }
    }

}

proptest! {
    // Each learns anew from every month of its log.
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn chances_are_chances(entries in logs()) {
        let log = EventLog::new(&entries, 4);
        let mut cases = replies(&log, None);
        cases.extend(silences(&log, None, 30.0));
        let prior = RhythmPrior::shipped().unwrap();
        for follow in [Follow::Never, Follow::Always] {
            for chance in forecast(&log, &cases, prior, follow).unwrap() {
                prop_assert!((0.0..=1.0).contains(&chance), "{}", chance);
            }
        }
    }

    #[test]
    fn what_comes_later_changes_no_forecast(entries in logs()) {
        let cut = 140.0 * DAY;
        let earlier: Vec<Entry> =
            entries.iter().take_while(|entry| entry.time <= cut).cloned().collect();
        let (whole, part) = (EventLog::new(&entries, 4), EventLog::new(&earlier, 4));
        let known = |case: &Outcome| case.cut <= cut;
        let cases: Vec<Outcome> = silences(&whole, None, 30.0).into_iter().filter(known).collect();
        let prior = RhythmPrior::shipped().unwrap();
        let of_whole = forecast(&whole, &cases, prior, Follow::Always).unwrap();
        let of_part = forecast(&part, &cases, prior, Follow::Always).unwrap();
        prop_assert_eq!(of_whole, of_part);
    }
}
