//! Deals are kept apart, and one person under several addresses stays in the deal.

use inroad_service::DealStatus;

use crate::desk::{Desk, moment};
use crate::letters::{JANA, exchange};

const TWO_RENEWALS: &str = "Record ID,Deal Name,Deal Stage,Associated Company\n\
     101,Renewal,Proposal Sent,Acme\n102,Renewal,Proposal Sent,Beta\n";

#[tokio::test]
async fn two_deals_of_one_name_stay_two() {
    let desk = Desk::new().await;
    let report = desk.take("hubspot.csv", TWO_RENEWALS).await;
    assert_eq!((report.deals, report.deal_doubles), (2, 0), "{report:?}");
    let again = desk.take("hubspot.csv", TWO_RENEWALS).await;
    assert_eq!((again.deals, again.deal_doubles), (0, 2));
}

#[tokio::test]
async fn a_typed_deal_is_one_row_of_an_export_and_not_two() {
    let desk = Desk::new().await;
    let typed = r#"{"me": {"emails": ["marta@studio.example"]},
        "deals": [{"id": "r", "name": "Renewal", "organization": "Acme"}]}"#;
    desk.take("deals.json", typed).await;
    let twice = TWO_RENEWALS.replace("Beta", "Acme");
    let report = desk.take("hubspot.csv", &twice).await;
    assert_eq!((report.deals, report.deal_doubles), (1, 1));
}

#[tokio::test]
async fn numbers_of_two_programs_are_two_deals() {
    let desk = Desk::new().await;
    desk.take("a.csv", "Deal - ID,Deal - Title,Deal - Organization\n1,Press,Acme\n").await;
    desk.take("b.csv", "Record ID,Deal Name,Deal Stage,Associated Company\n1,Crane,Lead,Beta\n")
        .await;
    let names: Vec<String> =
        desk.inroad.deals().await.unwrap().iter().map(|s| s.deal.name.clone()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[tokio::test]
async fn a_name_on_two_lines_is_a_name() {
    let desk = Desk::new().await;
    let csv = "Deal Name,Deal Stage,Amount\n\"Press\nfor Acme\",Proposal Sent,100\n";
    assert_eq!(desk.take("deals.csv", csv).await.deals, 1);
    assert_eq!(desk.inroad.deals().await.unwrap()[0].deal.name, "Press for Acme");
}

#[tokio::test]
async fn an_edited_deals_file_takes_effect() {
    let desk = Desk::new().await;
    let file = |value: u32| {
        format!(
            r#"{{"me": {{"emails": ["marta@studio.example"]}},
                "deals": [{{"id": "r", "name": "Renewal", "value": {value}}}]}}"#
        )
    };
    desk.take("deals.json", &file(100)).await;
    desk.take("deals.json", &file(200)).await;
    assert_eq!(desk.inroad.deals().await.unwrap()[0].deal.value, Some(200.0));
}

#[tokio::test]
async fn merged_addresses_keep_a_person_of_the_domain_in_the_deal() {
    let desk = Desk::new().await;
    let deals = r#"{"me": {"emails": ["marta@studio.example"]},
        "deals": [{"id": "w", "name": "Warehouse", "domain": "@Lindner.example"}]}"#;
    let private = "Jana Kühn <jana@gmail.com>";
    let mail = [exchange(JANA, 4), exchange(private, 6)].concat();
    desk.take("deals.json", deals).await;
    desk.take_letters(&mail).await;
    let (a, b) = ("jana@lindner.example".parse().unwrap(), "jana@gmail.com".parse().unwrap());
    let at = moment("2026-03-20T09:00:00Z");
    desk.inroad.decide_same_person(&a, &b, true, at).await.unwrap();
    let deal = desk.deal("w", "2026-03-20T09:00:00Z").await;
    assert_eq!(deal.people.len(), 1, "{:?}", deal.people);
    let view = desk.inroad.person(&a, at).await.unwrap();
    assert_eq!((view.message_count, view.deals.len()), (10, 1));
}

#[tokio::test]
async fn the_exact_id_is_meant_before_an_organisation() {
    let desk = Desk::new().await;
    let deals = r#"{"me": {"emails": ["marta@studio.example"]}, "deals": [
        {"id": "d1", "name": "Acme"}, {"id": "d2", "name": "Renewal", "organization": "Acme"}]}"#;
    desk.take("deals.json", deals).await;
    assert_eq!(desk.deal("acme", "2026-03-20T09:00:00Z").await.name, "Acme");
    assert_eq!(desk.deal("d2", "2026-03-20T09:00:00Z").await.name, "Renewal");
}

#[tokio::test]
async fn what_is_said_about_the_user_wins_over_a_guess() {
    let desk = Desk::new().await;
    desk.take_letters(&exchange(JANA, 6)).await;
    let file = r#"{"me": {"emails": ["other@studio.example"]},
        "colleagues": ["temp@agency.example"], "deals": []}"#;
    desk.take("deals.json", file).await;
    let seller = desk.inroad.seller().await.unwrap().unwrap();
    assert_eq!(seller.emails, ["other@studio.example".parse().unwrap()]);
    assert!(seller.colleagues.contains(&"temp@agency.example".parse().unwrap()));
    desk.inroad.set_seller(None, vec!["marta@studio.example".parse().unwrap()]).await.unwrap();
    desk.take("deals.json", file).await;
    let seller = desk.inroad.seller().await.unwrap().unwrap();
    assert_eq!(seller.emails, ["marta@studio.example".parse().unwrap()]);
    assert!(seller.colleagues.contains(&"temp@agency.example".parse().unwrap()));
}

#[tokio::test]
async fn what_was_proposed_to_somebody_else_is_forgotten() {
    let desk = Desk::new().await;
    desk.take_letters(&exchange(JANA, 6)).await;
    let proposed = |deals: &[inroad_service::StoredDeal]| {
        deals.iter().filter(|s| s.status == DealStatus::Proposed).count()
    };
    assert_eq!(proposed(&desk.inroad.deals().await.unwrap()), 1);
    desk.inroad.set_seller(None, vec!["nobody@else.example".parse().unwrap()]).await.unwrap();
    assert_eq!(proposed(&desk.inroad.deals().await.unwrap()), 0);
}
