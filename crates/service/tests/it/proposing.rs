//! Deals that the mail suggests are the same, whether it comes in at once or letter by letter.

use std::collections::BTreeSet;

use crate::desk::{Desk, day, email};
use crate::letters::ME;

/// Two of one firm, two of others, and two who share a provider of mail.
const OTHERS: [&str; 6] = [
    "jana@lindner.example",
    "omar@lindner.example",
    "eva@north.example",
    "paul@acme.example",
    "ida@gmail.com",
    "tom@gmail.com",
];
/// Who writes, 0 to 5, or gets a letter, 10 to 15.
const LETTERS: [usize; 22] =
    [0, 3, 11, 4, 15, 5, 14, 1, 10, 13, 2, 12, 4, 14, 13, 3, 12, 2, 0, 15, 10, 5];

fn letter(number: usize, who: usize) -> String {
    let them = OTHERS[who % 10];
    let (from, to) = if who < 10 { (them, ME) } else { (ME, them) };
    between(number, from, to)
}

fn between(number: usize, from: &str, to: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nSubject: Plan {number}\nMessage-ID: <{number}@mail.example>\n\
         Date: Mon, 2 Mar 2026 09:{number:02}:00 +0000\n\nHere is the plan.\n"
    )
}

async fn proposed(desk: &Desk) -> BTreeSet<String> {
    let deals = desk.inroad.deals().await.unwrap();
    deals.iter().map(|stored| stored.deal.id.to_string()).collect()
}

async fn desk_of_marta() -> Desk {
    let desk = Desk::new().await;
    desk.take("deals.json", format!(r#"{{"me": {{"emails": ["{ME}"]}}, "deals": []}}"#)).await;
    desk
}

#[tokio::test]
async fn letter_by_letter_as_at_once() {
    let (slow, whole) = (desk_of_marta().await, desk_of_marta().await);
    let mut at_once = Vec::new();
    for (number, who) in LETTERS.into_iter().enumerate() {
        let letter = letter(number, who);
        slow.take(&format!("{number}.eml"), &letter).await;
        at_once.push(format!("From a Mon Mar  2 09:00:00 2026\n{letter}\n"));
    }
    whole.take("all.mbox", at_once.concat()).await;
    assert_eq!(whole.inroad.propose_deals().await.unwrap(), 0, "all is proposed");
    let expected =
        ["acme.example", "ida@gmail.com", "lindner.example", "north.example", "tom@gmail.com"];
    assert_eq!(proposed(&slow).await, proposed(&whole).await);
    assert_eq!(proposed(&whole).await, expected.map(str::to_owned).into());
}

/// What comes in behind a letter that is gone is seen: its place is given to no other.
#[tokio::test]
async fn a_letter_behind_one_that_is_gone() {
    let desk = desk_of_marta().await;
    for (number, who) in [13, 13, 3, 0].into_iter().enumerate() {
        desk.take(&format!("{number}.eml"), &letter(number, who)).await;
    }
    desk.inroad.erase(&email(OTHERS[0]), &[], day(3)).await.unwrap();
    desk.take("4.eml", &letter(4, 3)).await;
    assert!(proposed(&desk).await.contains("acme.example"));

    desk.take("5.eml", &letter(5, 4)).await;
    desk.inroad.erase(&email(OTHERS[4]), &[], day(3)).await.unwrap();
    desk.take("6.eml", &between(6, ME, ME)).await;
    assert_eq!(desk.inroad.waiting_notes(day(3)).await.unwrap().len(), 1);
}
