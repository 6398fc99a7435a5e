//! The same mail and deals give the same review, through the data file and straight from files.

use inroad_service::read_deal_file;

use crate::desk::{Desk, moment, review_of_file};
use crate::letters::{JANA, Letter, ME, exchange, letter, mbox};

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
        let read = review_of_file(&mbox, Some(file), moment(day));
        let (kept, read) =
            (serde_json::to_string_pretty(&kept), serde_json::to_string_pretty(&read));
        assert_eq!(kept.unwrap(), read.unwrap(), "{day} {report:?}");
    }
}

/// What is usual, and who sits in another deal, is told by all deals, whichever is asked for.
#[tokio::test]
async fn one_deal_alone_is_reviewed_as_among_the_others() {
    let desk = Desk::new().await;
    let deals = DEALS
        .replace(r#""domain": "@Lindner.example""#, r#""domain": "@Lindner.example", "value": 900"#)
        .replace(r#"{"email": "omar@acme.example"}"#, r#"{"email": "jana@lindner.example"}"#)
        .replace(r#""stage": "proposal""#, r#""stage": "proposal", "value": 90000"#);
    let (mbox, deals) = (desk.write("all.mbox", mail()), desk.write("deals.json", deals));
    desk.import(&[&deals, &mbox]).await;
    for day in ["2026-03-08T09:00:00Z", "2026-03-20T09:00:00Z", "2026-06-20T09:00:00Z"] {
        let all = desk.inroad.review(moment(day)).await.unwrap();
        assert_eq!(all.deals.len(), 2);
        for deal in all.deals {
            let one = desk.inroad.review_deal(&deal.name, moment(day)).await.unwrap();
            assert_eq!(one.deals, [deal], "{day}");
        }
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
    let read = review_of_file(&mbox, Some(file), moment(day));
    assert_eq!(kept, read);
}

/// Omar in copy and left out, a meeting moved and called off, letters about ourselves, and closed
/// deals that took a week each.
fn told_by_structure() -> (String, String) {
    let pitch = "We are the leading firm of our kind, and our team and our method are unique. We are \
                 in the market with our own tools, and it is for us that our people work. In the end \
                 it is our award-winning way of work that is proven, and we are proud of it.";
    let mut letters = Vec::new();
    for day in 2..9_u8 {
        let copy = "Cc: omar@lindner.example\n";
        let with = |headers: &str, letter| Letter { headers: headers.to_owned(), ..letter };
        letters.push(with(copy, letter(ME, JANA, 2 * day - 2, pitch)));
        letters
            .push(with(if day < 6 { copy } else { "" }, letter(JANA, ME, 2 * day - 1, "Hello.")));
    }
    for (day, method, meeting) in [(7, "REQUEST", 20), (8, "REQUEST", 22), (9, "CANCEL", 22)] {
        let part = format!(
            "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:m1\nSEQUENCE:{day}\n\
             DTSTAMP:202603{day:02}T090000Z\nDTSTART:202603{meeting}T090000Z\nSUMMARY:Board\n\
             ATTENDEE:mailto:jana@lindner.example\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        let head = format!("MIME-Version: 1.0\nContent-Type: text/calendar; method={method}\n");
        letters.push(Letter { headers: head, ..letter(ME, JANA, day, &part) });
    }
    let closed = |n: u8| {
        format!(
            r#"{{"id": "c{n}", "name": "C{n}", "domain": "c{n}.example", "stage": "won",
                 "opened": "2026-01-01", "stage_since": "2026-01-08"}}"#
        )
    };
    let mut deals: Vec<String> = (0..8).map(closed).collect();
    deals.push(
        r#"{"id": "w", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
            "opened": "2026-01-01", "stage_since": "2026-02-01"}"#
            .to_owned(),
    );
    let me = r#""me": {"emails": ["marta@studio.example"]}"#;
    (mbox(&letters), format!("{{{me}, \"deals\": [{}]}}", deals.join(",")))
}

#[tokio::test]
async fn structure_tells_the_same_of_all_deals_of_one_and_of_files() {
    let desk = Desk::new().await;
    let (mbox, deals) = told_by_structure();
    let (mbox, deals) = (desk.write("all.mbox", mbox), desk.write("deals.json", deals));
    desk.import(&[&deals, &mbox]).await;
    let day = moment("2026-03-25T09:00:00Z");
    let kept = desk.inroad.review(day).await.unwrap();
    let of_deal = kept.deals.iter().find(|deal| deal.id.as_str() == "w").unwrap();
    for sign in
        ["left_out_of_copy", "meetings_moved", "pitched_first", "still_pitching", "stage_too_old"]
    {
        assert!(of_deal.signs.contains_key(sign), "{sign}: {:?}", of_deal.reasons);
    }
    let one = desk.inroad.review_deal("Warehouse", day).await.unwrap();
    assert_eq!(one.deals[0].signs, of_deal.signs);
    let file = read_deal_file(&deals).unwrap();
    let read = review_of_file(&mbox, Some(file), day);
    assert_eq!(read, kept);
}
