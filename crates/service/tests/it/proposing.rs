//! Deals that the mail suggests are the same, whether it comes in at once or letter by letter.

use std::collections::BTreeSet;

use crate::desk::Desk;
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
    format!(
        "From: {from}\nTo: {to}\nSubject: Plan {number}\nMessage-ID: <{number}@mail.example>\n\
         Date: Mon, 2 Mar 2026 09:{number:02}:00 +0000\n\nHere is the plan.\n"
    )
}

async fn proposed(desk: &Desk) -> BTreeSet<String> {
    let deals = desk.inroad.deals().await.unwrap();
    deals.into_iter().map(|stored| stored.deal.id.to_string()).collect()
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
