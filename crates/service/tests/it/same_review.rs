//! The same mail and deals give the same review, through the data file and straight from files.

use inroad_ingest::Limits;
use inroad_service::{Playbook, SecondSource, read_deal_file, review_files};

use crate::desk::{Desk, moment};
use crate::letters::{JANA, ME, exchange, letter, mbox};

const DEALS: &str = r#"{"me": {"name": "Marta Weiss", "emails": ["marta@studio.example"]},
    "colleagues": ["temp@agency.example"],
    "deals": [
      {"id": "w", "name": "Warehouse", "domain": "@Lindner.example"},
      {"id": "p", "name": "Press", "people": [{"email": "omar@acme.example"}], "stage": "proposal"}]}"#;

/// Letters from above and below the domain, a colleague, an archived copy, an id used again.
fn mail() -> String {
    let below = "Ola Berg <ola@mail.lindner.example>";
    let omar = "Omar Said <omar@acme.example>";
    let mut letters = exchange(JANA, 7);
    letters.push(letter(below, ME, 12, "Hello from the branch"));
    letters.push(letter("temp@agency.example", omar, 13, "Hello from the office"));
    for (day, subject, text) in
        [(14, "Question one", "Hello"), (15, "Question two", "Hello"), (15, "Question two", "Hi")]
    {
        letters.push(letter(omar, ME, day, text).called("1@localhost", subject));
    }
    mbox(&letters)
}

#[tokio::test]
async fn through_the_data_file_and_through_files() {
    let desk = Desk::new().await;
    let (mbox, deals) = (desk.write("all.mbox", mail()), desk.write("deals.json", DEALS));
    let report = desk.import(&[&deals, &mbox]).await;
    for day in ["2026-03-08T09:00:00Z", "2026-03-20T09:00:00Z", "2026-06-20T09:00:00Z"] {
        let kept = desk.inroad.review(moment(day)).await.unwrap();
        let file = read_deal_file(&deals).unwrap();
        let read = review_files(
            std::slice::from_ref(&mbox),
            Some(file),
            Playbook::shipped(),
            &SecondSource::None,
            moment(day),
            &Limits::default(),
        );
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
    let mut letters = exchange(JANA, 7);
    letters.push(letter(piotr, ME, 8, "Hello"));
    letters.push(letter(JANA, ME, 9, words));
    let (mbox, deals) = (desk.write("all.mbox", mbox(&letters)), desk.write("deals.json", DEALS));
    desk.import(&[&deals, &mbox]).await;
    let day = "2026-03-10T09:00:00Z";
    let kept = desk.inroad.review(moment(day)).await.unwrap();
    let of_piotr = |fact: &&inroad_model::Fact| {
        fact.email.as_ref().is_some_and(|email| email.local() == "piotr")
    };
    assert_eq!(kept.deals[1].facts.iter().filter(of_piotr).count(), 1, "{:?}", kept.deals[1].facts);
    let file = read_deal_file(&deals).unwrap();
    let read = review_files(
        &[mbox],
        Some(file),
        Playbook::shipped(),
        &SecondSource::None,
        moment(day),
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(kept, read.review);
}
