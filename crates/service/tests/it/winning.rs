//! The chance of winning, from a file and from the data file.

use inroad_ingest::Limits;
use inroad_service::{Verdict, WinningQuestion, weigh_file};

use crate::desk::{Desk, moment};

fn question(outcome: &str, won: Option<&str>) -> WinningQuestion {
    WinningQuestion {
        outcome: outcome.to_owned(),
        won: won.map(str::to_owned),
        ..WinningQuestion::default()
    }
}

/// Checks which values are taken for won, lost and open.
#[track_caller]
fn check(desk: &Desk, values: &[&str], won: Option<&str>, expected: Option<[&[&str]; 3]>) {
    let rows: Vec<String> = values.iter().map(|value| format!("A,{value}")).collect();
    let path = desk.write("closed.csv", format!("Kind,How it ended\n{}\n", rows.join("\n")));
    let found = weigh_file(&path, &question("how it ended", won), &Limits::default()).ok();
    let words = found.map(|found| {
        let list = |words: std::collections::BTreeSet<String>| Vec::from_iter(words);
        [list(found.outcome.won), list(found.outcome.lost), list(found.outcome.open)]
    });
    assert_eq!(
        words,
        expected.map(|lists| lists.map(|l| l.iter().map(|w| (*w).to_owned()).collect()))
    );
}

#[tokio::test]
async fn outcomes_in_many_words() {
    let desk = Desk::new().await;
    check(
        &desk,
        &["Closed Won", "Closed Lost", "Proposal"],
        None,
        Some([&["Closed Won"], &["Closed Lost"], &["Proposal"]]),
    );
    check(&desk, &["1", "0", ""], None, Some([&["1"], &["0"], &[]]));
    check(&desk, &["gold", "iron", "Lost"], Some("GOLD"), Some([&["gold"], &["Lost"], &["iron"]]));
    check(&desk, &["gold", "iron"], Some("gold"), Some([&["gold"], &["iron"], &[]]));
    check(&desk, &["gold", "iron"], None, None);
    let path = desk.write("x.csv", "A,B\n1,won\n");
    let missing = weigh_file(&path, &question("C", None), &Limits::default()).unwrap_err();
    assert_eq!(missing.to_string(), "There is no column 'C'; there are: A, B");
}

#[tokio::test]
async fn open_rows_are_named_by_their_line() {
    let desk = Desk::new().await;
    let path = desk.write("x.csv", "Deal,B,Ended\nA,1,won\nB,2,\n");
    let found = weigh_file(&path, &question("Ended", None), &Limits::default()).unwrap();
    assert_eq!((found.open[0].line, found.open[0].name.as_str()), (3, "B"));
    assert_eq!((found.summary.verdict, found.summary.base.closed), (Verdict::TooFew, 1));
}

/// Closed deals of a file, half of them won, and one that is open.
fn deals(closed: usize) -> String {
    let deal = |n: usize| {
        let stage = if n == closed { "proposal" } else { ["won", "lost"][n % 2] };
        format!(
            r#"{{"id": "d{n}", "name": "Deal {n}", "domain": "firm{n}.example", "stage": "{stage}",
                "opened": "2026-01-05"}}"#
        )
    };
    let deals: Vec<String> = (0..=closed).map(deal).collect();
    format!(
        r#"{{"me": {{"name": "Marta", "emails": ["marta@studio.example"]}}, "deals": [{}]}}"#,
        deals.join(",")
    )
}

#[tokio::test]
async fn the_base_rate_stands_beside_an_open_deal() {
    for (closed, told) in [(9, false), (10, true), (40, true)] {
        let desk = Desk::new().await;
        desk.take("deals.json", deals(closed)).await;
        let open = desk.deal(&format!("Deal {closed}"), "2999-01-01T00:00:00Z").await;
        assert_eq!(open.winning.is_some(), told, "{closed}");
        assert!(desk.deal("Deal 0", "2999-01-01T00:00:00Z").await.winning.is_none());
        let all = desk.inroad.winning(moment("2999-01-01T00:00:00Z")).await.unwrap();
        assert_eq!((all.summary.base.closed, all.open.len()), (closed as u64, 1));
        assert_ne!(all.summary.verdict, Verdict::Usable);
    }
}

/// A CRM export of closed deals and two open ones: of three that a customer sent two are won, of five
/// that were called cold one.
fn export(closed: usize) -> String {
    let row = |n: usize| {
        let referred = n.is_multiple_of(2);
        let won = if referred { !(n / 2).is_multiple_of(3) } else { (n / 2).is_multiple_of(5) };
        let source = if referred { "Referral" } else { "Cold Call" };
        let stage = if won { "Closed Won" } else { "Closed Lost" };
        let industry = ["Retail", "--None--", "Energy"][n % 3];
        let (month, day, amount) = (1 + n % 12, 1 + n % 28, 10_000 + 137 * n);
        format!(
            "Deal {n},Firm {n},{stage},{amount}.00,{source},{industry},2024-{month:02}-{day:02},\
             2025-{month:02}-{day:02}\n"
        )
    };
    let rows: String = (0..closed).map(row).collect();
    format!(
        "Opportunity Name,Account Name,Stage,Amount,Lead Source,Industry,Created Date,Close Date\n{rows}\
         Open 0,Open firm 0,Proposal,12000.00,Referral,Retail,2026-01-05,2026-09-01\n\
         Open 1,Open firm 1,Proposal,12000.00,Cold Call,,2026-01-05,2026-09-01\n"
    )
}

#[tokio::test]
async fn source_and_industry_of_an_export_are_weighed() {
    let desk = Desk::new().await;
    let firms =
        desk.write("firms.csv", "Company name,Website,Industry\nOpen firm 1,open.example,Energy\n");
    let deals = desk.write("crm.csv", export(200));
    desk.import(&[&firms, &deals]).await;
    let kept = desk.inroad.deals().await.unwrap();
    let of = |name: &str| kept.iter().find(|kept| kept.deal.name == name).unwrap().deal.clone();
    let words = ["Deal 1", "Open 1"].map(|name| (of(name).source, of(name).industry));
    let cold = || Some("Cold Call".to_owned());
    assert_eq!(words, [(cold(), None), (cold(), Some("Energy".to_owned()))]);
    let all = desk.inroad.winning(moment("2999-01-01T00:00:00Z")).await.unwrap();
    assert_eq!((all.summary.base.closed, all.open.len()), (200, 2));
    assert_eq!(all.summary.verdict, Verdict::Usable, "{:?}", all.summary);
    let [referred, cold] = ["Open 0", "Open 1"].map(|name| {
        let found = all.open.iter().find(|deal| deal.name == name).unwrap();
        found.chance.likely.clone().unwrap()
    });
    assert!(referred.up.iter().any(|mover| mover.in_words().contains("referral")), "{referred:?}");
    assert!(cold.down.iter().any(|mover| mover.in_words().contains("cold call")), "{cold:?}");
}
