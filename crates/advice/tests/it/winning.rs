//! The chance of winning: what is usable, what is set aside, and what must hold for any table.

use std::collections::BTreeSet;

use inroad_advice::winning::{Cells, Column, Declared, Sign, Table, Verdict, learn};
use inroad_stats::Random;
use jiff::civil::date;
use proptest::prelude::*;

fn words(name: &str, cells: impl IntoIterator<Item = Option<&'static str>>) -> Column {
    let cells = cells.into_iter().map(|cell| cell.map(str::to_owned)).collect();
    Column { name: name.to_owned(), cells: Cells::Words(cells) }
}

/// So many closed deals, of which these shares are won with and without a referral, and two open
/// ones, with and without.
fn told(closed: usize, with: f64, without: f64) -> Table {
    let mut random = Random::new(7);
    let mut referred: Vec<bool> = (0..closed + 2).map(|_| random.unit() < 0.5).collect();
    (referred[closed], referred[closed + 1]) = (true, false);
    let outcome = |(at, referred): (usize, &bool)| {
        let share = if *referred { with } else { without };
        (at < closed).then(|| random.unit() < share)
    };
    let outcomes = referred.iter().enumerate().map(outcome).collect();
    let source = referred.iter().map(|yes| Some(if *yes { "Referral" } else { "Fair" }));
    let region = |share: f64| match share {
        0.0..0.3 => Some("north"),
        0.3..0.6 => Some("south"),
        _ => None,
    };
    let noise: Vec<Option<&str>> = (0..closed + 2).map(|_| region(random.unit())).collect();
    Table { columns: vec![words("Source", source), words("Region", noise)], outcomes }
}

#[test]
fn a_signal_is_told_as_a_range_with_what_moved_it() {
    let table = told(300, 0.7, 0.3);
    let learnt = learn(&table, &Declared::default());
    assert_eq!(learnt.summary.verdict, Verdict::Usable, "{:?}", learnt.summary);
    assert!(learnt.summary.set_aside.is_empty());
    let likely = |row| learnt.chance(row).unwrap().likely.unwrap();
    let (high, low) = (likely(300), likely(301));
    assert!(high.range.0 < high.probability && high.probability < high.range.1);
    assert!((0.6..0.8).contains(&high.probability) && (0.2..0.4).contains(&low.probability));
    assert_eq!((high.up[0].column.as_str(), high.up[0].value.as_str()), ("Source", "Referral"));
    assert_eq!(low.down[0].value, "Fair");
    let said = learnt.chance(300).unwrap().in_words();
    assert!(
        said.starts_with("Chance of winning ") && said.ends_with("from 300 closed deals"),
        "{said}"
    );
}

#[test]
fn without_a_signal_only_the_base_rate_is_told() {
    let learnt = learn(&told(300, 0.5, 0.5), &Declared::default());
    assert_eq!(learnt.summary.verdict, Verdict::NoSignal);
    let chance = learnt.chance(300).unwrap();
    assert!(
        chance.likely.is_none() && chance.in_words().starts_with("Base rate, nothing usable: ")
    );
    let few = learn(&told(20, 0.9, 0.1), &Declared::default());
    assert_eq!((few.summary.verdict, few.summary.base.closed), (Verdict::TooFew, 20));
    assert!(learn(&Table::default(), &Declared::default()).chance(0).is_none());
}

#[test]
fn few_deals_are_shrunk_hard() {
    let spread = |closed| {
        let learnt = learn(&told(closed, 0.9, 0.2), &Declared::default());
        assert_eq!(learnt.summary.verdict, Verdict::Usable);
        learnt.summary.judged.unwrap().strength
    };
    // The least strength there is of 75 deals is four times that of 150.
    assert!(spread(75) >= 4.0 * 0.3 && spread(600) <= 10.0, "{} {}", spread(75), spread(600));
}

/// Checks what gives away a column beside the usual ones.
#[track_caller]
fn check_sign(
    name: &str,
    cell: impl Fn(usize, bool) -> Option<&'static str>,
    expected: Option<Sign>,
) {
    let mut table = told(400, 0.7, 0.3);
    let cells: Vec<_> = (0..402).map(|at| cell(at, table.outcomes[at] == Some(true))).collect();
    table.columns.push(words(name, cells));
    let found = learn(&table, &Declared::default()).summary.set_aside;
    assert_eq!(found.first().map(|aside| aside.sign), expected, "{name}: {found:?}");
    let allowed = Declared { before: BTreeSet::from([name.to_owned()]), ..Declared::default() };
    assert!(learn(&table, &allowed).summary.set_aside.is_empty(), "{name} is allowed");
    let declared = Declared { after: BTreeSet::from([name.to_owned()]), ..Declared::default() };
    assert_eq!(learn(&table, &declared).summary.set_aside[0].sign, Sign::Declared);
}

#[test]
fn columns_filled_after_the_outcome_are_set_aside() {
    let either = |one: bool, yes, no| Some(if one { yes } else { no });
    check_sign("Colour", |at, _| either(at % 3 == 0, "red", "blue"), None);
    check_sign("Why", |at, won| (!won && at % 5 > 0).then_some("price"), Some(Sign::Presence));
    check_sign(
        "Verdict",
        |at, won| match at % 4 {
            0 => Some(if won { "dream" } else { "waste" }),
            _ => Some("so so"),
        },
        Some(Sign::BothEnds),
    );
    // One kind of customer always buys: an attribute may do that.
    check_sign("Kind", |at, won| either(won && at % 4 == 0, "friend", "other"), None);
    check_sign("Last seen", |at, _| either(at % 2 == 0, "web", "shop"), Some(Sign::Name));
    check_sign("Lead score", |at, _| either(at % 2 == 0, "3", "5"), Some(Sign::Name));
}

#[test]
fn what_repeats_a_column_goes_with_it() {
    let mut table = told(400, 0.7, 0.3);
    let cell = |at: usize| Some(["low", "mid", "high"][at % 3]);
    table.columns.push(words("Score", (0..402).map(cell)));
    table.columns.push(words("Band", (0..402).map(|at| Some(["C", "B", "A"][at % 3]))));
    let learnt = learn(&table, &Declared::default());
    let signs: Vec<_> =
        learnt.summary.set_aside.iter().map(|a| (a.column.as_str(), a.sign)).collect();
    assert_eq!(signs, [("Score", Sign::Name), ("Band", Sign::Repeats)]);
}

#[test]
fn days_on_the_close_or_after_it_are_told() {
    let mut table = told(60, 0.7, 0.3);
    let days = |start: i8| {
        let day = move |at: usize| date(2026, 3, start + i8::try_from(at % 9).unwrap());
        Cells::Days((0..62).map(|at| Some(day(at))).collect())
    };
    let names = [("Close date", 10), ("First call", 1), ("Thanked on", 11)];
    table
        .columns
        .extend(names.map(|(name, start)| Column { name: name.to_owned(), cells: days(start) }));
    let learnt = learn(&table, &Declared::default());
    let signs: Vec<_> =
        learnt.summary.set_aside.iter().map(|a| (a.column.as_str(), a.sign)).collect();
    assert_eq!(signs, [("Close date", Sign::Name), ("Thanked on", Sign::Day)]);
    assert_eq!(learnt.summary.unused[0].column, "First call");
}

prop_compose! {
    fn tables()(rows in 0_usize..120, columns in 0_usize..5)(
        words in prop::collection::vec(prop::collection::vec(prop::option::of(0_u8..6), rows), columns),
        numbers in prop::collection::vec(prop::option::of(prop_oneof![Just(0.0), -1e9_f64..1e9, Just(f64::MAX)]), rows),
        outcomes in prop::collection::vec(prop::option::of(prop::bool::ANY), rows),
    ) -> Table {
        let name = |value: Option<u8>| value.map(|value| format!("v{value}"));
        let mut columns: Vec<Column> = words
            .into_iter()
            .enumerate()
            .map(|(at, cells)| Column { name: format!("c{at}"), cells: Cells::Words(cells.into_iter().map(name).collect()) })
            .collect();
        columns.push(Column { name: "n".to_owned(), cells: Cells::Numbers(numbers) });
        Table { columns, outcomes }
    }
}

fn permuted(table: &Table, order: &[usize]) -> Table {
    fn take<T: Clone>(cells: &[T], order: &[usize]) -> Vec<T> {
        order.iter().map(|row| cells[*row].clone()).collect()
    }
    let column = |column: &Column| Column {
        name: column.name.clone(),
        cells: match &column.cells {
            Cells::Words(cells) => Cells::Words(take(cells, order)),
            Cells::Numbers(cells) => Cells::Numbers(take(cells, order)),
            Cells::Days(cells) => Cells::Days(take(cells, order)),
        },
    };
    Table {
        columns: table.columns.iter().map(column).collect(),
        outcomes: take(&table.outcomes, order),
    }
}

fn turned(table: &Table) -> Table {
    let order: Vec<usize> = (0..table.outcomes.len()).rev().collect();
    permuted(table, &order)
}

#[test]
fn the_order_of_rows_and_unknown_columns_change_nothing() {
    let table = told(200, 0.7, 0.3);
    let learnt = learn(&table, &Declared::default());
    let other = learn(&turned(&table), &Declared::default());
    assert_eq!(learnt.summary, other.summary);
    assert_eq!(learnt.chance(200), other.chance(1));
    let mut more = table;
    more.columns.insert(1, words("Nobody knows", vec![None; 202]));
    let more = learn(&more, &Declared::default());
    assert_eq!(
        (more.summary.judged, more.chance(201)),
        (learnt.summary.judged, learnt.chance(201))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_table_gives_chances_from_0_to_1(table in tables()) {
        let learnt = learn(&table, &Declared::default());
        let turned = learn(&turned(&table), &Declared::default());
        prop_assert_eq!(&learnt.summary, &turned.summary);
        for row in 0..table.outcomes.len() {
            let chance = learnt.chance(row);
            prop_assert_eq!(&chance, &turned.chance(table.outcomes.len() - 1 - row));
            prop_assert_eq!(chance.is_some(), learnt.summary.base.closed > 0);
            if let Some(likely) = chance.and_then(|chance| chance.likely) {
                let (low, high) = likely.range;
                prop_assert!(0.0 <= low && low <= likely.probability && likely.probability <= high && high <= 1.0);
            }
        }
    }
}
