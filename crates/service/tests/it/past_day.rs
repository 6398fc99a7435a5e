//! The review of a past day is what it would have been on that day.

use crate::desk::{Desk, day};
use crate::letters::{ME, letter, usual};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example",
             "people": [{"email": "jana@lindner.example"}]},
            {"id": "d2", "name": "Audit", "domain": "acme.example", "people": []}]}"#;

#[tokio::test]
async fn a_past_day_is_reviewed_as_if_it_were_today() {
    let mut letters = usual();
    letters.push(letter("jana@lindner.example", ME, 15, "I am out of office until 22 March."));
    letters.push(letter("omar@lindner.example", ME, 17, "Please do not contact me again."));
    letters.push(letter("new@mail.lindner.example", ME, 18, "I take over from Jana."));
    let now = Desk::new().await;
    now.take("deals.json", DEALS).await;
    now.take_letters(&letters).await;
    for past in [2, 4, 11, 15, 16, 17, 18, 28] {
        let then = Desk::new().await;
        then.take("deals.json", DEALS).await;
        let known: Vec<_> = letters.iter().filter(|l| day_of(&l.date) <= past).cloned().collect();
        then.take_letters(&known).await;
        assert_eq!(now.review(day(past)).await, then.review(day(past)).await, "on day {past}");
    }
}

fn day_of(date: &str) -> u8 {
    date.split(' ').next().unwrap().parse().unwrap()
}
