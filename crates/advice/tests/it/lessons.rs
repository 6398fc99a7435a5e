//! The playbook weighed anew by finished deals: shrunken, bounded, told, and undone without a trace.

use std::collections::BTreeMap;

use inroad_advice::playbook::Playbook;
use inroad_advice::playbook::lessons::{Change, Changed, FACTOR_MAX, reweigh};
use inroad_model::{
    Advice, Cause, DealId, KeptLesson, LastReview, Lesson, LessonNumber, LessonWords, Outcome,
    PlayTried, Probability,
};
use proptest::prelude::*;

use crate::story::morning;

const SIGNS: [&str; 4] = ["too_dear", "silent", "needs_approval", "shorter"];

fn taught(number: u32, causes: &[Cause], signs: &[(&str, f64)]) -> KeptLesson {
    let signs: BTreeMap<String, Probability> = signs
        .iter()
        .map(|(sign, strength)| ((*sign).to_owned(), Probability::clamped(*strength)))
        .collect();
    let lesson = Lesson {
        deal: DealId::new(&format!("d{number}")).unwrap(),
        ended_at: morning(1.0),
        outcome: Outcome::Lost,
        causes: causes.iter().copied().collect(),
        play: None,
        last_review: LastReview { causes: Vec::new(), advice: Advice::Pursue, signs },
        words: LessonWords::default(),
    };
    let number = LessonNumber::new(number).unwrap();
    KeptLesson { number, told_at: morning(2.0), withdrawn_at: None, lesson }
}

fn share(playbook: &Playbook, name: &str) -> f64 {
    playbook.scenario(name).unwrap().share
}

fn times(playbook: &Playbook, name: &str, sign: &str) -> f64 {
    let clues = &playbook.scenario(name).unwrap().evidence;
    clues.iter().find(|clue| clue.sign.as_str() == sign).unwrap().times
}

fn numbers(change: &Change) -> Vec<u32> {
    change.lessons.iter().map(|number| number.get()).collect()
}

fn any_lessons() -> impl Strategy<Value = Vec<KeptLesson>> {
    let causes = prop::collection::vec(prop::sample::select(Cause::ALL.to_vec()), 0..3);
    let signs = prop::collection::vec((prop::sample::select(SIGNS.to_vec()), 0.0..=1.0), 0..4);
    prop::collection::vec((causes, signs), 0..40).prop_map(|lessons| {
        (1..)
            .zip(lessons)
            .map(|(number, (causes, signs))| taught(number, &causes, &signs))
            .collect()
    })
}

proptest! {
    #[test]
    fn nothing_moves_by_more_than_a_factor_of_two(lessons in any_lessons()) {
        let shipped = Playbook::shipped();
        let (learned, changes) = reweigh(shipped, &lessons);
        let within = |from: f64, to: f64| {
            to.is_finite() && to <= from * FACTOR_MAX * 1.000_001 && to * FACTOR_MAX >= from * 0.999_999
        };
        for (name, before) in shipped.scenarios() {
            let after = learned.scenario(name).unwrap();
            prop_assert!(within(before.share, after.share), "{name}");
            for (clue, moved) in before.evidence.iter().zip(&after.evidence) {
                prop_assert!(within(clue.times, moved.times), "{name} {}", clue.sign.as_str());
            }
        }
        prop_assert_eq!(learned.scenario("nothing_wrong"), shipped.scenario("nothing_wrong"));
        // What moved is told, and what is told is what counts.
        prop_assert_eq!(changes.is_empty(), learned == *shipped);
        for change in &changes {
            if let Changed::Share = change.what {
                prop_assert!((change.to - share(&learned, &change.scenario)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_lesson_taken_back_leaves_no_trace(lessons in any_lessons(), extra in any_lessons()) {
        let before = reweigh(Playbook::shipped(), &lessons);
        let mut all = lessons;
        all.extend(extra.into_iter().map(|mut lesson| {
            lesson.number = LessonNumber::new(lesson.number.get() + 1000).unwrap();
            lesson
        }));
        let _more = reweigh(Playbook::shipped(), &all);
        all.retain(|lesson| lesson.number.get() < 1000);
        prop_assert_eq!(reweigh(Playbook::shipped(), &all), before);
    }

    #[test]
    fn the_order_of_lessons_does_not_matter(lessons in any_lessons()) {
        let backwards: Vec<KeptLesson> = lessons.iter().rev().cloned().collect();
        prop_assert_eq!(reweigh(Playbook::shipped(), &backwards), reweigh(Playbook::shipped(), &lessons));
    }
}

#[test]
fn what_is_named_becomes_commoner_bit_by_bit() {
    let shipped = Playbook::shipped();
    let mut last = share(shipped, "price_too_high");
    for n in [1, 2, 3] {
        let lessons: Vec<_> = (1..=n).map(|i| taught(i, &[Cause::PriceTooHigh], &[])).collect();
        let (learned, changes) = reweigh(shipped, &lessons);
        let now = share(&learned, "price_too_high");
        assert!(now > last, "{n}: {now} after {last}");
        last = now;
        let change = changes.iter().find(|c| c.scenario == "price_too_high").unwrap();
        assert_eq!(numbers(change), (1..=n).collect::<Vec<_>>());
        assert!(share(&learned, "political_fear") < share(shipped, "political_fear"));
    }
    let one = [taught(1, &[Cause::PriceTooHigh], &[])];
    let ratio =
        share(&reweigh(shipped, &one).0, "price_too_high") / share(shipped, "price_too_high");
    assert!((1.0..1.5).contains(&ratio), "one deal is one deal: {ratio}");
}

#[test]
fn of_two_causes_each_counts_half_and_no_cause_counts_nothing() {
    let shipped = Playbook::shipped();
    let both = [taught(1, &[Cause::PriceTooHigh, Cause::PoliticalFear], &[])];
    let one = [taught(1, &[Cause::PriceTooHigh], &[])];
    let at = |lessons: &[KeptLesson]| share(&reweigh(shipped, lessons).0, "price_too_high");
    assert!(at(&both) < at(&one) && at(&both) > share(shipped, "price_too_high"));
    assert_eq!(reweigh(shipped, &[taught(1, &[], &[("silent", 1.0)])]), (shipped.clone(), vec![]));
}

#[test]
fn a_sign_that_goes_with_a_cause_says_more_for_it() {
    let shipped = Playbook::shipped();
    let lessons: Vec<_> = (1..=12)
        .map(|n| match n % 2 {
            0 => taught(n, &[Cause::PriceTooHigh], &[("too_dear", 1.0), ("silent", 1.0)]),
            _ => taught(n, &[Cause::PoliticalFear], &[("silent", 1.0)]),
        })
        .collect();
    let (learned, changes) = reweigh(shipped, &lessons);
    let (before, now) = (
        times(shipped, "price_too_high", "too_dear"),
        times(&learned, "price_too_high", "too_dear"),
    );
    // Half a count added to 6 of 6 and to 0 of 6, weighed three to the file's twenty.
    let counted = (6.5_f64 / 7.0 / (0.5 / 7.0)).ln();
    let expected = ((20.0 * before.ln() + 3.0 * counted) / 23.0).exp();
    assert!((now - expected).abs() < 1e-9, "{now} is not {expected}");
    let change = changes
        .iter()
        .find(|c| c.what == Changed::Times { sign: "too_dear" } && c.scenario == "price_too_high")
        .unwrap();
    assert_eq!((numbers(change), change.from), (vec![2, 4, 6, 8, 10, 12], before));
    // Deals of which nothing was read say nothing about signs.
    let unread: Vec<_> = (1..=12).map(|n| taught(n, &[Cause::PriceTooHigh], &[])).collect();
    let (learned, _) = reweigh(shipped, &unread);
    assert!((times(&learned, "price_too_high", "too_dear") - before).abs() < 1e-12);
}

const TWO_PLAYS: &str = "cause = \"price_too_high\"\nname = \"Mine\"\nshare = 0.02\nadvice = \
    \"pursue\"\nlooks_like = \"x\"\n[[play]]\nname = \"A\"\nwhom = \"contact\"\nsteps = [\"a\"]\n\
    [[play]]\nname = \"B\"\nwhom = \"contact\"\nsteps = [\"b\"]\n";

fn tried(number: u32, play: &str, outcome: Outcome) -> KeptLesson {
    let mut kept = taught(number, &[], &[]);
    kept.lesson.outcome = outcome;
    kept.lesson.play = Some(PlayTried { scenario: "mine".into(), play: play.into() });
    kept
}

#[test]
fn a_play_comes_first_only_when_chance_hardly_made_it_so() {
    let (playbook, broken) = Playbook::shipped().with(&[("mine", TWO_PLAYS)]);
    assert!(broken.is_empty(), "{broken:?}");
    let order = |lessons: &[KeptLesson]| {
        let (learned, changes) = reweigh(&playbook, lessons);
        let first = learned.scenario("mine").unwrap().play[0].name.clone();
        (first, changes.len())
    };
    let lessons = |each: u32| -> Vec<KeptLesson> {
        let a = (0..each).map(|n| tried(n + 1, "A", Outcome::Lost));
        a.chain((0..each).map(|n| tried(n + 101, "B", Outcome::Won))).collect()
    };
    assert_eq!(order(&lessons(4)), ("A".to_owned(), 0), "four of four are few");
    assert_eq!(order(&lessons(8)), ("B".to_owned(), 2));
    let mut mixed = lessons(8);
    for (at, kept) in mixed.iter_mut().enumerate() {
        let won = if at < 8 { at % 4 == 0 } else { at % 2 == 0 };
        kept.lesson.outcome = if won { Outcome::Won } else { Outcome::NoDecision };
    }
    assert_eq!(order(&mixed), ("A".to_owned(), 0), "four of eight beside two may be chance");
}
