//! Letters of two of a house to people outside, and what is counted of them.

use proptest::prelude::*;

use super::*;

/// The seller is 0, a colleague 1, everybody else is outside.
const OWN: u32 = 0;
const COLLEAGUE: u32 = 1;

fn at(day: i64) -> Moment {
    let start: jiff::Timestamp = "2025-01-01T09:00:00Z".parse().unwrap();
    Moment::utc(start + jiff::SignedDuration::from_hours(24 * day))
}

fn letter(day: i64, from: u32, to: u32) -> Letter {
    Letter { at: at(day), from, to: [to].into(), answers: from != OWN }
}

fn told(letters: &[Letter], deals: &[BTreeSet<u32>], as_of: i64, measure: Measure) -> Told {
    let (own, ours) = ([OWN].into(), [OWN, COLLEAGUE].into());
    let read = read(Letters { letters, own: &own, ours: &ours, deals }, at(as_of));
    read.seen.into_iter().find(|seen| seen.measure == measure).unwrap().told
}

fn check(letters: &[Letter], measure: Measure, expected: Told) {
    assert_eq!(told(letters, &[[100].into()], 300, measure), expected);
}

/// Ten first letters, of which the first few are answered after so many days.
fn firsts(answered: u32, days: i64) -> Vec<Letter> {
    let mut letters: Vec<Letter> = (10..20).map(|to| letter(i64::from(to), OWN, to)).collect();
    letters.extend((10..10 + answered).map(|to| letter(i64::from(to) + days, to, OWN)));
    letters.sort_by_key(|letter| letter.at);
    letters
}

#[test]
fn first_letters_and_their_answers() {
    check(&firsts(9, 2), Measure::FirstAnswers, Told::share(9, 10));
    check(&firsts(10, 31), Measure::FirstAnswers, Told::share(0, 10));
    check(&[], Measure::FirstAnswers, Told::TooFew { of: 0 });
    // Who wrote first, whom a colleague knows, and who is answered is no stranger.
    let mut known = firsts(9, 2);
    known.insert(0, letter(1, 10, OWN));
    known.insert(1, letter(2, COLLEAGUE, 11));
    known
        .iter_mut()
        .filter(|letter| letter.to.contains(&12))
        .for_each(|letter| letter.answers = true);
    check(&known, Measure::FirstAnswers, Told::share(6, 7));
    // A mailing to many is no first letter, and a letter within the house none either.
    let mut mailing = firsts(9, 2);
    let many: Vec<u32> = (30..36).collect();
    mailing.insert(0, Letter { at: at(0), from: OWN, to: many.into(), answers: false });
    mailing.insert(1, letter(0, OWN, COLLEAGUE));
    check(&mailing, Measure::FirstAnswers, Told::share(9, 10));
    // An answer that went to nobody of the house is none.
    let mut astray = firsts(10, 2);
    astray.iter_mut().filter(|letter| letter.from == 10).for_each(|letter| letter.to = [40].into());
    check(&astray, Measure::FirstAnswers, Told::share(9, 10));
}

#[test]
fn what_is_young_is_not_judged() {
    let letters = firsts(9, 2);
    let measure = Measure::FirstAnswers;
    assert_eq!(told(&letters, &[], 19 + 30, measure), Told::share(9, 9));
    assert_eq!(told(&letters, &[], 19 + 31, measure), Told::share(9, 10));
    // What is older than a year is not counted any more.
    assert_eq!(told(&letters, &[], 380, measure), Told::TooFew { of: 5 });
}

#[test]
fn reminders_leave_their_time() {
    // They take four days, three times; then reminders after so many days.
    let with_gaps = |gaps: &[i64]| {
        let mut letters = Vec::new();
        let mut day = 0;
        for gap in gaps {
            for _ in 0..3 {
                letters.extend([letter(day, OWN, 100), letter(day + 4, 100, OWN)]);
                day += 5;
            }
            letters.extend([
                letter(day, OWN, 100),
                letter(day + gap, OWN, 100),
                letter(day + gap + 1, 100, OWN),
            ]);
            day += gap + 2;
        }
        letters
    };
    // Each answer behind a reminder is a longer wait: the usual time is theirs, as it was by then.
    let patient = with_gaps(&[5, 6, 8, 9, 10, 12, 13, 14]);
    check(&patient, Measure::FollowUpPatience, Told::share(8, 8));
    check(&with_gaps(&[1; 8]), Measure::FollowUpPatience, Told::share(0, 8));
    check(&with_gaps(&[5; 8]), Measure::FollowUpGap, Told::middle(&[5.0; 8]));
    // The same day is no reminder.
    check(&with_gaps(&[0; 8]), Measure::FollowUpGap, Told::TooFew { of: 0 });
}

#[test]
fn silences_that_ended() {
    let deals: Vec<BTreeSet<u32>> = (0..16).map(|n| [100 + n].into()).collect();
    // Each talk was heard, then silent for so many days; 0 for one that never ends.
    let talks = |lasting: &[i64]| {
        let mut letters = Vec::new();
        for (who, days) in (100..).zip(lasting) {
            letters.extend([letter(1, who, OWN), letter(2, OWN, who)]);
            letters.extend((*days > 0).then(|| letter(2 + days, who, OWN)));
        }
        letters.sort_by_key(|letter| letter.at);
        letters
    };
    for (lasting, as_of, expected) in [
        (&[40, 50, 60, 70, 80, 90, 100, 119, 0, 0][..], 300, Told::share(8, 10)),
        (&[29; 10], 300, Told::TooFew { of: 0 }),
        (&[130; 10], 300, Told::share(0, 10)),
        // Nobody knows yet whether these come back.
        (&[0; 10], 100, Told::TooFew { of: 0 }),
    ] {
        assert_eq!(
            told(&talks(lasting), &deals, as_of, Measure::Recovery),
            expected,
            "{lasting:?}"
        );
    }
    // Who never wrote was not lost, and a silence behind a colleague's letter is not the seller's.
    let unheard: Vec<Letter> = (100..110).map(|who| letter(2, OWN, who)).collect();
    assert_eq!(told(&unheard, &deals, 300, Measure::Recovery), Told::TooFew { of: 0 });
    let mut others = talks(&[60; 10]);
    others.iter_mut().filter(|l| l.from == OWN).for_each(|l| l.from = COLLEAGUE);
    assert_eq!(told(&others, &deals, 300, Measure::Recovery), Told::TooFew { of: 0 });
}

proptest! {
    #[test]
    fn later_letters_change_nothing(
        all in prop::collection::vec((0..400_i64, 0..8_u32, 0..8_u32, any::<bool>()), 0..120),
    ) {
        let mut letters: Vec<Letter> = all
            .into_iter()
            .map(|(day, from, to, answers)| Letter { answers, ..letter(day, from, to) })
            .collect();
        letters.sort_by_key(|letter| letter.at);
        let (own, ours) = ([OWN].into(), [OWN, COLLEAGUE].into());
        let deals = [[3, 4].into(), [5].into()];
        let until: Vec<Letter> = letters.iter().filter(|l| l.at <= at(200)).cloned().collect();
        let of = |letters: &[Letter]| read(Letters { letters, own: &own, ours: &ours, deals: &deals }, at(200));
        let told = of(&letters);
        prop_assert_eq!(&told, &of(&until));
        for seen in told.seen {
            if let Some((value, low, high)) = seen.told.interval() {
                prop_assert!(value.is_finite() && low <= value && value <= high);
            }
        }
    }
}
