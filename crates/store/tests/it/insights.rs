//! What the user knows of people: told, taken back, and as it stood on a day.

use inroad_model::{
    Degree, EmailAddress, Insight, InsightNumber, Known, Moment, Remark, Stance, TieKind, Trait,
    that_hold,
};
use inroad_store::Store;
use proptest::prelude::*;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

use crate::lessons::day;
use crate::samples::store;

fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

pub(crate) fn stance(who: &str, stance: Stance, at: Moment) -> Insight {
    let known = Known::Person { who: email(who), is: Trait::Stance(stance) };
    Insight { at, known, because: Some(Remark::new("She said so at the fair").unwrap()) }
}

fn tie(from: &str, kind: TieKind, to: &str, at: Moment) -> Insight {
    Insight { at, known: Known::Tie { from: email(from), kind, to: email(to) }, because: None }
}

async fn held(store: &Store, at: Moment) -> Vec<Insight> {
    that_hold(store.said(at).await.unwrap().insights)
}

#[tokio::test]
async fn what_was_told_counts_until_it_is_taken_back() {
    let (_folder, store) = store().await;
    let (eva, jan) = ("eva@lindner.example", "jan@lindner.example");
    let first = stance(eva, Stance::For, day(2));
    let boss = tie(eva, TieKind::ReportsTo, jan, day(3));
    let then = stance(eva, Stance::Against, day(5));
    let mut numbers = Vec::new();
    for insight in [&first, &boss, &then] {
        numbers.push(store.add_insight(insight).await.unwrap());
    }
    assert_eq!(numbers.iter().map(|n| n.get()).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(store.withdraw_insight(numbers[2], day(9)).await.unwrap());
    assert!(!store.withdraw_insight(numbers[2], day(10)).await.unwrap(), "once");
    assert!(!store.withdraw_insight(InsightNumber::new(9).unwrap(), day(10)).await.unwrap());
    for (on, expected) in [
        (1, vec![]),
        (2, vec![&first]),
        (4, vec![&first, &boss]),
        (5, vec![&boss, &then]),
        (8, vec![&boss, &then]),
        (9, vec![&first, &boss]),
    ] {
        assert_eq!(held(&store, day(on)).await.iter().collect::<Vec<_>>(), expected, "on {on}");
    }
    assert!(store.restore_insight(numbers[2], day(11)).await.unwrap(), "it counts again");
    assert!(!store.restore_insight(numbers[2], day(11)).await.unwrap(), "once");
    for (on, expected) in [(8, &then), (9, &first), (10, &first), (11, &then)] {
        assert!(held(&store, day(on)).await.contains(expected), "on {on}");
    }
    assert!(store.withdraw_insight(numbers[2], day(12)).await.unwrap());
    assert!(held(&store, day(12)).await.contains(&first));
    let kept = store.insights().await.unwrap();
    let withdrawn: Vec<bool> = kept.iter().map(|kept| kept.withdrawn_at.is_some()).collect();
    assert_eq!(withdrawn, [false, false, true], "it is kept");
    let about = async |who| store.insights_about(&email(who)).await.unwrap().len();
    assert_eq!((about(eva).await, about(jan).await, about("no@x.example").await), (3, 1, 0));
    let health = store.health().await.unwrap();
    assert!(health.faults.is_empty() && health.counts.contains(&("insights", 3)));
}

#[tokio::test]
async fn nobody_sees_what_another_seller_told() {
    let (folder, store) = store().await;
    if !store.is_file() {
        // There everybody has a workspace, and all tests share the tables.
        return;
    }
    let number =
        store.add_insight(&stance("eva@lindner.example", Stance::For, day(2))).await.unwrap();
    let options = SqliteConnectOptions::new().filename(folder.path().join("data.db"));
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let theirs = "INSERT INTO workspace (id, name) VALUES (2, 'theirs'); \
                  UPDATE insight SET workspace_id = 2";
    sqlx::raw_sql(theirs).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    assert!(held(&store, day(9)).await.is_empty());
    assert!(store.insights().await.unwrap().is_empty());
    assert!(store.insights_about(&email("eva@lindner.example")).await.unwrap().is_empty());
    assert!(!store.withdraw_insight(number, day(9)).await.unwrap());
}

#[tokio::test]
async fn the_digest_tells_whether_one_counts() {
    let (_folder, store) = store().await;
    let before = store.digest().await.unwrap();
    let number =
        store.add_insight(&stance("eva@lindner.example", Stance::For, day(2))).await.unwrap();
    let told = store.digest().await.unwrap();
    store.withdraw_insight(number, day(3)).await.unwrap();
    let taken_back = store.digest().await.unwrap();
    assert!(before != told && told != taken_back && taken_back != before);
}

/// What a user does next.
#[derive(Debug, Clone)]
enum Step {
    Tell(Known),
    /// Takes back one of those told so far, whichever.
    Undo(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || email("eva@lindner.example");
    let known = prop_oneof![
        Just(Known::Person { who: who(), is: Trait::Stance(Stance::For) }),
        Just(Known::Person { who: who(), is: Trait::Stance(Stance::Against) }),
        Just(Known::Person { who: who(), is: Trait::Weight(Degree::Much) }),
        Just(Known::Person { who: email("jan@lindner.example"), is: Trait::Veto(true) }),
        Just(tie("eva@lindner.example", TieKind::Trusts, "jan@lindner.example", day(1)).known),
    ];
    prop_oneof![3 => known.prop_map(Step::Tell), 1 => (0_usize..9).prop_map(Step::Undo)]
}

fn known(insights: &[Insight]) -> Vec<&Known> {
    insights.iter().map(|insight| &insight.known).collect()
}

/// Whatever was told and taken back before: a past day stays what it was, and telling, undoing and
/// telling again leaves what was.
async fn check(steps: Vec<Step>, last: Known) {
    let (_folder, store) = store().await;
    let mut numbers = Vec::new();
    let mut seen = Vec::new();
    let mut on = 1;
    for step in steps {
        on += 1;
        match step {
            Step::Tell(known) => {
                let insight = Insight { at: day(on), known, because: None };
                numbers.push(store.add_insight(&insight).await.unwrap());
            }
            Step::Undo(nth) if !numbers.is_empty() => {
                store.withdraw_insight(numbers[nth % numbers.len()], day(on)).await.unwrap();
            }
            Step::Undo(_) => {}
        }
        seen.push((day(on), held(&store, day(on)).await));
    }
    let before = held(&store, day(20)).await;
    let tell = async |on| {
        let insight = Insight { at: day(on), known: last.clone(), because: None };
        store.add_insight(&insight).await.unwrap()
    };
    let number = tell(21).await;
    let told = held(&store, day(21)).await;
    store.withdraw_insight(number, day(22)).await.unwrap();
    assert_eq!(held(&store, day(22)).await, before, "undone");
    tell(23).await;
    assert_eq!(known(&held(&store, day(23)).await), known(&told), "told again");
    for (at, then) in seen {
        assert_eq!(held(&store, at).await, then, "{at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn telling_undoing_and_telling_again_leaves_what_was(
        steps in prop::collection::vec(step(), 0..12),
        last in step(),
    ) {
        let Step::Tell(last) = last else { return Ok(()) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(steps, last));
    }
}
