//! What the user knows of people: told, refused, taken back; and nobody else's.

use inroad_model::{Insight, InsightNumber, Known, Moment, Stance, TieKind, Trait};
use inroad_service::{Error, Told, read_deal_file};
use proptest::prelude::*;

use crate::desk::{Desk, email, moment};
use crate::letters::{JANA, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "colleagues": ["tom@studio.example"],
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example",
             "people": [{"email": "bernd@lindner.example", "name": "Bernd Vogt"}]},
            {"id": "d2", "name": "Audit", "domain": "acme.example"}]}"#;
const CARDS: &str = "BEGIN:VCARD\nVERSION:3.0\nFN:Kim Osei\nEMAIL:kim@acme.example\nEND:VCARD\n";

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take("cards.vcf", CARDS).await;
    let jan = "Jan Vogt <jan@lindner.example>";
    let letters = [
        letter(ME, JANA, 2, "How does it look?"),
        letter(JANA, ME, 3, "Fine."),
        letter(jan, ME, 4, "Fine."),
    ];
    desk.take_letters(&letters).await;
    desk
}

fn on(day: u8) -> Moment {
    moment(&format!("2026-06-{day:02}T09:00:00Z"))
}

fn stance(who: &str, stance: Stance) -> Known {
    Known::Person { who: email(who), is: Trait::Stance(stance) }
}

fn tie(from: &str, kind: TieKind, to: &str) -> Known {
    Known::Tie { from: email(from), kind, to: email(to) }
}

async fn tell(desk: &Desk, known: Known, day: u8) -> Result<Told, Error> {
    desk.inroad.tell(&Insight { at: on(day), known, because: None }).await
}

async fn held(desk: &Desk, day: u8) -> Vec<Known> {
    let told = desk.inroad.told(on(day)).await.unwrap();
    told.into_iter().map(|kept| kept.insight.known).collect()
}

#[tokio::test]
async fn the_later_word_holds_until_it_is_taken_back() {
    let desk = desk().await;
    let jana = "jana@lindner.example";
    let (was, is) = (stance(jana, Stance::For), stance(jana, Stance::Against));
    let first = tell(&desk, was.clone(), 2).await.unwrap();
    assert_eq!((first.instead_of, first.deals), (None, vec!["Warehouse".to_owned()]));
    let second = tell(&desk, is.clone(), 5).await.unwrap();
    assert_eq!(second.instead_of.map(|before| before.known), Some(was.clone()));
    for (day, expected) in [(1, None), (2, Some(&was)), (5, Some(&is))] {
        assert_eq!(held(&desk, day).await.first(), expected, "on {day}");
    }
    assert_eq!(held(&desk, 6).await.len(), 1);
    let untold = desk.inroad.untell(None, on(8)).await.unwrap();
    assert_eq!(untold.kept.insight.known, is);
    assert_eq!(untold.holds_again.map(|again| again.known), Some(was.clone()));
    assert_eq!(held(&desk, 8).await, std::slice::from_ref(&was));
    assert_eq!(held(&desk, 7).await, [is], "a past day stays what it was");
    let number = first.kept.number;
    assert_eq!(desk.inroad.untell(Some(number), on(9)).await.unwrap().holds_again, None);
    assert!(held(&desk, 9).await.is_empty());
    let again = desk.inroad.untell(Some(number), on(10)).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { .. }), "{again}");
    let nothing = desk.inroad.untell(None, on(10)).await.unwrap_err();
    assert!(nothing.to_string().contains("nothing to take back"), "{nothing}");
    let unknown = desk.inroad.untell(InsightNumber::new(9), on(10)).await.unwrap_err();
    assert!(unknown.to_string().contains("Nothing was told as 9"), "{unknown}");
}

#[tokio::test]
async fn what_is_brought_back_did_not_hold_in_between() {
    let desk = desk().await;
    let jana = "jana@lindner.example";
    let (was, is) = (stance(jana, Stance::For), stance(jana, Stance::Against));
    tell(&desk, was.clone(), 2).await.unwrap();
    let then = tell(&desk, is.clone(), 5).await.unwrap().kept.number;
    let taken = desk.inroad.untell_at_desk(then, on(8)).await.unwrap();
    desk.inroad.undo(taken.deed, on(10)).await.unwrap();
    for (day, expected) in [(4, &was), (6, &is), (8, &was), (9, &was), (10, &is), (11, &is)] {
        assert_eq!(held(&desk, day).await, std::slice::from_ref(expected), "on {day}");
    }
}

#[tokio::test]
async fn what_says_nothing_of_the_other_side_is_refused() {
    let desk = desk().await;
    let (jana, tom) = ("jana@lindner.example", "tom@studio.example");
    for (known, words) in [
        (tie(jana, TieKind::Trusts, jana), "one person's"),
        (stance(ME, Stance::For), "of your own house"),
        (tie(tom, TieKind::Knows, ME), "both of your own house"),
        (tie(jana, TieKind::ReportsTo, tom), "whom they know and whom they trust"),
        (stance("nobody@else.example", Stance::For), "deals file, or import their card"),
        (stance("jnaa@lindner.example", Stance::For), "Did you mean jana@lindner.example?"),
        (tie(jana, TieKind::Knows, "kim@acme.exampel"), "Did you mean kim@acme.example?"),
    ] {
        let refused = tell(&desk, known, 2).await.unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    }
    assert!(held(&desk, 3).await.is_empty());
    for known in [
        tie(tom, TieKind::Knows, jana),
        tie(jana, TieKind::Trusts, ME),
        stance("bernd@lindner.example", Stance::Open),
        stance("kim@acme.example", Stance::Open),
    ] {
        tell(&desk, known, 2).await.unwrap();
    }
    desk.inroad
        .decide_same_person(&email(jana), &email("jan@lindner.example"), true, on(3))
        .await
        .unwrap();
    let one = tell(&desk, tie(jana, TieKind::AtOdds, "jan@lindner.example"), 4).await.unwrap_err();
    assert!(one.to_string().contains("one person's"), "{one}");
}

#[tokio::test]
async fn people_are_found_by_name_where_one_alone_has_it() {
    let desk = desk().await;
    for (typed, expected) in [
        ("jana kühn", "jana@lindner.example"),
        ("Kühn, Jana", "jana@lindner.example"),
        ("Bernd", "bernd@lindner.example"),
        ("Kim Osei", "kim@acme.example"),
        ("Marta Sol", ME),
        ("Somebody@Else.example", "somebody@else.example"),
    ] {
        assert_eq!(desk.inroad.person_called(typed).await.unwrap(), email(expected), "{typed}");
    }
    for (typed, words) in [
        ("Vogt", "'Vogt' could be bernd@lindner.example or jan@lindner.example"),
        ("Jana Kuhn", "Did you mean jana@lindner.example?"),
        ("Zoe", "Nobody was seen who is called 'Zoe'; write the address"),
        ("", "Nobody was seen"),
        ("a@", "is not an e-mail address"),
    ] {
        let refused = desk.inroad.person_called(typed).await.unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    }
}

#[tokio::test]
async fn a_person_shows_what_was_told_of_them_alone() {
    let desk = desk().await;
    let (jana, jan) = ("jana@lindner.example", "jan@lindner.example");
    tell(&desk, stance(jana, Stance::For), 2).await.unwrap();
    tell(&desk, tie(jan, TieKind::ReportsTo, jana), 3).await.unwrap();
    tell(&desk, stance("kim@acme.example", Stance::For), 4).await.unwrap();
    let told = async |who, day| desk.inroad.person(&email(who), on(day)).await.unwrap().told.len();
    assert_eq!((told(jana, 5).await, told(jan, 5).await, told(jana, 2).await), (2, 1, 1));
    let other = Desk::new().await;
    assert!(held(&other, 9).await.is_empty(), "another seller's file knows nothing of it");
}

#[tokio::test]
async fn a_backup_has_what_was_told() {
    let desk = desk().await;
    tell(&desk, stance("jana@lindner.example", Stance::For), 2).await.unwrap();
    let copy = desk.folder.path().join("copy.db");
    desk.inroad.backup(&copy).await.unwrap();
    let opened = inroad_service::Inroad::open(&copy).await.unwrap();
    assert_eq!(opened.told(on(3)).await.unwrap(), desk.inroad.told(on(3)).await.unwrap());
}

#[tokio::test]
async fn a_deals_file_may_tell_it_and_a_bad_one_is_told_with_its_line() {
    let desk = desk().await;
    let file = |known: &str| {
        format!(
            "{{\"me\": {{\"emails\": [\"{ME}\"]}}, \"deals\": [{{\"id\": \"d1\", \"name\": \"Warehouse\",\n\
             \"insights\": [\n{{\"at\": \"2026-06-02T09:00:00Z\", \"known\": {known}}}]}}]}}"
        )
    };
    let good = file(r#"{"person": {"who": "jana@lindner.example", "is": {"fear": "much"}}}"#);
    let read = read_deal_file(&desk.write("good.json", &good)).unwrap();
    assert_eq!(read.deals[0].insights.len(), 1);
    desk.take("good.json", &good).await;
    let kept = desk.inroad.deals().await.unwrap();
    assert_eq!(kept[0].deal.insights, read.deals[0].insights);
    for bad in [
        r#"{"person": {"who": "jana@lindner.example", "is": {"fear": "huge"}}}"#,
        r#"{"person": {"who": "jana", "is": {"fear": "much"}}}"#,
        r#"{"tie": {"from": "a@x.example", "kind": "trusts", "to": "A@x.example"}}"#,
        r#"{"tie": {"from": "a@x.example", "kind": "likes", "to": "b@x.example"}}"#,
    ] {
        let refused = read_deal_file(&desk.write("bad.json", file(bad))).unwrap_err().to_string();
        assert!(refused.contains("bad.json") && refused.contains("line 3"), "{refused}");
        let issues = desk.take("bad.json", file(bad)).await.issues;
        assert!(issues[0].to_string().contains("bad.json"), "{issues:?}");
        assert_eq!(issues[0].place.line, Some(3));
    }
}

/// Telling, undoing and telling again leaves what was, whatever was told before.
async fn check(before: Vec<Known>, last: Known) {
    let desk = desk().await;
    for (known, day) in before.into_iter().zip(1..) {
        tell(&desk, known, day).await.unwrap();
    }
    let was = held(&desk, 20).await;
    tell(&desk, last.clone(), 21).await.unwrap();
    let told = held(&desk, 21).await;
    desk.inroad.untell(None, on(22)).await.unwrap();
    assert_eq!(held(&desk, 22).await, was);
    tell(&desk, last, 23).await.unwrap();
    assert_eq!(held(&desk, 24).await, told);
    assert_eq!(held(&desk, 20).await, was, "and the past stays what it was");
}

fn known() -> impl Strategy<Value = Known> {
    let (jana, jan) = ("jana@lindner.example", "jan@lindner.example");
    prop_oneof![
        Just(stance(jana, Stance::For)),
        Just(stance(jana, Stance::Against)),
        Just(stance(jan, Stance::Open)),
        Just(tie(jana, TieKind::Trusts, jan)),
        Just(tie(jan, TieKind::Trusts, jana)),
        Just(Known::Person { who: email(jana), is: Trait::Veto(true) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn telling_undoing_and_telling_again_leaves_what_was(
        before in prop::collection::vec(known(), 0..9),
        last in known(),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(check(before, last));
    }
}
