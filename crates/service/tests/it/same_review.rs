//! The same mail and deals give the same review, through the data file and straight from files.

use inroad_ingest::Limits;
use inroad_service::{read_deal_file, review_files};

use crate::samples::{Desk, JANA, ME, exchange, letter, moment};

const DEALS: &str = r#"{"me": {"name": "Marta Weiss", "emails": ["marta@studio.example"]},
    "colleagues": ["temp@agency.example"],
    "deals": [
      {"id": "w", "name": "Warehouse", "domain": "@Lindner.example"},
      {"id": "p", "name": "Press", "people": [{"email": "omar@acme.example"}], "stage": "proposal"}]}"#;

/// Letters from above and below the domain, a colleague, an archived copy, an id used again.
fn mail() -> String {
    let below = "Ola Berg <ola@mail.lindner.example>";
    let omar = "Omar Said <omar@acme.example>";
    exchange(ME, JANA, 7)
        + &letter("b@mail.example", 12, below, ME, "From the branch")
        + &letter("c@mail.example", 13, "temp@agency.example", omar, "From the office")
        + &letter("1@localhost", 14, omar, ME, "Question one")
        + &letter("1@localhost", 15, omar, ME, "Question two")
        + &letter("1@localhost", 15, omar, ME, "Question two").replace("Good morning", "Hello")
}

#[tokio::test]
async fn through_the_data_file_and_through_files() {
    let desk = Desk::new().await;
    let (mbox, deals) = (desk.write("all.mbox", &mail()), desk.write("deals.json", DEALS));
    let report = desk.import(&[&deals, &mbox]).await;
    for day in ["2026-03-08T09:00:00Z", "2026-03-20T09:00:00Z", "2026-06-20T09:00:00Z"] {
        let kept = desk.review(day).await;
        let file = read_deal_file(&deals).unwrap();
        let read =
            review_files(std::slice::from_ref(&mbox), Some(file), moment(day), &Limits::default());
        let (kept, read) = (
            serde_json::to_string_pretty(&kept),
            serde_json::to_string_pretty(&read.unwrap().review),
        );
        assert_eq!(kept.unwrap(), read.unwrap(), "{day} {report:?}");
    }
}

/// The words of a letter stay in the data file until they may speak of somebody whom only the deal
/// knows.
#[tokio::test]
async fn a_letter_is_read_again_for_whom_only_the_deal_knows() {
    let desk = Desk::new().await;
    let piotr = "Piotr Lang <piotr@lindner.example>";
    let words = "Thank you. Piotr is out of the office until 20 March, so please be patient.";
    let told = letter("told@mail.example", 9, JANA, ME, "Offer").replace("Good morning,", words);
    let mail = exchange(ME, JANA, 7) + &letter("p@mail.example", 8, piotr, ME, "Hello") + &told;
    let (mbox, deals) = (desk.write("all.mbox", &mail), desk.write("deals.json", DEALS));
    desk.import(&[&deals, &mbox]).await;
    let day = "2026-03-10T09:00:00Z";
    let kept = desk.review(day).await;
    let of_piotr = |fact: &&inroad_model::Fact| {
        fact.email.as_ref().is_some_and(|email| email.local() == "piotr")
    };
    assert_eq!(kept.deals[1].facts.iter().filter(of_piotr).count(), 1, "{:?}", kept.deals[1].facts);
    let file = read_deal_file(&deals).unwrap();
    let read = review_files(&[mbox], Some(file), moment(day), &Limits::default()).unwrap();
    assert_eq!(kept, read.review);
}
