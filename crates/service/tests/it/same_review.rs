//! The same mail and deals give the same review, through the data file and straight from files.

use inroad_ingest::Limits;
use inroad_service::{read_deal_file, review_files};

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
        let read =
            review_files(std::slice::from_ref(&mbox), Some(file), moment(day), &Limits::default());
        let (kept, read) = (
            serde_json::to_string_pretty(&kept),
            serde_json::to_string_pretty(&read.unwrap().review),
        );
        assert_eq!(kept.unwrap(), read.unwrap(), "{day} {report:?}");
    }
}
