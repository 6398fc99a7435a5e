//! Ranks of a made-up firm, and what must hold of any log.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

fn letter(from: u32, to: &[u32], second: i64) -> Vec<Row<u32>> {
    let at = Moment::utc(Timestamp::from_second(second).unwrap());
    to.iter().map(|to| Row { from, to: *to, at }).collect()
}

/// 1 is copied on what 2 and 3 write to those below them.
fn firm() -> Vec<Row<u32>> {
    let mut rows = Vec::new();
    for second in 0..6 {
        rows.extend(letter(2, &[1, 4], second));
        rows.extend(letter(2, &[1, 3], 100 + second));
        rows.extend(letter(3, &[1, 5], second));
        rows.extend(letter(3, &[1, 6], 100 + second));
        // A chat of two puts nobody together.
        rows.extend(letter(4, &[5], second));
    }
    rows
}

fn read(rows: &[Row<u32>], said: &[Said<u32>], view: View<u32>) -> Ranks<u32> {
    let known: BTreeSet<u32> = (1..=9).collect();
    ranks(&Seen { rows, known: &known, said, view })
}

fn said(from: u32, to: u32, kind: TieKind, confidence: f64) -> Said<u32> {
    Said { from, to, kind, confidence: Probability::clamped(confidence) }
}

#[track_caller]
fn above(ranks: &Ranks<u32>, first: u32, second: u32) -> Above {
    ranks.above(&first, &second).unwrap()
}

#[test]
fn who_is_put_together_with_others_stands_above() {
    let found = read(&firm(), &[], View::Firm);
    for (first, second) in [(1, 2), (1, 5), (2, 4), (3, 6)] {
        let chance = above(&found, first, second).probability.get();
        assert!(chance > 0.5, "{first} {second}: {chance}");
    }
    assert_eq!(found.above(&5, &6), None, "they are alike");
    assert_eq!(found.above(&1, &9), None, "9 was never seen");
    assert_eq!(found.above(&1, &1), None);
}

#[test]
fn too_few_letters_are_not_told() {
    let rows = [letter(2, &[1, 4], 0), letter(3, &[4], 1)].concat();
    let found = read(&rows, &[], View::Firm);
    assert_eq!(found.score(&3), Some(0.0));
    assert_eq!(found.above(&1, &3), None);
}

#[test]
fn a_mailbox_is_read_without_its_owner_and_without_letters_of_others() {
    let mut rows = firm();
    let own = read(&rows, &[], View::Mailbox(2));
    assert_eq!(own.score(&2), None);
    assert!(above(&own, 1, 4).probability.get() > 0.5);
    // That 5 is put together with others elsewhere is not in this mailbox.
    rows.extend((0..50).flat_map(|second| letter(5, &[6, 7], second)));
    assert_eq!(read(&rows, &[], View::Mailbox(2)), own);
    let whole = read(&firm(), &[], View::Firm);
    let chance = |ranks: &Ranks<u32>| (above(ranks, 1, 4).probability.get() - 0.5).abs();
    assert!(chance(&own) < chance(&whole), "a mailbox shows less");
}

#[test]
fn announcements_and_strangers_are_left_out() {
    let known = read(&firm(), &[], View::Firm);
    let mut rows = firm();
    rows.extend(letter(100, &[4, 5, 6], 7));
    assert_eq!(read(&rows, &[], View::Firm), known, "100 is not known");
    let mut rows = firm();
    rows.extend(letter(4, &(10..30).collect::<Vec<u32>>(), 7));
    let everybody: BTreeSet<u32> = (1..40).collect();
    let seen = Seen { rows: &rows, known: &everybody, said: &[], view: View::Firm };
    assert_eq!(ranks(&seen), known, "an announcement");
}

#[test]
fn what_is_said_is_worth_more_than_mail() {
    let boss = [said(1, 4, TieKind::ReportsTo, 0.95)];
    let found = read(&firm(), &boss, View::Firm);
    assert!(above(&found, 4, 1).probability.get() > 0.5);
    let alone = read(&[], &boss, View::Firm);
    assert!(above(&alone, 4, 1).probability.get() > 0.9);
    let advice = read(&[], &[said(1, 4, TieKind::GoesToForAdvice, 0.6)], View::Firm);
    let chance = above(&advice, 4, 1).probability.get();
    assert!((0.6..0.8).contains(&chance), "{chance}");
    assert_eq!(read(&[], &[said(1, 4, TieKind::Copies, 1.0)], View::Firm).above(&1, &4), None);
    let apart = [said(1, 2, TieKind::ReportsTo, 0.9), said(3, 4, TieKind::ReportsTo, 0.9)];
    assert_eq!(read(&[], &apart, View::Firm).above(&2, &3), None, "nothing joins them");
}

#[test]
fn nobody_is_surely_a_boss_by_mail_alone() {
    let mut rows = firm();
    for second in 0..500 {
        rows.extend(letter(2, &[1, 4], 1_000 + second));
        rows.extend(letter(3, &[1, 2], 1_000 + second));
    }
    let found = read(&rows, &[], View::Firm);
    let sure = above(&found, 1, 6);
    assert!(sure.probability.get() > 0.7, "{sure:?}");
    assert_eq!(sure.boss_at_most(), Probability::clamped(0.7));
    // What is said of others does not make it surer, what is said of both does.
    let of_others = read(&rows, &[said(6, 3, TieKind::ReportsTo, 0.9)], View::Firm);
    assert_eq!(above(&of_others, 1, 6).boss_at_most(), Probability::clamped(0.7));
    let of_both = read(&rows, &[said(6, 1, TieKind::ReportsTo, 0.9)], View::Firm);
    assert_eq!(above(&of_both, 1, 6).boss_at_most(), Probability::clamped(0.9));
}

proptest! {
    #[test]
    fn of_any_log(rows in proptest::collection::vec((1_u32..12, 1_u32..12, 0_i64..6), 0..200), owner in 0_u32..4) {
        let mut rows: Vec<Row<u32>> =
            rows.into_iter().flat_map(|(from, to, at)| letter(from, &[to], at)).collect();
        let view = if owner == 0 { View::Firm } else { View::Mailbox(owner) };
        let found = read(&rows, &[], view);
        for (first, second) in (1..12).flat_map(|a| (1..12).map(move |b| (a, b))) {
            let (one, other) = (found.above(&first, &second), found.above(&second, &first));
            prop_assert_eq!(one.is_some(), other.is_some());
            let Some((one, other)) = one.zip(other) else { continue };
            let (low, high) = one.between;
            prop_assert!((one.probability.get() + other.probability.get() - 1.0).abs() < 1e-12);
            prop_assert!(low.get() <= one.probability.get() && one.probability.get() <= high.get());
            prop_assert!(one.boss_at_most().get() <= 0.7);
            let higher = found.score(&first) > found.score(&second);
            prop_assert_eq!(higher, one.probability.get() > 0.5);
        }
        rows.reverse();
        prop_assert_eq!(read(&rows, &[], view), found, "in any order");
    }

    #[test]
    fn of_any_sayings_beside_mail(drawn in proptest::collection::vec((1_u32..8, 1_u32..8, 0_usize..5, 0.0..1.0), 0..20)) {
        const KINDS: [TieKind; 5] = [
            TieKind::ReportsTo,
            TieKind::GoesToForAdvice,
            TieKind::Copies,
            TieKind::Forwards,
            TieKind::AnswersFor,
        ];
        let all: Vec<Said<u32>> = drawn
            .into_iter()
            .map(|(from, to, kind, sure)| said(from, to, KINDS[kind], sure))
            .collect();
        let found = read(&firm(), &all, View::Firm);
        for (first, second) in (1..8).flat_map(|a| (1..8).map(move |b| (a, b))) {
            let (one, other) = (found.above(&first, &second), found.above(&second, &first));
            prop_assert_eq!(one.is_some(), other.is_some());
            let Some((one, other)) = one.zip(other) else { continue };
            let (low, high) = one.between;
            prop_assert!((one.probability.get() + other.probability.get() - 1.0).abs() < 1e-12);
            prop_assert!(low.get() <= one.probability.get() && one.probability.get() <= high.get());
            prop_assert!(one.boss_at_most().get() <= one.probability.get());
        }
    }
}
